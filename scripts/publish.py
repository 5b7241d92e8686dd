"""Publish the marts of a built database: a DuckDB file, a parquet file per mart and a manifest, put in place at once.

    python scripts/publish.py [--db FILE] [--published DIR] [--only all|aggregates]

Whatever happens on the way, the folder people read is either the old publication or the whole new one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb  # noqa: E402

from scripts.marts import Mart, read_marts  # noqa: E402
from scripts.progress import Progress  # noqa: E402
from scripts.settings import (  # noqa: E402
    Refusal,
    command,
    database_file,
    engine_settings,
    first_line,
    publish_mode,
    published_folder,
    say,
)
from scripts.sql import identifier, quoted  # noqa: E402
from scripts.versions import new_version, present_version, remove_earlier_versions  # noqa: E402

DATABASE = "fokusmaal.duckdb"
PARQUET = "parquet"
MANIFEST = "manifest.json"
ROW_GROUP_ROWS = 122_880


def publish(database: Path, link: Path, mode: str) -> None:
    """Publish the marts of a database (mode all) or those without persons (mode aggregates).

    Raises Refusal, and leaves the old publication as it was, when it cannot be done.
    """
    marts = read_marts()
    earlier = read_manifest(link)
    has_pseudonyms = _has_pseudonyms(database)
    keep_pseudonyms(link, mode, has_pseudonyms)
    with new_version(link, f"publishing to {link}") as folder:
        try:
            counts = _write_tables(database, folder, marts, mode)
        except duckdb.Error as error:
            raise Refusal(f"publishing to {link} failed, what was there stands: {first_line(error)}") from error
        _write_manifest(database, folder, counts, mode, has_pseudonyms)
    if earlier and earlier["published"] == "all" and mode != "all":
        remove_earlier_versions(link)
    say(f"published {len(counts)} marts, {sum(counts.values()):,} rows: {link}")


def keep_pseudonyms(link: Path, mode: str, has_pseudonyms: bool) -> None:
    """Raises Refusal where a publication of pseudonyms would be followed by one of ids as delivered."""
    earlier = read_manifest(link)
    if mode == "all" and not has_pseudonyms and earlier and earlier.get("has_pseudonyms"):
        raise Refusal(f"{link} is of pseudonyms, and there is no key of pseudonyms now; give the key, or remove {link} first")


def read_manifest(link: Path) -> dict | None:
    """The manifest of the present publication, or None when there is none."""
    folder = present_version(link)
    if folder is None or not (folder / MANIFEST).is_file():
        return None
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def _write_tables(database: Path, folder: Path, marts: dict[str, Mart], mode: str) -> dict[str, int]:
    """Write the DuckDB file and the parquet files; returns the rows of each mart."""
    (folder / PARQUET).mkdir()
    with duckdb.connect(str(folder / DATABASE), config=engine_settings()) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach {quoted(database)} as build (read_only)")
        chosen = _chosen(connection, marts, mode)
        connection.execute("create schema marts")
        counts = {}
        with Progress(len(chosen), "mart") as progress:
            for mart, definition in chosen:
                progress.begin(mart.name)
                counts[mart.name] = _copy(connection, mart, definition)
                _write_parquet(connection, mart.name, folder / PARQUET / f"{mart.name}.parquet", counts[mart.name])
                progress.finish(f"{mart.name}: {counts[mart.name]:,} rows published", is_kept=False)
        connection.execute("detach build")
        connection.execute("checkpoint")
    return counts


def _chosen(connection: duckdb.DuckDBPyConnection, marts: dict[str, Mart], mode: str) -> list[tuple[Mart, str]]:
    """The marts to publish with the SQL that creates them, smallest last. Raises Refusal when the build is not whole."""
    built = dict(
        connection.execute(
            "select table_name, sql from duckdb_tables() where database_name = 'build' and schema_name = 'marts'"
        ).fetchall()
    )
    unknown, missing = sorted(built.keys() - marts.keys()), sorted(marts.keys() - built.keys())
    if unknown:
        raise Refusal(f"marts.{unknown[0]} is not described in models/marts, so no one knows whether it may be published")
    if missing:
        raise Refusal(f"marts.{missing[0]} is not built; nothing is published from half a build")
    return [(mart, built[name]) for name, mart in marts.items() if mode == "all" or not mart.is_person_level]


def _copy(connection: duckdb.DuckDBPyConnection, mart: Mart, definition: str) -> int:
    """Copy a mart with its constraints and descriptions, in its order; returns its rows."""
    connection.execute(definition)
    order = f" order by {', '.join(map(identifier, mart.ordered_by))}" if mart.ordered_by else ""
    connection.execute(f"insert into marts.{mart.name} select * from build.marts.{mart.name}{order}")
    connection.execute(f"comment on table marts.{mart.name} is {quoted(mart.description)}")
    for column, description in mart.columns.items():
        connection.execute(f"comment on column marts.{mart.name}.{identifier(column)} is {quoted(description)}")
    built, copied = (
        connection.execute(f"select count(*) from {relation}").fetchone()[0]
        for relation in (f"build.marts.{mart.name}", f"marts.{mart.name}")
    )
    if built != copied:
        raise Refusal(f"marts.{mart.name} has {built} rows, but {copied} were copied; nothing is published")
    return copied


def _write_parquet(connection: duckdb.DuckDBPyConnection, name: str, path: Path, rows: int) -> None:
    options = f"format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS}"
    connection.execute(f"copy marts.{name} to {quoted(path)} ({options})")
    written = connection.execute(f"select sum(num_rows) from parquet_file_metadata({quoted(path)})").fetchone()[0]
    if written != rows:
        raise Refusal(f"marts.{name} has {rows} rows, but {written} in parquet; nothing is published")


def _has_pseudonyms(database: Path) -> bool:
    """Whether a database was loaded with a key. Raises Refusal when it cannot be read."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return connection.execute("select count(key_check) from raw.person_ids").fetchone()[0] > 0
    except duckdb.Error as error:
        raise Refusal(f"{database} cannot be published: {first_line(error)}") from error


def _write_manifest(database: Path, folder: Path, counts: dict[str, int], mode: str, has_pseudonyms: bool) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        settings = dict(connection.execute("select topic, setting_value from marts.build_settings").fetchall())
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "published_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "published": mode,
        "has_pseudonyms": has_pseudonyms,
        "build": settings,
        "rows": counts,
        "files": {str(path.relative_to(folder)): _described(path) for path in files},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _described(path: Path) -> dict:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


@command
def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Publish the marts of a built database.")
    parser.add_argument("--db", type=Path, default=database_file(), help="built database file")
    parser.add_argument("--published", type=Path, default=published_folder(), help="folder that people read")
    parser.add_argument("--only", choices=("all", "aggregates"), help="what to publish (default: FOKUSMAAL_PUBLISH)")
    options = parser.parse_args(arguments)
    mode = options.only or publish_mode()
    if mode == "none":
        say("nothing is published: FOKUSMAAL_PUBLISH is none")
    else:
        publish(options.db.absolute(), options.published.absolute(), mode)


if __name__ == "__main__":
    sys.exit(main())
