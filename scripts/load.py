"""Load a raw delivery into the schema `raw` of a DuckDB file.

    python scripts/load.py [--raw DIR] [--db FILE]

What a delivery must look like stands in raw_contract.yml. Rows that break it, and repeated rows, go to
raw.quarantined_rows with a reason; all others are typed and kept in one table per contract table. Per table,
rows delivered = rows used + rows quarantined (raw.load_log). A delivery that cannot be loaded leaves the
database as it was. With a key (pseudonyms.py) no person_id reaches the database, only its pseudonym.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb  # noqa: E402

from scripts.loading.checks import Checked, faults, raw, typed_rows  # noqa: E402
from scripts.loading.contract import Column, Contract, Table, read_contract  # noqa: E402
from scripts.loading.files import Delivered, DeliveryError, open_files  # noqa: E402
from scripts.progress import Progress  # noqa: E402
from scripts.pseudonyms import key_check, read_key, set_key  # noqa: E402
from scripts.settings import ROOT, command, database_file, engine_settings, first_line, say  # noqa: E402
from scripts.sql import identifier, quoted  # noqa: E402

WITHHELD = "(withheld)"
# What dbt has built: with other raw rows beside it, nobody shall read or publish it.
BUILT_SCHEMAS = ("build", "marts", "explain")


def load_delivery(raw_dir: str | Path, db_path: str | Path, threads: int | None = None, is_complete: bool = True) -> None:
    """Load the delivery in raw_dir into the schema raw of the DuckDB file db_path, on so many threads (default: all).

    A delivery that is not complete may lack any table.

    Raises DeliveryError, and leaves the database as it was, when the delivery or the database cannot be used.
    """
    raw_dir, db_path = Path(raw_dir), Path(db_path)
    key = read_key()
    contract = replace(read_contract(), is_complete=is_complete, has_pseudonyms=key is not None)
    config = engine_settings() | ({"threads": threads} if threads else {})
    with tempfile.TemporaryDirectory(prefix="fokusmaal-") as scratch:
        with duckdb.connect(config=config) as reader:
            settle(reader, key)
            opened = open_files(reader, contract, raw_dir, Path(scratch))
        with transaction(db_path, config, key) as connection:
            prepare_schema(connection, key)
            with Progress(len(contract.tables), "table") as progress:
                for table in contract.tables:
                    started = time.monotonic()
                    progress.begin(table.name)
                    used, quarantined = load_table(connection, contract, table, opened.get(table.name))
                    seconds = time.monotonic() - started
                    progress.finish(f"{table.name}: {used:,} rows used, {quarantined:,} quarantined ({seconds:.1f} s)")
            warn_of_lost_tables(connection)


@contextmanager
def transaction(db_path: Path, config: dict, key: bytes | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """One transaction on a database file; a file that did not exist does not stay behind when it fails.

    Raises DeliveryError when the file cannot be opened.
    """
    is_new = not db_path.exists()
    connection = connect(db_path, config)
    try:
        settle(connection, key)
        connection.execute("begin")
        yield connection
        connection.execute("commit")
    except BaseException as error:
        connection.close()
        if is_new:
            db_path.unlink(missing_ok=True)
            db_path.with_name(db_path.name + ".wal").unlink(missing_ok=True)
        if isinstance(error, duckdb.Error):
            raise DeliveryError(f"database {db_path} cannot be written: {first_line(error)}") from error
        raise
    connection.close()


def settle(connection: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """Times of day in UTC wherever it runs, no bar of DuckDB's own, and the key of the pseudonyms."""
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set enable_progress_bar = false")
    if key is not None:
        set_key(connection, key)


def connect(db_path: Path, config: dict) -> duckdb.DuckDBPyConnection:
    """Open a database file. Raises DeliveryError."""
    try:
        return duckdb.connect(str(db_path), config=config)
    except duckdb.Error as error:
        is_locked = "Could not set lock" in str(error)
        problem = "is in use by another process" if is_locked else f"cannot be opened: {first_line(error)}"
        raise DeliveryError(f"database {db_path} {problem}") from error


def prepare_schema(connection: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """An empty schema raw with its three tables on the load itself. What dbt built before is not of these rows."""
    for schema in (*BUILT_SCHEMAS, "raw"):
        connection.execute(f"drop schema if exists {schema} cascade")
    connection.execute("create schema raw")
    connection.execute(f"create table raw.person_ids as select {key_check(key)} as key_check")
    connection.execute(
        "create table raw.quarantined_rows (source_table varchar, row_number bigint, reason_code varchar, "
        "reason varchar, raw_record json)"
    )
    connection.execute(
        "create table raw.load_log (source_table varchar, file_name varchar, rows_delivered bigint, "
        "rows_used bigint, rows_quarantined bigint)"
    )


def load_table(
    connection: duckdb.DuckDBPyConnection, contract: Contract, table: Table, delivered: Delivered | None
) -> tuple[int, int]:
    """Load one table, empty when not delivered; returns rows used and rows quarantined. Raises DeliveryError."""
    if delivered is None or delivered.rows == 0:
        create_empty(connection, table)
        log_load(connection, table, delivered, 0, 0)
        return 0, 0
    try:
        source = Checked(typed_rows(delivered, contract), faults(table, contract))
        list_repeated(connection, table, source)
        create_table(connection, table, source)
        used = count(connection, f"raw.{table.name}")
        if used < delivered.rows:
            quarantine(connection, contract, table, source)
    except duckdb.Error as error:
        message = f"{delivered.file_name}: table {table.name} cannot be loaded: {first_line(error)}"
        raise DeliveryError(message) from error
    quarantined = count(connection, f"raw.quarantined_rows where source_table = {quoted(table.name)}")
    if used + quarantined != delivered.rows:
        raise DeliveryError(
            f"{delivered.file_name}: table {table.name} has {delivered.rows} rows, "
            f"but {used} were used and {quarantined} quarantined"
        )
    log_load(connection, table, delivered, used, quarantined)
    return used, quarantined


def warn_of_lost_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Say which tables were delivered with rows of which none can be used."""
    lost = "select source_table, rows_quarantined from raw.load_log where rows_used = 0 and rows_quarantined > 0"
    for table, rows in connection.execute(lost).fetchall():
        say(f"warning: no row of {table} can be used, all {rows:,} are quarantined")


def log_load(
    connection: duckdb.DuckDBPyConnection, table: Table, delivered: Delivered | None, used: int, quarantined: int
) -> None:
    """One row of raw.load_log; the rows delivered are those counted without the checks."""
    file_name, rows = (delivered.file_name, delivered.rows) if delivered else (None, 0)
    row = [table.name, file_name, rows, used, quarantined]
    connection.execute("insert into raw.load_log values (?, ?, ?, ?, ?)", row)


def create_empty(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A table without rows."""
    columns = ", ".join(f"{identifier(column.name)} {column.sql_type}" for column in table.columns)
    connection.execute(f"create table raw.{table.name} ({columns}, row_number bigint)")


def list_repeated(connection: duckdb.DuckDBPyConnection, table: Table, source: Checked) -> None:
    """Fill the temporary table repeated with row_number, reason_code and reason of the rows that X-02 sets aside.

    A row that equals an earlier one also has its key. So candidates share the hash of the key, or else of the row;
    only they are checked and compared. Looking before the table is written spares deleting from it.
    """
    columns = ", ".join(identifier(column.name) for column in table.columns)
    key = ", ".join(map(identifier, table.key)) or columns
    connection.execute(
        f"""
        create or replace temp table shared_hashes as
        select hash({key}) as key_hash from {source.rows} group by all having count(*) > 1
        """
    )
    connection.execute(
        f"""
        create or replace temp table repeated as
        with candidates as (
            select row_number, {columns} from {source.rows}
            where hash({key}) in (select key_hash from shared_hashes) and ({source.broken}) is not true
        ),
        compared as (
            select
                row_number,
                min(row_number) over (partition by {columns}) as first_equal,
                min(row_number) over (partition by {key}) as first_of_key,
            from candidates
        )
        select
            row_number,
            case when row_number > first_equal then 'duplicate_row' else 'duplicate_key' end as reason_code,
            case
                when row_number > first_equal then 'the row equals row ' || first_equal
                else {quoted(' and '.join(table.key))} || ' is that of row ' || first_of_key
            end as reason,
        from compared
        where row_number > first_of_key
        """
    )


def create_table(connection: duckdb.DuckDBPyConnection, table: Table, source: Checked) -> None:
    """The table with all rows that keep to the contract, those in the temporary table repeated left out.

    The rows need not lie in the order of the file; row_number tells it.
    """
    columns = ", ".join(identifier(column.name) for column in table.columns)
    once = " and row_number not in (select row_number from repeated)" if count(connection, "repeated") else ""
    connection.execute(
        f"create table raw.{table.name} as select {columns}, row_number "
        f"from {source.rows} where ({source.broken}) is not true{once}"
    )


def quarantine(connection: duckdb.DuckDBPyConnection, contract: Contract, table: Table, source: Checked) -> None:
    """Set aside the rows that break the contract and those in the temporary table repeated."""
    codes = " ".join(f"when {fault.condition} then {quoted(fault.code)}" for fault in source.faults)
    sentences = " ".join(f"when {fault.condition} then {fault.sentence}" for fault in source.faults)
    record = ", ".join(f"{quoted(column.name)}, {recorded(column, contract, source)}" for column in table.columns)
    connection.execute(
        f"""
        insert into raw.quarantined_rows
        select
            {quoted(table.name)},
            row_number,
            coalesce(repeated.reason_code, case {codes} end),
            coalesce(repeated.reason, case {sentences} end),
            json_object({record}),
        from {source.rows}
        left join repeated using (row_number)
        where ({source.broken}) is true or repeated.row_number is not null
        order by row_number
        """
    )


def recorded(column: Column, contract: Contract, source: Checked) -> str:
    """SQL text of a value as delivered; with pseudonyms, a value that is not what the column asks for is withheld."""
    value = f"cast({raw(column)} as varchar)"
    refused = [f"({fault.condition})" for fault in source.faults if fault.column == column.name]
    if not contract.has_pseudonyms or not refused:
        return value
    return f"case when {' or '.join(refused)} then {quoted(WITHHELD)} else {value} end"


def count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    """Number of rows of a table, with or without a where clause."""
    return connection.execute(f"select count(*) from {source}").fetchone()[0]


@command
def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Load a raw delivery into the schema raw of a DuckDB file.")
    parser.add_argument(
        "--raw", default=os.environ.get("FOKUSMAAL_RAW") or ROOT / "data" / "sample", help="folder of the delivery"
    )
    parser.add_argument("--db", default=database_file(), help="database file")
    options = parser.parse_args(arguments)
    load_delivery(options.raw, options.db)


if __name__ == "__main__":
    sys.exit(main())
