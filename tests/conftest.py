"""Fixtures shared by the test modules."""

from __future__ import annotations

import os

import pytest

from scripts.load import load_delivery
from tests.warehouse import ROOT, run_dbt

# The tests publish nowhere and compare with nothing unless they say so. The page of the rules names the tests of the
# explanations too.
os.environ |= {
    "FOKUSMAAL_COMPARE_WITH": "none",
    "FOKUSMAAL_PUBLISHED": str(ROOT / "target" / "published"),
    "FOKUSMAAL_TEST_EXPLANATIONS": "true",
}


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory):
    """A database built from the committed sample."""
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    load_delivery(ROOT / "data" / "sample", database)
    run_dbt(database, "seed")
    run_dbt(database, "run")
    return database
