"""The project's models: their SQL, what they read, and how much of each an update makes.

An update runs the models' own SQL, as dbt compiles it, in a database in memory. What differs is only what stands behind
the names a model reads: the rows of the changed persons, or the whole table.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from graphlib import TopologicalSorter
from typing import Collection, NamedTuple

import duckdb
import yaml

from scripts.settings import ROOT, first_line
from scripts.update import FullBuildNeeded, UpdateError

MEMORY = '"memory".'
# These hold settings of the run; what they give is compared instead of their compiled SQL.
SETTING_MODELS = {"int_as_of", "int_months"}
# Models with this tag are made by dbt after the update, of whole tables.
COMPARISON = "comparison"
NUMBER_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL")


class Part(Enum):
    """How much of a table an update makes anew, and so which of its rows are exchanged."""

    SEEDS_ONLY = "depends on seeds alone: nothing"
    PERSONS = "rows of the changed persons, or of their spells that reach a changed month"
    PERSON_MONTHS = "rows of the changed persons from their first month on"
    SUMS = "sums over persons: the changed persons' part before and after, whose difference is added"
    MONTHS = "all rows of the months in which a sum differs"
    WHOLE = "all rows"


# Every number in these tables is a sum over persons, and a row stands where one is not 0; the views lie between.
SUM_MODELS = set(
    """
    int_chosen_month_rows int_group_counts int_municipality_cells int_monthly_cells int_early_effort_rows
    int_kl_month_rows int_kl_offer_months int_kl_member_runs int_kl_member_cells int_kl_offer_cells int_kl_month_cells
    """.split()
)
# Made of the sums, each month by itself.
MONTH_MODELS = set(
    """
    mart_conversations_monthly mart_offers_monthly mart_early_effort_monthly int_kl_indicator_values mart_kl_benchmark_monthly
    """.split()
)
# Small, or one number per country: made of whole tables.
WHOLE_MODELS = set(
    """
    int_as_of int_months int_residence_stretches int_visitation_stretches int_areas int_kl_areas int_kl_population
    int_focus_goal_averages mart_focus_goals_monthly mart_focus_goals_yearly int_goal_years
    int_supervision_figures int_supervision_states mart_supervision int_reviewed_groups mart_case_review
    int_benefit_warnings int_spell_warnings data_warnings quarantined_rows
    method_versions
    """.split()
)
# What stands behind a name for some models: (model, what it reads) by schema in memory.
NARROWED = {
    # What was paid before a person's first day is read from the warehouse.
    ("int_municipal_days", "int_municipal_payments"): "known",
    # Periods before a person's first month are left out.
    ("int_spell_months", "int_spell_benefit_days"): "clipped",
    ("int_kl_member_runs", "int_kl_member_days"): "clipped",
    ("int_kl_offer_months", "int_kl_member_days"): "clipped",
    ("int_kl_offer_cells", "int_kl_member_days"): "clipped",
    # Only the spells that reach a changed month.
    ("int_conversation_candidates", "int_spells"): "live",
    ("int_offer_candidates", "int_spells"): "live",
    ("int_qualifying_offer_periods", "int_spells"): "live",
    # Also the months before a person's first month.
    ("int_conversation_candidates", "int_measured_months"): "history",
    ("int_conversation_months", "int_measured_months"): "history",
    ("int_offer_months", "int_measured_months"): "history",
}
# Who a row is about, by the column that says so, in this order: a join of the table (alias t) that tells changed rows (c).
KEYS = {
    "spell_key": "changes.spells as c on t.spell_key = c.spell_key",
    "spell_id": "changes.spells as c on t.spell_id = c.spell_id",
    "person_key": "changes.persons as c on t.person_key = c.person_key",
    "person_id": "changes.persons as c on hash(t.person_id) = c.person_key",
    "offer_id": "changes.offers as c on t.offer_id = c.offer_id",
}


@dataclass(frozen=True)
class Model:
    """One dbt model, compiled for the database in memory."""

    name: str
    schema: str
    sql: str
    is_view: bool
    reads: tuple[str, ...]
    reads_sources: bool
    fingerprint: str

    @property
    def relation(self) -> str:
        """The name behind which other models find it."""
        return f'{MEMORY}"{self.schema}"."{self.name}"'

    @property
    def table(self) -> str:
        """Schema and name, for any database."""
        return f"{self.schema}.{self.name}"


class Project(NamedTuple):
    """The tables and what they read, by name in the order they need each other; the fingerprint of every model and seed.

    Neither has the models tagged comparison.
    """

    models: dict[str, Model]
    fingerprints: dict[str, str]


def compile_project(dbt_vars: dict[str, str] | None = None) -> Project:
    """Compile the project as it is now for the database in memory. Raises UpdateError."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    options = ["--quiet", "--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    if dbt_vars:
        options += ["--vars", yaml.safe_dump(dbt_vars)]
    models_only = ["--select", "resource_type:model", "--indirect-selection", "empty"]
    database = os.environ.get("FOKUSMAAL_DB")
    os.environ["FOKUSMAAL_DB"] = ":memory:"
    try:
        parsed = dbtRunner().invoke(["parse", *options])
        outcome = dbtRunner(manifest=parsed.result).invoke(["compile", *models_only, *options]) if parsed.success else parsed
    finally:
        DuckDBConnectionManager.close_all_connections()
        if database is None:
            del os.environ["FOKUSMAAL_DB"]
        else:
            os.environ["FOKUSMAAL_DB"] = database
    if not outcome.success:
        reason = first_line(outcome.exception) if outcome.exception else "see the log"
        raise UpdateError(f"dbt cannot compile the models: {reason}")
    nodes = {result.node.unique_id: result.node for result in outcome.result if COMPARISON not in result.node.tags}
    upstream = {key: [up for up in node.depends_on.nodes if up in nodes] for key, node in nodes.items()}
    models = {}
    for key in TopologicalSorter(upstream).static_order():
        node = nodes[key]
        models[node.name] = Model(
            name=node.name,
            schema=node.schema,
            sql=node.compiled_code,
            is_view=node.config.materialized == "view",
            reads=tuple(nodes[up].name for up in upstream[key]),
            reads_sources=any(up.startswith("source.") for up in node.depends_on.nodes),
            fingerprint=node.checksum.checksum if node.name in SETTING_MODELS else fingerprint(node.compiled_code),
        )
    seeds = {node.name: node.checksum.checksum for node in parsed.result.nodes.values() if node.resource_type == "seed"}
    engine = {"DuckDB": f"v{duckdb.__version__}"}  # another version may hash persons to other keys
    return Project(tables_and_their_views(models), engine | seeds | {name: model.fingerprint for name, model in models.items()})


def tables_and_their_views(models: dict[str, Model]) -> dict[str, Model]:
    """The models without the views that no table reads; models are in the order they need each other."""
    needed: set[str] = set()
    for name, model in reversed(models.items()):
        if not model.is_view or name in needed:
            needed.update([name, *model.reads])
    return {name: model for name, model in models.items() if name in needed}


def fingerprint(compiled_code: str) -> str:
    """The compiled SQL whatever database it was compiled for, as the macro record_build stores it."""
    from dbt_common.utils import md5

    return md5(compiled_code.replace(MEMORY, ""))


def parts(models: dict[str, Model], columns: dict[str, list[str]]) -> dict[str, Part]:
    """The part of every model; columns are those of each model's table in the warehouse.

    Raises FullBuildNeeded for a table that is not there, or that nothing tells how to exchange.
    """
    missing = [name for name in models if name not in columns]
    if missing:
        raise FullBuildNeeded(f"the warehouse has no {missing[0]}")
    found = {}
    depends_on_sources: set[str] = set()
    for name, model in models.items():
        if model.reads_sources or any(up in depends_on_sources for up in model.reads):
            depends_on_sources.add(name)
        if name not in depends_on_sources:
            found[name] = Part.SEEDS_ONLY
        elif name in WHOLE_MODELS:
            found[name] = Part.WHOLE
        elif name in SUM_MODELS:
            found[name] = Part.SUMS
        elif name in MONTH_MODELS:
            found[name] = Part.MONTHS
        elif model.is_view:
            found[name] = Part.PERSONS
        elif "measure_month" in columns[name] and key_of(columns[name]):
            found[name] = Part.PERSON_MONTHS
        elif key_of(columns[name]):
            found[name] = Part.PERSONS
        else:
            raise FullBuildNeeded(f"an update does not know how to exchange the rows of {name}")
    return found


def key_of(columns: Collection[str]) -> str | None:
    """The column that says who a row is about."""
    return next((key for key in KEYS if key in columns), None)


def scope(name: str, part: Part, columns: dict[str, str]) -> str:
    """SQL to put behind a table with alias t: only the rows that an update makes anew.

    columns: the types of the table's columns, by name.
    """
    if part == Part.WHOLE:
        return ""
    if part == Part.MONTHS:
        return "semi join changes.months as c on t.measure_month = c.measure_month"
    if part == Part.SUMS:
        same = " and ".join(f't."{key}" = c."{key}"' for key in sum_keys(columns))
        return f"semi join changes.sums_{name} as c on {same}"
    key = key_of(columns)
    if part == Part.PERSON_MONTHS:
        return f"inner join {KEYS[key]} where t.measure_month >= c.first_month"
    dates = [f"coalesce(t.\"{column}\", date '9999-12-31')" for column, kind in columns.items() if kind == "DATE"]
    is_reached = f" and greatest({', '.join(dates)}) >= c.reached_from" if key == "person_key" and dates else ""
    return f"semi join {KEYS[key]}{is_reached}"


def sum_keys(columns: dict[str, str]) -> list[str]:
    """The columns of a table of sums that tell its cells apart: those that hold no number."""
    return [column for column, kind in columns.items() if not kind.startswith(NUMBER_TYPES)]


def warehouse_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The type of each column of every table of the warehouse, by table name and column name."""
    found: dict[str, dict[str, str]] = {}
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = 'warehouse' and schema_name in ('staging', 'intermediate', 'marts') order by column_index"
    ).fetchall()
    for table, column, data_type in rows:
        found.setdefault(table, {})[column] = data_type
    return found
