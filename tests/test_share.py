"""The sharing export: no person in it, no small count, and nothing from which a withheld small count follows.

The last is shown by witnesses: for each withheld count and each value it may have, another world is made in which it has
that value, and its export must be the same to the letter. So no arithmetic on the export can rule the value out.
"""

from __future__ import annotations

import copy
import random

import duckdb
import pytest

from scripts.publish import DATABASE, publish
from scripts.share import derive, share
from tests.warehouse import read_table

MONTHS = [f"2023-{month:02d}-01" for month in range(1, 13)]
# Fewest persons who lack something (or do not), and all persons: two that can be shown, and two small ones.
MUNICIPALITIES = {"101": (10, 120), "147": (10, 40), "153": (0, 7), "000": (0, 3)}
GROUPS = ["kontanthjaelp", "sygedagpenge", "revalidering"]
INTERVALS = {"m00": "under_12", "m06": "under_12", "y01_02": "12_plus", "y10_plus": "12_plus"}
BUCKETS = ["persons_0", "persons_1", "persons_2", "persons_3", "persons_4", "persons_5_plus"]
LACKING = BUCKETS[:4]
SHARED = [
    "dim_benefit_group", "dim_duration_interval", "mart_conversations_monthly", "mart_focus_goals_monthly",
    "mart_offers_monthly", "mart_supervision",
]  # fmt: skip
SEEDS = range(3)
VALUES = range(10)


class World:
    """Counts of three months: per municipality (lacking conversations, lacking offers, all), per national cell."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.municipal, self.national, self.offers = {}, {}, {}
        for month in MONTHS:
            for code in MUNICIPALITIES:
                least, persons = MUNICIPALITIES[code]
                self.municipal[month, code] = {
                    subject: [lacking := chance.randint(least, persons - least), persons - lacking]
                    for subject in ("conversations", "offers")
                }
            overlap = chance.choice([0, 3, 40])
            for group in GROUPS:
                for interval in INTERVALS:
                    self.national[month, group, interval] = {bucket: chance.choice([0, 1, 5, 9, 10, 14, 60]) for bucket in BUCKETS}
                    persons = sum(self.national[month, group, interval].values())
                    self.offers[month, group, interval] = chance.randint(0, persons)
            self._fill(month, overlap, chance)

    def _fill(self, month: str, overlap: int, chance: random.Random) -> None:
        """Give the groups at 12 months and over the persons of the municipalities, and some who are in two groups."""
        cells = [(month, group, interval) for group in GROUPS for interval, total in INTERVALS.items() if total == "12_plus"]
        for cell in cells:
            self.national[cell], self.offers[cell] = dict.fromkeys(BUCKETS, 0), 0
        for part, buckets in enumerate((LACKING, BUCKETS[4:])):
            total = sum(self.municipal[month, code]["conversations"][part] for code in MUNICIPALITIES) + overlap
            for _ in range(total):
                self.national[chance.choice(cells)][chance.choice(buckets)] += 1
        left = sum(self.municipal[month, code]["offers"][0] for code in MUNICIPALITIES) + overlap
        for cell in cells:
            self.offers[cell] = min(left, sum(self.national[cell].values()))
            left -= self.offers[cell]

    def export(self) -> dict[str, list]:
        """All rows of the export of the world's marts; those of all groups in the country are not made, nor looked at."""
        with duckdb.connect() as connection:
            connection.execute("attach ':memory:' as published")
            connection.execute("create schema published.marts")
            for statement in self._marts():
                connection.execute(statement)
            derive(connection)
            return {table: connection.execute(f"from marts.{table}").fetchall() for table in SHARED}

    def _marts(self) -> list[str]:
        conversations, offers = [], []
        for (month, code), counts in self.municipal.items():
            key = ("municipality", code, month, "all", "12_plus")
            conversations.append((*key, *[0] * 6, sum(counts["conversations"]), counts["conversations"][0]))
            offers.append((*key, sum(counts["offers"]), counts["offers"][0]))
        for (month, group, interval), counts in self.national.items():
            for duration in (interval, INTERVALS[interval]):
                key = ("country", "DK", month, group, duration)
                measured, lacking = sum(counts.values()), sum(counts[bucket] for bucket in LACKING)
                conversations.append((*key, *counts.values(), measured, lacking))
                offers.append((*key, measured, self.offers[month, group, interval]))
        key = ["area_type", "area_code", "measure_month", "benefit_group", "duration_interval"]
        months = ["date '" + month + "'" for month in MONTHS]
        return [
            _table("mart_conversations_monthly", key, [*BUCKETS, "persons_measured", "persons_under_4"], conversations),
            _table("mart_offers_monthly", key, ["persons_measured", "persons_without"], offers),
            _table("dim_benefit_group", [], ["sort_order"], [(1,)]),
            _table(
                "dim_duration_interval", ["duration_interval", "duration_total", "is_total"], ["sort_order"],
                [(interval, total, False, order) for order, (interval, total) in enumerate(INTERVALS.items())],
            ),
            "create table published.marts.mart_focus_goals_monthly as select *, 0.3 as offer_limit, 0.2 as conversation_limit "
            f"from (values ('municipality', '101'), ('country', 'DK')) as areas (area_type, area_code), "
            f"unnest([{', '.join(months)}]) as months (measure_month)",
            _table("mart_supervision", ["municipality_code", "status", "reason"], ["year"], [("101", "none", "", 2023)]),
        ]  # fmt: skip


def _table(name: str, key: list[str], sums: list[str], rows: list[tuple]) -> str:
    """Statement that makes a mart of rows, added up where they have the same key."""
    chosen = ", ".join([*("cast(measure_month as date) as measure_month" if column == "measure_month" else column for column in key)])
    added = ", ".join(f"sum({column}) as {column}" if key else column for column in sums)
    values = ", ".join(repr(row) if len(row) > 1 else f"({row[0]})" for row in rows)
    return (
        f"create table published.marts.{name} as select {', '.join(filter(None, [chosen, added]))} "
        f"from (values {values}) as rows ({', '.join([*key, *sums])}) {'group by all' if key else ''}"
    )


def add_persons(world: World, month: str, part: int, number: int) -> None:
    """More persons in two groups of the month: with a part in both subjects, in the largest group."""
    cells = [cell for cell in world.national if cell[0] == month and INTERVALS[cell[2]] == "12_plus"]
    cell = max(cells, key=lambda key: sum(world.national[key].values()))
    world.national[cell][(LACKING[0], BUCKETS[5])[part]] += number
    world.offers[cell] += number * (part == 0)


def least_excess(world: World, month: str, shown: set[str]) -> int:
    """By how much the groups of a month exceed the municipalities shown: the least, over subjects and parts."""
    cells = [cell for cell in world.national if cell[0] == month and INTERVALS[cell[2]] == "12_plus"]
    measured = sum(sum(world.national[cell].values()) for cell in cells)
    lacking = {
        "conversations": sum(world.national[cell][bucket] for cell in cells for bucket in LACKING),
        "offers": sum(world.offers[cell] for cell in cells),
    }
    return min(
        (lacking[subject], measured - lacking[subject])[part]
        - sum(world.municipal[month, code][subject][part] for code in shown)
        for subject in lacking
        for part in (0, 1)
    )


def share_of(world: World, cell: tuple) -> float:
    """The share without an offer of a national cell, in whole percent."""
    return round(world.offers[cell] / max(sum(world.national[cell].values()), 1), 2)


def lacking_at(share: float, measured: int) -> int:
    """Persons who lack an offer, so that the share in whole percent is as given, or as near to it as can be."""
    return min(range(measured + 1), key=lambda lacking: abs(round(lacking / max(measured, 1), 2) - share))


def chunks(items: list, size: int) -> list[list]:
    """The items in lists of at most so many."""
    return [items[start : start + size] for start in range(0, len(items), size)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_withheld_count_of_a_municipality_may_be_anything(seed):
    world = World(seed)
    export = world.export()
    shown = {row[1] for row in export["mart_offers_monthly"] if row[0] == "municipality"}
    free = {str(row[2]) for row in export["mart_conversations_monthly"] if row[3] != "all"}
    assert shown and 0 < len(free) < len(MONTHS), "the world shows nothing, or leaves no month out"
    withheld = sorted(MUNICIPALITIES.keys() - shown)
    wanted = [(code, part, value) for code in withheld for part in (0, 1) for value in VALUES]
    for months in (sorted(free), sorted(set(MONTHS) - free)):
        for some in chunks(wanted, len(months)):
            witness = copy.deepcopy(world)
            for month, (chosen, part, value) in zip(months, some):
                if month not in free:
                    value = min(value, 8)
                    short = 8 - least_excess(world, month, shown)
                    add_persons(witness, month, 0, short)
                    add_persons(witness, month, 1, short)
                assert least_excess(witness, month, shown) >= value
                for code in withheld:
                    count = value if code == chosen else 0
                    counts = [count, 0] if part == 0 else [0, count]
                    witness.municipal[month, code] = {"conversations": counts, "offers": list(counts)}
            assert witness.export() == export, some


@pytest.mark.parametrize("seed", SEEDS)
def test_every_small_national_count_may_be_anything(seed):
    world = World(seed)
    export, chance = world.export(), random.Random(seed)
    hidden = [
        (cell, bucket)
        for cell, counts in world.national.items()
        for bucket, persons in counts.items()
        if persons < 10 and INTERVALS[cell[2]] == "under_12"
    ]
    assert hidden
    for value in VALUES:
        witness = copy.deepcopy(world)
        for cell, bucket in hidden:
            witness.national[cell][bucket] = chance.choice([value, chance.choice(VALUES)])
            witness.offers[cell] = lacking_at(share_of(world, cell), sum(witness.national[cell].values()))
        assert witness.export() == export, value


def test_export_of_the_sample(sample_database, tmp_path):
    publish(sample_database, tmp_path / "published", "aggregates")
    share(tmp_path / "published" / DATABASE, tmp_path / "share")
    persons = [row["person_id"] for row in read_table(sample_database, "marts.build_persons")]
    for path in (tmp_path / "share").resolve().rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [person for person in persons if person.encode() in content], path.name
    with duckdb.connect(str(tmp_path / "share" / DATABASE), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where column_name like 'persons%' and not internal"
        ).fetchall()
        smallest = {
            (table, column): connection.execute(f"select min({column}) from marts.{table}").fetchone()[0] for table, column in columns
        }
        files = {path.stem for path in (tmp_path / "share" / "parquet").glob("*.parquet")}
    assert tables == SHARED and files == set(SHARED)
    assert any(smallest.values()) and all(persons is None or persons >= 10 for persons in smallest.values())
