"""The mutation check finds the places it promises, changes them as it says, and tells what no test catches."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from scripts.mutation import MutationError, OperatorMutant, ParameterMutant, operators, parameters
from scripts.mutation.checks import Outcome
from scripts.mutation.cli import choose, parse_options, read_equivalents, report
from scripts.mutation.workshop import closing_bracket, split_test
from tests.warehouse import ROOT


def changed(sql: str) -> list[str]:
    """The text after each change of its places, in their order."""
    return [
        sql[: place.position] + place.replacement + sql[place.position + len(place.original) :] for place in operators.places(sql)
    ]


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ("where a < b", ["where a <= b"]),
        ("where a <= b", ["where a < b"]),
        ("where a > b", ["where a >= b"]),
        ("where a >= b", ["where a > b"]),
        ("where a <> b", ["where a = b"]),
        ("select a + 1, a - 1, a + 10, a - 1.5", ["select a + 0, a - 1, a + 10, a - 1.5", "select a + 1, a - 0, a + 10, a - 1.5"]),
        ("where a between b and c", ["where a between 1 + b and c", "where a between b and -1 + c"]),
        ("on (a between f(b, (c)) and d) and e", ["on (a between 1 + f(b, (c)) and d) and e", "on (a between f(b, (c)) and -1 + d) and e"]),
        ("rows between unbounded preceding and 1 preceding", []),
        ("-- a < b\nselect 'a < b', x -> y", []),
        ("{# a < b #}{% if a < b %}{{ f(a < b) }}{% endif %}", []),
        ("{{ merge('x', breaks_when='a > b') }}", ["{{ merge('x', breaks_when='a >= b') }}"]),
    ],
)
def test_places(sql, changes):
    assert changed(sql) == changes


@pytest.mark.parametrize(
    ("value", "sql_type", "column", "expected"),
    [
        ("2023-03-01", "date", [], ["2023-02-28", "2023-03-02"]),
        ("9999-12-31", "date", [], []),
        ("1900-01-01", "date", [], []),
        ("4", "integer", [], ["3", "5"]),
        ("160.33", "decimal(12, 2)", [], ["160.32", "160.34"]),
        ("true", "boolean", [], ["false"]),
        ("a", "varchar", ["a", "b", "c"], ["b"]),
        ("c", "varchar", ["a", "b", "c"], ["a"]),
        ("a", "varchar", ["a", "a"], ["a_"]),
    ],
)
def test_neighbours(value, sql_type, column, expected):
    assert parameters.neighbours(value, sql_type, column) == expected


def test_every_cell_that_decides_is_changed(tmp_path):
    path = tmp_path / "limits.csv"
    path.write_text("goal,percent,valid_to,unit,rule_id,source_section\na,20,2022-12-31,percent,G-01,s\nb,,9999-12-31,percent,G-01,s\n")
    types = {"goal": "varchar", "percent": "integer", "valid_to": "date"}
    found = [(mutant.place, mutant.change) for mutant in parameters.seed_mutants("limits.csv", path, types)]
    assert found == [
        ("a", "row removed"), ("a", "goal a becomes b"), ("a", "percent 20 becomes 19"), ("a", "percent 20 becomes 21"),
        ("a", "valid_to 2022-12-31 becomes 2022-12-30"), ("a", "valid_to 2022-12-31 becomes 2023-01-01"),
        ("b", "row removed"), ("b", "goal b becomes a"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> tuple[Path, list]:
    """A marked copy of the models, macros and seeds, and every change of it."""
    copy = tmp_path_factory.mktemp("mutation")
    for name in ("models", "macros", "seeds"):
        shutil.copytree(ROOT / name, copy / name)
    files = (copy / "seeds").rglob("*.yml")
    seeds = [seed for path in files for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]]
    types = {seed["name"]: seed["config"]["column_types"] for seed in seeds}
    return copy, [*parameters.all_mutants(copy, types), *operators.mark(copy)]


def test_marks_are_comments_and_nothing_else(project):
    for path in operators.source_files(project[0]):
        original = (ROOT / path.relative_to(project[0])).read_text(encoding="utf-8")
        assert re.sub(r"/\*m\d+\*/", "", path.read_text(encoding="utf-8")) == original


def test_changes_have_names_of_their_own(project):
    identities = [mutant.identity for mutant in project[1]]
    assert len(identities) == len(set(identities)) > 3000


def test_equivalents_are_changes_with_a_reason(project):
    assert read_equivalents().keys() <= {mutant.identity for mutant in project[1]}


def test_equivalent_without_a_reason_is_an_error(monkeypatch, tmp_path):
    path = tmp_path / "equivalents.csv"
    path.write_text("file,place,change,reason\na.sql,a < b,< becomes <=, \n")
    monkeypatch.setattr("scripts.mutation.cli.EQUIVALENTS", path)
    with pytest.raises(MutationError, match="no reason is given for a.sql"):
        read_equivalents()


def test_change_is_made_wherever_the_comparison_went():
    mutant = OperatorMutant("a.sql", "a < b", "< becomes <=", 1, "/*m1*/", "<", "<=")
    assert operators.mutated("a /*m1*/< b or c /*m1*/< d or e /*m11*/< f", mutant) == "a /*m1*/<= b or c /*m1*/<= d or e /*m11*/< f"


def test_compiled_unit_test_is_taken_apart():
    sql = "with __dbt__cte__a as (select ')' as x -- )\n), __dbt__cte__b as (select (1)), first as (select 1) select * from first"
    fixtures, body, recursive = split_test(sql)
    assert fixtures == {"a": "select ')' as x -- )\n", "b": "select (1)"}
    assert (body, recursive) == ("first as (select 1) select * from first", False)
    with pytest.raises(MutationError):
        closing_bracket("(", 1)


MUTANT = ParameterMutant("seeds/a.csv", "a", "row removed", 2, "a", (), None, None)


@pytest.mark.parametrize(
    ("kind", "is_listed", "failures", "words"),
    [
        ("survived", False, 1, "SURVIVED seeds/a.csv:2: row removed"),
        ("survived", True, 0, "1 equivalent"),
        ("caught", False, 0, "Score 100.00 %"),
        ("caught", True, 1, "NOT EQUIVALENT"),
        ("invalid", False, 1, "NO SQL"),
    ],
)
def test_report(capsys, kind, is_listed, failures, words):
    equivalents = {MUTANT.identity: "a reason"} if is_listed else {}
    assert report([(MUTANT, Outcome(kind, "unit test t"))], equivalents, 1) == failures
    assert words in capsys.readouterr().out


def test_same_seed_chooses_the_same_changes():
    mutants = [ParameterMutant("seeds/a.csv", str(row), "row removed", row, "a", (), None, None) for row in range(100)]
    options, others = parse_options(["--changes", "10", "--seed", "x"]), parse_options(["--changes", "10", "--seed", "y"])
    assert choose(mutants, options) == choose(mutants, options) != choose(mutants, others)
    assert len(choose(mutants, options)) == 10
