"""The sharing export: no person in it, no small count, and nothing from which a withheld small count follows.

The last is shown by witnesses: for each withheld count and each value it may have, another world is made in which it has
that value, and its export must be the same to the letter. So no arithmetic on the export can rule the value out.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable

import duckdb
import pytest

from scripts.publish import DATABASE, publish
from scripts.share import derive, share
from tests.warehouse import as_bytes, read_table

MONTHS = [f"2023-{month:02d}-01" for month in range(1, 13)]
# Fewest persons who lack something (or do not), and all persons: two that can be shown, and two small ones.
MUNICIPALITIES = {"101": (10, 120), "147": (10, 40), "153": (0, 7), "000": (0, 3)}
GROUPS = ["kontanthjaelp", "sygedagpenge", "revalidering"]
INTERVALS = {"m00": "under_12", "m06": "under_12", "y01_02": "12_plus", "y10_plus": "12_plus"}
BUCKETS = ["persons_0", "persons_1", "persons_2", "persons_3", "persons_4", "persons_5_plus"]
LACKING = BUCKETS[:4]
PARTS = (LACKING, BUCKETS[4:])
SHARED = [
    "dim_benefit_group", "dim_duration_interval", "mart_conversations_monthly", "mart_focus_goals_monthly",
    "mart_offers_monthly", "mart_supervision",
]  # fmt: skip
SEEDS = range(3)
VALUES = range(10)


def long_cells(month: str) -> list[tuple[str, str, str]]:
    """The national cells of a month at 12 months and over."""
    return [(month, group, interval) for group in GROUPS for interval, total in INTERVALS.items() if total == "12_plus"]


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
            overlap = chance.choice([0, 60])
            for group in GROUPS:
                for interval in INTERVALS:
                    self.national[month, group, interval] = {bucket: chance.choice([0, 1, 5, 9, 10, 14, 120]) for bucket in BUCKETS}
                    persons = sum(self.national[month, group, interval].values())
                    self.offers[month, group, interval] = chance.randint(0, persons)
            self._fill(month, overlap, chance)

    def _fill(self, month: str, overlap: int, chance: random.Random) -> None:
        """Give the groups at 12 months and over the persons of the municipalities, and some who are in two groups."""
        cells = long_cells(month)
        for cell in cells:
            self.national[cell] = dict.fromkeys(BUCKETS, 0)
        for part in (0, 1):
            for _ in range(self.in_municipalities(month, "conversations", MUNICIPALITIES)[part] + overlap):
                is_odd = chance.random() < 0.02
                cell = chance.choice(cells if is_odd else cells[:2])
                self.national[cell][chance.choice(PARTS[part]) if is_odd else PARTS[part][0]] += 1
        self.spread_offers(month, self.in_municipalities(month, "offers", MUNICIPALITIES)[0] + overlap)

    def in_municipalities(self, month: str, subject: str, codes: Iterable[str]) -> list[int]:
        """Persons who lack something, and the rest, in some municipalities together."""
        return [sum(self.municipal[month, code][subject][part] for code in codes) for part in (0, 1)]

    def in_groups(self, month: str, subject: str) -> list[int]:
        """The same in the groups at 12 months and over."""
        cells = long_cells(month)
        measured = sum(sum(self.national[cell].values()) for cell in cells)
        by_bucket = sum(self.national[cell][bucket] for cell in cells for bucket in LACKING)
        lacking = by_bucket if subject == "conversations" else sum(self.offers[cell] for cell in cells)
        return [lacking, measured - lacking]

    def is_possible(self, month: str) -> bool:
        """Whether the groups hold at least the persons of the municipalities."""
        return all(
            within >= part
            for subject in ("conversations", "offers")
            for within, part in zip(self.in_groups(month, subject), self.in_municipalities(month, subject, MUNICIPALITIES))
        )

    def spread_offers(self, month: str, lacking: int) -> None:
        """Let so many persons of the groups at 12 months and over lack an offer."""
        for cell in long_cells(month):
            self.offers[cell] = min(lacking, sum(self.national[cell].values()))
            lacking -= self.offers[cell]

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


def add_hidden(world: World, month: str, number: int) -> None:
    """More persons in the groups of a month, so many in each part at the most, all in counts under 10."""
    for part in (0, 1):
        left = number
        for cell in long_cells(month):
            for bucket in PARTS[part]:
                more = min(left, max(0, 9 - world.national[cell][bucket]))
                world.national[cell][bucket] += more
                left -= more
        assert not left, "the world has too few small counts"


def add_persons_in_two_groups(world: World, month: str) -> None:
    """So many that the groups of the month are shown."""
    cell = long_cells(month)[0]
    for part in (0, 1):
        world.national[cell][PARTS[part][0]] += 100
    world.spread_offers(month, world.in_municipalities(month, "offers", MUNICIPALITIES)[0] + 100)


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
                for code in withheld:
                    count = value if code == chosen else 0
                    counts = [count, 0] if part == 0 else [0, count]
                    witness.municipal[month, code] = {"conversations": counts, "offers": list(counts)}
                if month not in free:
                    add_hidden(witness, month, value)
                witness.spread_offers(month, witness.in_municipalities(month, "offers", MUNICIPALITIES)[0])
                assert witness.is_possible(month)
            assert witness.export() == export, some


@pytest.mark.parametrize("seed", SEEDS)
def test_every_small_national_count_may_be_anything(seed):
    world = World(seed)
    export, chance = world.export(), random.Random(seed)
    shown = {row[1] for row in export["mart_offers_monthly"] if row[0] == "municipality"}
    free = {str(row[2]) for row in export["mart_conversations_monthly"] if row[3] != "all"}
    hidden = [
        (cell, bucket)
        for cell, counts in world.national.items()
        for bucket, persons in counts.items()
        if persons < 10 and cell[0] in free
    ]
    assert {INTERVALS[cell[2]] for cell, _ in hidden} == {"under_12", "12_plus"}
    for value in VALUES:
        witness = copy.deepcopy(world)
        for cell, bucket in hidden:
            witness.national[cell][bucket] = chance.choice([value, chance.choice(VALUES)])
            witness.offers[cell] = lacking_at(share_of(world, cell), sum(witness.national[cell].values()))
        for month in free:
            for code in MUNICIPALITIES.keys() - shown:
                witness.municipal[month, code] = {"conversations": [0, 0], "offers": [0, 0]}
            witness.spread_offers(month, witness.in_municipalities(month, "offers", MUNICIPALITIES)[0])
            assert witness.is_possible(month)
        assert witness.export() == export, value


@pytest.mark.parametrize("seed", SEEDS)
def test_no_shown_share_tells_a_small_count(seed):
    world = World(seed)
    shown = [row for row in world.export()["mart_offers_monthly"] if row[0] == "country" and row[4] in INTERVALS]
    assert shown
    for row in shown:
        cell = (str(row[2]), row[3], row[4])
        assert world.offers[cell] >= 10 and sum(world.national[cell].values()) - world.offers[cell] >= 10


@pytest.mark.parametrize(("lacking", "is_shown"), [(9, False), (28, False), (29, True), (271, True), (272, False), (291, False)])
def test_shares_near_none_or_all_are_not_shown(lacking, is_shown):
    world = World(0)
    world.national[MONTHS[0], GROUPS[0], "m00"] = dict.fromkeys(BUCKETS, 50)
    world.offers[MONTHS[0], GROUPS[0], "m00"] = lacking
    add_persons_in_two_groups(world, MONTHS[0])
    rows = [row for row in world.export()["mart_offers_monthly"] if row[3] == GROUPS[0] and row[4] == "m00"]
    shown = {str(row[2]): row[-1] for row in rows}.get(MONTHS[0])
    assert shown == (round(lacking / 300, 2) if is_shown else None)


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("subject", ["conversations", "offers"])
def test_one_small_month_withholds_the_year(subject, part):
    world = World(0)
    assert {row[1] for row in world.export()["mart_conversations_monthly"] if row[0] == "municipality"} == {"101", "147"}
    counts = world.municipal["2023-05-01", "147"][subject]
    counts[1 - part] += counts[part] - 9
    counts[part] = 9
    export = world.export()
    for table in ("mart_conversations_monthly", "mart_offers_monthly", "mart_focus_goals_monthly"):
        assert {row[1] for row in export[table] if row[0] == "municipality"} == {"101"}


def test_export_of_the_sample(sample_database, tmp_path):
    publish(sample_database, tmp_path / "published", "aggregates")
    share(tmp_path / "published" / DATABASE, tmp_path / "share")
    persons = as_bytes(row["person_id"] for row in read_table(sample_database, "marts.build_persons"))
    assert len(persons) > 100
    for path in (tmp_path / "share").resolve().rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [person for person in persons if person in content], path.name
    with duckdb.connect(str(tmp_path / "share" / DATABASE), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where column_name like 'persons%' and not internal"
        ).fetchall()
        smallest = {
            (table, column): connection.execute(f"select min({column}) from marts.{table}").fetchone()[0] for table, column in columns
        }
        types = connection.execute(
            "select distinct data_type from duckdb_columns() where column_name like 'persons%' and not internal"
        ).fetchall()
    files = {path.stem for path in (tmp_path / "share" / "parquet").glob("*.parquet")}
    assert tables == SHARED and files == set(SHARED)
    assert types == [("INTEGER",)]
    assert any(smallest.values()) and all(persons is None or persons >= 10 for persons in smallest.values())
