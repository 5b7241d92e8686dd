"""After an update every table equals that of a full build from the same delivery.

Random worlds are delivered again and again, each time with new, changed and withdrawn rows, and often on a later day.
FOKUSMAAL_UPDATE_SEEDS (comma-separated), FOKUSMAAL_UPDATE_PERSONS and FOKUSMAAL_UPDATE_BATCHES widen the check.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from scripts.build import only_build
from scripts.load import load_delivery
from scripts.loading.files import WITHDRAWN
from scripts.publish import DATABASE, publish
from scripts.update import FullBuildNeeded, UpdateError, cli
from scripts.update.cli import main
from scripts.update.models import (
    MEMORY,
    MONTH_MODELS,
    NARROWED,
    SUM_MODELS,
    WHOLE_MODELS,
    Part,
    Project,
    compile_project,
    parts,
    warehouse_columns,
)
from scripts.update.run import check_project, update
from tests.random_batch import World, copies, surplus, used
from tests.warehouse import SEEDS_AND_MODELS, Rows, run_dbt, write_csv_delivery

SEEDS = [int(seed) for seed in os.environ.get("FOKUSMAAL_UPDATE_SEEDS", "1").split(",")]
PERSONS = int(os.environ.get("FOKUSMAAL_UPDATE_PERSONS", "50"))
BATCHES = int(os.environ.get("FOKUSMAAL_UPDATE_BATCHES", "2"))
KNOWN_ON = date(2024, 8, 31)
REPEATED = {"person_id": "A", "fravaer_kode": "2", "startdato": date(2024, 1, 1), "slutdato": date(2024, 1, 31)}


@pytest.fixture(scope="session")
def project() -> Project:
    """The project, compiled once."""
    return compile_project()


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory) -> Path:
    """A warehouse built by dbt from a delivery without rows."""
    folder = tmp_path_factory.mktemp("empty")
    load_delivery(write_csv_delivery({}, folder / "raw"), folder / "warehouse.duckdb")
    run_dbt(folder / "warehouse.duckdb", *SEEDS_AND_MODELS)
    return folder / "warehouse.duckdb"


@contextmanager
def attached(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a warehouse attached, to read."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as warehouse (read_only)")
        yield connection


def built_tables(project: Project) -> list[str]:
    """Every table of the intermediate and marts schemas, as schema.name."""
    return [model.table for model in project.models.values() if not model.is_view]


def full_build(project: Project, empty: Path, raw: Path, database: Path) -> None:
    """A warehouse built whole by the models' own SQL, without dbt's seconds."""
    database.parent.mkdir(exist_ok=True)
    loaded = database.with_suffix(".loaded")
    load_delivery(raw, loaded)
    shutil.copy(empty, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"attach '{loaded}' as loaded (read_only)")
        names = "select table_name from duckdb_tables() where database_name = 'loaded' and schema_name = 'raw'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"create or replace table raw.{name} as from loaded.raw.{name}")
        for model in project.models.values():
            if not model.is_view:
                sql = model.sql.replace(MEMORY, "")
                connection.execute(f"delete from {model.table}")
                connection.execute(f"insert into {model.table} by name {sql}")


def differing_tables(project: Project, updated: Path, rebuilt: Path, but: tuple[str, ...] = ()) -> list[str]:
    """One line per table whose rows are not the same, but for some."""
    lines = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{updated}' as updated (read_only)")
        connection.execute(f"attach '{rebuilt}' as rebuilt (read_only)")
        for table in (table for table in built_tables(project) if table not in but):
            extra = connection.execute(f"from updated.{table} except all from rebuilt.{table}").fetchall()
            missing = connection.execute(f"from rebuilt.{table} except all from updated.{table}").fetchall()
            if extra or missing:
                lines.append(f"{table}: {len(extra)} rows surplus, {len(missing)} missing, as {extra[:1]} and {missing[:1]}")
    return lines


def write_changes(before: dict[str, Rows], after: dict[str, Rows], folder: Path) -> Path:
    """Write what is new in the rows used of a delivery, and what is withdrawn, as a delivery of changes."""
    shutil.rmtree(folder, ignore_errors=True)
    write_csv_delivery(surplus(used(after), used(before)), folder)
    write_csv_delivery(copies(surplus(used(before), used(after)), before), folder / WITHDRAWN)
    return folder


@pytest.mark.parametrize("seed", SEEDS)
def test_updates_equal_full_builds(project, empty_warehouse, tmp_path, seed):
    """Every second batch is delivered as changes alone, which do not tell where a row set aside stood in its file."""
    world = World(seed, PERSONS, KNOWN_ON)
    # dbt's views name the database, so both files have the name that the empty one was built under.
    updated, rebuilt = tmp_path / "updated" / empty_warehouse.name, tmp_path / "rebuilt" / empty_warehouse.name
    full_build(project, empty_warehouse, write_csv_delivery(world.delivery(), tmp_path / "raw"), updated)
    updates = 0
    for batch in range(BATCHES):
        before, is_complete = world.delivery(), batch % 2 == 0
        world.change(world.rng.choice((0, 1, 5, 40)))
        raw = write_csv_delivery(world.delivery(), tmp_path / "raw")
        full_build(project, empty_warehouse, raw, rebuilt)
        delivered = raw if is_complete else write_changes(before, world.delivery(), tmp_path / "changes")
        try:
            update(delivered, updated, project, is_complete)
            updates += 1
        except FullBuildNeeded as reason:
            print(f"seed {seed} batch {batch}: {reason}")
            shutil.copy(rebuilt, updated)
        found = differing_tables(project, updated, rebuilt, () if is_complete else ("marts.quarantined_rows",))
        assert not found, f"batch {batch}\n" + "\n".join(found)
    assert updates


@pytest.fixture(scope="module")
def small_warehouse(project, empty_warehouse, tmp_path_factory) -> Path:
    """A warehouse of a few persons."""
    folder = tmp_path_factory.mktemp("small")
    database = folder / "warehouse" / empty_warehouse.name
    full_build(project, empty_warehouse, write_csv_delivery(small_world().delivery(), folder / "raw"), database)
    return database


def small_world() -> World:
    """A few persons, of whom one has an absence that is delivered twice."""
    world = World(7, 20, KNOWN_ON)
    world.rows["tass_fravaer"] += [REPEATED, dict(REPEATED)]
    return world


@pytest.fixture
def warehouse(small_warehouse, tmp_path) -> Path:
    """A warehouse of a few persons of its own, and beside it the folder raw with their delivery."""
    write_csv_delivery(small_world().delivery(), tmp_path / "raw")
    (tmp_path / "warehouse").mkdir()
    return Path(shutil.copy(small_warehouse, tmp_path / "warehouse"))


def test_command_line_updates_compares_and_publishes(project, empty_warehouse, warehouse, tmp_path, capfd, monkeypatch):
    world = small_world()
    world.change(30)
    delivery, link = world.delivery(), tmp_path / "published"
    raw = write_csv_delivery(delivery, tmp_path / "new")
    publish(warehouse, link, "all")
    rebuilt = tmp_path / "rebuilt" / warehouse.name
    full_build(project, empty_warehouse, raw, rebuilt)
    for name, value in (("COMPARE_WITH", ""), ("PUBLISHED", str(link)), ("DB", str(warehouse))):
        monkeypatch.setenv(f"FOKUSMAAL_{name}", value)
    monkeypatch.setattr(cli, "compile_project", lambda: project)
    assert main(["--raw", str(raw), "--db", str(warehouse), "--published", str(link)]) == 0
    assert "updated" in capfd.readouterr().err
    assert not differing_tables(project, warehouse, rebuilt)
    with attached(warehouse) as connection:
        check_project(connection, project)
    months = "select * from marts.fct_person_months order by all"
    with duckdb.connect(str(link / DATABASE), read_only=True) as published, duckdb.connect(str(rebuilt)) as wanted:
        assert published.execute(months).fetchall() == wanted.execute(months).fetchall() != []
        persons = published.execute("select person_id from marts.build_persons").fetchall()
        assert published.execute("select count(*) from marts.build_changes").fetchone()[0] > 0
    assert {person for (person,) in persons} == {row["person_id"] for rows in delivery.values() for row in rows if "person_id" in row}


def test_without_a_warehouse_the_delivery_is_loaded_and_all_is_made(project, tmp_path, capfd, monkeypatch):
    made = []
    monkeypatch.setattr(cli, "compile_project", lambda: project)
    monkeypatch.setattr(cli, "make_and_publish", lambda *given: made.append(given))
    raw, database, link = write_csv_delivery({}, tmp_path / "raw"), tmp_path / "warehouse.duckdb", tmp_path / "published"
    assert main(["--raw", str(raw), "--db", str(database), "--published", str(link)]) == 0
    assert "full build: there is no warehouse" in capfd.readouterr().err
    assert made == [(database, link, "all", [])]
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select count(*) from raw.load_log").fetchone()[0] > 0


def test_an_update_that_cannot_follow_makes_all_of_the_rows_it_has_loaded(project, warehouse, tmp_path, capfd, monkeypatch):
    made = []
    monkeypatch.setattr(cli, "compile_project", lambda: project._replace(fingerprints={"benefits": "of another seed"}))
    monkeypatch.setattr(cli, "make_and_publish", lambda *given: made.append(given))
    monkeypatch.setattr(cli, "load_delivery", None)
    before = small_world().delivery()
    after = before | {"tass_mii": before["tass_mii"][1:] + [{"person_id": "A", "startdato": date(2024, 5, 1), "slutdato": None}]}
    changes = write_changes(before, after, tmp_path / "changes")
    assert main(["--changes", str(changes), "--db", str(warehouse), "--published", str(tmp_path / "published")]) == 0
    assert "full build: the project has changed" in capfd.readouterr().err
    assert made == [(warehouse, tmp_path / "published", "all", [])]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute("select person_id, startdato, slutdato from raw.tass_mii").fetchall()
    assert sorted(map(str, rows)) == sorted(str(tuple(row.values())) for row in used(after)["tass_mii"])


def test_an_empty_folder_of_changes_publishes_what_was_updated_before(project, warehouse, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(cli, "compile_project", lambda: project)
    monkeypatch.setattr(cli, "make_and_publish", lambda *given: made.append(given))
    world = small_world()
    world.change(30)
    assert update(write_csv_delivery(world.delivery(), tmp_path / "new"), warehouse, project)
    updated = shutil.copy(warehouse, tmp_path / "updated.duckdb")
    (tmp_path / "empty").mkdir()
    assert main(["--changes", str(tmp_path / "empty"), "--db", str(warehouse), "--published", str(tmp_path / "published")]) == 0
    assert made == [(warehouse, tmp_path / "published", "all", ["--select", "tag:comparison"])]
    assert not differing_tables(project, warehouse, updated)


def test_an_update_needs_a_delivery(project, warehouse, capfd, monkeypatch):
    monkeypatch.delenv("FOKUSMAAL_RAW", raising=False)
    assert main(["--db", str(warehouse)]) == 1
    assert capfd.readouterr().err.startswith("error: what has come?")


def test_ids_with_and_without_a_key_do_not_meet(project, warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("FOKUSMAAL_PSEUDONYM_KEY", "0123456789abcdef-fedcba9876543210")
    with pytest.raises(UpdateError, match="with another pseudonym key"):
        update(tmp_path / "raw", warehouse, project)
    load_delivery(tmp_path / "raw", warehouse)
    monkeypatch.setenv("FOKUSMAAL_PSEUDONYM_KEY", "another-0123456789abcdef-fedcba98")
    with pytest.raises(UpdateError, match="with another pseudonym key"):
        update(tmp_path / "raw", warehouse, project)


def test_changes_need_a_warehouse(project, tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(cli, "compile_project", lambda: project)
    assert main(["--changes", str(tmp_path), "--db", str(tmp_path / "warehouse.duckdb")]) == 1
    assert "so changes cannot be added to it; build it of a complete delivery" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("new", "withdrawn", "complaint"),
    [
        ([REPEATED], [], "1 new rows are in the warehouse already"),
        ([], [REPEATED | {"fravaer_kode": "3"}], "1 of the rows to withdraw are not in the warehouse"),
        ([], [REPEATED] * 3, "1 of the rows to withdraw are not in the warehouse"),
        ([], [REPEATED | {"startdato": date(1800, 1, 1)}], "1 of the rows to withdraw break the contract"),
    ],
)
def test_changes_that_do_not_fit_the_warehouse_are_refused(project, warehouse, tmp_path, new, withdrawn, complaint):
    changes = write_csv_delivery({"tass_fravaer": new}, tmp_path / "changes")
    write_csv_delivery({"tass_fravaer": withdrawn}, changes / WITHDRAWN)
    with pytest.raises(UpdateError, match=f"table tass_fravaer: {complaint}"):
        update(changes, warehouse, project, is_complete=False)


@pytest.mark.parametrize("times", [1, 2])
def test_of_two_equal_rows_the_one_set_aside_is_withdrawn_first(project, warehouse, tmp_path, times):
    (tmp_path / "changes").mkdir()
    write_csv_delivery({"tass_fravaer": [REPEATED] * times}, tmp_path / "changes" / WITHDRAWN)
    rows = "select count(*) filter (where person_id = 'A') from raw.tass_fravaer"
    counts = "select rows_delivered, rows_used, rows_quarantined from raw.load_log where source_table = 'tass_fravaer'"
    with duckdb.connect(str(warehouse)) as connection:
        delivered, used_rows, quarantined = connection.execute(counts).fetchone()
    assert update(tmp_path / "changes", warehouse, project, is_complete=False)["marts.quarantined_rows"] == (1, 0)
    with duckdb.connect(str(warehouse)) as connection:
        assert connection.execute(rows).fetchone() == (2 - times,)
        assert connection.execute(counts).fetchone() == (delivered - times, used_rows - times + 1, quarantined - 1)


def test_only_one_update_or_build_at_a_time(empty_warehouse, tmp_path, capfd):
    with only_build(empty_warehouse):
        assert main(["--raw", str(tmp_path), "--db", str(empty_warehouse)]) == 1
    assert f"error: a build of {empty_warehouse} is under way" in capfd.readouterr().err


def test_a_part_made_anew_leaves_no_record_of_the_build(empty_warehouse, project, tmp_path):
    database = tmp_path / empty_warehouse.name
    shutil.copy(empty_warehouse, database)
    with attached(database) as connection:
        check_project(connection, project)
    run_dbt(database, "run", "--select", "int_areas")
    with attached(database) as connection, pytest.raises(FullBuildNeeded, match="not of one whole build"):
        check_project(connection, project)


def test_every_table_is_exchanged_or_depends_on_seeds_alone(project, empty_warehouse):
    with attached(empty_warehouse) as connection:
        columns = warehouse_columns(connection)
    found = parts(project.models, columns)
    assert found.keys() == project.models.keys()
    seeds_only = {project.models[name].table for name, part in found.items() if part == Part.SEEDS_ONLY}
    assert {"marts.dim_benefit_group", "intermediate.int_duration_bounds"} <= seeds_only
    assert not any(table.startswith("marts.fct_") or table.startswith("marts.mart_") for table in seeds_only)


def test_a_table_that_nothing_tells_how_to_exchange_needs_a_full_build(project, empty_warehouse):
    strange = dataclasses.replace(project.models["int_persons"], name="int_strange")
    columns = {name: {"measure_month": "DATE"} for name in [*project.models, "int_strange"]} | {"int_strange": {"number": "INTEGER"}}
    columns |= {name: {"person_key": "UBIGINT"} for name in project.models}
    with pytest.raises(FullBuildNeeded, match="int_strange"):
        parts(project.models | {"int_strange": strange}, columns)


def test_named_models_exist(project):
    named = SUM_MODELS | MONTH_MODELS | WHOLE_MODELS | {name for pair in NARROWED for name in pair}
    assert named <= project.models.keys()


def test_another_project_needs_a_full_build(project, warehouse, tmp_path):
    other = project._replace(fingerprints=project.fingerprints | {"benefits": "of another seed"})
    with pytest.raises(FullBuildNeeded, match="has changed since.*benefits"):
        update(tmp_path / "raw", warehouse, other)


def test_rows_loaded_but_not_built_need_a_full_build(project, warehouse, tmp_path):
    load_delivery(tmp_path / "raw", warehouse)
    with pytest.raises(FullBuildNeeded, match="not of one whole build"):
        update(tmp_path / "raw", warehouse, project)


def test_an_earlier_day_needs_a_full_build(project, warehouse, tmp_path):
    raw = write_csv_delivery(World(7, 20, date(2024, 6, 30)).delivery(), tmp_path / "earlier")
    with pytest.raises(FullBuildNeeded, match="moves back"):
        update(raw, warehouse, project)


def test_a_failed_update_leaves_the_warehouse_as_it_was(project, warehouse, tmp_path):
    before = warehouse.with_name("before.duckdb")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create unique index stop on raw.load_log (source_table)")
    shutil.copy(warehouse, before)
    world = small_world()
    world.change(30)
    with pytest.raises(UpdateError, match="the warehouse is as it was"):
        update(write_csv_delivery(world.delivery(), tmp_path / "new"), warehouse, project)
    assert not differing_tables(project, warehouse, before)
    assert [path.name for path in warehouse.parent.glob(".update-*")] == []


def test_nothing_new_writes_nothing(project, warehouse, tmp_path):
    assert update(tmp_path / "raw", warehouse, project) == {}


def test_a_spell_that_goes_on_moves_the_residence_of_its_old_last_month(project, empty_warehouse, tmp_path):
    """M-04 looks at the spell's end: a payment in May 2023 changes the municipality of January 2022."""
    payment = {"person_id": "A", "ydelsestype": "A_DAGPENGE", "timer": Decimal("50.00"), "forsikringsart": "FULDTID"}
    payment |= {"akassekode": "01", "arbejdsfordeling": False}
    april = date(2023, 4, 30)
    january = payment | {"periode_start": date(2022, 1, 1), "periode_slut": date(2022, 1, 10)}
    may = payment | {"periode_start": date(2023, 5, 1), "periode_slut": date(2023, 5, 31)}
    delivery = {
        "cpr_personer": [{"person_id": "A", "foedselsdato": date(1980, 1, 1)}],
        "taeller_dagpengeperioder": [{"person_id": "A", "foerste_dag": date(2022, 1, 1)}],
        "cpr_bopael": [
            {"person_id": "A", "kommunekode": "101", "fra_dato": date(1990, 1, 1), "til_dato": date(2022, 1, 15)},
            {"person_id": "A", "kommunekode": "165", "fra_dato": date(2022, 1, 16)},
        ],
        "fleur_udbetalinger": [january],
        "ky_udbetalinger": [
            {"person_id": "B", "ydelseskode": "FLEKSJOB", "periode_start": april, "periode_slut": april, "kommunekode": "101"}
        ],
    }
    updated, rebuilt = tmp_path / "updated" / empty_warehouse.name, tmp_path / "rebuilt" / empty_warehouse.name
    full_build(project, empty_warehouse, write_csv_delivery(delivery, tmp_path / "raw"), updated)
    raw = write_csv_delivery(delivery | {"fleur_udbetalinger": [january, may]}, tmp_path / "raw")
    full_build(project, empty_warehouse, raw, rebuilt)
    assert update(raw, updated, project)["marts.fct_person_months"][0] == 1
    assert not differing_tables(project, updated, rebuilt)
