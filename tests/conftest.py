"""Fixtures shared by the test modules."""

from __future__ import annotations

import pytest

from scripts.load import load_delivery
from tests.warehouse import ROOT, run_dbt


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory):
    """A database built from the committed sample."""
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    load_delivery(ROOT / "data" / "sample", database)
    run_dbt(database, "seed")
    run_dbt(database, "run")
    return database
