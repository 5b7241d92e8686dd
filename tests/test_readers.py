"""The ways people read a publication: each answers the same question, as docs/reading.md says it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scripts.publish import publish
from tests.warehouse import ROOT

PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
WAYS = {
    re.search(r"(?:import|from) (\w+)", code)[1] if language == "python" else "cli": (language, code)
    for language, code in re.findall(r"```(python|sh)\n(.*?)```", PAGE, flags=re.DOTALL)
}


@pytest.fixture(scope="module")
def folder(sample_database, tmp_path_factory) -> Path:
    """A folder with the publication of the sample in it."""
    folder = tmp_path_factory.mktemp("readers")
    publish(sample_database, folder / "published", "all")
    return folder


def expected_rows(folder: Path) -> int:
    """The answer every reader must find: how often a municipality was selected."""
    with duckdb.connect(str(folder / "published" / "fokusmaal.duckdb"), read_only=True) as connection:
        return connection.execute("select count(*) from marts.mart_supervision where status = 'selected'").fetchone()[0]


def test_every_way_is_told():
    assert WAYS.keys() == {"cli", "duckdb", "sqlalchemy", "adbc_driver_duckdb", "pandas", "polars"}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_way_of_reading(folder, way):
    language, code = WAYS[way]
    if language == "sh":
        binary = Path(sys.executable).with_name("duckdb")
        if not binary.exists() and not shutil.which("duckdb"):
            pytest.skip("the DuckDB command line is not installed")
        command = ["sh", "-c", f"PATH={binary.parent}:$PATH; {code}"]
    else:
        command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert expected_rows(folder) > 0
    assert re.findall(r"\d+", done.stdout)[-1] == str(expected_rows(folder)), done.stdout


def test_sqlalchemy_reflects_a_table(folder):
    from sqlalchemy import MetaData, Table, create_engine

    engine = create_engine(f"duckdb:///{folder}/published/fokusmaal.duckdb", connect_args={"read_only": True})
    table = Table("mart_supervision", MetaData(), schema="marts", autoload_with=engine)
    assert {"municipality_code", "year", "status"} <= set(table.columns.keys())
