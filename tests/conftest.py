"""Fixtures shared by the test modules."""

from __future__ import annotations

import os

import pytest

from scripts.load import load_delivery
from tests.warehouse import ROOT, SEEDS_AND_MODELS, run_dbt

# The tests publish nowhere and compare with nothing unless they say so; each process keeps what dbt has read in a folder of its
# own. The page of the rules names the tests of the explanations too.
os.environ |= {
    "DBT_TARGET_PATH": str(ROOT / "target" / os.environ.get("PYTEST_XDIST_WORKER", "tests")),
    "FOKUSMAAL_COMPARE_WITH": "none",
    "FOKUSMAAL_PUBLISHED": str(ROOT / "target" / "published"),
    "FOKUSMAAL_TEST_EXPLANATIONS": "true",
}


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory):
    """A database built from the committed sample."""
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    load_delivery(ROOT / "data" / "sample", database)
    run_dbt(database, *SEEDS_AND_MODELS)
    return database
