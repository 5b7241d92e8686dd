"""Write the sharing export: tables to hand on, without persons and without small counts, in a folder put in place at once.

    python scripts/share.py [--from FILE] [--out DIR]

The rule, which whoever gets the tables may know:

1. A municipality is told of for all groups together, 12 months and over, and a calendar year of it whole or not at all:
   only when in each of its months those who lack conversations, those who lack an offer, and the rest of the persons
   beside each, are 10 or more.
2. Regions and the country are the sums of the municipalities told of.
3. Groups and durations are told of for the country alone: persons by number of conversations, under 10 not at all;
   every total is the sum of what is left. Of offers there is the share, in whole percent, of 200 persons or more and
   from 10 to 90 percent.
4. Where what is told of the groups of a month does not exceed its municipalities by nine persons, in those who lack
   something and in the rest, its groups are left out.
5. Whether a municipality meets its goals, and its supervision, is public by law and stands.

So no withheld count enters any figure, and whoever has all tables and knows the rule still cannot tell which number
from 0 to 9 a withheld count under 10 is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb  # noqa: E402

from scripts.publish import DATABASE, PARQUET, read_manifest  # noqa: E402
from scripts.settings import ROOT, Refusal, command, engine_settings, first_line, published_folder, say  # noqa: E402
from scripts.sql import quoted  # noqa: E402
from scripts.versions import new_version  # noqa: E402

STATEMENTS = Path(__file__).with_suffix(".sql")
MUNICIPALITIES = ROOT / "seeds" / "municipalities.csv"
RULE_FILE = "README.txt"


def share(published: Path, link: Path) -> None:
    """Write the export of a published DuckDB file. Raises Refusal, and leaves the old export, when it cannot be done."""
    with new_version(link, f"sharing to {link}") as folder:
        try:
            tables = _write_tables(published, folder)
        except duckdb.Error as error:
            raise Refusal(f"sharing to {link} failed, what was there stands: {first_line(error)}") from error
        (folder / RULE_FILE).write_text(__doc__.split("\n\n", 2)[2], encoding="utf-8")
    say(f"shared {len(tables)} tables: {link}")


def _write_tables(published: Path, folder: Path) -> list[str]:
    (folder / PARQUET).mkdir()
    with duckdb.connect(str(folder / DATABASE), config=engine_settings()) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach {quoted(published)} as published (read_only)")
        derive(connection)
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name <> 'published' and schema_name = 'marts' order by 1"
        ).fetchall()
        for (table,) in tables:
            path = folder / PARQUET / f"{table}.parquet"
            connection.execute(f"copy marts.{table} to {quoted(path)} (format parquet, compression zstd)")
        connection.execute("detach published")
        connection.execute("checkpoint")
    return [table for (table,) in tables]


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the export, in schema marts, from the marts attached as `published`."""
    connection.execute(
        "create temp table regions as select municipality_code as area_code, region_code "
        f"from read_csv({quoted(MUNICIPALITIES)}, all_varchar = true)"
    )
    connection.execute(STATEMENTS.read_text(encoding="utf-8"))


@command
def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Write the tables to hand on.")
    parser.add_argument("--from", dest="published", type=Path, help="published DuckDB file (default: the publication)")
    parser.add_argument("--out", type=Path, default=ROOT / "share", help="folder to write")
    options = parser.parse_args(arguments)
    if not options.published and read_manifest(published_folder()) is None:
        raise Refusal(f"nothing is published in {published_folder()}; run make build first")
    share((options.published or published_folder() / DATABASE).absolute(), options.out.absolute())


if __name__ == "__main__":
    sys.exit(main())
