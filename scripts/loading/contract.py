"""The raw contract as it stands in raw_contract.yml: tables, columns, types and codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CONTRACT_FILE = Path(__file__).parents[1] / "raw_contract.yml"


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
