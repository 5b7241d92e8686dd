"""The command line of the update."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from scripts.load import DeliveryError, load_delivery, say
from scripts.update import FullBuildNeeded, UpdateError
from scripts.update.models import ROOT, compile_project
from scripts.update.run import update


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Bring the warehouse up to date with a new, complete delivery.")
    parser.add_argument(
        "--raw", default=os.environ.get("FOKUSMAAL_RAW") or ROOT / "data" / "sample", help="folder of the new delivery"
    )
    parser.add_argument(
        "--db", default=os.environ.get("FOKUSMAAL_DB") or ROOT / "fokusmaal.duckdb", help="database file of the warehouse"
    )
    parser.add_argument("--tests", action="store_true", help="run the data tests afterwards; they read every table whole")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    os.environ["FOKUSMAAL_DB"] = str(options.db)
    try:
        try:
            exchanged = update(options.raw, options.db, compile_project())
            rows = sum(into for _, into in exchanged.values())
            say(f"updated {len(exchanged)} tables, {rows:,} rows written, in {time.monotonic() - started:.0f} s")
        except FullBuildNeeded as reason:
            say(f"full build: {reason}")
            load_delivery(options.raw, options.db)
            run_dbt("build", "--exclude-resource-type", "unit_test", "test")
        if options.tests:
            run_dbt("test", "--exclude-resource-type", "unit_test")
    except (DeliveryError, UpdateError) as error:
        say(f"error: {error}")
        return 1
    return 0


def run_dbt(*arguments: str) -> None:
    """Run dbt on the database FOKUSMAAL_DB. Raises UpdateError."""
    from dbt.cli.main import dbtRunner

    outcome = dbtRunner().invoke([*arguments, "--project-dir", str(ROOT), "--profiles-dir", str(ROOT)])
    if not outcome.success:
        raise UpdateError(f"dbt {arguments[0]} failed")
