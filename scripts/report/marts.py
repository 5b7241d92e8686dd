"""Read what the report needs from the published marts and the rules they apply.

Everything read here may hold small counts: only disclosure.py may pass it on to a page. Shares are fractions of 1,
durations days (hours for insured), months first days.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from scripts.report import ReportError

MONTHS_SHOWN = 25
COUNTRY = "DK"
ALL_GROUPS = "all"
GOALS = ("offers", "conversations")
NO_RULE_BEFORE = date(1900, 1, 1)
ANY_VERSION = 1_000_000

TABLES = (
    "marts.mart_focus_goals_monthly",
    "marts.mart_conversations_monthly",
    "marts.mart_offers_monthly",
    "marts.mart_kl_benchmark_monthly",
    "marts.mart_supervision",
    "marts.dim_benefit_group",
    "marts.dim_duration_interval",
    "marts.method_versions",
    "rules.method_history",
    "rules.municipalities",
    "rules.active_focus_goals",
    "rules.focus_goal_limits",
    "rules.contact_regimes",
    "rules.offer_regimes",
    "rules.legal_dates",
    "rules.legal_parameters",
    "rules.kl_conversation_intensity",
    "rules.kl_population_ages",
)


class Municipality(NamedTuple):
    """One of the municipalities of rules.municipalities."""

    code: str
    name: str
    region_code: str
    region_name: str


class Counts(NamedTuple):
    """Persons who lack something (numerator) among persons measured (denominator), in one month."""

    numerator: int
    denominator: int


class Goal(NamedTuple):
    """A focus goal in one month: the twelve-month average (null without twelve months), its limit, met or not."""

    average: float | None
    limit: float
    is_met: bool | None


class Benchmark(NamedTuple):
    """One row of the benchmark mart."""

    value: float | None
    numerator: float
    denominator: float
    comparison_area: str | None
    comparison_value: float | None


class Supervision(NamedTuple):
    """The supervision row of a municipality for the latest year."""

    year: int
    status: str
    actual_share: float | None
    expected_share: float | None
    is_result_goal_met: bool | None
    notice_by: date | None
    statement_due: date | None
    recovery_end: date | None


class RuleChange(NamedTuple):
    """A day on which the rules of a focus goal changed; topic names the seed row, value its number (percent, hours)."""

    goal: str
    topic: str
    first_day: date
    value: float | None


@dataclass(frozen=True)
class Warehouse:
    """What the report is written from.

    months: the months shown, oldest first. window: the months their twelve-month averages look at.
    municipalities: those with a row in any mart, in any month, in the order of their names.
    focus: goal, area, month. cells: goal, area, benefit group, month (12 months and over).
    benchmark: target group, indicator, area, month. outside: codes of the marts that are no municipality.
    """

    months: tuple[date, ...]
    window: tuple[date, ...]
    municipalities: dict[str, Municipality]
    all_municipalities: dict[str, Municipality]
    outside: tuple[str, ...]
    regions: dict[str, str]
    focus: dict[tuple[str, str, date], Goal]
    cells: dict[tuple[str, str, str, date], Counts]
    benchmark: dict[tuple[str, str], dict[tuple[str, date], Benchmark]]
    supervision: dict[str, Supervision]
    benefit_groups: dict[str, str]
    intervals: tuple[str, ...]
    active_goals: tuple[str, ...]
    rule_changes: tuple[RuleChange, ...]
    parameters: dict[str, float]
    intensity: dict[str, tuple[int, int | None]]
    intensity_intervals: dict[str, list[str]]
    ages: dict[str, tuple[int, int]]

    @property
    def latest(self) -> date:
        """The latest measured month."""
        return self.months[-1]

    @property
    def has_population(self) -> bool:
        """Whether the delivery had population figures (K-02)."""
        return any(indicator.startswith("share_of_population") for _, indicator in self.benchmark)

    @property
    def has_clusters(self) -> bool:
        """Whether any municipality is compared with a cluster (K-03)."""
        return any(
            row.comparison_area and row.comparison_area.startswith("cluster:")
            for (_, indicator), rows in self.benchmark.items()
            if indicator.startswith("share_of_population")
            for row in rows.values()
        )

    @property
    def averaged_months(self) -> int:
        """How many months a focus goal averages (G-01)."""
        return int(self.parameters["focus_goal_months"])

    def average_cells(self, goal: str, area: str, group: str, month: date) -> list[Counts | None]:
        """The cells that an average looks at: those of the month and the ones before; None where there is none."""
        months = (month_before(month, back) for back in range(self.averaged_months))
        return [self.cells.get((goal, area, group, each)) for each in months]

    def areas_of(self, region_code: str) -> list[str]:
        """Codes of the region's municipalities that have data."""
        return [code for code, area in self.municipalities.items() if area.region_code == region_code]


def read_warehouse(path: Path) -> Warehouse:
    """Read a DuckDB file; raises ReportError when it is missing, locked, not built, or has no measured month."""
    with closing(_connect(path)) as connection:
        _check_tables(connection, path)
        try:
            return _read(connection)
        except duckdb.BinderException as error:
            line = str(error).splitlines()[0]
            raise ReportError(f"the marts of {path} are of another version ({line}); run dbt build again") from error


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise ReportError(f"there is no database {path}; build it with make build, or name one with --db")
    # Attached under a name of our own: a file called marts.duckdb would make "marts.x" ambiguous.
    connection = duckdb.connect()
    try:
        connection.execute(f"attach '{_quoted(path)}' as warehouse (read_only); use warehouse")
    except duckdb.Error as error:
        connection.close()
        line = str(error).splitlines()[0]
        raise ReportError(f"the database {path} cannot be opened: {line}") from error
    return connection


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _check_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    rows = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    present = {name for (name,) in rows}
    missing = [table for table in TABLES if table not in present]
    if missing:
        raise ReportError(f"{path} has no table {', '.join(missing)}; run make build (or dbt build) first")


def _read(connection: duckdb.DuckDBPyConnection) -> Warehouse:
    months, window = _months(connection)
    since = (window[0],)
    municipalities = {
        row[0]: Municipality(*row)
        for row in connection.execute(
            "select municipality_code, municipality_name, region_code, region_name from rules.municipalities"
        ).fetchall()
    }
    cells = _cells(connection, since)
    focus = _focus(connection, since)
    benchmark = _benchmark(connection, (months[0],))
    supervision = _supervision(connection)
    known = {code for (code,) in _rows(connection, "select distinct area_code from marts.mart_focus_goals_monthly")}
    known |= {code for (code,) in _rows(connection, "select distinct area_code from marts.mart_kl_benchmark_monthly")}
    known |= set(supervision)
    measured = sorted((area for code, area in municipalities.items() if code in known), key=_by_name)
    outside = _rows(
        connection,
        """
        select distinct area_code from marts.mart_conversations_monthly
        where area_type = 'municipality' and area_code not in (select municipality_code from rules.municipalities)
        union
        select distinct area_code from marts.mart_kl_benchmark_monthly
        where area_type = 'municipality' and area_code not in (select municipality_code from rules.municipalities)
        """,
    )
    return Warehouse(
        months=months,
        window=window,
        municipalities={area.code: area for area in measured},
        all_municipalities=municipalities,
        outside=tuple(sorted(code for (code,) in outside)),
        regions={area.region_code: area.region_name for area in sorted(measured, key=lambda area: area.region_code)},
        focus=focus,
        cells=cells,
        benchmark=benchmark,
        supervision=supervision,
        benefit_groups=dict(
            _rows(connection, "select benefit_group, name_da from marts.dim_benefit_group order by sort_order")
        ),
        intervals=tuple(
            code
            for (code,) in _rows(
                connection,
                "select duration_interval from marts.dim_duration_interval where not is_total order by sort_order",
            )
        ),
        active_goals=_active_goals(connection, months[-1]),
        rule_changes=_rule_changes(connection),
        parameters=dict(
            _rows(
                connection,
                f"select parameter, cast(value as double) from {_in_force('legal_parameters')} "
                "where ? between valid_from and valid_to",
                (months[-1],),
            )
        ),
        intensity={
            group: (required, look_back)
            for group, required, look_back in _rows(
                connection,
                "select distinct target_group, required_conversations, look_back_days from rules.kl_conversation_intensity",
            )
        },
        intensity_intervals=dict(
            _rows(
                connection,
                "select target_group, list(duration_interval) from rules.kl_conversation_intensity group by target_group",
            )
        ),
        ages={
            indicator: (first, last)
            for indicator, first, last in _rows(
                connection, "select indicator, from_age, to_age from rules.kl_population_ages"
            )
        },
    )


def _in_force(seed: str) -> str:
    """The rows of a rule seed that hold in the method version of the build, as a relation."""
    return f"""(
        select seed_rows.*
        from rules.{seed} as seed_rows
        left join rules.method_history as first on seed_rows.method_from = first.version
        left join rules.method_history as last on seed_rows.method_to = last.version
        where
            (select max(version_order) from marts.method_versions where is_built)
            between coalesce(first.version_order, 0) and coalesce(last.version_order, {ANY_VERSION})
    )"""


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: tuple = ()) -> list[tuple]:
    return connection.execute(query, values).fetchall()


def _by_name(area: Municipality) -> list[int]:
    """Danish alphabetical order: Æ, Ø and Å last."""
    order = "abcdefghijklmnopqrstuvwxyzæøå"
    return [order.find(letter) for letter in area.name.lower()]


def _months(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The months shown, and those with the eleven before; raises ReportError without a measured month."""
    latest, first = _rows(
        connection,
        """
        select max(measure_month), min(measure_month) from (
            select measure_month from marts.mart_focus_goals_monthly
            union all
            select measure_month from marts.mart_kl_benchmark_monthly
        )
        """,
    )[0]
    if latest is None:
        raise ReportError("the marts hold no measured month: the delivery has no person on a measured benefit")
    averaged = _rows(
        connection, f"select max(value) from {_in_force('legal_parameters')} where parameter = 'focus_goal_months'"
    )
    back = MONTHS_SHOWN + int(averaged[0][0]) - 1
    window = [month for month in (month_before(latest, step) for step in reversed(range(back))) if month >= first]
    months = window[-MONTHS_SHOWN:]
    return tuple(months), tuple(window)


def month_before(month: date, back: int) -> date:
    """The first day of the month so many months before."""
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def _focus(connection: duckdb.DuckDBPyConnection, since: tuple) -> dict[tuple[str, str, date], Goal]:
    rows = _rows(
        connection,
        """
        select
            area_code, measure_month,
            avg_share_without_offer, offer_limit, is_offer_goal_met,
            avg_share_under_4, conversation_limit, is_conversation_goal_met
        from marts.mart_focus_goals_monthly
        where measure_month >= ?
        """,
        since,
    )
    focus = {}
    for area, month, offers, offer_limit, offers_met, talks, talk_limit, talks_met in rows:
        focus["offers", area, month] = Goal(offers, offer_limit, offers_met)
        focus["conversations", area, month] = Goal(talks, talk_limit, talks_met)
    return focus


def _cells(connection: duckdb.DuckDBPyConnection, since: tuple) -> dict[tuple[str, str, str, date], Counts]:
    tables = {
        "offers": ("marts.mart_offers_monthly", "persons_without"),
        "conversations": ("marts.mart_conversations_monthly", "persons_under_4"),
    }
    cells = {}
    for goal, (table, lacking) in tables.items():
        rows = _rows(
            connection,
            f"""
            select area_code, benefit_group, measure_month, {lacking}, persons_measured
            from {table}
            where duration_interval = '12_plus' and measure_month >= ?
            """,
            since,
        )
        cells |= {(goal, area, group, month): Counts(*counts) for area, group, month, *counts in rows}
    return cells


def _benchmark(
    connection: duckdb.DuckDBPyConnection, since: tuple
) -> dict[tuple[str, str], dict[tuple[str, date], Benchmark]]:
    rows = _rows(
        connection,
        """
        select
            target_group, indicator, area_code, measure_month,
            value, numerator, denominator, comparison_area, comparison_value
        from marts.mart_kl_benchmark_monthly
        where area_type <> 'region' and measure_month >= ?
        """,
        since,
    )
    benchmark: dict = {}
    for group, indicator, area, month, *figures in rows:
        benchmark.setdefault((group, indicator), {})[area, month] = Benchmark(*figures)
    return benchmark


def _supervision(connection: duckdb.DuckDBPyConnection) -> dict[str, Supervision]:
    rows = _rows(
        connection,
        """
        select
            municipality_code, year, status, cast(actual_share as double), cast(expected_share as double),
            is_result_goal_met, notice_by, statement_due, recovery_end
        from marts.mart_supervision
        where year = (select max(year) from marts.mart_supervision)
        """,
    )
    return {code: Supervision(*figures) for code, *figures in rows}


def _active_goals(connection: duckdb.DuckDBPyConnection, latest: date) -> tuple[str, ...]:
    rows = _rows(
        connection,
        "select focus_goal from rules.active_focus_goals where ? between valid_from and valid_to",
        (latest,),
    )
    return tuple(goal for goal in GOALS if (goal,) in rows)


def _rule_changes(connection: duckdb.DuckDBPyConnection) -> tuple[RuleChange, ...]:
    """The first days of rules that replace others, as the seeds have them."""
    rows: Iterable[tuple] = _rows(
        connection,
        f"""
        select 'conversations', 'contact_regimes', valid_from, null from {_in_force('contact_regimes')}
        union all
        select 'conversations', legal_date, date_value, null from {_in_force('legal_dates')}
        where legal_date = 'conversations_before_start_from'
        union all
        select 'offers', 'offer_regimes', valid_from, null from {_in_force('offer_regimes')}
        union all
        select 'offers', parameter, valid_from, cast(value as double) from {_in_force('legal_parameters')}
        where parameter = 'ordinary_hours'
        union all
        select focus_goal, 'focus_goal_limits', valid_from, cast(limit_percent as double) from {_in_force('focus_goal_limits')}
        order by 3, 2
        """,
    )
    return tuple(RuleChange(*row) for row in rows if row[2] > NO_RULE_BEFORE)
