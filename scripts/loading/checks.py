"""The checks of delivered rows, as SQL.

Each column appears under three names: "raw:x" as it lies in the file, "text:x" cleaned (trimmed text with empty as
null, or the typed value of the file), and x typed, which is null when the delivered value does not fit the type.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scripts.loading.contract import Column, Contract, Table
from scripts.loading.files import Delivered
from scripts.sql import identifier, quoted, trimming

QUOTED_VALUE_LENGTH = 60
INTEGER_TYPES = frozenset(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT".split()
)
BINARY_FRACTION_TYPES = frozenset(["FLOAT", "DOUBLE"])


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
