"""The command line of the report."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from scripts.report import ReportError
from scripts.report.site import write_report

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write the benchmark report, a static site, from the published marts.")
    parser.add_argument(
        "--db",
        type=Path,
        default=os.environ.get("FOKUSMAAL_DB") or ROOT / "fokusmaal.duckdb",
        help="database file with the marts",
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "site", help="folder of the site; an older report is replaced"
    )
    parser.add_argument(
        "--municipality",
        nargs="+",
        action="extend",
        default=[],
        metavar="CODE",
        help="write pages for these municipalities only",
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        pages = write_report(Path(options.db), options.out, options.municipality)
    except ReportError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{pages} pages in {time.monotonic() - started:.1f} s: {options.out / 'index.html'}")
    return 0
