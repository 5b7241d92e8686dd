"""Random batches of new, changed and withdrawn rows for a random delivery."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from scripts.loading.contract import Table, read_contract
from tests.reference.random_delivery import random_delivery
from tests.warehouse import Rows

TABLES = {table.name: table for table in read_contract().tables}
PERSON_TABLES = [table for table in TABLES.values() if any(column.name == "person_id" for column in table.columns)]
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
STEPS = (-400, -40, -31, -2, -1, 1, 2, 5, 31, 40, 400)


class World:
    """All that has happened to some persons, of which a delivery shows what is known on a day."""

    def __init__(self, seed: int, persons: int, known_on: date):
        self.rng = Random(seed)
        self.rows = random_delivery(seed, persons)
        self.known_on = known_on
        self.arrivals = 0

    def delivery(self) -> dict[str, Rows]:
        """The rows known on the day, ends that lie ahead left open where they may be."""
        seen = {name: [self.known(TABLES[name], row) for row in rows] for name, rows in self.rows.items()}
        return {name: [row for row in rows if row] for name, rows in seen.items()}

    def known(self, table: Table, row: dict) -> dict | None:
        """A row as known on the day, or None."""
        if table not in PERSON_TABLES or table.name == "cpr_personer":
            return row
        start = next(row[column.name] for column in table.columns if column.type == "date")
        if start > self.known_on:
            return None
        if table.period and (row[table.period[1]] or LATEST) > self.known_on:
            is_open = next(column.nullable for column in table.columns if column.name == table.period[1])
            return row | {table.period[1]: None} if is_open else None
        return row

    def change(self, size: int) -> None:
        """One batch: rows withdrawn, changed, repeated and moved; persons come and go; now and then the day moves on."""
        for _ in range(size):
            table = self.rng.choice([table for table in PERSON_TABLES if self.rows[table.name]])
            change = self.rng.choice((*(self.shift, self.shift_end, self.mix) * 2, self.withdraw, self.repeat))
            change(table)
        for happening in (self.arrive, self.vanish, self.recount):
            if self.rng.random() < 0.3:
                happening()
        if self.rng.random() < 0.6:
            self.known_on += timedelta(days=self.rng.choice((1, 13, 31, 31, 62)))

    def withdraw(self, table: Table) -> None:
        """A row is no longer delivered."""
        rows = self.rows[table.name]
        rows.pop(self.rng.randrange(len(rows)))

    def repeat(self, table: Table) -> None:
        """A row is delivered twice."""
        self.rows[table.name].append(dict(self.rng.choice(self.rows[table.name])))

    def shift(self, table: Table) -> None:
        """Every date of a row moves."""
        row, step = self.pick(table), timedelta(days=self.rng.choice(STEPS))
        for column in table.columns:
            if column.type == "date" and row[column.name]:
                row[column.name] = min(max(row[column.name] + step, EARLIEST), LATEST)

    def shift_end(self, table: Table) -> None:
        """A period ends on another day, or is open."""
        if not table.period:
            return self.shift(table)
        row, (start, end) = self.pick(table), table.period
        if row[end] is None:
            row[end] = row[start] + timedelta(days=self.rng.choice((0, 3, 100, 400)))
        elif self.rng.random() < 0.1 and next(column.nullable for column in table.columns if column.name == end):
            row[end] = None
        else:
            row[end] = max(row[start], row[end] + timedelta(days=self.rng.choice(STEPS)))

    def mix(self, table: Table) -> None:
        """A row takes a column from another: a code, a number, or the person it is about."""
        row, other = self.pick(table), self.rng.choice(self.rows[table.name])
        names = [column.name for column in table.columns if column.type != "date"]
        name = self.rng.choice(names)
        row[name] = other[name]

    def pick(self, table: Table) -> dict:
        """A copy of a random row put in its place."""
        rows = self.rows[table.name]
        position = self.rng.randrange(len(rows))
        rows[position] = dict(rows[position])
        return rows[position]

    def arrive(self) -> None:
        """Some persons are delivered for the first time."""
        self.arrivals += 1
        new = random_delivery(self.rng.randrange(10**6), 3)
        for table in PERSON_TABLES:
            self.rows[table.name] += [row | {"person_id": f"n{self.arrivals}-{row['person_id']}"} for row in new[table.name]]

    def vanish(self) -> None:
        """A person is no longer delivered, in one table or in any."""
        person = self.rng.choice(self.rows["cpr_personer"])["person_id"]
        tables = PERSON_TABLES if self.rng.random() < 0.7 else [self.rng.choice(PERSON_TABLES)]
        for table in tables:
            self.rows[table.name] = [row for row in self.rows[table.name] if row["person_id"] != person]

    def recount(self) -> None:
        """Figures that are about no person change."""
        name = self.rng.choice(("dst_befolkning", "bm_resultatmaal", "kommune_klynger"))
        if self.rng.random() < 0.1:
            self.rows[name] = []
        for table in (TABLES[name],) * (3 if self.rows[name] else 0):
            self.rng.choice((self.withdraw, self.mix))(table)


def used(delivery: dict[str, Rows]) -> dict[str, Rows]:
    """The rows of a delivery that the loader uses: of rows with one key, or of equal rows, the first."""
    found = {}
    for name, rows in delivery.items():
        key = TABLES[name].key or names_of(TABLES[name])
        found[name] = list({tuple(map(row.get, key)): row for row in reversed(rows)}.values())
    return found


def copies(rows: dict[str, Rows], delivery: dict[str, Rows]) -> dict[str, Rows]:
    """Each of the rows as often as a delivery has it."""
    return {name: [row for row in delivery[name] if row in wanted] for name, wanted in rows.items()}


def names_of(table: Table) -> list[str]:
    """The names of a table's columns."""
    return [column.name for column in table.columns]


def surplus(delivery: dict[str, Rows], other: dict[str, Rows]) -> dict[str, Rows]:
    """The rows of a delivery that another does not hold."""
    found = {}
    for name, rows in delivery.items():
        held = {tuple(map(row.get, names_of(TABLES[name]))) for row in other[name]}
        found[name] = [row for row in rows if tuple(map(row.get, names_of(TABLES[name]))) not in held]
    return {name: rows for name, rows in found.items() if rows}
