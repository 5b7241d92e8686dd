"""The queries people are given work and answer something on the committed sample."""

from __future__ import annotations

import re

import duckdb
import pytest

from tests.warehouse import ROOT

QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)


def test_readme_has_queries():
    assert len(QUERIES) >= 3


@pytest.mark.parametrize("query", QUERIES)
def test_readme_query_answers(sample_database, query):
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        assert connection.execute(query).fetchall()


@pytest.mark.parametrize("path", sorted((ROOT / "analyses").glob("*.sql")), ids=lambda path: path.stem)
def test_analysis_runs(sample_database, path):
    query = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"marts.\1", path.read_text(encoding="utf-8"))
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        connection.execute(query)
