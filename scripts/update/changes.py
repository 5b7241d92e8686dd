"""Who changed between two deliveries, and from which day.

Schemas: `warehouse.raw` holds the rows the warehouse was built from, `delivery.raw` the new ones. The result is
`changes.rows_<table>`, the raw rows that go (with the row_id they have in the warehouse) and those that come, and
`changes.persons` (person_key, first_day): every person for whom some day is described differently, and the earliest such
day. A day that is only seen now, because the as-of date moved past it, counts as described differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from scripts.loading.contract import Table, read_contract
from scripts.sql import identifier
from scripts.update import UpdateError

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


def list_differences(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill changes.rows_<table> for a complete delivery: the rows that go (row_id in the warehouse) and come (row_number).

    Persons are compared by a fingerprint of their rows first; rows one by one only where it differs.
    """
    for table in read_contract().tables:
        columns, who = column_list(table), "person_id" if table.has_persons else "null"
        sides = [
            f"select hash({who}) as person_key, sum(hash({columns})) as fingerprint, count(*) as rows_held "
            f"from {database}.raw.{table.name} group by all"
            for database in ("warehouse", "delivery")
        ]
        connection.execute(
            f"create or replace temp table differing as select person_key "
            f"from ({sides[0]}) as before full join ({sides[1]}) as after using (person_key) "
            f"where before.fingerprint is distinct from after.fingerprint or before.rows_held is distinct from after.rows_held"
        )
        rows = " union all ".join(
            f"select {row_id} as row_id, {columns}, {row_number} as row_number, hash({columns}) as row_hash "
            f"from {database}.raw.{table.name} as t semi join differing as d on hash({who}) = d.person_key"
            for database, row_id, row_number in (("warehouse", "t.rowid", "null"), ("delivery", "null", "row_number"))
        )
        connection.execute(f"create or replace temp table their_rows as {rows}")
        connection.execute(
            f"create table changes.rows_{table.name} as select row_id, {columns}, row_number from their_rows semi join "
            "(select row_hash from their_rows group by row_hash having count(row_id) <> count(row_number)) using (row_hash)"
        )


def read_differences(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill changes.rows_<table> for a delivery of changes: `delivery` holds the new rows, `withdrawn` those to take away.

    Where equal rows were set aside as repeated, those are taken away first (changes.repeated, row_id in raw.quarantined_rows).
    Raises UpdateError for a withdrawn row that the warehouse does not hold, and for a new one that it holds already.
    """
    broken = connection.execute(
        "select source_table, count(*) from withdrawn.raw.quarantined_rows where reason_code <> 'duplicate_row' group by all"
    ).fetchone()
    if broken:
        raise UpdateError(f"table {broken[0]}: {broken[1]} of the rows to withdraw break the contract")
    connection.execute("create table changes.repeated (row_id bigint)")
    for table in read_contract().tables:
        columns, held = column_list(table), f"warehouse.raw.{table.name}"
        recorded = ", ".join(f"try_cast(raw_record ->> '{column.name}' as {column.sql_type})" for column in table.columns)
        repeated = f"raw.quarantined_rows where source_table = '{table.name}' and reason_code = 'duplicate_row'"
        connection.execute(
            f"""
            create or replace temp table set_aside as
            select
                rowid as row_id,
                hash({recorded}) as row_hash,
                row_number() over (partition by row_hash order by rowid) as number
            from warehouse.{repeated}
            """
        )
        connection.execute(
            f"""
            create or replace temp table gone as
            select
                row_hash,
                count(*) as times,
                (select count(*) from set_aside where set_aside.row_hash = rows.row_hash) as times_set_aside
            from (
                select hash({columns}) as row_hash from withdrawn.raw.{table.name}
                union all
                select hash({recorded}) as row_hash from withdrawn.{repeated}
            ) as rows
            group by row_hash
            """
        )
        taken = connection.execute(
            "insert into changes.repeated select row_id from set_aside inner join gone using (row_hash) where number <= times"
        ).fetchone()[0]
        connection.execute(
            f"""
            create table changes.rows_{table.name} as
            select t.rowid as row_id, {columns}, null::bigint as row_number
            from (select rowid, *, hash({columns}) as row_hash from {held}) as t
            semi join (from gone where times > times_set_aside) as g using (row_hash)
            union all
            select null, {columns}, row_number from delivery.raw.{table.name}
            """
        )
        missing = connection.execute(
            f"select coalesce(sum(times), 0) - (select count(row_id) from changes.rows_{table.name}) - {taken} from gone"
        ).fetchone()[0]
        if missing:
            raise UpdateError(f"table {table.name}: {missing} of the rows to withdraw are not in the warehouse")
        keys = ", ".join(f"hash({', '.join(map(identifier, names))})" for names in (table.key, names_of(table)) if names)
        again = connection.execute(
            f"""
            select count(*)
            from (select unnest([{keys}]) as row_key from delivery.raw.{table.name})
            semi join (
                select unnest([{keys}]) as row_key
                from {held} as t
                anti join changes.rows_{table.name} as w on t.rowid = w.row_id
            ) using (row_key)
            """
        ).fetchone()[0]
        if again:
            raise UpdateError(f"table {table.name}: {again} new rows are in the warehouse already, or another with their key is")


def find_changes(connection: duckdb.DuckDBPyConnection, days: Days) -> None:
    """Fill changes.persons from changes.rows_<table>. Who has no birth date is measured again from the beginning."""
    connection.execute("create table changes.days (person_key ubigint, source_table varchar, first_day date)")
    for table in person_tables():
        if table.name in STRETCHES:
            compare_stretches(connection, *STRETCHES[table.name], days)
        else:
            connection.execute(f"insert into changes.days {first_days(table, days)}", [table.name])
            if days.old < days.new and table.name not in TIMELESS:
                connection.execute(f"insert into changes.days {days_now_seen(table, days)}", [table.name])
    add_newly_measured(connection)
    connection.execute(
        """
        insert into changes.days
        select distinct days.person_key, 'int_persons', ?
        from changes.days
        anti join (from warehouse.intermediate.int_persons where birth_date is not null) as persons using (person_key)
        """,
        [FROM_THE_BEGINNING],
    )
    connection.execute(
        "create table changes.persons as select person_key, min(first_day) as first_day from changes.days group by person_key"
    )


def names_of(table: Table) -> list[str]:
    """The names of a table's columns."""
    return [column.name for column in table.columns]


def column_list(table: Table) -> str:
    """SQL: the columns of a table."""
    return ", ".join(map(identifier, names_of(table)))


def read_columns(table: Table) -> list[str]:
    """The columns of a table that some rule reads."""
    return [name for name in names_of(table) if name not in UNREAD.get(table.name, ())]


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
        return f"select distinct hash(person_id), ?, date '{FROM_THE_BEGINNING}' from changes.rows_{table.name}"
    start, end = start_and_end(table)
    if end is None or table.name in WHOLE_ROWS:
        read = ", ".join(map(identifier, read_columns(table)))
        rows = f"select {read} from changes.rows_{table.name} group by {read} having count(row_id) <> count(row_number)"
        return f"select hash(person_id), ?, min({start}) from ({rows}) group by person_id"
    same = ", ".join(identifier(column) for column in read_columns(table) if column != end)
    return f"""
        select hash(person_id), ?, min(first_day)
        from (
            select
                person_id,
                case
                    when count(row_id) = 1 and count(row_number) = 1
                        then greatest(
                            min(least({end}, case when row_id is null then {day(days.new)} else {day(days.old)} end)) + 1, {start}
                        )
                    else {start}
                end as first_day
            from (select * replace (coalesce({end}, {FOREVER}) as {end}) from changes.rows_{table.name})
            group by {same}
        )
        group by person_id
    """


def days_now_seen(table: Table, days: Days) -> str:
    """SQL: the first day after the old as-of date that each row speaks of, changed or not."""
    start, end = start_and_end(table)
    last = f"coalesce({end}, {FOREVER})" if end else start
    first = start if table.name in WHOLE_ROWS else f"greatest({start}, {day(days.old)} + 1)"
    later = f"from warehouse.raw.{table.name} where {last} > {day(days.old)}"
    return f"select hash(person_id), ?, min({first}) {later} group by person_id"


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
    """Add to changes.days whoever has benefit days after the last month measured so far, for the months that follow."""
    connection.execute(
        """
        insert into changes.days
        select days.person_key, 'int_months', measured.first_day
        from warehouse.intermediate.int_benefit_intervals as days
        cross join (
            select min(measure_month) as first_day
            from memory.intermediate.int_months
            where measure_month not in (select measure_month from warehouse.intermediate.int_months)
        ) as measured
        where days.end_date >= measured.first_day
        """
    )


def set_first_months(connection: duckdb.DuckDBPyConnection) -> None:
    """Make changes.persons one row per person, with the first month to measure again (first_month), and the day before which
    all rows of time lines are as they were (reached_from).

    A changed row can touch no month before its first day, but for two reasons. Where a spell's end moves, the months that
    end after the earlier of the two ends look at it (M-03, M-04). Where a spell begins on another day, comes or goes,
    all its months do. Time lines stand only for persons that have a spell, exempt periods and ordinary hours for groups that
    have one: where the first comes or the last goes, they come or go whole. Hours are laid out on days where rows overlap, and
    stretches without any are left out, so a row that reaches the first day can begin on another day, and the stretch before it
    end on another.
    """
    hour_rows = " union all ".join(
        f"select hash(person_id) as person_key, periode_start, periode_slut from raw.{table}" for table in sorted(WHOLE_ROWS)
    )
    connection.execute(
        f"""
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
        ),

        changed_groups as (
            select person_key
            from (
                select person_key, benefit_group::varchar as benefit_group, true as is_before from spells_before
                union
                select person_key, benefit_group::varchar, false from memory.intermediate.int_spells
            )
            group by person_key, benefit_group
            having count(*) = 1
        ),

        days as (
            select person_key, min(first_day) as first_day
            from (
                select person_key, first_day from changes.persons
                union all
                select person_key, first_day from spell_days where first_day is not null
            )
            group by person_key
        ),

        cut_rows as (
            select days.person_key, min(hour_rows.periode_start) as first_day
            from ({hour_rows}) as hour_rows
            inner join days on hour_rows.person_key = days.person_key and hour_rows.periode_slut >= days.first_day
            group by days.person_key
        )

        select
            days.person_key,
            days.first_day,
            cast(date_trunc('month', days.first_day) as date) as first_month,
            case
                when days.person_key in (from changed_groups) then date '{FROM_THE_BEGINNING}'
                else least(cast(date_trunc('month', days.first_day) as date), cut_rows.first_day) - 1
            end as reached_from
        from days
        left join cut_rows on days.person_key = cut_rows.person_key
        """
    )


def list_spells(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill changes.spells with the changed persons' spells, old or new, that reach the person's first month."""
    connection.execute(
        """
        create table changes.spells as
        with spells as (
            select * from warehouse.intermediate.int_spells
            union all
            select * from memory.intermediate.int_spells
        )

        select spells.spell_key, any_value(spells.spell_id) as spell_id, any_value(changed.first_month) as first_month
        from spells
        inner join changes.persons as changed using (person_key)
        group by spells.spell_key
        having max(spells.end_date >= changed.first_month)
        """
    )


def day(value: date) -> str:
    """A date as SQL."""
    return f"date '{value.isoformat()}'"
