"""The command line of the update."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.build import command_line, make_and_publish, only_build
from scripts.load import load_delivery
from scripts.pseudonyms import KEY_VARIABLE
from scripts.settings import check_settings, command, publish_mode, say
from scripts.update import FullBuildNeeded, UpdateError
from scripts.update.models import COMPARISON, Project, compile_project
from scripts.update.run import update


@command
def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = command_line("Bring the warehouse up to date with a new delivery, and publish it.", default_raw=None)
    parser.add_argument(
        "--changes",
        type=Path,
        help="instead of a complete delivery: folder with new rows, and with rows to take away in its folder withdrawn",
    )
    parser.add_argument("--tests", action="store_true", help="run all data tests before publishing; they read every table whole")
    options = parser.parse_args(arguments)
    update_and_publish(options, publish_mode())


def update_and_publish(options: Namespace, mode: str) -> None:
    """Update the database, or build it whole where an update cannot follow, and publish it. Raises Refusal."""
    check_settings()
    if options.changes is None and options.raw is None:
        raise UpdateError("what has come? Name a complete delivery with FOKUSMAAL_RAW, or a folder of changes with CHANGES")
    database, delivered = options.db.absolute(), options.changes or options.raw
    selection = ["--select", f"tag:{COMPARISON}", *(["resource_type:test"] if options.tests else [])]
    with only_build(database):
        try:
            started = time.monotonic()
            say(f"delivery: {delivered}")
            is_complete = options.changes is None
            exchanged = update(delivered, database, compile_without_key(), is_complete)
            rows = sum(into for _, into in exchanged.values())
            say(f"updated {len(exchanged)} tables, {rows:,} rows written, in {time.monotonic() - started:.0f} s")
        except FullBuildNeeded as reason:
            if not reason.is_loaded and not is_complete:
                raise UpdateError(f"{reason}, so changes cannot be added to it; build it of a complete delivery") from None
            say(f"full build: {reason}")
            if not reason.is_loaded:
                load_delivery(delivered, database)
            selection = []
        make_and_publish(database, options.published.absolute(), mode, selection)


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
