"""After an update every table equals that of a full build from the same delivery.

Random worlds are delivered again and again, each time with new, changed and withdrawn rows, and often on a later day.
FOKUSMAAL_UPDATE_SEEDS (comma-separated), FOKUSMAAL_UPDATE_PERSONS and FOKUSMAAL_UPDATE_BATCHES widen the check.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from scripts.load import load_delivery
from scripts.update import FullBuildNeeded
from scripts.update.models import MEMORY, Part, Project, compile_project, parts, warehouse_columns
from scripts.update.run import update
from tests.random_batch import World
from tests.warehouse import run_dbt, write_csv_delivery

SEEDS = [int(seed) for seed in os.environ.get("FOKUSMAAL_UPDATE_SEEDS", "1,2").split(",")]
PERSONS = int(os.environ.get("FOKUSMAAL_UPDATE_PERSONS", "60"))
BATCHES = int(os.environ.get("FOKUSMAAL_UPDATE_BATCHES", "4"))
KNOWN_ON = date(2024, 8, 31)


@pytest.fixture(scope="session")
def project() -> Project:
    """The project, compiled once."""
    return compile_project()


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory) -> Path:
    """A warehouse built by dbt from a delivery without rows."""
    folder = tmp_path_factory.mktemp("empty")
    load_delivery(write_csv_delivery({}, folder / "raw"), folder / "warehouse.duckdb")
    run_dbt(folder / "warehouse.duckdb", "seed")
    run_dbt(folder / "warehouse.duckdb", "run")
    return folder / "warehouse.duckdb"


def built_tables(project: Project) -> list[str]:
    """Every table of the intermediate and marts schemas, as schema.name."""
    return [model.table for model in project.models.values() if not model.is_view]


def full_build(project: Project, empty: Path, raw: Path, database: Path) -> None:
    """A warehouse built whole by the models' own SQL, without dbt's seconds."""
    database.parent.mkdir(exist_ok=True)
    shutil.copy(empty, database)
    with duckdb.connect(str(database)) as connection:
        nodes = connection.execute("from build.nodes").fetchall()
    load_delivery(raw, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema build")
        connection.execute("create table build.nodes (name varchar, fingerprint varchar)")
        connection.executemany("insert into build.nodes values (?, ?)", nodes)
        for model in project.models.values():
            if not model.is_view:
                sql = model.sql.replace(MEMORY, "")
                connection.execute(f"delete from {model.table}")
                connection.execute(f"insert into {model.table} by name {sql}")


def differing_tables(project: Project, updated: Path, rebuilt: Path) -> list[str]:
    """One line per table whose rows are not the same."""
    lines = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{updated}' as updated (read_only)")
        connection.execute(f"attach '{rebuilt}' as rebuilt (read_only)")
        for table in built_tables(project):
            surplus = connection.execute(f"from updated.{table} except all from rebuilt.{table}").fetchall()
            missing = connection.execute(f"from rebuilt.{table} except all from updated.{table}").fetchall()
            if surplus or missing:
                lines.append(f"{table}: {len(surplus)} rows surplus, {len(missing)} missing, as {surplus[:1]} and {missing[:1]}")
    return lines


@pytest.mark.parametrize("seed", SEEDS)
def test_updates_equal_full_builds(project, empty_warehouse, tmp_path, seed):
    world = World(seed, PERSONS, KNOWN_ON)
    # dbt's views name the database, so both files have the name that the empty one was built under.
    updated, rebuilt = tmp_path / "updated" / empty_warehouse.name, tmp_path / "rebuilt" / empty_warehouse.name
    full_build(project, empty_warehouse, write_csv_delivery(world.delivery(), tmp_path / "raw"), updated)
    updates = 0
    for batch in range(BATCHES):
        world.change(world.rng.choice((0, 1, 5, 40)))
        raw = write_csv_delivery(world.delivery(), tmp_path / "raw")
        full_build(project, empty_warehouse, raw, rebuilt)
        try:
            update(raw, updated, project)
            updates += 1
        except FullBuildNeeded as reason:
            print(f"seed {seed} batch {batch}: {reason}")
            shutil.copy(rebuilt, updated)
        assert not (found := differing_tables(project, updated, rebuilt)), f"batch {batch}\n" + "\n".join(found)
    assert updates
