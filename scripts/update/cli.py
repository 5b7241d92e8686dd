"""The command line of the update."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.build import command_line, make_and_publish, only_build
from scripts.load import load_delivery
from scripts.pseudonyms import KEY_VARIABLE
from scripts.settings import Refusal, publish_mode, say
from scripts.update import FullBuildNeeded
from scripts.update.models import COMPARISON, Project, compile_project
from scripts.update.run import update


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = command_line("Bring the warehouse up to date with a new, complete delivery, and publish it.")
    parser.add_argument("--tests", action="store_true", help="run all data tests before publishing; they read every table whole")
    options = parser.parse_args(arguments)
    try:
        update_and_publish(options.raw, options.db.absolute(), options.published.absolute(), publish_mode(), options.tests)
    except Refusal as error:
        say(f"error: {error}")
        return 1
    return 0


def update_and_publish(raw: Path, database: Path, link: Path, mode: str, has_tests: bool) -> None:
    """Update the database, or build it whole where an update cannot follow, and publish it. Raises Refusal."""
    selection = ["--select", f"tag:{COMPARISON}", *(["resource_type:test"] if has_tests else [])]
    with only_build(database):
        try:
            started = time.monotonic()
            exchanged = update(raw, database, compile_without_key())
            rows = sum(into for _, into in exchanged.values())
            say(f"updated {len(exchanged)} tables, {rows:,} rows written, in {time.monotonic() - started:.0f} s")
        except FullBuildNeeded as reason:
            say(f"full build: {reason}")
            load_delivery(raw, database)
            selection = []
        make_and_publish(database, link, mode, selection)


def compile_without_key() -> Project:
    """The project, compiled while the key of the pseudonyms is out of dbt's sight."""
    with _without(KEY_VARIABLE):
        return compile_project()


@contextmanager
def _without(variable: str) -> Iterator[None]:
    value = os.environ.pop(variable, None)
    try:
        yield
    finally:
        if value is not None:
            os.environ[variable] = value
