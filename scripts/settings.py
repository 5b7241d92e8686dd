"""Where things lie and what is wanted, from the environment, and the error that stops a command with one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[1]
PUBLISH_MODES = ("all", "aggregates", "none")
QUERY_INTERRUPTED = "Query interrupted"  # of a RuntimeError, as DuckDB tells of Ctrl-C


class Refusal(Exception):
    """A command cannot go on; the message is one line for the person who runs it."""


def say(line: str) -> None:
    """Write one line to stderr."""
    print(line, file=sys.stderr, flush=True)


def command(main: Callable[[list[str] | None], None]) -> Callable[..., int]:
    """Let the main function of a script end in one line instead of a traceback.

    It then returns the exit code: 0 when it is done, 1 for a Refusal, 130 when it is interrupted.
    """

    @wraps(main)
    def run(arguments: list[str] | None = None) -> int:
        try:
            main(arguments)
        except (Exception, KeyboardInterrupt) as error:
            if comes_of_interrupt(error):
                say("interrupted")
                return 130
            if isinstance(error, Refusal):
                say(f"error: {error}")
                return 1
            raise
        return 0

    return run


def comes_of_interrupt(error: BaseException) -> bool:
    """Whether an error, or one that it was raised for, is Ctrl-C: libraries turn it into errors of their own."""
    cause = error.__cause__ or error.__context__
    is_interrupt = isinstance(error, KeyboardInterrupt) or str(error) == QUERY_INTERRUPTED
    return is_interrupt or (cause is not None and comes_of_interrupt(cause))


def first_line(error: BaseException) -> str:
    """The first line of an error message, without the record it quotes (which may hold personal data)."""
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__


def database_file() -> Path:
    """The private file that is built (FOKUSMAAL_DB)."""
    return Path(os.environ.get("FOKUSMAAL_DB") or ROOT / "fokusmaal.duckdb").absolute()


def published_folder() -> Path:
    """The folder that people read (FOKUSMAAL_PUBLISHED)."""
    return Path(os.environ.get("FOKUSMAAL_PUBLISHED") or ROOT / "published").absolute()


def publish_mode() -> str:
    """What is published (FOKUSMAAL_PUBLISH): all, aggregates or none. Raises Refusal for any other word."""
    mode = os.environ.get("FOKUSMAAL_PUBLISH") or "all"
    if mode not in PUBLISH_MODES:
        raise Refusal(f"FOKUSMAAL_PUBLISH must be {', '.join(PUBLISH_MODES[:-1])} or {PUBLISH_MODES[-1]}, not {mode!r}")
    return mode


def check_settings() -> None:
    """Look at the settings that are read late, so that a slip stops a command before it writes anything. Raises Refusal."""
    for name in ("FOKUSMAAL_AS_OF", "FOKUSMAAL_FIRST_MONTH", "FOKUSMAAL_LAST_MONTH"):
        _check_date(name, is_month=name.endswith("MONTH"))
    try:
        duckdb.connect(config=engine_settings()).close()
    except (duckdb.Error, ValueError) as error:
        raise Refusal(f"FOKUSMAAL_MEMORY or FOKUSMAAL_THREADS: {first_line(error)}") from None
    earlier = os.environ.get("FOKUSMAAL_COMPARE_WITH") or "none"
    if earlier != "none" and not Path(earlier).is_file():
        raise Refusal(f"FOKUSMAAL_COMPARE_WITH: there is no file {earlier}")


def _check_date(name: str, is_month: bool) -> None:
    given = os.environ.get(name)
    if not given:
        return
    try:
        day = date.fromisoformat(given) if len(given) == len("2024-12-31") else None
    except ValueError:
        day = None
    if day is None:
        raise Refusal(f"{name} must be an ISO date such as 2024-12-31, not {given!r}")
    if is_month and day.day != 1:
        raise Refusal(f"{name} must be the first day of a month, not {given!r}")


def engine_settings() -> dict[str, str]:
    """DuckDB's memory and threads as dbt has them (profiles.yml, FOKUSMAAL_MEMORY, FOKUSMAAL_THREADS)."""
    memory, threads = os.environ.get("FOKUSMAAL_MEMORY") or "10GB", os.environ.get("FOKUSMAAL_THREADS")
    settings = {"memory_limit": memory, "allocator_flush_threshold": memory}
    return settings | ({"threads": threads} if threads else {})
