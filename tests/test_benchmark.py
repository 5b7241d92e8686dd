"""The benchmark: every model belongs to a part of the measuring, the floor writes what is published, the page says it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from scripts import benchmark
from scripts.benchmark import Cost, Stopwatch

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
    assert "| measuring | 5.0 | 9.0 | 3.0 | 4.5 |" in text
    assert "| load | 1.0 | 2.0 | 0.5 | 1.0 |" in text
    assert "| published tables | 100% |" in text
    assert "from 10 % to 100 % by a factor 9.0" in text
