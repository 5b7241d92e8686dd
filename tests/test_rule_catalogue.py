"""The rule catalogue: its cases stand in the tests they name, its page is up to date, and an orphan fails the build."""

from __future__ import annotations

import csv
import re

import duckdb
import pytest

from scripts.rule_page import PAGE, page
from tests.warehouse import ROOT, run_dbt

CATALOGUE = ROOT / "seeds" / "catalogue"
ORPHAN_TESTS = ["rules_have_no_orphans", "seeds_are_cited"]


def rows_of(seed: str) -> list[dict[str, str]]:
    """Rows of a seed of the catalogue."""
    with (CATALOGUE / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def blocks(pattern: str, start: str) -> dict[str, str]:
    """Text of each test of the files that match a pattern, by name. start: expression of a test's first line."""
    found = {}
    for path in ROOT.glob(pattern):
        text = path.read_text(encoding="utf-8")
        starts = list(re.finditer(start, text, flags=re.MULTILINE))
        ends = [match.start() for match in starts[1:]] + [len(text)]
        found |= {match[1]: text[match.start() : end] for match, end in zip(starts, ends)}
    return found


@pytest.fixture(scope="module")
def tests() -> dict[str, str]:
    """Text of every dbt unit test, data test and pytest function, by name."""
    data_tests = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("tests/data/*.sql")}
    unit_tests = blocks("models/**/*__unit_tests.yml", r"^  - name: (\w+)$")
    return data_tests | unit_tests | blocks("tests/test_*.py", r"^def (test_\w+)\(")


@pytest.mark.parametrize("row", rows_of("rule_tests"), ids=lambda row: f"{row['rule_id']} {row['side']}: {row['test_case']}")
def test_case_stands_in_its_test(row, tests):
    assert row["test"] in tests, "no such test"
    assert row["test_case"] in tests[row["test"]]


def test_sides_are_different_cases():
    cases: dict[tuple[str, str], set[str]] = {}
    for row in rows_of("rule_tests"):
        cases.setdefault((row["test"], row["test_case"]), set()).add(f"{row['rule_id']} {row['side']}")
    for claims in cases.values():
        rules = [claim.split()[0] for claim in claims]
        assert len(rules) == len(set(rules)), claims


def test_statements_are_sentences():
    for row in rows_of("rule_catalogue"):
        assert row["statement"].endswith(".") and row["boundary"].endswith("."), row["rule_id"]
        assert row["reading"] == "" or row["reading"].endswith("."), row["rule_id"]


def test_page_is_up_to_date(sample_database):
    assert PAGE.read_text(encoding="utf-8") == page(sample_database), "docs/rules.md is old: make rules"


# Each makes one orphan in the built tables.
ORPHANS = {
    "rule without model": "delete from marts.rule_traces where rule_id = 'C-09' and kind = 'model'",
    "model that names an unknown rule": "insert into marts.rule_traces (rule_id, kind, name) values ('C-99', 'model', 'm')",
    "parameter of an unknown rule": "update rules.benefits set rule_id = 'B-99' where benefit = 'fleksjob'",
    "parameter without a document": "update rules.benefits set source_document = null where benefit = 'fleksjob'",
    "parameter of a document that is none": "update rules.benefits set source_document = '005' where benefit = 'fleksjob'",
    "parameter without a section": "update rules.benefits set source_section = ' ' where benefit = 'fleksjob'",
    "boundary without a test inside": "delete from rules.rule_tests where rule_id = 'B-06' and side = 'holds'",
    "boundary without a test outside": "delete from rules.rule_tests where rule_id = 'B-06' and side = 'does not hold'",
    "side that is none": "update rules.rule_tests set side = 'beside' where rule_id = 'C-08'",
    "test that does not exist": "update rules.rule_tests set test = 'gone' where rule_id = 'C-08'",
    "test that does not name the rule": "update rules.rule_tests set rule_id = 'C-01' where rule_id = 'C-08'",
    "test of a rule without a boundary": "update marts.dim_rule set has_boundary = false where rule_id = 'C-08'",
    "reading no rule rests on": "update marts.dim_rule set reading = null where rule_id = 'C-09'",
}


@pytest.fixture(scope="module")
def orphan_tests(sample_database, tmp_path_factory) -> dict[str, str]:
    """The tests against orphans, which pass, as SQL that gives the orphans they find."""
    target = tmp_path_factory.mktemp("target")
    run_dbt(sample_database, "test", "--select", *ORPHAN_TESTS, "--target-path", str(target), "--log-path", str(target))
    return {path.stem: path.read_text(encoding="utf-8") for path in target.glob("compiled/**/tests/data/*.sql")}


def test_catalogue_has_no_orphans(orphan_tests):
    assert sorted(orphan_tests) == sorted(ORPHAN_TESTS)


@pytest.mark.parametrize("orphan", ORPHANS)
def test_orphan_is_found(sample_database, orphan_tests, orphan):
    with duckdb.connect(str(sample_database)) as connection:
        connection.execute("begin")
        connection.execute(ORPHANS[orphan])
        assert any(connection.execute(sql).fetchall() for sql in orphan_tests.values())
        connection.execute("rollback")
