"""Publishing: what is put in place, that it is whole whoever reads or kills, and what no one may read is not there."""

from __future__ import annotations

import json
import os
import pty
import random
import resource
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import duckdb
import pytest

from scripts import build as build_script
from scripts.marts import read_marts
from scripts.publish import DATABASE, MANIFEST, publish
from scripts.settings import Refusal
from tests.publishing import fingerprint, run, start
from tests.warehouse import ROOT, as_bytes

KILLS = 4
SWAPS = 6
PERSON_COLUMNS = {"person_id", "spell_id", "samtale_id", "tilbud_id", "raw_record"}


@pytest.fixture(scope="module")
def published(sample_database, tmp_path_factory):
    """The sample, published with everything."""
    link = tmp_path_factory.mktemp("all") / "published"
    publish(sample_database, link, "all")
    return link


def row_counts(database: Path) -> dict[str, int]:
    """Rows of every table of schema marts."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        return {table: connection.execute(f"select count(*) from marts.{table}").fetchone()[0] for (table,) in tables}


# --- What is published -----------------------------------------------------------------------------------------------


def test_publication_holds_every_mart_and_nothing_else(sample_database, published):
    counts = row_counts(sample_database)
    assert row_counts(published / DATABASE) == counts
    with duckdb.connect(str(published / DATABASE), read_only=True) as connection:
        assert connection.execute("select distinct schema_name from duckdb_tables()").fetchall() == [("marts",)]
        parquet = {
            path.stem: connection.execute("select count(*) from read_parquet(?)", [str(path)]).fetchone()[0]
            for path in (published / "parquet").iterdir()
        }
    assert parquet == counts
    assert json.loads((published / MANIFEST).read_text())["rows"] == counts


def test_rows_are_those_of_the_build(sample_database, published):
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        connection.execute(f"attach '{published / DATABASE}' as published (read_only)")
        for table in row_counts(sample_database):
            parquet = f"read_parquet('{published / 'parquet' / table}.parquet')"
            for copied in (f"published.marts.{table}", parquet):
                for left, right in ((f"marts.{table}", copied), (copied, f"marts.{table}")):
                    assert not connection.execute(f"from {left} except all from {right}").fetchall(), (table, copied)


def test_manifest_tells_every_file(published):
    files = json.loads((published / MANIFEST).read_text())["files"]
    found = fingerprint(published)
    del found[MANIFEST]
    assert {name: file["sha256"] for name, file in files.items()} == found


def test_tables_keep_constraints_and_descriptions(published):
    with duckdb.connect(str(published / DATABASE), read_only=True) as connection:
        keys = connection.execute("select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY'").fetchone()[0]
        silent = connection.execute("select table_name, column_name from duckdb_columns() where comment is null and not internal")
        assert keys > 5 and not silent.fetchall()


def test_rows_are_in_their_order(published):
    with duckdb.connect() as connection:
        months = connection.execute(
            f"select measure_month, municipality_code from read_parquet('{published}/parquet/fct_person_months.parquet')"
        ).fetchall()
    assert months == sorted(months)


# --- Who may read what -----------------------------------------------------------------------------------------------


def test_level_of_every_mart(sample_database):
    marts = read_marts()
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        columns = connection.execute("select table_name, column_name from duckdb_columns() where schema_name = 'marts'").fetchall()
    assert {table for table, _ in columns} == marts.keys()
    with_persons = {table for table, column in columns if column in PERSON_COLUMNS}
    assert with_persons == {name for name, mart in marts.items() if mart.is_person_level}


def test_aggregates_hold_no_person(sample_database, tmp_path):
    link = tmp_path / "published"
    publish(sample_database, link, "all")
    publish(sample_database, link, "aggregates")
    expected = {name for name, mart in read_marts().items() if not mart.is_person_level}
    assert row_counts(link / DATABASE).keys() == expected
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        persons = as_bytes(person for (person,) in connection.execute("select person_id from marts.build_persons").fetchall())
    everything = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(persons) > 100
    assert not [person for person in persons if any(person in content for content in everything)]


@pytest.mark.parametrize("mode", ["all", "aggregates"])
def test_a_mart_that_does_not_tell_its_level_is_not_published(sample_database, tmp_path, monkeypatch, mode):
    marts = read_marts()
    del marts["mart_case_review"]
    monkeypatch.setattr("scripts.publish.read_marts", lambda: marts)
    with pytest.raises(Refusal, match="mart_case_review is not described"):
        publish(sample_database, tmp_path / "published", mode)
    assert not (tmp_path / "published").exists()


def test_unknown_mode_is_refused():
    code, stderr = run("build.py", env={"FOKUSMAAL_PUBLISH": "some"})
    assert code == 1 and stderr == "error: FOKUSMAAL_PUBLISH must be all, aggregates or none, not 'some'\n"


def test_a_folder_of_someone_else_is_left_alone(sample_database, tmp_path):
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "mine").touch()
    with pytest.raises(Refusal, match="not a link to a published version"):
        publish(sample_database, folder, "all")
    assert [path.name for path in tmp_path.rglob("*")] == ["published", "mine"]


# --- Killed, full, read at the same time -----------------------------------------------------------------------------


def test_killed_publishing_leaves_the_old_publication(sample_database, tmp_path):
    chance = random.Random(3)
    link = tmp_path / "published"
    arguments = ("publish.py", "--db", sample_database, "--published", link, "--only", "all")
    started = time.monotonic()
    assert run(*arguments)[0] == 0
    whole = time.monotonic() - started
    for _ in range(KILLS):
        before, target = fingerprint(link), os.readlink(link)
        process = start(*arguments)
        time.sleep(chance.uniform(0.2, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if os.readlink(link) == target:
            assert fingerprint(link) == before
        assert row_counts(link / DATABASE) == row_counts(sample_database)
    assert run(*arguments)[0] == 0
    assert row_counts(link / DATABASE) == row_counts(sample_database)
    versions = [path for path in (tmp_path / ".published").iterdir() if path.is_dir()]
    assert len(versions) == 2, "the present version and the one before"


def limit_file_size() -> None:
    """No file of this process may grow beyond a few hundred kilobytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


@pytest.fixture(params=["file size limit", "small disk"])
def scarce(request, tmp_path):
    """A folder, what makes room scarce in it (options of the process), and what ends that."""
    if request.param == "file size limit":
        yield tmp_path, lambda used: {"preexec_fn": limit_file_size}, lambda: None
        return
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("mounting a small disk is not permitted here; the file size limit is tested all the same")

    def shrink(used: int) -> dict:
        subprocess.run(["mount", "-o", f"remount,size={used + used // 3}", disk], check=True)
        return {}

    def grow() -> None:
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)

    yield disk, shrink, grow
    subprocess.run(["umount", disk], check=True)


def test_full_disk_leaves_the_old_publication(sample_database, scarce):
    folder, make_scarce, end = scarce
    link = folder / "published"
    arguments = ("publish.py", "--db", sample_database, "--published", link, "--only", "all")
    assert run(*arguments)[0] == 0
    before = fingerprint(link)
    used = sum(path.stat().st_size for path in link.resolve().rglob("*") if path.is_file())
    code, stderr = run(*arguments, **make_scarce(used))
    assert code == 1 and "failed, what was there stands" in stderr.splitlines()[-1] and "Traceback" not in stderr
    assert fingerprint(link) == before
    assert [path.resolve() for path in (folder / ".published").iterdir() if path.is_dir()] == [link.resolve()]
    end()
    assert run(*arguments)[0] == 0
    assert row_counts(link / DATABASE) == row_counts(sample_database)


READER = """
import sys, duckdb, json, pathlib
link, stop = map(pathlib.Path, sys.argv[1:])
seen = 0
while not stop.exists() or not seen:
    with duckdb.connect(str(link / "fokusmaal.duckdb"), read_only=True) as connection:
        spells = connection.execute("select count(*) from marts.fct_spells").fetchone()[0]
        months = connection.execute("select count(*) from marts.fct_person_months").fetchone()[0]
    print("duckdb", spells, months)
    version = link.resolve()
    rows = json.loads((version / "manifest.json").read_text())["rows"]
    spells, months = (
        duckdb.execute("select count(*) from read_parquet(?)", [str(version / "parquet" / f"{name}.parquet")]).fetchone()[0]
        for name in ("fct_spells", "fct_person_months")
    )
    assert (rows["fct_spells"], rows["fct_person_months"]) == (spells, months)
    print("parquet", spells, months)
    seen += 1
"""


def test_readers_see_one_publication_at_a_time(sample_database, tmp_path):
    smaller = tmp_path / "smaller.duckdb"
    shutil.copy(sample_database, smaller)
    with duckdb.connect(str(smaller)) as connection:
        for table in ("fct_spells", "fct_person_months"):
            connection.execute(f"delete from marts.{table} where hash(person_id) % 2 = 0")
    allowed = {
        tuple(str(row_counts(database)[table]) for table in ("fct_spells", "fct_person_months"))
        for database in (sample_database, smaller)
    }
    link, stop = tmp_path / "published", tmp_path / "stop"
    publish(sample_database, link, "all")
    command = [sys.executable, "-c", READER, str(link), str(stop)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for turn in range(SWAPS):
        publish((smaller, sample_database)[turn % 2], link, "all")
    stop.touch()
    for reader in readers:
        stdout, stderr = reader.communicate(timeout=60)
        assert reader.returncode == 0, stderr
        seen = {tuple(line.split()[1:]) for line in stdout.splitlines()}
        assert seen and seen <= allowed
    assert len(allowed) == 2


def test_two_publishings_at_once(sample_database, tmp_path):
    link = tmp_path / "published"
    arguments = ("publish.py", "--db", sample_database, "--published", link, "--only", "all")
    processes = [start(*arguments) for _ in range(3)]
    ends = [(process.communicate()[1], process.returncode) for process in processes]
    assert [code for _, code in ends].count(0) >= 1
    for stderr, code in ends:
        assert code == 0 or f"error: publishing to {link} is under way: " in stderr
    assert row_counts(link / DATABASE) == row_counts(sample_database)


# --- The build -------------------------------------------------------------------------------------------------------


def read_until(process: subprocess.Popen, mark: str) -> None:
    """Read a process's lines until one begins so."""
    for line in process.stderr:
        if line.startswith(mark):
            return
    raise AssertionError(f"{mark} was never told")


def test_build_killed_doubled_and_damaged(sample_database, tmp_path):
    chance = random.Random(11)
    database, link = tmp_path / "build.duckdb", tmp_path / "published"
    shutil.copy(sample_database, database)
    publish(sample_database, link, "all")
    before = fingerprint(link)
    settings = {"FOKUSMAAL_COMPARE_WITH": "", "DBT_TARGET_PATH": str(tmp_path / "target"), "DBT_LOG_PATH": str(tmp_path)}
    arguments = ("build.py", "--db", database, "--published", link)

    first = start(*arguments, env=settings)
    read_until(first, f"[{chance.randint(1, 21):>2}/21]")
    code, stderr = run(*arguments, env=settings)
    assert code == 1 and stderr.startswith(f"error: a build of {database} is under way: process {first.pid} since ")
    assert len(stderr.splitlines()) == 1
    first.kill()
    first.communicate()
    assert fingerprint(link) == before

    second = start(*arguments, env=settings)
    read_until(second, f"[{chance.randint(20, 180):>3}/")
    second.kill()
    second.communicate()
    assert fingerprint(link) == before

    with database.open("r+b") as file:
        file.truncate(database.stat().st_size // 2)
    code, stderr = run(*arguments, env=settings)
    assert code == 0, stderr
    lines = stderr.splitlines()
    assert lines[0].startswith(f"{database} is damaged (") and lines[0].endswith("; it is built again from nothing")
    assert lines[-1].startswith("published ") and not any("\r" in line or "\x1b" in line for line in lines)
    assert row_counts(link / DATABASE) == row_counts(sample_database)
    with duckdb.connect(str(link / DATABASE), read_only=True) as connection:
        changed = connection.execute("select topic from marts.build_comparison where is_changed order by topic").fetchall()
        assert changed == [("built_at",)]
        assert connection.execute("select count(*) from marts.build_changes").fetchone() == (0,)


def heed_interrupts() -> None:
    """A process started in the background ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("moment", ["[ 5/21]", "dbt: reading the project", "[ 60/"])
def test_an_interrupted_build_says_so(sample_database, tmp_path, moment):
    database, link = tmp_path / "build.duckdb", tmp_path / "published"
    publish(sample_database, link, "all")
    before = fingerprint(link)
    settings = {"DBT_TARGET_PATH": str(tmp_path / "target"), "DBT_LOG_PATH": str(tmp_path)}
    process = start("build.py", "--db", database, "--published", link, env=settings, preexec_fn=heed_interrupts)
    read_until(process, moment)
    process.send_signal(signal.SIGINT)
    stderr = process.communicate()[1]
    assert process.returncode == 130 and stderr.splitlines()[-1] == "interrupted" and "Traceback" not in stderr
    assert fingerprint(link) == before


def test_failed_data_test_publishes_nothing(sample_database, tmp_path, monkeypatch):
    database = tmp_path / "build.duckdb"
    shutil.copy(sample_database, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("delete from raw.tass_samtaler where row_number = 1")
    for name in ("FOKUSMAAL_DB", "FOKUSMAAL_PUBLISHED"):
        monkeypatch.setenv(name, "")
    with pytest.raises(Refusal, match="the build failed, so nothing is published; .* schema test_failures"):
        build_script.run_dbt(database, tmp_path / "published", ["--select", "delivered_rows_are_used_or_quarantined"])


def test_failed_build_publishes_nothing(tmp_path):
    environment = {"FOKUSMAAL_METHOD_VERSION": "9", "DBT_TARGET_PATH": str(tmp_path), "DBT_LOG_PATH": str(tmp_path)}
    code, stderr = run("build.py", "--db", tmp_path / "new.duckdb", "--published", tmp_path / "published", env=environment)
    assert code == 1 and stderr.splitlines()[-1].startswith("error: the build failed, so nothing is published")
    assert not (tmp_path / "published").exists()


def test_someone_elses_file_is_not_overwritten(tmp_path):
    file = tmp_path / "letter.duckdb"
    file.write_text("Dear reader, this is no database but a letter.")
    code, stderr = run("build.py", "--db", file, "--published", tmp_path / "published")
    assert code == 1 and stderr == f"error: {file} is not a DuckDB file; name another with FOKUSMAAL_DB\n"
    assert file.read_text().startswith("Dear reader")


def test_bar_on_a_terminal(sample_database, tmp_path):
    terminal, inside = pty.openpty()
    termios.tcsetwinsize(inside, (24, 120))
    command = [sys.executable, str(ROOT / "scripts" / "publish.py"), "--db", str(sample_database)]
    process = subprocess.Popen([*command, "--published", str(tmp_path / "published")], stderr=inside, env=os.environ | {"TERM": "xterm"})
    os.close(inside)
    shown = b""
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:
        pass  # the other end is closed
    assert process.wait() == 0
    text = shown.decode()
    assert "\r" in text and "fct_person_months" in text and f"/{len(read_marts())} " in text
    assert "[ 1/" not in text and text.rstrip().splitlines()[-1].strip().endswith(str(tmp_path / "published"))
