"""The delivered files: which there are, their columns, and CSV files rewritten as parquet text.

With pseudonyms (pseudonyms.py) a file with persons is rewritten too, so that no person_id is read further on.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from scripts.loading.contract import Contract, Table
from scripts.pseudonyms import pseudonym
from scripts.settings import Refusal, first_line, say
from scripts.sql import identifier, literal_path, quoted, trimming

FORMATS = ("parquet", "csv")
WITHDRAWN = "withdrawn"  # folder in a delivery of changes
CHUNK_BYTES = 1 << 22


class DeliveryError(Refusal):
    """The delivery cannot be loaded; the message is one line that names the file, table or column."""


class Unreadable(Exception):
    """A file is not what its ending says; the message says why."""


class Physical(NamedTuple):
    """A column as it lies in the file: its quoted SQL name and DuckDB type."""

    sql_name: str
    type: str


@dataclass(frozen=True)
class Delivered:
    """A delivered table: where to read it, and the rows counted without the checks."""

    table: Table
    file_name: str
    relation: str
    columns: dict[str, Physical]
    rows: int


def find_files(raw_dir: Path, contract: Contract) -> dict[str, Path]:
    """The file of each delivered table. Raises DeliveryError for a missing folder, a missing or doubled table."""
    if not raw_dir.is_dir():
        raise DeliveryError(f"folder {raw_dir} does not exist")
    files = {}
    for table in contract.tables:
        found = [path for path in (raw_dir / f"{table.name}.{ending}" for ending in FORMATS) if path.exists()]
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise DeliveryError(f"table {table.name} is delivered twice, as {names}, in {raw_dir}")
        if found:
            files[table.name] = found[0]
        elif table.required and contract.is_complete:
            raise DeliveryError(f"table {table.name} is missing: no {table.name}.parquet or .csv in {raw_dir}")
    _warn_of_unknown_files(raw_dir, files, contract)
    return files


def _warn_of_unknown_files(raw_dir: Path, files: dict[str, Path], contract: Contract) -> None:
    known = {path.name for path in files.values()} | (set() if contract.is_complete else {WITHDRAWN})
    unknown = sorted(path.name for path in raw_dir.iterdir() if path.name not in known and path.name[0] != ".")
    if unknown:
        say(f"warning: not part of the raw contract, ignored: {', '.join(unknown)} in {raw_dir}")


def check_columns(table: Table, path: Path, names: list[str]) -> None:
    """Raises DeliveryError for a doubled or missing column; warns of extra ones."""
    wanted = [column.name for column in table.columns]
    missing = [name for name in wanted if name not in names]
    if missing:
        hint = " (is it separated by semicolons? It must be commas)" if len(names) == 1 and ";" in names[0] else ""
        raise DeliveryError(f"{path.name}: table {table.name} lacks column {', '.join(missing)}{hint}")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise DeliveryError(f"{path.name}: table {table.name} has column {', '.join(doubled)} more than once")
    extra = [name for name in names if name not in wanted]
    if extra:
        say(f"warning: {path.name}: extra columns ignored: {', '.join(extra)}")


def open_files(
    connection: duckdb.DuckDBPyConnection, contract: Contract, raw_dir: Path, scratch: Path
) -> dict[str, Delivered]:
    """Check folder, files and columns; rewrite CSV files as parquet text in the folder scratch.

    Raises DeliveryError for anything that stops a load before a row is looked at.
    """
    try:
        files = find_files(raw_dir, contract)
    except OSError as error:
        raise DeliveryError(f"folder {raw_dir} cannot be read: {first_line(error)}") from error
    opened = {}
    for table in contract.tables:
        path = files.get(table.name)
        if path is None:
            continue
        try:
            if path.suffix == ".csv":
                opened[table.name] = open_csv(connection, contract, table, path, scratch)
            else:
                opened[table.name] = open_parquet(connection, contract, table, path, scratch)
        except (Unreadable, OSError, csv.Error, duckdb.Error) as error:
            raise DeliveryError(f"{path.name}: table {table.name} cannot be read: {first_line(error)}") from error
    return opened


def open_parquet(
    connection: duckdb.DuckDBPyConnection, contract: Contract, table: Table, path: Path, scratch: Path
) -> Delivered:
    """Read the footer of a parquet file; with pseudonyms, rewrite it first in the folder scratch.

    Raises DeliveryError or duckdb.Error.
    """
    schema = connection.execute(f"select name, num_children from parquet_schema({literal_path(path)})").fetchall()
    names = _top_level(schema)
    check_columns(table, path, names)
    delivered = describe_parquet(connection, table, path, names)
    if not (contract.has_pseudonyms and table.has_persons):
        return delivered
    say(f"reading {path.name}")
    target = scratch / f"{table.name}.parquet"
    columns = [(column, delivered.columns[column.name]) for column in table.columns]
    picked = ", ".join(
        f"{f'cast({physical.sql_name} as varchar)' if column.is_person else physical.sql_name} as {identifier(column.name)}"
        for column, physical in columns
    )
    rows = with_pseudonyms(f"select {picked} from {delivered.relation}")
    connection.execute(f"copy ({rows}) to {quoted(target)} (format parquet)")
    rewritten = describe_parquet(connection, table, target, [column.name for column in table.columns])
    return Delivered(table, path.name, rewritten.relation, rewritten.columns, delivered.rows)


def with_pseudonyms(select: str) -> str:
    """SQL of a select whose person_id is cleaned and then replaced by its pseudonym, once for each row."""
    cleaned = f"select * replace ({trimming('person_id')} as person_id) from ({select})"
    return f"select * replace ({pseudonym('person_id')} as person_id) from ({cleaned})"


def describe_parquet(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path, names: list[str]
) -> Delivered:
    """The physical types and rows of a parquet file with columns of these names, in its order."""
    options = "hive_partitioning=false, binary_as_string=true, file_row_number=true"
    relation = f"read_parquet({literal_path(path)}, {options})"
    described = connection.execute(f"describe select * from {relation}").fetchall()
    columns = {name: Physical(identifier(row[0]), row[1]) for name, row in zip(names, described)}
    rows = connection.execute(f"select sum(num_rows) from parquet_file_metadata({literal_path(path)})").fetchone()[0]
    return Delivered(table, path.name, relation, columns, int(rows))


def _top_level(schema: list[tuple[str, int | None]]) -> list[str]:
    """The column names of a parquet schema, which lists nested fields depth first after a root element."""
    names, open_children = [], []
    for name, children in schema[1:]:
        if not open_children:
            names.append(name)
        else:
            open_children[-1] -= 1
        if children:
            open_children.append(children)
        while open_children and open_children[-1] == 0:
            open_children.pop()
    return names


def open_csv(
    connection: duckdb.DuckDBPyConnection, contract: Contract, table: Table, path: Path, scratch: Path
) -> Delivered:
    """Rewrite a CSV file as parquet text, with pseudonyms if need be, in the folder scratch.

    Raises DeliveryError for its columns, and Unreadable, OSError, csv.Error or duckdb.Error for the file.
    """
    say(f"reading {path.name}")
    size = measure_csv(path)
    header = read_header(path)
    check_columns(table, path, header)
    target = scratch / f"{table.name}.parquet"
    # With as many separators as full rows have, the parallel reader does, which refuses any uneven row. Otherwise
    # short rows are padded, by a slower reader, and a field in the column behind the last is one too many.
    even = size.separators == (size.rows + 1) * (len(header) - 1)
    fields = [f"field_{position}" for position in range(len(header) + 1 - even)]
    columns = ", ".join(f"{quoted(field)}: 'varchar'" for field in fields)
    padding = "" if even else ", null_padding=true, parallel=false"
    wanted = {column.name for column in table.columns}
    picked = [f"nullif({field}, '') as {identifier(name)}" for field, name in zip(fields, header) if name in wanted]
    overflow = "null" if even else fields[-1]
    rows = (
        f"select {', '.join(picked)}, {overflow}::varchar as overflow from read_csv({literal_path(path)}, "
        f"auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='\x01', encoding='utf-8', "
        f"compression='none', columns={{{columns}}}{padding})"
    )
    if contract.has_pseudonyms and table.has_persons:
        rows = with_pseudonyms(rows)
    connection.execute(f"copy ({rows}) to {quoted(target)} (format parquet)")
    opened = describe_parquet(connection, table, target, [name for name in header if name in wanted])
    long_row = connection.execute(
        f"select min(file_row_number) + 1 from {opened.relation} where overflow is not null"
    ).fetchone()[0]
    if long_row:
        raise Unreadable(f"row {long_row} has too many fields")
    if opened.rows != size.rows:
        raise Unreadable("broken quotes or line ends")
    return Delivered(table, path.name, opened.relation, opened.columns, size.rows)


class CsvSize(NamedTuple):
    """Data rows (the header and empty lines not counted) and separators (the header's included) of a CSV file."""

    rows: int
    separators: int


def measure_csv(path: Path) -> CsvSize:
    """Count a CSV file byte by byte, apart from the reader that loads it.

    Raises Unreadable for bytes that are not UTF-8, quotes inside a field and a quote that is never closed.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = separators = 0
    inside, last = False, b"\n"
    with path.open("rb") as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        while chunk := file.read(CHUNK_BYTES):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                raise Unreadable("it is not UTF-8") from None
            outside, inside = _outside_quotes(chunk, inside)
            text = last + outside.replace(b"\r", b"\n")
            while b"\n\n" in text:
                text = text.replace(b"\n\n", b"\n")
            if b'"' in text and re.search(rb'[^,\n" ] *"|" *[^,\n" ]', text):
                raise Unreadable("broken quotes")
            lines += text.count(b"\n") - last.count(b"\n")
            separators += text.count(b",") - last.count(b",")
            last = text[-1:]
    if inside:
        raise Unreadable("broken quotes, the last one is never closed")
    lines += last != b"\n"
    return CsvSize(max(lines - 1, 0), separators)


def _outside_quotes(chunk: bytes, inside: bool) -> tuple[bytes, bool]:
    """The bytes outside quotes, each quoted part put as one quote mark, and whether the chunk ends inside quotes."""
    parts = chunk.split(b'"')
    ends_inside = inside ^ (len(parts) % 2 == 0)
    outside = b'"'.join(parts[1::2] if inside else parts[0::2])
    opened_last = ends_inside and len(parts) > 1
    return outside + (b'"' if opened_last else b""), ends_inside


def read_header(path: Path) -> list[str]:
    """The trimmed column names of a CSV file. Raises Unreadable when there are none, and csv.Error."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    if not header:
        raise Unreadable("the first line does not hold column names")
    return [name.strip() for name in header]
