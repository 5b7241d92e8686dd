"""Measure the load and the build against the floor: what DuckDB needs merely to read the data and write the results.

    python scripts/benchmark.py [--percent 1 10 100] [--repeat 3] [--work DIR] [--out docs/benchmarks.md]

Every size is a national delivery of make_national.py. Each round measures, in processes of their own:

    plain read   every column of the delivery into tables, without looking at a value
    load         scripts/load.py
    measuring    `dbt run`, staging to marts; its parts are the shares of the models' own time
    data tests   `dbt test` without unit tests
    floor        every column of the loaded tables read, and tables equal to the marts written
    new month    the last month of the delivery, given as changes, added to a warehouse built of the months before

Wall time depends on what else the machine does; processor seconds and the ratios of one round less so. The table gives
the median of the rounds. Sizes are percent of the country; times are seconds; memory is GiB, the process's peak.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.settings import ROOT, engine_settings  # noqa: E402

STEPS = ("plain read", "load", "measuring", "data tests", "floor", "new month")
LAYERS = {
    "benefit days and spells": ("staging", "reference", "benefits", "spells"),
    "clock and months": ("clock", "months", "exemption"),
    "conversations, offers, hours": ("conversations", "offers", "hours"),
    "cells and goals": ("cells", "goals", "warnings", "catalogue"),
    "KL's benchmark": ("benchmark",),
    "what changed": ("changes",),
    "published tables": ("marts",),
    "explanations": ("explain",),
}
# What the ratio of a step is to, where that is not the floor.
BASES = {"plain read": (), "load": ("plain read",), "floor": (), "new month": ("load", "measuring")}
GIB = 1 << 30


@dataclass(frozen=True)
class Cost:
    """What a step took: wall and processor seconds, and peak memory of its process in GiB.

    shares: of the layers in the measuring, from 0 to 1.
    """

    wall: float
    processor: float
    memory: float
    shares: dict[str, float] = field(default_factory=dict)


class Stopwatch:
    """Costs of the steps of this process, one after the other."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}

    def measure(self, step: str, work: Callable[[], dict[str, float] | None]) -> None:
        """Do the work and note what it cost; work may return shares."""
        wall, processor = time.monotonic(), _processor_seconds()
        shares = work()
        self.costs[step] = Cost(
            time.monotonic() - wall,
            _processor_seconds() - processor,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIB,
            shares or {},
        )


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


# --- The steps, each run in a process of its own ---------------------------------------------------------------------


def plain_read(stopwatch: Stopwatch, delivery: Path, database: Path) -> None:
    """Read every file of the delivery into a table."""
    with _connection(database.with_suffix(".plain.duckdb")) as connection:

        def read() -> None:
            for path in sorted(delivery.glob("*.parquet")):
                connection.execute(f"create table {path.stem} as select * from read_parquet('{path}')")
            connection.execute("checkpoint")

        stopwatch.measure("plain read", read)


def load(stopwatch: Stopwatch, delivery: Path, database: Path) -> None:
    """Load the delivery as `make build` does."""
    from scripts.load import load_delivery

    stopwatch.measure("load", lambda: load_delivery(delivery, database))


def measure(stopwatch: Stopwatch, delivery: Path, database: Path) -> None:
    """Run the models; reading the project and the seeds come first and are not measured."""
    _dbt("seed")
    stopwatch.measure("measuring", lambda: _shares(_dbt("run")))
    stopwatch.measure("data tests", lambda: _dbt("test", "--exclude-resource-type", "unit_test") and None)


def _dbt(*arguments: str):
    """Run dbt in this process and return its results. Raises SystemExit when it fails."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    done = dbtRunner().invoke([*arguments, "--quiet"])
    DuckDBConnectionManager.close_all_connections()
    if not done.success:
        sys.exit(f"dbt {' '.join(arguments)} failed")
    return done.result


def _shares(results) -> dict[str, float]:
    """Each layer's part of the models' own time."""
    layer_of = {folder: layer for layer, folders in LAYERS.items() for folder in folders}
    seconds = dict.fromkeys(LAYERS, 0.0)
    for result in results:
        if result.node.resource_type != "model":
            continue
        seconds[layer_of[Path(result.node.path).parent.name]] += result.execution_time
    return {layer: own / sum(seconds.values()) for layer, own in seconds.items()}


def floor(stopwatch: Stopwatch, delivery: Path, database: Path) -> None:
    """Read every column of the loaded tables, and write tables equal to the marts."""
    with _connection(database.with_suffix(".floor.duckdb")) as connection:
        connection.execute(f"attach '{database}' as source_database (read_only)")

        def read_and_write() -> None:
            for schema, table, columns in _tables(connection, "raw"):
                extremes = ", ".join(f'min("{name}"), max("{name}")' for name in columns if name != "row_number")
                connection.execute(f"select {extremes} from source_database.{schema}.{table}").fetchall()
            for schema, table, _ in _tables(connection, "marts"):
                connection.execute(f"create table {table} as select * from source_database.{schema}.{table}")
            connection.execute("checkpoint")

        stopwatch.measure("floor", read_and_write)


def new_month(stopwatch: Stopwatch, delivery: Path, database: Path) -> None:
    """Build the warehouse of the months before and update it; reading the project comes first and is not measured."""
    from scripts.load import load_delivery
    from scripts.update.models import COMPARISON, compile_project
    from scripts.update.run import update

    earlier, changes = split_delivery(delivery, database.parent / "split")
    project = compile_project()
    database.unlink()
    load_delivery(earlier, database)
    _dbt("build", "--resource-type", "seed", "--resource-type", "model")

    def bring_up_to_date() -> None:
        update(changes, database, project, is_complete=False)
        _dbt("run", "--select", f"tag:{COMPARISON}")

    stopwatch.measure("new month", bring_up_to_date)
    shutil.rmtree(earlier.parent)


WORK = {"plain read": plain_read, "load": load, "measure": measure, "floor": floor, "new month": new_month}


def split_delivery(delivery: Path, folder: Path) -> tuple[Path, Path]:
    """Write a delivery as it was known a month before its last conversation, and the changes since, in two folders.

    A period that went on after that day was open, or not delivered where its end must be told.
    """
    import duckdb

    from scripts.loading.contract import read_contract
    from scripts.loading.files import WITHDRAWN

    earlier, changes = folder / "earlier", folder / "changes"
    for part in (earlier, changes / WITHDRAWN):
        part.mkdir(parents=True)
    with duckdb.connect() as connection:

        def write(rows: str, path: Path) -> None:
            connection.execute(f"copy ({rows}) to '{path}' (format parquet)")

        day = connection.execute(
            f"select max(try_cast(samtaledato as date)) - interval 1 month from '{delivery / 'tass_samtaler.parquet'}'"
        ).fetchone()[0]
        for table in read_contract().tables:
            rows = f"from '{delivery / table.name}.parquet'"
            days = [column for column in table.columns if column.type == "date"]
            if not table.has_persons or table.name == "cpr_personer":
                write(rows, earlier / f"{table.name}.parquet")
                continue
            start, end = table.period or (days[0].name, days[0].name)
            is_open = next(column.nullable for column in days if column.name == end)
            starts_later, ends_later = (
                f"coalesce(try_cast({name} as date) > date '{day:%Y-%m-%d}', false)" for name in (start, end)
            )
            later = starts_later if is_open else f"({starts_later} or {ends_later})"
            seen = f"{rows} where not {later}"
            cut = f"select * replace (case when not {ends_later} then {end} end as {end})"
            write(f"{cut} {seen}", earlier / f"{table.name}.parquet")
            write(f"{rows} where {later} or {ends_later}", changes / f"{table.name}.parquet")
            write(f"{cut} {seen} and {ends_later}", changes / WITHDRAWN / f"{table.name}.parquet")
    return earlier, changes


def _tables(connection, schema: str) -> list[tuple[str, str, list[str]]]:
    return connection.execute(
        "select schema_name, table_name, list(column_name order by column_index) from duckdb_columns() "
        "where database_name = 'source_database' and schema_name = ? group by schema_name, table_name",
        [schema],
    ).fetchall()


def _connection(database: Path):
    """A new database with the settings of the warehouse (profiles.yml)."""
    import duckdb

    database.unlink(missing_ok=True)
    return duckdb.connect(database, config=engine_settings() | {"preserve_insertion_order": "false"})


# --- Rounds ----------------------------------------------------------------------------------------------------------


def run_round(delivery: Path, database: Path) -> dict[str, Cost]:
    """All steps on one delivery. Raises SystemExit when a step fails."""
    database.unlink(missing_ok=True)
    costs: dict[str, Cost] = {}
    environment = os.environ | {
        "FOKUSMAAL_DB": str(database),
        "FOKUSMAAL_COMPARE_WITH": "none",
        "DBT_TARGET_PATH": str(database.parent / "target"),
    }
    for work in WORK:
        command = [sys.executable, "-m", "scripts.benchmark", "--step", work, str(delivery), str(database)]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"step {work} failed")
        costs |= {step: Cost(**cost) for step, cost in json.loads(done.stdout.splitlines()[-1]).items()}
    for path in (database, database.with_suffix(".plain.duckdb"), database.with_suffix(".floor.duckdb")):
        path.unlink(missing_ok=True)
    return costs


def make_delivery(percent: float, folder: Path) -> Path:
    """The national delivery of a size, made once."""
    delivery = folder / f"delivery-{percent:g}"
    if not delivery.is_dir():
        subprocess.run(
            [sys.executable, "scripts/make_national.py", "--percent", str(percent), "--out", str(delivery)],
            cwd=ROOT,
            check=True,
        )
    return delivery


def median_round(rounds: list[dict[str, Cost]]) -> dict[str, Cost]:
    """Step by step the median of each figure."""

    def median(step: str, figure: Callable[[Cost], float]) -> float:
        return statistics.median(figure(costs[step]) for costs in rounds)

    return {
        step: Cost(
            median(step, lambda cost: cost.wall),
            median(step, lambda cost: cost.processor),
            median(step, lambda cost: cost.memory),
            {layer: median(step, lambda cost: cost.shares[layer]) for layer in rounds[0][step].shares},
        )
        for step in STEPS
    }


# --- The page --------------------------------------------------------------------------------------------------------


def page(results: dict[float, dict[str, Cost]], repeat: int) -> str:
    """docs/benchmarks.md."""
    import duckdb

    lines = [
        "# Benchmarks",
        "",
        "Written by `python scripts/benchmark.py`, whose first lines say what each step is. Ratios are of processor seconds,",
        "to the floor of the same size; that of the load is to the plain read, that of a new month to load and measuring.",
        "",
        f"{date.today().isoformat()}, DuckDB {duckdb.__version__}, {os.cpu_count()} cores, memory limit "
        f"{engine_settings()['memory_limit']}, median of {repeat}.",
    ]
    for percent, costs in sorted(results.items()):
        lines += ["", f"## {percent:g} % of the country", ""]
        lines += ["| step | wall s | processor s | peak GiB | ratio |", "|---|---:|---:|---:|---:|"]
        for step, cost in costs.items():
            bases = BASES.get(step, ("floor",))
            ratio = f"{cost.processor / sum(costs[base].processor for base in bases):.2f}" if bases else ""
            lines.append(f"| {step} | {cost.wall:.1f} | {cost.processor:.1f} | {cost.memory:.1f} | {ratio} |")
        lines += ["", "| part of the measuring | share |", "|---|---:|"]
        lines += [f"| {layer} | {share:.0%} |" for layer, share in costs["measuring"].shares.items()]
    largest = max(results)
    for percent in sorted(results)[:-1]:
        growth = results[largest]["measuring"].processor / results[percent]["measuring"].processor
        lines += ["", f"The measuring grows from {percent:g} % to {largest:g} % by a factor {growth:.1f}."]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure the load and the build against the floor.")
    parser.add_argument("--percent", nargs="+", type=float, default=[1, 10, 100], help="sizes, percent of the country")
    parser.add_argument("--repeat", type=int, default=3, help="rounds per size")
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "benchmark", help="folder for data, 50 GB at 100")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md", help="page to write")
    parser.add_argument("--step", nargs=3, metavar=("STEP", "DELIVERY", "DATABASE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        stopwatch = Stopwatch()
        WORK[options.step[0]](stopwatch, Path(options.step[1]), Path(options.step[2]))
        print(json.dumps({step: asdict(cost) for step, cost in stopwatch.costs.items()}))
        return 0
    options.work.mkdir(parents=True, exist_ok=True)
    results = {}
    for percent in options.percent:
        delivery = make_delivery(percent, options.work)
        rounds = []
        for number in range(1, options.repeat + 1):
            rounds.append(run_round(delivery, options.work / "benchmark.duckdb"))
            summary = ", ".join(f"{step} {cost.processor:.1f}" for step, cost in rounds[-1].items())
            print(f"{percent:g} %, round {number}, processor seconds: {summary}", flush=True)
        results[percent] = median_round(rounds)
    options.out.write_text(page(results, options.repeat), encoding="utf-8")
    print(f"written: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
