"""Exchange the rows that differ between the tables made in memory and the warehouse."""

from __future__ import annotations

from typing import NamedTuple

import duckdb


class Exchanged(NamedTuple):
    """A table to exchange: its columns, and the SQL behind its alias t that leaves the rows in scope of the update."""

    columns: list[str]
    scope: str


def exchange(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, Exchanged], raw_tables: list[str]
) -> dict[str, tuple[int, int]]:
    """Replace, in every table (schema.name), the rows in scope by those made in memory; and the raw tables by the delivered ones.

    All is compared before the warehouse is written, so that the one transaction only deletes and inserts. Returns rows
    out and in by table.
    """
    for table, exchanged in tables.items():
        compare(connection, table, exchanged)
    raw_changed = [table for table in raw_tables if is_raw_changed(connection, table)]
    counts = {}
    connection.execute("begin")
    for table, (columns, _) in tables.items():
        names = ", ".join(f'"{column}"' for column in columns)
        out, made = f"changes.out_{flat(table)}", f"changes.in_{flat(table)}"
        deleted = connection.execute(f"delete from warehouse.{table} where rowid in (select row_id from {out})").fetchone()[0]
        inserted = connection.execute(f"insert into warehouse.{table} ({names}) select {names} from {made}").fetchone()[0]
        counts[table] = (deleted, inserted)
    for table in raw_changed:
        connection.execute(f"delete from warehouse.raw.{table}")
        connection.execute(f"insert into warehouse.raw.{table} by name from delivery.raw.{table}")
    connection.execute("commit")
    return {table: count for table, count in counts.items() if any(count)}


def flat(table: str) -> str:
    """The name of a table as one word."""
    return table.replace(".", "_")


def compare(connection: duckdb.DuckDBPyConnection, table: str, exchanged: Exchanged) -> None:
    """Fill changes.out_<table> (row_id) and changes.in_<table> (rows) with what differs.

    Rows are compared by hash. Rows that occur more than once leave and come all together where their number differs.
    """
    values = ", ".join(f't."{column}"' for column in exchanged.columns)
    for rows, database in (("old_rows", "warehouse"), ("new_rows", "memory")):
        connection.execute(
            f"create or replace temp table {rows} as select t.rowid as row_id, hash({values}) as row_hash "
            f"from {database}.{table} as t {exchanged.scope}"
        )
    connection.execute(
        """
        create or replace temp table differing as
        select row_hash
        from (select row_hash, -1 as change from old_rows union all select row_hash, 1 as change from new_rows)
        group by row_hash
        having sum(change) <> 0
        """
    )
    connection.execute(
        f"create table changes.out_{flat(table)} as select row_id from old_rows semi join differing using (row_hash)"
    )
    connection.execute(
        f"create table changes.in_{flat(table)} as select t.* from memory.{table} as t "
        "semi join (select row_id from new_rows semi join differing using (row_hash)) as n on t.rowid = n.row_id"
    )


def is_raw_changed(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a raw table is delivered otherwise than before, the rows' positions included."""
    query = "select count(*), sum(hash(t)) from {}.raw." + table + " as t"
    return connection.execute(query.format("warehouse")).fetchone() != connection.execute(query.format("delivery")).fetchone()
