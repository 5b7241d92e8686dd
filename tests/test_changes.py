"""build_changes tells what differs between two builds as a plain recount of both, person by person, finds it."""

from __future__ import annotations

import csv
import random
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scripts.load import load_delivery
from scripts.publish import DATABASE, publish
from tests.reference.cells import areas_of
from tests.reference.parameters import FEWER_THAN, GROUP_ORDER
from tests.warehouse import CONTRACT, ROOT, read_table, run_dbt

SAMPLE = ROOT / "data" / "sample"
AFTER = {"as_of_date": "2024-12-20", "last_month": "2024-12-01"}
CHANGES = ("run", "--select", "+build_changes", "+build_comparison")
CELL = ("area_type", "area_code", "measure_month", "benefit_group", "duration_interval")
GOALS = {
    "avg_share_under_4": {"conversations"},
    "is_conversation_goal_met": {"conversations"},
    "avg_share_without_offer": {"offers"},
    "is_offer_goal_met": {"offers"},
    "months_in_window": {"conversations", "offers"},
    "status": {"conversations", "offers"},
}
COUNTS = {
    "mart_conversations_monthly": [
        *["persons_0", "persons_1", "persons_2", "persons_3", "persons_4", "persons_5_plus"],
        *["persons_measured", "persons_under_4", "persons_exempt"],
    ],
    "mart_offers_monthly": ["persons_measured", "persons_with_offer", "persons_hours_only", "persons_without", "persons_exempt"],
}
SHARES = {"mart_conversations_monthly": "share_under_4", "mart_offers_monthly": "share_without"}


def write_changed_sample(folder: Path) -> Path:
    """The sample with some conversations and offers of every fourth person gone, and some residences moved."""
    chance = random.Random(7)
    folder.mkdir()
    for path in SAMPLE.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as source, (folder / path.name).open("w", encoding="utf-8") as target:
            rows = csv.DictReader(source)
            writer = csv.DictWriter(target, rows.fieldnames)
            writer.writeheader()
            for row in rows:
                if zlib.crc32(row.get("person_id", "").encode()) % 4 == 0 and chance.random() < 0.5:
                    if path.stem in ("tass_samtaler", "plan_tilbud"):
                        continue
                    if path.stem == "cpr_bopael":
                        row["kommunekode"] = "101"
                writer.writerow(row)
    return folder


@pytest.fixture(scope="module")
def builds(sample_database, tmp_path_factory):
    """The sample, and a build in which some persons have new data and all have another as-of date."""
    folder = tmp_path_factory.mktemp("changes")
    after = folder / "after.duckdb"
    load_delivery(write_changed_sample(folder / "raw"), after)
    run_dbt(after, "seed")
    run_dbt(after, *CHANGES, dbt_vars=AFTER | {"compare_with": str(sample_database)})
    return sample_database, after


def new_data(before, after) -> set[str]:
    """Persons of either build whose raw rows are not the same in both."""
    rows = []
    for database in (before, after):
        found = defaultdict(set)
        for table, spec in CONTRACT["tables"].items():
            if any(column["name"] == "person_id" for column in spec["columns"]):
                for row in read_table(database, f"raw.{table}"):
                    found[row["person_id"]].add((table, *(value for key, value in row.items() if key != "row_number")))
        rows.append(found)
    return {person for person in rows[0].keys() | rows[1].keys() if rows[0][person] != rows[1][person]}


def parts(row: dict) -> Iterator[tuple[str, str, str]]:
    """Mart, measure and part of a person-month in the figures of a cell."""
    if row["is_exempt_conversations"]:
        yield "mart_conversations_monthly", "persons_exempt", "counted"
    else:
        is_under = row["conversations"] < FEWER_THAN
        bucket = "persons_5_plus" if row["conversations"] >= 5 else f"persons_{row['conversations']}"
        for measure in [bucket, "persons_measured", *(["persons_under_4"] if is_under else [])]:
            yield "mart_conversations_monthly", measure, "counted"
        yield "mart_conversations_monthly", "share_under_4", "under" if is_under else "rest"
    if row["is_exempt_offers"]:
        yield "mart_offers_monthly", "persons_exempt", "counted"
    else:
        state = "with_offer" if row["has_offer"] else "hours_only" if row["has_ordinary_hours"] else "without"
        for measure in [f"persons_{state}", "persons_measured"]:
            yield "mart_offers_monthly", measure, "counted"
        yield "mart_offers_monthly", "share_without", "without" if state == "without" else "rest"


def recount(database) -> dict[tuple, dict[str, str]]:
    """Figure (mart, measure, cell) to the persons in it with their parts."""
    chosen = {}
    for row in read_table(database, "marts.fct_person_months"):
        total = "12_plus" if row["is_12_plus"] else "under_12"
        for area in areas_of(row["municipality_code"]):
            for group in (row["benefit_group"], "all"):
                for duration in (row["duration_interval"], total, "all"):
                    key = (*area, row["measure_month"], group, duration), row["person_id"]
                    rank = row["measurement_date"], -GROUP_ORDER[row["benefit_group"]]
                    if key not in chosen or rank > chosen[key][0]:
                        chosen[key] = rank, row
    figures = defaultdict(dict)
    for (cell, person), (_, row) in chosen.items():
        for mart, measure, part in parts(row):
            figures[(mart, measure, *cell)][person] = part
    return figures


def months_before(month: date, count: int) -> date:
    """The first day of an earlier month."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def goal_movers(before: dict, after: dict) -> dict[tuple, set[str]]:
    """Goal, area, month to the persons whose part differs in any of the twelve months up to the month."""
    moved = defaultdict(set)
    for key in before.keys() | after.keys():
        mart, measure, area_type, area_code, month, group, duration = key
        if measure not in SHARES.values() or group != "all" or duration != "12_plus":
            continue
        earlier, later = before.get(key, {}), after.get(key, {})
        persons = {person for person in earlier.keys() | later.keys() if earlier.get(person) != later.get(person)}
        goal = "conversations" if measure == "share_under_4" else "offers"
        for count in range(12):
            moved[(goal, area_type, area_code, months_before(month, -count))] |= persons
    return moved


def test_figures_that_differ_are_those_listed(builds):
    before, after = builds
    listed = {
        (row["source_table"], row["measure"], *(row[key] for key in CELL)): (row["previous_value"], row["current_value"])
        for row in read_table(after, "marts.build_changes")
        if row["source_table"] in COUNTS
    }
    expected = {}
    for mart, counts in COUNTS.items():
        earlier, later = (
            {tuple(row[key] for key in CELL): row for row in read_table(database, f"marts.{mart}")} for database in builds
        )
        for cell in earlier.keys() | later.keys():
            for measure in [*counts, SHARES[mart]]:
                absent = 0 if measure in counts else None
                values = tuple(rows.get(cell, {}).get(measure, absent) for rows in (earlier, later))
                if values[0] != values[1]:
                    expected[(mart, measure, *cell)] = values
    assert expected and listed == expected


def test_persons_moved_are_those_recounted(builds):
    before, after = builds
    earlier, later, renewed = recount(before), recount(after), new_data(before, after)
    moved_for_goals = goal_movers(earlier, later)
    reasons = set()
    for row in read_table(after, "marts.build_changes"):
        measure, cell = row["measure"], tuple(row[key] for key in CELL)
        told = [row["persons_moved_in"], row["persons_moved_out"], row["persons_moved"], row["persons_new_data"]]
        if row["source_table"] in COUNTS:
            was, now = (figures.get((row["source_table"], measure, *cell), {}) for figures in (earlier, later))
            moved = {person for person in was.keys() | now.keys() if was.get(person) != now.get(person)}
            is_count = measure.startswith("persons_")
            expected = [len(now.keys() - was.keys()), len(was.keys() - now.keys())] if is_count else [None, None]
            if is_count:
                assert row["difference"] == told[0] - told[1]
        else:
            moved = set().union(*(moved_for_goals[(goal, *cell[:3])] for goal in GOALS.get(measure, set())))
            expected = [None, None]
        expected += [len(moved), len(moved & renewed)]
        assert told == expected, row
        assert row["persons_new_rules"] == told[2] - told[3]
        reasons |= {name for name in ("persons_new_data", "persons_new_rules") if row[name]}
    assert reasons == {"persons_new_data", "persons_new_rules"}


def test_settings_that_changed_are_told(builds):
    changed = {row["topic"] for row in read_table(builds[1], "marts.build_comparison") if row["is_changed"]}
    assert changed - {"built_at"} == {"as_of_date"}


def test_first_build_has_no_changes_and_says_so(builds):
    assert not read_table(builds[0], "marts.build_changes")
    rows = read_table(builds[0], "marts.build_comparison")
    assert {row["note"] for row in rows} == {"There is no previous publication to compare with."}
    assert {(row["previous_value"], row["is_changed"]) for row in rows} == {(None, None)}


def test_without_persons_in_the_previous_publication_only_figures_are_compared(builds, tmp_path):
    before, after = builds
    listed = [row["difference"] for row in read_table(after, "marts.build_changes")]
    publish(before, tmp_path / "published", "aggregates")
    published = tmp_path / "published" / DATABASE
    selected = ("--select", "path:models/intermediate/changes", "build_comparison", "build_changes")
    run_dbt(after, "run", *selected, dbt_vars=AFTER | {"compare_with": str(published)})
    rows = read_table(after, "marts.build_changes")
    assert sorted(map(str, listed)) == sorted(str(row["difference"]) for row in rows)
    assert {row["persons_moved"] for row in rows} == {None}
    notes = {row["note"] for row in read_table(after, "marts.build_comparison")}
    assert notes == {"Persons are not followed: the previous publication holds none."}
