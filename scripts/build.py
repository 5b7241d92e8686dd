"""Load the delivery, build the warehouse and publish it; one build of a database at a time.

    python scripts/build.py [--raw DIR] [--db FILE] [--published DIR]

The database file is private to the build. Only when every model is built and no data test fails are the marts
published; until then people read what was published before.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb  # noqa: E402

from scripts.load import load_delivery  # noqa: E402
from scripts.only_one import only_one  # noqa: E402
from scripts.progress import Progress  # noqa: E402
from scripts.pseudonyms import KEY_VARIABLE, read_key  # noqa: E402
from scripts.publish import DATABASE, keep_pseudonyms, publish  # noqa: E402
from scripts.settings import (  # noqa: E402
    ROOT,
    Refusal,
    check_settings,
    command,
    database_file,
    first_line,
    publish_mode,
    published_folder,
    say,
)

FAILED = frozenset(["error", "fail", "runtime error"])
MAGIC = b"DUCK"  # from the ninth byte of a DuckDB file


def build(raw: Path, database: Path, link: Path, mode: str) -> None:
    """Build the database from a delivery and publish it. Raises Refusal."""
    check_settings()
    keep_pseudonyms(link, mode, has_pseudonyms=read_key() is not None)
    with only_build(database):
        say(f"delivery: {raw}")
        load_delivery(raw, database)
        make_and_publish(database, link, mode)


@contextmanager
def only_build(database: Path) -> Iterator[None]:
    """Hold the lock of a database that is to be built, and see that it can be opened. Raises Refusal."""
    with only_one(database.with_name(database.name + ".lock"), f"a build of {database}"):
        discard_if_damaged(database)
        yield


def make_and_publish(database: Path, link: Path, mode: str, selection: Sequence[str] = ()) -> None:
    """Make all models, or those that dbt's options select, from the rows loaded, and publish the marts. Raises Refusal."""
    os.environ.pop(KEY_VARIABLE, None)
    run_dbt(database, link, selection)
    if mode == "none":
        say("nothing is published: FOKUSMAAL_PUBLISH is none")
    else:
        publish(database, link, mode)


def discard_if_damaged(database: Path) -> None:
    """Remove a database that a killed build has left in a state in which it cannot be opened.

    Raises Refusal when another process has it open, or when the file is not one of DuckDB.
    """
    if not database.exists():
        _wal(database).unlink(missing_ok=True)
        return
    try:
        with duckdb.connect(str(database)) as connection:
            connection.execute("select count(*) from duckdb_columns()")
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise Refusal(f"database {database} is in use by another process") from error
        if not _is_ours(database):
            raise Refusal(f"{database} is not a DuckDB file; name another with FOKUSMAAL_DB") from error
        say(f"{database} is damaged ({first_line(error)}); it is built again from nothing")
        database.unlink()
        _wal(database).unlink(missing_ok=True)


def _wal(database: Path) -> Path:
    return database.with_name(database.name + ".wal")


def _is_ours(database: Path) -> bool:
    """Whether a file that cannot be opened was a DuckDB file, or was never written."""
    with database.open("rb") as file:
        head = file.read(16)
    return head[8:12] == MAGIC or not head.strip(b"\0")


def run_dbt(database: Path, link: Path, selection: Sequence[str] = ()) -> None:
    """Run seeds, models and data tests, all or those that dbt's options select.

    Raises Refusal when a model or a test of severity error fails.
    """
    os.environ |= {"FOKUSMAAL_DB": str(database), "FOKUSMAAL_PUBLISHED": str(link)}
    if not _can_be_read(link / DATABASE):
        say(f"the publication {link} cannot be read; nothing is compared with it")
        os.environ["FOKUSMAAL_COMPARE_WITH"] = "none"
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    say("dbt: reading the project")
    teller = _Teller()
    options = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--quiet"]
    try:
        result = dbtRunner(callbacks=[teller]).invoke(["build", "--exclude-resource-type", "unit_test", *options, *selection])
    finally:
        teller.close()
        DuckDBConnectionManager.close_all_connections()
    if not result.success:
        reason = f": {first_line(result.exception)}" if result.exception else ""
        if any(str(each.status) == "fail" for each in result.result or []):
            reason = f"; the rows that a test found are in {database}, schema test_failures, in a table of the test's name"
        raise Refusal(f"the build failed, so nothing is published{reason}") from result.exception


def _can_be_read(published: Path) -> bool:
    """Whether a published file is whole, or not there at all."""
    try:
        if published.exists():
            duckdb.connect(str(published), read_only=True).close()
    except duckdb.Error:
        return False
    return True


class _Teller:
    """Tells of dbt's events: a step for each seed, model and data test, and a line for each that fails."""

    def __init__(self) -> None:
        self._progress: Progress | None = None

    def __call__(self, event) -> None:
        name, data = event.info.name, event.data
        if name == "ConcurrencyLine":
            self._progress = Progress(data.node_count, "step")
        elif name == "NodeStart" and self._progress:
            self._progress.begin(data.node_info.node_name)
        elif name == "NodeFinished" and self._progress:
            self._finish(data)

    def _finish(self, data) -> None:
        node, result = data.node_info, data.run_result
        has_failed = str(result.status) in FAILED
        message = f": {result.message.strip().splitlines()[0]}" if has_failed and result.message.strip() else ""
        seconds = f"{result.execution_time:.1f} s"
        line = f"{node.resource_type} {node.node_name}: {result.status} ({seconds}){message}"
        self._progress.finish(line, is_kept=has_failed)

    def close(self) -> None:
        if self._progress:
            self._progress.__exit__(None, None, None)


@command
def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = command_line("Load the delivery, build the warehouse and publish it.", ROOT / "data" / "sample")
    options = parser.parse_args(arguments)
    build(options.raw, options.db.absolute(), options.published.absolute(), publish_mode())


def command_line(description: str, default_raw: Path | None) -> argparse.ArgumentParser:
    """The options of a build: delivery, database and publication, by default those of the environment."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--raw", type=Path, default=os.environ.get("FOKUSMAAL_RAW") or default_raw, help="folder of the delivery")
    parser.add_argument("--db", type=Path, default=database_file(), help="private database file to build")
    parser.add_argument("--published", type=Path, default=published_folder(), help="folder that people read")
    return parser


if __name__ == "__main__":
    sys.exit(main())
