"""Exchange the rows that differ between the tables made in memory and the warehouse."""

from __future__ import annotations

import duckdb


def exchange(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, tuple[list[str], str]], raw_tables: list[str]
) -> dict[str, tuple[int, int]]:
    """Replace, in every table, the rows in scope by those made in memory; and the raw tables by the delivered ones.

    tables: columns, and the condition of the rows in scope, by schema.name. All is compared before the warehouse is
    written, so that the one transaction only deletes and inserts. Returns rows out and in by table.
    """
    counts = {table: compare(connection, table, columns, condition) for table, (columns, condition) in tables.items()}
    raw_changed = [table for table in raw_tables if is_raw_changed(connection, table)]
    connection.execute("begin")
    for table, (out, into) in counts.items():
        name = table.replace(".", "_")
        if out:
            connection.execute(f"delete from warehouse.{table} where rowid in (select row_id from changes.out_{name})")
        if into:
            columns = ", ".join(f'"{column}"' for column in tables[table][0])
            connection.execute(f"insert into warehouse.{table} ({columns}) select {columns} from changes.in_{name}")
    for table in raw_changed:
        connection.execute(f"delete from warehouse.raw.{table}")
        connection.execute(f"insert into warehouse.raw.{table} by name from delivery.raw.{table}")
    connection.execute("commit")
    return {table: count for table, count in counts.items() if any(count)}


def compare(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], condition: str) -> tuple[int, int]:
    """Fill changes.out_<table> (row_id) and changes.in_<table> (rows) with what differs; returns their numbers of rows.

    Rows are compared by hash. Rows that occur more than once leave and come all together where their number differs.
    """
    name = table.replace(".", "_")
    values = ", ".join(f't."{column}"' for column in columns)
    connection.execute(
        f"create or replace temp table old_rows as select t.rowid as row_id, hash({values}) as row_hash "
        f"from warehouse.{table} as t where {condition}"
    )
    connection.execute(f"create or replace temp table new_rows as select t.rowid as row_id, hash({values}) as row_hash from memory.{table} as t")
    connection.execute(
        """
        create or replace temp table differing as
        select row_hash
        from (select row_hash, -1 as change from old_rows union all select row_hash, 1 as change from new_rows)
        group by row_hash
        having sum(change) <> 0
        """
    )
    out = connection.execute(
        f"create table changes.out_{name} as select row_id from old_rows where row_hash in (select row_hash from differing)"
    ).fetchone()[0]
    into = connection.execute(
        f"create table changes.in_{name} as select t.* from memory.{table} as t where t.rowid in "
        "(select row_id from new_rows where row_hash in (select row_hash from differing))"
    ).fetchone()[0]
    return out, into


def is_raw_changed(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a raw table is delivered otherwise than before, the rows' positions included."""
    query = "select count(*), sum(hash(t)) from {}.raw." + table + " as t"
    return connection.execute(query.format("warehouse")).fetchone() != connection.execute(query.format("delivery")).fetchone()
