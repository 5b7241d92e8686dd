"""The legal parameters: how each cell and row of the seeds may be changed, by one unit of its column's type.

A date moves a day either way, a whole number by one, a decimal by a hundredth; a yes becomes a no; a category becomes the
next one of its column; and each row is removed. Not changed: citations, names and sentences for people, empty cells, and the
dates that say "no beginning" and "no end".
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Iterator

from scripts.mutation import ParameterMutant

# Columns for people: citations, names, sentences.
FOR_PEOPLE = re.compile(r"rule_id|unit|source_\w+|reason(_da)?|scheme|dead_period|blackout|\w+_name|\w*name_(da|en)")
# Their rule id is a result: it is published with each decision.
PUBLISHED = {("conversation_verdicts", "rule_id"), ("offer_verdicts", "rule_id")}
OPEN_ENDS = {"1900-01-01", "9999-12-31"}
# Folders of seeds that tell of rules and decide nothing.
LEFT_OUT = ("catalogue", "explanation")

Row = dict[str, str]


def neighbours(value: str, sql_type: str, column_values: list[str]) -> list[str]:
    """The values a cell is changed to."""
    if sql_type == "date":
        days = [] if value in OPEN_ENDS else [-1, 1]
        return [(date.fromisoformat(value) + timedelta(step)).isoformat() for step in days]
    if sql_type in ("integer", "bigint"):
        return [str(int(value) - 1), str(int(value) + 1)]
    if sql_type.startswith("decimal"):
        return [str(Decimal(value) - Decimal("0.01")), str(Decimal(value) + Decimal("0.01"))]
    if sql_type == "boolean":
        return ["false" if value == "true" else "true"]
    others = sorted(set(column_values) - {"", value})
    later = [other for other in others if other > value]
    return [*later, *others, f"{value}_"][:1]


def row_names(rows: list[Row]) -> list[str]:
    """A name per row: as many of its first cells as tell all rows apart."""
    for width in range(1, len(rows[0]) + 1):
        names = [", ".join(list(row.values())[:width]) for row in rows]
        if len(set(names)) == len(rows):
            return names
    raise ValueError("two rows are equal")


def seed_mutants(file: str, path: Path, column_types: dict[str, str]) -> Iterator[ParameterMutant]:
    """Every change of one seed file."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for number, (name, row) in enumerate(zip(row_names(rows), rows), start=2):
        cells = tuple((column, value or None) for column, value in row.items())
        yield ParameterMutant(file, name, "row removed", number, path.stem, cells, None, None)
        for column, value in row.items():
            if not value or (FOR_PEOPLE.fullmatch(column) and (path.stem, column) not in PUBLISHED):
                continue
            for new in neighbours(value, column_types[column], [other[column] for other in rows]):
                change = f"{column} {value} becomes {new}"
                yield ParameterMutant(file, name, change, number, path.stem, cells, column, new)


def all_mutants(project: Path, column_types: dict[str, dict[str, str]]) -> list[ParameterMutant]:
    """Every change of every seed with parameters. column_types: SQL type per column, by seed."""
    return [
        mutant
        for path in sorted((project / "seeds").rglob("*.csv"))
        if path.parent.name not in LEFT_OUT
        for mutant in seed_mutants(path.relative_to(project).as_posix(), path, column_types[path.stem])
    ]
