"""Make a synthetic national delivery: one parquet file per table of the raw contract.

    python scripts/make_national.py --percent 1 --out DIR [--seed 1]

100 % is about two million persons, 2017-2024. All randomness is a hash of the seed and the row, so the same seed and
percentage give the same rows whatever the number of threads. The SQL of each table is in scripts/national/.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

SQL_DIR = Path(__file__).parent / "national"
DAYS_A_MONTH = 30.4375
FAULT_RATE = 2e-5

TABLES = (
    "cpr_personer",
    "cpr_bopael",
    "fleur_udbetalinger",
    "ram_udbetalinger",
    "taeller_dagpengeperioder",
    "ky_udbetalinger",
    "kmd_aktiv_udbetalinger",
    "ky_forrevalidering",
    "ksd_sygedagpenge",
    "kmd_sygedagpenge",
    "ksd_delvis_raskmelding",
    "tass_samtaler",
    "tass_fravaer",
    "tass_visitation",
    "tass_tilmeldinger",
    "tass_mii",
    "plan_tilbud",
    "eindkomst_loentimer",
    "dst_befolkning",
    "bm_resultatmaal",
    "kommune_klynger",
)


@dataclass(frozen=True)
class Benefit:
    """How long stays last and how much effort goes with them.

    `stays` are (share of those on the benefit at a time, mean length in months) of exponential parts; `longest` cuts a
    stay, in months. Rates are conversations and offers a year, None where the benefit is not measured.
    """

    stays: tuple[tuple[float, float], ...]
    conversations: float | None
    offers: float | None
    longest: float = math.inf
    is_municipal: bool = True

    def flow_shares(self) -> list[tuple[float, float]]:
        """Return (share of the stays that begin, mean length in months) for each part."""
        total = sum(share / mean for share, mean in self.stays)
        return [(share / mean / total, mean) for share, mean in self.stays]

    def reach(self, mean: float) -> float:
        """Return the share of the stays of this mean length that end by themselves before the longest stay."""
        return 1 - math.exp(-self.longest / mean)


@dataclass(frozen=True)
class Career:
    """A kind of working life: which benefits follow each other, after which gaps, between which ages.

    `persons` is the number at 100 %; gaps are none, 1-60 days, or exponential with a mean of `long_gap` months.
    """

    persons: int
    benefits: dict[str, float]
    no_gap: float
    short_gap: float
    long_gap: float
    ages: tuple[int, int]

    def gap_months(self) -> float:
        """Return the mean gap in months."""
        return self.short_gap + (1 - self.no_gap - self.short_gap) * self.long_gap


BENEFITS = {
    "A_DAGPENGE": Benefit(((0.28, 5), (0.72, 19)), 9.0, 2.0, longest=26, is_municipal=False),
    "SYGEDAGPENGE": Benefit(((0.42, 2.5), (0.58, 11)), 7.0, 1.0, is_municipal=False),
    "KONTANTHJAELP": Benefit(((0.12, 5), (0.88, 60)), 8.0, 2.0),
    "UDDANNELSESHJAELP": Benefit(((0.3, 6), (0.7, 30)), 8.0, 2.2),
    "OVERGANGSYDELSE_UDEN_PROGRAM": Benefit(((0.3, 5), (0.7, 26)), 8.0, 2.3),
    "OVERGANGSYDELSE_I_PROGRAM": Benefit(((0.1, 5), (0.9, 20)), None, None),
    "REVALIDERING": Benefit(((0.2, 6), (0.8, 26)), 7.0, 2.0),
    "RESSOURCEFORLOEB": Benefit(((0.05, 8), (0.95, 48)), 7.5, 1.8),
    "JOBAFKLARING": Benefit(((0.2, 8), (0.8, 28)), 7.5, 1.8),
    "LEDIGHEDSYDELSE": Benefit(((0.3, 6), (0.7, 30)), 7.5, 1.9),
    "FLEKSJOB": Benefit(((0.15, 10), (0.85, 100)), None, None),
    "FOERTIDSPENSION": Benefit(((1.0, 400),), None, None),
}

CAREERS = {
    "insured": Career(
        persons=1_720_000,
        benefits={"A_DAGPENGE": 0.40, "SYGEDAGPENGE": 0.59, "JOBAFKLARING": 0.01},
        no_gap=0.10,
        short_gap=0.15,
        long_gap=66,
        ages=(20, 67),
    ),
    "assisted": Career(
        persons=130_000,
        benefits={
            "KONTANTHJAELP": 0.72,
            "SYGEDAGPENGE": 0.08,
            "REVALIDERING": 0.06,
            "RESSOURCEFORLOEB": 0.07,
            "A_DAGPENGE": 0.07,
        },
        no_gap=0.25,
        short_gap=0.25,
        long_gap=24,
        ages=(30, 67),
    ),
    "young": Career(
        persons=124_000,
        benefits={"UDDANNELSESHJAELP": 0.88, "A_DAGPENGE": 0.06, "SYGEDAGPENGE": 0.06},
        no_gap=0.10,
        short_gap=0.35,
        long_gap=18,
        ages=(18, 30),
    ),
    "unwell": Career(
        persons=57_000,
        benefits={"SYGEDAGPENGE": 0.30, "JOBAFKLARING": 0.38, "RESSOURCEFORLOEB": 0.22, "LEDIGHEDSYDELSE": 0.10},
        no_gap=0.50,
        short_gap=0.20,
        long_gap=18,
        ages=(20, 67),
    ),
    "flexible": Career(
        persons=127_000,
        benefits={"FLEKSJOB": 0.61, "LEDIGHEDSYDELSE": 0.34, "SYGEDAGPENGE": 0.05},
        no_gap=0.70,
        short_gap=0.20,
        long_gap=12,
        ages=(25, 67),
    ),
    "arrived": Career(
        persons=33_000,
        benefits={"OVERGANGSYDELSE_UDEN_PROGRAM": 0.60, "OVERGANGSYDELSE_I_PROGRAM": 0.25, "KONTANTHJAELP": 0.15},
        no_gap=0.45,
        short_gap=0.20,
        long_gap=15,
        ages=(20, 67),
    ),
    "pensioner": Career(
        persons=285_000,
        benefits={"FOERTIDSPENSION": 1.00},
        no_gap=0.00,
        short_gap=0.00,
        long_gap=12,
        ages=(20, 67),
    ),
}


def cumulate(weighted: list[tuple[float, tuple]]) -> Iterator[tuple]:
    """Yield (from share, to share, *row) for weighted rows, the shares running from 0 to 1."""
    total = sum(weight for weight, _ in weighted)
    reached = 0.0
    for position, (weight, row) in enumerate(weighted, start=1):
        start, reached = reached, reached + weight / total
        yield (start, 1.0 if position == len(weighted) else reached, *row)


def career_choices(name: str, career: Career) -> Iterator[tuple]:
    """Yield what may come next: (from share, to share, career, benefit, mean days, longest further days)."""
    weighted = [
        (share * flow, (name, code, mean * DAYS_A_MONTH, int(min(BENEFITS[code].longest, 999) * DAYS_A_MONTH)))
        for code, share in career.benefits.items()
        for flow, mean in BENEFITS[code].flow_shares()
    ]
    return cumulate(weighted)


def career_states(name: str, career: Career) -> Iterator[tuple]:
    """Yield the states on the first day, by the time spent in them.

    Rows are (from share, to share, career, benefit, mean days, reach); the benefit is None between two stays.
    The rest of a stay that began before is cut like the stay itself.
    """
    weighted = [
        (share * flow * mean * reach, (name, code, mean * DAYS_A_MONTH, reach))
        for code, share in career.benefits.items()
        for flow, mean in BENEFITS[code].flow_shares()
        for reach in [BENEFITS[code].reach(mean)]
    ]
    weighted.append((career.gap_months(), (name, None, career.long_gap * DAYS_A_MONTH, 1.0)))
    return cumulate(weighted)


def fill(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: list[tuple]) -> None:
    """Create a temporary table with these columns and rows."""
    connection.execute(f"create temp table {table} ({columns})")
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into {table} values ({marks})", rows)


def load_parameters(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of benefits and careers."""
    fill(
        connection,
        "benefit",
        "benefit varchar, is_municipal boolean, conversations_a_year double, offers_a_year double",
        [(code, b.is_municipal, b.conversations, b.offers) for code, b in BENEFITS.items()],
    )
    fill(
        connection,
        "career",
        "from_share double, to_share double, career varchar, first_age integer, last_age integer, "
        "no_gap_share double, short_gap_share double, long_gap_days double",
        list(
            cumulate(
                [
                    (c.persons, (name, *c.ages, c.no_gap, c.short_gap, c.long_gap * DAYS_A_MONTH))
                    for name, c in CAREERS.items()
                ]
            )
        ),
    )
    fill(
        connection,
        "career_choice",
        "from_share double, to_share double, career varchar, benefit varchar, mean_days double, longest_days integer",
        [row for name, career in CAREERS.items() for row in career_choices(name, career)],
    )
    fill(
        connection,
        "career_state",
        "from_share double, to_share double, career varchar, benefit varchar, mean_days double, reach double",
        [row for name, career in CAREERS.items() for row in career_states(name, career)],
    )


def quoted(path: Path) -> str:
    """Return the path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"


def run_file(connection: duckdb.DuckDBPyConnection, name: str) -> duckdb.DuckDBPyConnection:
    """Run the SQL file of this name and return its result."""
    return connection.execute((SQL_DIR / f"{name}.sql").read_text(encoding="utf-8"))


def set_variables(connection: duckdb.DuckDBPyConnection, share: float, seed: int) -> None:
    """Set what the SQL files read: size of the delivery, seed, and the share of rows that break the contract."""
    persons = round(sum(career.persons for career in CAREERS.values()) * share)
    for name, value in {
        "seed": f"'{seed}'",
        "persons": f"{persons}",
        "share": f"{share}::double",
        "fault_rate": f"{FAULT_RATE}::double",
        "folketal_file": quoted(SQL_DIR / "folketal.csv"),
    }.items():
        connection.execute(f"set variable {name} = {value}")


def simulate_careers(connection: duckdb.DuckDBPyConnection) -> int:
    """Create the persons and their stays on benefits, one step of all careers at a time; return the number of stays."""
    run_file(connection, "person")
    run_file(connection, "career_start")
    for step in itertools.count():
        connection.execute(f"set variable step = {step}")
        if run_file(connection, "career_next").fetchone()[0] == 0:
            break
    run_file(connection, "episode")
    connection.execute("drop table career_step")
    return connection.execute("select count(*) from episode").fetchone()[0]


class Progress:
    """A line per finished piece, and a bar in front of it on a terminal."""

    def __init__(self, pieces: int, is_silent: bool) -> None:
        self.pieces = pieces
        self.done = 0
        self.is_silent = is_silent
        self.started = time.monotonic()

    def report(self, text: str) -> None:
        """Count one piece as done and print it with the seconds since the start."""
        self.done += 1
        if self.is_silent:
            return
        filled = 20 * self.done // self.pieces
        bar = f"[{'#' * filled}{'.' * (20 - filled)}] " if sys.stdout.isatty() else ""
        print(f"{bar}{self.done:2}/{self.pieces} {time.monotonic() - self.started:6.1f} s  {text}", flush=True)


def write_table(connection: duckdb.DuckDBPyConnection, table: str, out: Path) -> int:
    """Write one table as parquet, sorted by its row key, and return the number of rows."""
    query = (SQL_DIR / f"{table}.sql").read_text(encoding="utf-8")
    target = quoted(out / f"{table}.parquet")
    return connection.execute(f"copy ({query}) to {target} (format parquet, compression zstd)").fetchone()[0]


def make_national(
    percent: float,
    out: Path,
    seed: int = 1,
    threads: int | None = None,
    memory_limit: str = "8GB",
    is_silent: bool = False,
) -> dict[str, int]:
    """Write the delivery of `percent` % of the country into the folder `out` and return the rows of each table.

    Raises ValueError when the percentage is not above 0 and at most 100.
    """
    if not 0 < percent <= 100:
        raise ValueError(f"percent must be above 0 and at most 100, not {percent}")
    out.mkdir(parents=True, exist_ok=True)
    progress = Progress(len(TABLES) + 1, is_silent)
    with tempfile.TemporaryDirectory(dir=out) as spill, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{memory_limit}'")
        connection.execute("set temp_directory = ?", [spill])
        if threads is not None:
            connection.execute(f"set threads = {threads}")
        set_variables(connection, percent / 100, seed)
        load_parameters(connection)
        for name in ("macros", "municipality", "form_period"):
            run_file(connection, name)
        stays = simulate_careers(connection)
        progress.report(f"{stays:,} stays on benefits")
        for view in ("municipal_payment", "insured_payment", "sickness_spell"):
            run_file(connection, view)
        rows = {}
        for table in TABLES:
            rows[table] = write_table(connection, table, out)
            progress.report(f"{table}: {rows[table]:,} rows")
    return rows


def main() -> None:
    """Read the command line and write the delivery."""
    parser = argparse.ArgumentParser(description="Make a synthetic national delivery of the raw contract as parquet.")
    parser.add_argument("--percent", type=float, default=1, help="share of the country, 1 to 100 (default 1)")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the parquet files to")
    parser.add_argument("--seed", type=int, default=1, help="seed of the pseudo-random numbers (default 1)")
    parser.add_argument("--threads", type=int, help="number of threads (default: all)")
    parser.add_argument("--memory-limit", default="8GB", help="memory limit of the database engine (default 8GB)")
    arguments = parser.parse_args()
    try:
        make_national(arguments.percent, arguments.out, arguments.seed, arguments.threads, arguments.memory_limit)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
