"""Exchange the rows that differ between the tables made in memory and the warehouse."""

from __future__ import annotations

import duckdb


def compare(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], scope: str, made: str) -> None:
    """Fill changes.out_<table> (row_id) and changes.in_<table> (rows) with what differs in a table (schema.name).

    scope: SQL behind the warehouse's table with alias t that leaves the rows in scope; made: SQL of the rows made, with alias t.
    Rows are compared by hash. Rows that occur more than once leave and come all together where their number differs.
    """
    values = ", ".join(f't."{column}"' for column in columns)
    connection.execute(f"create or replace temp table made as select {values}, hash({values}) as row_hash from {made}")
    connection.execute(
        f"create or replace temp table stale as select t.rowid as row_id, hash({values}) as row_hash "
        f"from warehouse.{table} as t {scope}"
    )
    connection.execute(
        """
        create or replace temp table differing as
        select row_hash
        from (select row_hash, -1 as change from stale union all select row_hash, 1 as change from made)
        group by row_hash
        having sum(change) <> 0
        """
    )
    connection.execute(f"create table changes.out_{flat(table)} as select row_id from stale semi join differing using (row_hash)")
    connection.execute(
        f"create table changes.in_{flat(table)} as select * exclude (row_hash) from made semi join differing using (row_hash)"
    )


def exchange(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> dict[str, tuple[int, int]]:
    """Delete the rows out and insert the rows in, by table (schema.name); returns how many, where there are any."""
    counts = {}
    for table in tables:
        out, rows = f"changes.out_{flat(table)}", f"changes.in_{flat(table)}"
        deleted = connection.execute(f"delete from warehouse.{table} where rowid in (select row_id from {out})").fetchone()[0]
        inserted = connection.execute(f"insert into warehouse.{table} by name from {rows}").fetchone()[0]
        counts[table] = (deleted, inserted)
    return {table: count for table, count in counts.items() if any(count)}


def flat(table: str) -> str:
    """The name of a table as one word."""
    return table.replace(".", "_")
