"""Exchange the rows that differ between the tables made in memory and the warehouse."""

from __future__ import annotations

from typing import Iterable, NamedTuple

import duckdb


class Rows(NamedTuple):
    """The rows of a table (schema.name) that an update may exchange, as SQL to put behind `from`, with alias t."""

    table: str
    columns: list[str]
    stale: str  # in the warehouse
    made: str  # in memory

    @property
    def values(self) -> str:
        """SQL: all columns."""
        return ", ".join(f't."{column}"' for column in self.columns)


def compare(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Fill changes.out_<table> and changes.in_<table> with the row_id of the stale rows and of the made rows that differ.

    Rows are compared by hash. Rows that occur more than once leave and come all together where their number differs.
    """
    sides = {"out": rows.stale, "in": rows.made}
    for side, source in sides.items():
        connection.execute(
            f"create or replace temp table rows_{side} as select t.rowid as row_id, hash({rows.values}) as row_hash from {source}"
        )
    connection.execute(
        """
        create or replace temp table differing as
        select row_hash
        from (select row_hash, -1 as change from rows_out union all select row_hash, 1 as change from rows_in)
        group by row_hash
        having sum(change) <> 0
        """
    )
    for side in sides:
        connection.execute(
            f"create table changes.{side}_{flat(rows.table)} as "
            f"select row_id from rows_{side} semi join differing using (row_hash)"
        )


def exchange(connection: duckdb.DuckDBPyConnection, tables: Iterable[Rows]) -> dict[str, tuple[int, int]]:
    """Delete the rows out and insert the rows in; returns how many by table, where there are any."""
    counts = {}
    for rows in tables:
        table, name = f"warehouse.{rows.table}", flat(rows.table)
        deleted = connection.execute(f"delete from {table} where rowid in (select row_id from changes.out_{name})").fetchone()[0]
        inserted = connection.execute(
            f"insert into {table} by name "
            f"select {rows.values} from {rows.made} semi join changes.in_{name} as differing on t.rowid = differing.row_id"
        ).fetchone()[0]
        counts[rows.table] = (deleted, inserted)
    return {table: count for table, count in counts.items() if any(count)}


def flat(table: str) -> str:
    """The name of a table as one word."""
    return table.replace(".", "_")
