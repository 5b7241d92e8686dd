"""Helpers of the test-suite: write a delivery, load it, build the warehouse, read a table."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from scripts.load import load_delivery

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = yaml.safe_load((ROOT / "scripts" / "raw_contract.yml").read_text(encoding="utf-8"))

SEEDS_AND_MODELS = ("build", "--resource-type", "seed", "model")

Rows = list[dict[str, Any]]


def as_bytes(ids: Iterable[str]) -> list[bytes]:
    """The ids to look for in files: those of six characters or more, since shorter ones stand in compressed bytes by chance."""
    return [person_id.encode() for person_id in ids if len(person_id) > 5]


def csv_value(value: Any) -> str:
    """One value as the raw contract writes it in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, int, Decimal)):
        return str(value)
    return '"' + value.replace('"', '""') + '"'


def write_csv_delivery(delivery: dict[str, Rows], folder: Path) -> Path:
    """Write typed rows as one CSV file per table; tables that are not given are written empty."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, spec in CONTRACT["tables"].items():
        columns = [column["name"] for column in spec["columns"]]
        lines = [",".join(columns)]
        lines += [",".join(csv_value(row.get(column)) for column in columns) for row in delivery.get(table, [])]
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run_dbt(database: Path, *arguments: str, dbt_vars: dict[str, str] | None = None) -> None:
    """Run dbt in this process on a database file; raises AssertionError with the failing nodes."""
    os.environ["FOKUSMAAL_DB"] = str(database)
    options = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--quiet"]
    if dbt_vars:
        options += ["--vars", yaml.safe_dump(dbt_vars)]
    result = dbtRunner().invoke([*arguments, *options])
    DuckDBConnectionManager.close_all_connections()
    if result.success:
        return
    failed = [f"{node.node.name}: {node.message}" for node in result.result or [] if node.status not in ("success", "pass")]
    raise AssertionError("\n".join([str(result.exception or "dbt failed"), *failed]))


def build(delivery: dict[str, Rows], folder: Path, dbt_vars: dict[str, str] | None = None) -> Path:
    """Write, load and build a delivery in a folder; returns the database file."""
    database = folder / "warehouse.duckdb"
    load_delivery(write_csv_delivery(delivery, folder / "raw"), database)
    run_dbt(database, *SEEDS_AND_MODELS, dbt_vars=dbt_vars)
    return database


def read_table(database: Path, table: str) -> Rows:
    """All rows of a table as dictionaries."""
    with duckdb.connect(str(database), read_only=True) as connection:
        cursor = connection.execute(f"select * from {table}")
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row)) for row in cursor.fetchall()]
