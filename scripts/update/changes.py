"""Who changed between two deliveries, and from which day.

Schemas: `warehouse.raw` holds the rows the warehouse was built from, `delivery.raw` the new ones. The result is
`changes.persons` (person_key, first_day): every person for whom some day is described differently, and the earliest such
day. A day that is only seen now, because the as-of date moved past it, counts as described differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from scripts.load import Table, identifier, read_contract

FROM_THE_BEGINNING = date(1, 1, 1)
FOREVER = "date '9999-12-31'"
# Spread over the whole row as delivered (T-03, H-01), or ordered by the row's end (insurance form): all days of a changed row.
WHOLE_ROWS = {"fleur_udbetalinger", "ram_udbetalinger", "eindkomst_loentimer"}
# Facts of a person that hold on every day.
TIMELESS = {"cpr_personer"}
# Of overlapping rows one holds, by an order that looks at the as-of date: the stretches are compared instead of the rows.
STRETCHES = {
    "cpr_bopael": ("int_residence_stretches", "municipality_code"),
    "tass_visitation": ("int_visitation_stretches", "visitation_category"),
}
# Delivered, and read by no rule.
UNREAD = {"taeller_dagpengeperioder": {"sidste_dag"}}


@dataclass(frozen=True)
class Days:
    """The as-of dates the warehouse was built at and is to be updated to, the new one not before the old."""

    old: date
    new: date


def person_tables() -> list[Table]:
    """The contract tables with a row per person or event of a person."""
    return [table for table in read_contract().tables if any(column.name == "person_id" for column in table.columns)]


def find_changes(connection: duckdb.DuckDBPyConnection, days: Days) -> None:
    """Fill changes.persons."""
    connection.execute("create table changes.days (person_key ubigint, source_table varchar, first_day date)")
    for table in person_tables():
        list_changed_rows(connection, table)
        if table.name in STRETCHES:
            compare_stretches(connection, *STRETCHES[table.name], days)
        else:
            connection.execute(f"insert into changes.days {first_days(table, days)}", [table.name])
            if days.old < days.new and table.name not in TIMELESS:
                connection.execute(f"insert into changes.days {days_now_seen(table, days)}", [table.name])
    connection.execute(
        "create table changes.persons as select person_key, min(first_day) as first_day from changes.days group by person_key"
    )


def read_columns(table: Table) -> list[str]:
    """The columns of a table that some rule reads."""
    return [column.name for column in table.columns if column.name not in UNREAD.get(table.name, ())]


def list_changed_rows(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Fill the temporary table changed_rows with the rows withdrawn (is_new false) and the new ones.

    Persons are compared by a fingerprint of their rows first; rows one by one only where it differs.
    """
    columns = ", ".join(map(identifier, read_columns(table)))
    sides = [
        f"select hash(person_id) as person_key, sum(hash({columns})) as fingerprint, count(*) as rows_held "
        f"from {database}.raw.{table.name} group by all"
        for database in ("warehouse", "delivery")
    ]
    connection.execute(
        f"create or replace temp table changed_persons as select person_key "
        f"from ({sides[0]}) as before full join ({sides[1]}) as after using (person_key) "
        f"where before.fingerprint is distinct from after.fingerprint or before.rows_held is distinct from after.rows_held"
    )
    rows = " union all ".join(
        f"select {columns}, hash({columns}) as row_hash, {change} as change from {database}.raw.{table.name} as t "
        "semi join changed_persons as c on hash(t.person_id) = c.person_key"
        for database, change in (("warehouse", -1), ("delivery", 1))
    )
    connection.execute(f"create or replace temp table their_rows as {rows}")
    connection.execute(
        f"create or replace temp table changed_rows as select {columns}, change > 0 as is_new from their_rows "
        "semi join (select row_hash from their_rows group by row_hash having sum(change) <> 0) using (row_hash)"
    )


def start_and_end(table: Table) -> tuple[str, str | None]:
    """The columns with the first and the last day a row speaks of; an event has no last."""
    if table.period and table.period[1] in read_columns(table):
        return table.period
    days = [column.name for column in table.columns if column.type == "date" and column.name in read_columns(table)]
    return days[0], None


def first_days(table: Table, days: Days) -> str:
    """SQL: the first day that each changed row describes differently.

    Where a period has only got another end, the day after the earlier of the two ends; else the row's start.
    """
    if table.name in TIMELESS:
        return f"select distinct hash(person_id), ?, date '{FROM_THE_BEGINNING:%Y-%m-%d}' from changed_rows"
    start, end = start_and_end(table)
    if end is None or table.name in WHOLE_ROWS:
        return f"select hash(person_id), ?, min({start}) from changed_rows group by person_id"
    same = ", ".join(identifier(column) for column in read_columns(table) if column != end)
    return f"""
        select hash(person_id), ?, min(first_day)
        from (
            select
                person_id,
                case
                    when count(*) = 2 and count(*) filter (where is_new) = 1
                        then greatest(min(least({end}, case when is_new then {day(days.new)} else {day(days.old)} end)) + 1, {start})
                    else {start}
                end as first_day
            from (select * replace (coalesce({end}, {FOREVER}) as {end}) from changed_rows)
            group by {same}
        )
        group by person_id
    """


def days_now_seen(table: Table, days: Days) -> str:
    """SQL: the first day after the old as-of date that each row speaks of, changed or not."""
    start, end = start_and_end(table)
    last = f"coalesce({end}, {FOREVER})" if end else start
    first = start if table.name in WHOLE_ROWS else f"greatest({start}, {day(days.old)} + 1)"
    return f"select hash(person_id), ?, min({first}) from delivery.raw.{table.name} where {last} > {day(days.old)} group by person_id"


def compare_stretches(connection: duckdb.DuckDBPyConnection, model: str, value: str, days: Days) -> None:
    """Add to changes.days the first day up to the old as-of date that two sets of stretches describe differently.

    A later day matters only on a benefit, and then the benefit's rows say so.
    """
    before, after = (
        f"select person_key, start_date, {value}, least(end_date, {day(days.old)}) as end_date "
        f"from {database}.intermediate.{model} where start_date <= {day(days.old)}"
        for database in ("warehouse", "memory")
    )
    connection.execute(
        f"""
        insert into changes.days
        with different as (
            (({before}) except ({after}))
            union all
            (({after}) except ({before}))
        )
        select person_key, '{model}', min(first_day)
        from (
            select person_key, case when count(*) = 2 then min(end_date) + 1 else start_date end as first_day
            from different
            group by person_key, start_date, {value}
        )
        group by person_key
        """
    )


def add_newly_measured(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to changes.persons whoever has benefit days after the last month measured so far, for the months that follow."""
    connection.execute(
        """
        insert into changes.persons
        select days.person_key, measured.first_day
        from warehouse.intermediate.int_spell_benefit_days as days
        cross join (
            select min(measure_month) as first_day
            from memory.intermediate.int_months
            where measure_month not in (select measure_month from warehouse.intermediate.int_months)
        ) as measured
        where days.end_date >= measured.first_day
        group by all
        """
    )


def set_first_months(connection: duckdb.DuckDBPyConnection) -> None:
    """Make changes.persons one row per person, with the first month to measure again (first_month).

    A changed row can touch no month before its first day, but for two reasons. Where a spell's end moves, the months that
    end after the earlier of the two ends look at it (M-03, M-04). Where a spell begins on another day, comes or goes,
    all its months do.
    """
    connection.execute(
        """
        create or replace table changes.persons as
        with spells_before as (
            select * from warehouse.intermediate.int_spells where person_key in (select person_key from changes.persons)
        ),

        spell_days as (
            select
                coalesce(before.person_key, after.person_key) as person_key,
                case
                    when
                        before.start_date is distinct from after.start_date
                        or before.is_extended_by_overgangsydelse is distinct from after.is_extended_by_overgangsydelse
                        then coalesce(before.first_day, after.first_day)
                    when before.end_date <> after.end_date then least(before.end_date, after.end_date) + 1
                end as first_day
            from spells_before as before
            full join memory.intermediate.int_spells as after using (spell_key)
        )

        select
            person_key,
            min(first_day) as first_day,
            cast(date_trunc('month', min(first_day)) as date) as first_month
        from (
            select person_key, first_day from changes.persons
            union all
            select person_key, first_day from spell_days where first_day is not null
        )
        group by person_key
        """
    )


def day(value: date) -> str:
    """A date as SQL."""
    return f"date '{value.isoformat()}'"
