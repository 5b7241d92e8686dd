"""The benchmark: every model belongs to a part of the measuring, the floor writes what is published, the page says it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from scripts import benchmark
from scripts.benchmark import Cost, Stopwatch
from scripts.loading.contract import read_contract
from scripts.loading.files import WITHDRAWN

MODELS = Path(__file__).resolve().parents[1] / "models"


def test_every_folder_of_models_is_in_one_layer():
    in_layers = [folder for folders in benchmark.LAYERS.values() for folder in folders]
    with_models = {path.parent.name for path in MODELS.rglob("*.sql")}
    assert sorted(in_layers) == sorted(with_models)


def test_the_floor_writes_the_published_tables(sample_database, tmp_path):
    built = tmp_path / "built.duckdb"
    shutil.copy(sample_database, built)
    stopwatch = Stopwatch()
    benchmark.floor(stopwatch, tmp_path, built)
    assert stopwatch.costs["floor"].processor > 0

    with duckdb.connect(built, read_only=True) as connection:
        published = connection.execute("select count(*) from marts.fct_person_months").fetchone()
    with duckdb.connect(built.with_suffix(".floor.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from fct_person_months").fetchone() == published


def test_a_delivery_is_split_into_what_was_known_a_month_before_and_the_changes(tmp_path):
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    rows = {table.name: "" for table in read_contract().tables}
    rows["tass_samtaler"] = "('1', '2024-05-02'), ('2', '2024-06-10')"
    rows["tass_mii"] = "('a', '2024-01-01', '2024-02-01'), ('b', '2024-01-01', '2024-05-11'), ('c', '2024-05-11', null)"
    rows["ky_udbetalinger"] = "('a', '2024-04-01', '2024-04-30'), ('a', '2024-05-01', '2024-05-31')"
    names = {"tass_samtaler": "samtale_id, samtaledato", "tass_mii": "person_id, startdato, slutdato"}
    with duckdb.connect() as connection:
        for table in read_contract().tables:
            columns = ", ".join(column.name for column in table.columns)
            values = f"(values {rows[table.name]}) as t ({names.get(table.name, 'person_id, periode_start, periode_slut')})"
            nulls = ", ".join(f"null::varchar as {column.name}" for column in table.columns)
            sql = f"from (select {nulls} limit 0)" + (f" union all by name from {values}" if rows[table.name] else "")
            connection.execute(f"copy (select {columns} from ({sql})) to '{delivery / table.name}.parquet' (format parquet)")
        earlier, changes = benchmark.split_delivery(delivery, tmp_path / "split")

        def days(folder: Path, table: str, columns: str) -> list[tuple]:
            return connection.execute(f"select {columns} from '{folder / table}.parquet' order by all").fetchall()

        assert days(earlier, "tass_samtaler", "samtale_id") == [("1",)]
        assert days(changes, "tass_samtaler", "samtale_id") == [("2",)]
        assert days(earlier, "tass_mii", "person_id, slutdato") == [("a", "2024-02-01"), ("b", None)]
        assert days(changes, "tass_mii", "person_id, slutdato") == [("b", "2024-05-11"), ("c", None)]
        assert days(changes / WITHDRAWN, "tass_mii", "person_id, slutdato") == [("b", None)]
        assert days(earlier, "ky_udbetalinger", "periode_slut") == [("2024-04-30",)]
        assert days(changes, "ky_udbetalinger", "periode_slut") == [("2024-05-31",)]
        assert days(changes / WITHDRAWN, "ky_udbetalinger", "periode_slut") == []


def test_the_page_gives_ratios_to_the_floor_and_the_growth():
    def round_of(measuring: float) -> dict[str, Cost]:
        costs = {step: Cost(1.0, 2.0, 0.5) for step in benchmark.STEPS}
        costs["measuring"] = Cost(5.0, measuring, 3.0, {"published tables": 1.0})
        return costs

    results = {
        10.0: benchmark.median_round([round_of(8.0), round_of(9.0), round_of(30.0)]),
        100.0: benchmark.median_round([round_of(81.0)]),
    }
    text = benchmark.page(results, repeat=3)
    assert "| measuring | 5.0 | 9.0 | 3.0 | 4.50 |" in text
    assert "| load | 1.0 | 2.0 | 0.5 | 1.00 |" in text
    assert "| new month | 1.0 | 2.0 | 0.5 | 0.18 |" in text
    assert "| published tables | 100% |" in text
    assert "from 10 % to 100 % by a factor 9.0" in text
