"""Load a raw delivery into the schema `raw` of a DuckDB file.

    python scripts/load.py [--raw DIR] [--db FILE]

What a delivery must look like stands in raw_contract.yml. Rows that break it, and repeated rows, go to
raw.quarantined_rows with a reason; all others are typed and kept in one table per contract table. Per table,
rows delivered = rows used + rows quarantined (raw.load_log). A delivery that cannot be loaded leaves the
database as it was. With a key (pseudonyms.py) no person_id reaches the database, only its pseudonym.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import os
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Iterator, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb  # noqa: E402
import yaml  # noqa: E402

from scripts.progress import Progress  # noqa: E402
from scripts.pseudonyms import pseudonym, read_key, set_key  # noqa: E402
from scripts.settings import ROOT, Refusal, database_file, first_line, say  # noqa: E402

CONTRACT_FILE = Path(__file__).with_name("raw_contract.yml")
FORMATS = ("parquet", "csv")
WITHDRAWN = "withdrawn"  # folder in a delivery of changes
WHITESPACE = " \t\n\v\f\r"
QUOTED_VALUE_LENGTH = 60
WITHHELD = "(withheld)"
CHUNK_BYTES = 1 << 22
INTEGER_TYPES = frozenset(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT".split()
)
BINARY_FRACTION_TYPES = frozenset(["FLOAT", "DOUBLE"])


class DeliveryError(Refusal):
    """The delivery cannot be loaded; the message is one line that names the file, table or column."""


class Unreadable(Exception):
    """A file is not what its ending says; the message says why."""


# --- The contract ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One column of a contract table, as described at the head of raw_contract.yml."""

    name: str
    type: str
    nullable: bool = False
    codes: tuple = ()
    max_length: int | None = None
    quarter_start: bool = False
    required_when: tuple[str, str] | None = None

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the loaded column."""
        return "varchar" if self.type in ("code", "kommunekode") else self.type

    @property
    def is_person(self) -> bool:
        """Whether the column tells who a row is about."""
        return self.name == "person_id"

    @property
    def is_number(self) -> bool:
        """Whether the loaded column is a number."""
        return self.type == "integer" or self.type.startswith("decimal")


@dataclass(frozen=True)
class Table:
    """One contract table."""

    name: str
    required: bool
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    period: tuple[str, str] | None

    @property
    def has_persons(self) -> bool:
        """Whether its rows are about persons."""
        return any(column.is_person for column in self.columns)


@dataclass(frozen=True)
class Contract:
    """The whole raw contract; both dates are inclusive.

    is_complete: the delivery holds all rows; else only new ones, and tables without any may be missing.
    has_pseudonyms: each person_id is replaced by its pseudonym where it is read, and no refused value is repeated.
    """

    first_date: str
    last_date: str
    tables: tuple[Table, ...]
    is_complete: bool = True
    has_pseudonyms: bool = False


@cache
def read_contract(path: Path = CONTRACT_FILE) -> Contract:
    """Read raw_contract.yml. Raises KeyError for a code list that is not defined."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    tables = []
    for name, spec in document["tables"].items():
        columns = tuple(_column(column, document["code_lists"]) for column in spec["columns"])
        period = spec.get("period")
        tables.append(
            Table(
                name=name,
                required=spec["required"],
                columns=columns,
                key=tuple(spec.get("key", ())),
                period=(period["start"], period["end"]) if period else None,
            )
        )
    limits = document["limits"]
    return Contract(str(limits["first_date"]), str(limits["last_date"]), tuple(tables))


def _column(spec: dict, code_lists: dict) -> Column:
    condition = spec.get("required_when")
    return Column(
        name=spec["name"],
        type=spec["type"],
        nullable=spec.get("nullable", False),
        codes=tuple(code_lists[spec["codes"]]) if "codes" in spec else (),
        max_length=spec.get("max_length"),
        quarter_start=spec.get("quarter_start", False),
        required_when=(condition["column"], condition["equals"]) if condition else None,
    )


# --- Small helpers ---------------------------------------------------------------------------------------------------


def quoted(text: object) -> str:
    """An SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal_path(path: Path) -> str:
    """An SQL string literal of a path in which no character is a file pattern."""
    return quoted(re.sub(r"([*?\[])", r"[\1]", str(path)))


# --- The files -------------------------------------------------------------------------------------------------------


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
        raise DeliveryError(f"{path.name}: table {table.name} lacks column {', '.join(missing)}")
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


# --- The checks, as SQL ----------------------------------------------------------------------------------------------
#
# Each column appears under three names: "raw:x" as it lies in the file, "text:x" cleaned (trimmed text with empty as
# null, or the typed value of the file), and x typed, which is null when the delivered value does not fit the type.


class Fault(NamedTuple):
    """One way a row can break the contract: reason code, SQL condition (null = no), SQL text of the sentence.

    column: the one whose value breaks it, None where a value is missing or each is right by itself.
    """

    code: str
    condition: str
    sentence: str
    column: str | None = None


class Checked(NamedTuple):
    """SQL of a file with typed columns and row_number, and its faults in order."""

    rows: str
    faults: list[Fault]

    @property
    def broken(self) -> str:
        """SQL condition of a row that breaks the contract, null or false for all others."""
        return " or ".join(f"({fault.condition})" for fault in self.faults)


def raw(column: Column) -> str:
    """The SQL name of a column as it lies in the file."""
    return identifier(f"raw:{column.name}")


def cleaned(column: Column) -> str:
    """The SQL name of a column after trimming."""
    return identifier(f"text:{column.name}")


def cleaning(column: Column, physical: str) -> str:
    """SQL that trims a delivered value, or leaves a value alone that the file has typed."""
    if is_typed(column, physical):
        return raw(column)
    return trimming(raw(column) if physical == "VARCHAR" else f"cast({raw(column)} as varchar)")


def trimming(text: str) -> str:
    """SQL that trims white space off a text and makes an empty one null.

    Trimming every text costs more than reading it, so only texts with white space at an end, or none at all, are.
    '!' is the character after the space: all white space is before it.
    """
    spaces = ", ".join(f"chr({ord(character)})" for character in WHITESPACE)
    at_end = " or ".join(f"suffix({text}, chr({ord(character)}))" for character in WHITESPACE)
    return f"case when {text} < '!' or {at_end} then nullif(trim({text}, concat({spaces})), '') else {text} end"


def is_typed(column: Column, physical: str) -> bool:
    """Whether the file's own type can be checked without going through text."""
    if column.type == "date":
        return physical == "DATE" or physical.startswith("TIMESTAMP")
    if column.type == "boolean":
        return physical == "BOOLEAN"
    if column.is_number:
        return physical in INTEGER_TYPES | BINARY_FRACTION_TYPES or physical.startswith("DECIMAL")
    return False


def typing(column: Column, physical: str, contract: Contract) -> str:
    """SQL that types a cleaned value, null when it is not an exact value of the type within the limits."""
    if column.sql_type == "varchar":
        return cleaned(column)
    if column.type == "boolean":
        return boolean_value(column, physical)
    if column.type == "date":
        return date_value(column, physical, contract)
    return number_value(column, physical)


def boolean_value(column: Column, physical: str) -> str:
    """SQL of a boolean, null for any word but true and false."""
    if physical == "BOOLEAN":
        return cleaned(column)
    return f"case lower({cleaned(column)}) when 'true' then true when 'false' then false end"


def date_value(column: Column, physical: str, contract: Contract) -> str:
    """SQL of a date within the limits, null for times of day, other spellings and days that do not exist."""
    source = cleaned(column)
    if physical == "DATE":
        value, exact = source, "true"
    elif is_typed(column, physical):
        value, exact = f"cast({source} as date)", f"{source} = date_trunc('day', {source})"
    else:
        value = f"cast(try_strptime({source}, '%Y-%m-%d') as date)"
        exact = rf"regexp_full_match({source}, '\d{{4}}-\d{{2}}-\d{{2}}')"
    if column.quarter_start:
        exact += f" and {value} = date_trunc('quarter', {value})"
    limits = f"date {quoted(contract.first_date)} and date {quoted(contract.last_date)}"
    return f"case when {exact} and {value} between {limits} then {value} end"


def number_value(column: Column, physical: str) -> str:
    """SQL of a number from 0 up, null when the type does not hold it exactly.

    As text: digits and at most one point, no exponent. Leading zeros and the last zeros of the decimals do not count.
    As a binary fraction: the nearest one to a number that the type holds.
    """
    source = cleaned(column)
    if physical in BINARY_FRACTION_TYPES:
        value = f"try_cast(cast({source} as double) as {column.type})"
        exact = f"try_cast(cast({value} as double) as {physical}) = {source}"
    elif is_typed(column, physical):
        value = f"try_cast({source} as {column.type})"
        exact = f"try_cast({value} as {physical}) = {source}"
    else:
        digits, scale = (10, 0) if column.type == "integer" else map(int, re.findall(r"\d+", column.type))
        value = f"try_cast({source} as {column.type})"
        exact = rf"regexp_full_match({source}, '[+-]?0*\d{{0,{digits - scale}}}(\.\d{{0,{scale}}}0*)?')"
    return f"case when {exact} and {value} >= 0 then {value} end"


def faults(table: Table, contract: Contract) -> list[Fault]:
    """Every check of a table in the order in which the reasons apply: by reason code, then by column."""
    checks = [missing_value, unknown_code, impossible_date, impossible_number]
    found = [check(column, contract) for check in checks for column in table.columns]
    return [fault for fault in found if fault] + end_before_start(table)


def missing_value(column: Column, contract: Contract) -> Fault | None:
    """A column without a value that must have one, always or with a certain code in another column."""
    empty = f"{cleaned(column)} is null"
    if column.required_when:
        other, code = column.required_when
        sentence = quoted(f"{column.name} is missing, which {other} {code} requires")
        return Fault("missing_value", f"{empty} and {identifier(other)} = {quoted(code)}", sentence)
    if column.nullable:
        return None
    return Fault("missing_value", empty, quoted(f"{column.name} is missing"))


def unknown_code(column: Column, contract: Contract) -> Fault | None:
    """A code that is not in its list, or not of the form it must have."""
    value = identifier(column.name)
    if column.codes:
        accepted = ", ".join(map(quoted if column.sql_type == "varchar" else str, column.codes))
        condition = f"({unusable(column)}) or {value} not in ({accepted})"
        return Fault("unknown_code", condition, about(column, "is not one of its codes", contract), column.name)
    if column.type == "kommunekode":
        condition = f"not regexp_full_match({value}, '[0-9]{{3}}')"
        return Fault("unknown_code", condition, about(column, "is not three digits", contract), column.name)
    if column.type == "boolean":
        return Fault("unknown_code", unusable(column), about(column, "is not true or false", contract), column.name)
    if column.max_length:
        sentence = quoted(f"{column.name} is longer than {column.max_length} characters")
        return Fault("unknown_code", f"length({value}) > {column.max_length}", sentence)
    return None


def impossible_date(column: Column, contract: Contract) -> Fault | None:
    """A date that does not exist, is not written as one, or lies outside the limits or off the first of a quarter."""
    if column.type != "date":
        return None
    what = "the first day of a quarter" if column.quarter_start else "a date"
    complaint = f"is not {what} (YYYY-MM-DD) from {contract.first_date} to {contract.last_date}"
    return Fault("impossible_date", unusable(column), about(column, complaint, contract), column.name)


def impossible_number(column: Column, contract: Contract) -> Fault | None:
    """Not a number, negative, or with more digits or decimals than the type holds."""
    if column.codes or not column.is_number:
        return None
    complaint = f"is not a number from 0 up that fits {column.type}"
    return Fault("impossible_number", unusable(column), about(column, complaint, contract), column.name)


def unusable(column: Column) -> str:
    """SQL condition of a value that is there and could not be typed."""
    return f"{cleaned(column)} is not null and {identifier(column.name)} is null"


def end_before_start(table: Table) -> list[Fault]:
    """A period that ends before it starts."""
    if not table.period:
        return []
    start, end = table.period
    sentence = f"{quoted(end + ' ')} || {identifier(end)} || {quoted(f' is before {start} ')} || {identifier(start)}"
    return [Fault("end_before_start", f"{identifier(end)} < {identifier(start)}", sentence)]


def about(column: Column, complaint: str, contract: Contract) -> str:
    """SQL text of a sentence that names a column and the offending value, which may be a person's where it does not belong."""
    if contract.has_pseudonyms:
        return quoted(f"{column.name} {complaint}")
    value = f"left(cast({cleaned(column)} as varchar), {QUOTED_VALUE_LENGTH})"
    return f"{quoted(column.name + ' ')} || {quoted(chr(39))} || {value} || {quoted(chr(39) + ' ' + complaint)}"


def typed_rows(delivered: Delivered, contract: Contract) -> str:
    """SQL of the file with each column raw, cleaned and typed, and its row_number."""
    columns = [(column, delivered.columns[column.name]) for column in delivered.table.columns]
    as_delivered = ", ".join(f"{physical.sql_name} as {raw(column)}" for column, physical in columns)
    as_cleaned = ", ".join(f"{cleaning(column, physical.type)} as {cleaned(column)}" for column, physical in columns)
    as_typed = ", ".join(
        f"{typing(column, physical.type, contract)} as {identifier(column.name)}" for column, physical in columns
    )
    return (
        f"(select *, {as_typed} from (select *, {as_cleaned} from "
        f"(select file_row_number + 1 as row_number, {as_delivered} from {delivered.relation})))"
    )


# --- The load --------------------------------------------------------------------------------------------------------


def load_delivery(raw_dir: str | Path, db_path: str | Path, threads: int | None = None, is_complete: bool = True) -> None:
    """Load the delivery in raw_dir into the schema raw of the DuckDB file db_path, on so many threads (default: all).

    A delivery that is not complete may lack any table.

    Raises DeliveryError, and leaves the database as it was, when the delivery or the database cannot be used.
    """
    raw_dir, db_path = Path(raw_dir), Path(db_path)
    key = read_key()
    contract = replace(read_contract(), is_complete=is_complete, has_pseudonyms=key is not None)
    config = {"threads": threads} if threads else {}
    with tempfile.TemporaryDirectory(prefix="fokusmaal-") as scratch:
        with duckdb.connect(config=config) as reader:
            settle(reader, key)
            opened = open_files(reader, contract, raw_dir, Path(scratch))
        with transaction(db_path, config, key) as connection:
            prepare_schema(connection)
            with Progress(len(contract.tables), "table") as progress:
                for table in contract.tables:
                    started = time.monotonic()
                    progress.begin(table.name)
                    used, quarantined = load_table(connection, contract, table, opened.get(table.name))
                    seconds = time.monotonic() - started
                    progress.finish(f"{table.name}: {used:,} rows used, {quarantined:,} quarantined ({seconds:.1f} s)")


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


def prepare_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty schema raw with its two tables on the load itself. What dbt built before is not of these rows."""
    connection.execute("drop schema if exists build cascade")
    connection.execute("drop schema if exists raw cascade")
    connection.execute("create schema raw")
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


# --- The command line ------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Load a raw delivery into the schema raw of a DuckDB file.")
    parser.add_argument(
        "--raw", default=os.environ.get("FOKUSMAAL_RAW") or ROOT / "data" / "sample", help="folder of the delivery"
    )
    parser.add_argument("--db", default=database_file(), help="database file")
    options = parser.parse_args(arguments)
    try:
        load_delivery(options.raw, options.db)
    except Refusal as error:
        say(f"error: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
