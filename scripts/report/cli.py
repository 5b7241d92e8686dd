"""The command line of the report."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from scripts.report.site import write_report
from scripts.settings import ROOT, command, database_file


@command
def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Write the benchmark report, a static site, from the published marts.")
    parser.add_argument("--db", type=Path, default=database_file(), help="database file with the marts")
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
    pages = write_report(options.db, options.out, options.municipality)
    print(f"{pages} pages in {time.monotonic() - started:.1f} s: {options.out / 'index.html'}")
