"""The fast tests, run on a change: unit tests, data tests of the seeds, and the tables of the random delivery.

A unit test's given tables are made once in a database of its own; a change then costs one query. The tables are rebuilt from
the changed place on, only as far as something differs.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, NamedTuple

import duckdb

from scripts.mutation import Mutant, MutationError, OperatorMutant, ParameterMutant
from scripts.mutation.operators import mutated
from scripts.mutation.workshop import Table, UnitTest, Workshop

SECONDS_PER_QUERY = 20
NOT_SQL = (duckdb.BinderException, duckdb.ParserException)


class Outcome(NamedTuple):
    """What became of a change."""

    kind: str  # caught, survived, invalid (the changed text is no SQL)
    by: str  # the test that caught it


SURVIVED = Outcome("survived", "")


def literal(value: object) -> str:
    """A value of a unit test or seed as SQL text."""
    return "null" if value is None else "'" + str(value).replace("'", "''") + "'"


@contextmanager
def time_limit(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Stop a query that a change made endless; duckdb raises InterruptException."""
    timer = threading.Timer(SECONDS_PER_QUERY, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def differing_rows(left: str, right: str) -> str:
    """SQL that counts the rows of two selects, each a list of rows with repeats, that the other lacks."""
    return f"""
        select (select count(*) from (({left}) except all ({right}))) + (select count(*) from (({right}) except all ({left})))
    """


def changed_cell(relation: str, mutant: ParameterMutant) -> str:
    """SQL that makes the change in a table; an empty cell is null in a seed and may be '' in a unit test."""
    where = " and ".join(
        f"coalesce(cast(\"{column}\" as varchar), '') = {literal(value or '')}" for column, value in mutant.row
    )
    if mutant.column is None:
        return f"delete from {relation} where {where}"
    return f'update {relation} set "{mutant.column}" = {literal(mutant.value)} where {where}'


class PreparedTest:
    """A unit test ready to be run again and again."""

    def __init__(self, test: UnitTest, seeds: dict[str, list[tuple]]) -> None:
        """Raises MutationError when the test fails without a change."""
        self.test = test
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        for name, sql in test.fixtures.items():
            self.connection.execute(f"create table __dbt__cte__{name} as {sql}")
        # A seed the test does not mock: only that takes part in a change of the seed.
        self.seeds = {name for name in test.fixtures if name in seeds and self.rows_of(name) == seeds[name]}
        self.with_clause = "with recursive" if test.recursive else "with"
        self.columns = self.make_expected()
        if self.fails(test.body):
            raise MutationError(f"unit test {test.name} fails without any change")

    def rows_of(self, fixture: str) -> list[tuple]:
        return sorted_rows(self.connection.execute(f"select * from __dbt__cte__{fixture}").fetchall())

    def select(self, body: str) -> str:
        """The model's SQL on the given tables."""
        if body.lstrip().lower().startswith("select"):
            return body
        return f"{self.with_clause} {body}"

    def make_expected(self) -> str:
        """Make the table of expected rows; returns the columns compared."""
        described = self.connection.execute(f"describe {self.select(self.test.body)}").fetchall()
        types = {name.lower(): sql_type for name, sql_type, *_ in described}
        rows = self.test.expect_rows
        if isinstance(rows, str):
            self.connection.execute(f"create table expected as {rows}")
            names = list(types)
        else:
            names = list(rows[0]) if rows else list(types)
            declared = ", ".join(f'"{name}" {types[name.lower()]}' for name in names)
            self.connection.execute(f"create table expected ({declared})")
            for row in rows:
                self.connection.execute(f"insert into expected values ({', '.join(literal(row[name]) for name in names)})")
        return ", ".join(f'"{name}"' for name in names)

    def fails(self, body: str) -> bool:
        """Whether the test fails on a changed body; SQL that cannot run raises duckdb.Error."""
        actual, expected = f"select {self.columns} from ({self.select(body)})", f"select {self.columns} from expected"
        with time_limit(self.connection):
            return self.connection.execute(differing_rows(actual, expected)).fetchone()[0] > 0


def sorted_rows(rows: list[tuple]) -> list[tuple]:
    """Rows in an order of their own, empty texts as null."""
    return sorted((tuple(None if value == "" else value for value in row) for row in rows), key=repr)


class Checks:
    """All fast tests of one worker, on its own copy of the database."""

    def __init__(self, workshop: Workshop, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.workshop = workshop
        self.connection = duckdb.connect(
            str(shutil.copy(workshop.database, folder)), config={"threads": 1, "memory_limit": "2GB"}
        )
        seeds = {
            name: sorted_rows(self.connection.execute(f"select * from {seed.relation}").fetchall())
            for name, seed in workshop.seeds.items()
        }
        self.unit_tests = [PreparedTest(test, seeds) for test in workshop.unit_tests]

    def outcome(self, mutant: Mutant) -> Outcome:
        """Run the tests a change can reach, the fastest first, until one catches it."""
        checks = (self.unit_tests_on, self.seed_tests_on, self.tables_on)
        try:
            for check in checks:
                caught_by = check(mutant)
                if caught_by:
                    return Outcome("caught", caught_by)
        except NOT_SQL as error:
            return Outcome("invalid", str(error).splitlines()[0])
        return SURVIVED

    def unit_tests_on(self, mutant: Mutant) -> str | None:
        """The unit test that catches a change."""
        for test in self.unit_tests:
            if isinstance(mutant, OperatorMutant):
                if mutant.marker not in test.test.body:
                    continue
                body, change = mutated(test.test.body, mutant), None
            elif mutant.seed in test.seeds:
                relation = f"__dbt__cte__{mutant.seed}"
                body, change = test.test.body, changed_cell(relation, mutant)
            else:
                continue
            if fails_within(test.connection, change, lambda: test.fails(body)):
                return f"unit test {test.test.name}"
        return None

    def seed_tests_on(self, mutant: Mutant) -> str | None:
        """The data test of the seeds that catches a change."""
        if not isinstance(mutant, ParameterMutant):
            return None
        change = self.seed_change(mutant)
        for name, (sql, seeds) in self.workshop.seed_tests.items():
            if mutant.seed in seeds and fails_within(self.connection, change, lambda: self.has_rows(sql)):
                return f"data test {name}"
        return None

    def seed_change(self, mutant: ParameterMutant) -> str:
        return changed_cell(self.workshop.seeds[mutant.seed].relation, mutant)

    def has_rows(self, sql: str) -> bool:
        with time_limit(self.connection):
            return bool(self.connection.execute(f"select 1 from ({sql}) limit 1").fetchall())

    def tables_on(self, mutant: Mutant) -> str | None:
        """The published table of the random delivery that a change alters."""
        if isinstance(mutant, ParameterMutant):
            change, changed_sql, altered = self.seed_change(mutant), {}, {mutant.seed}
        else:
            change, altered = None, set()
            changed_sql = {
                name: mutated(table.sql, mutant)
                for name, table in self.workshop.tables.items()
                if mutant.marker in table.sql
            }
        found: list[str] = []

        def rebuild() -> bool:
            for table in self.workshop.tables.values():
                if table.name in changed_sql or altered.intersection(table.parents):
                    if self.rebuilt_differs(table, changed_sql.get(table.name, table.sql)):
                        altered.add(table.name)
                        if table.name in self.workshop.published:
                            found.append(table.name)
                            return True
            return False

        if fails_within(self.connection, change, rebuild):
            return f"reference, {found[0]}" if found else "reference, the build fails"
        return None

    def rebuilt_differs(self, table: Table, sql: str) -> bool:
        """Rebuild a table inside the transaction; whether it differs from what it was."""
        if table.is_view:
            self.connection.execute(f"create or replace view {table.relation} as {sql}")
            return True
        with time_limit(self.connection):
            self.connection.execute(f"create or replace temp table rebuilt as {sql}")
        left_out = self.workshop.published.get(table.name, ())
        described = self.connection.execute(f"describe {table.relation}").fetchall()
        compared = ", ".join(
            f'round("{name}", 9)' if sql_type == "DOUBLE" else f'"{name}"'
            for name, sql_type, *_ in described
            if name not in left_out
        )
        differs = differing_rows(f"select {compared} from {table.relation}", f"select {compared} from rebuilt")
        if self.connection.execute(differs).fetchone()[0] == 0:
            return False
        self.connection.execute(f"create or replace table {table.relation} as from rebuilt")
        return True


def fails_within(connection: duckdb.DuckDBPyConnection, change: str | None, test) -> bool:
    """Whether a test fails after a change that is taken back afterwards. A query that cannot run is a failure too."""
    connection.execute("begin")
    try:
        if change:
            connection.execute(change)
        return test()
    except NOT_SQL:
        raise
    except duckdb.Error:
        return True
    finally:
        connection.execute("rollback")
