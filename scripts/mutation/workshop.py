"""A private copy of the project with every comparison marked, built and compiled once; the user's tree is only read.

The data is the random delivery of tests/test_against_reference.py, whose tables that test shows to equal the plain-Python
reading of the rules: a change that alters one of them makes that test fail.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from scripts.load import load_delivery
from scripts.mutation import Mutant, MutationError, operators, parameters
from tests.reference.random_delivery import random_delivery
from tests.test_against_reference import CASES, KEYS, TEXT_COLUMNS
from tests.warehouse import write_csv_delivery

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("analyses", "macros", "models", "seeds", "tests/data", "dbt_project.yml", "profiles.yml")
SETTINGS = ("FOKUSMAAL_AS_OF", "FOKUSMAAL_FIRST_MONTH", "FOKUSMAAL_LAST_MONTH")


@dataclass(frozen=True)
class UnitTest:
    """A dbt unit test: the tables it gives, the SQL of its model on them, and the rows it expects."""

    name: str
    fixtures: dict[str, str]  # SQL by table
    body: str  # what follows the fixtures in the compiled test
    recursive: bool
    expect_rows: list[dict] | str  # rows, or SQL that selects them


@dataclass(frozen=True)
class Table:
    """A model or seed of the copy."""

    name: str
    relation: str
    sql: str  # compiled; empty for a seed
    is_view: bool
    parents: tuple[str, ...]  # names


@dataclass(frozen=True)
class Workshop:
    """Everything a worker needs; made once."""

    database: Path
    tables: dict[str, Table]  # in building order
    seeds: dict[str, Table]
    unit_tests: list[UnitTest]
    seed_tests: dict[str, tuple[str, tuple[str, ...]]]  # data test -> (compiled SQL, the seeds it reads)
    published: dict[str, tuple[str, ...]]  # mart -> columns left out of the comparison
    mutants: list[Mutant]


def split_test(sql: str) -> tuple[dict[str, str], str, bool]:
    """Take a compiled unit test apart: the SQL of each given table, the rest, whether it is recursive."""
    head = re.search(r"\bwith\s+(recursive\s+)?(?=__dbt__cte__)", sql)
    if head is None:
        raise MutationError("a compiled unit test gives no table")
    fixtures: dict[str, str] = {}
    position = head.end()
    while opening := re.compile(r"__dbt__cte__(\w+) as \(").match(sql, position):
        end = closing_bracket(sql, opening.end())
        fixtures[opening[1]] = sql[opening.end() : end]
        comma = re.compile(r"\s*,\s*").match(sql, end + 1)
        position = comma.end() if comma else end + 1
    return fixtures, re.sub(r"--[^\n]*", "", sql[position:]), bool(head[1])


def closing_bracket(sql: str, start: int) -> int:
    """Position of the bracket that closes the one before start; strings and comments are stepped over."""
    depth = 1
    for token in re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|[()]").finditer(sql, start):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if depth == 0:
            return token.start()
    raise MutationError("a compiled unit test does not close a bracket")


def run_dbt(project: Path, database: Path, as_of: str, *arguments: str) -> dict:
    """Run dbt in the copy; returns the manifest. Raises MutationError with the first lines of what went wrong."""
    environment = os.environ | {"FOKUSMAAL_DB": str(database), "DO_NOT_TRACK": "1"} | dict.fromkeys(SETTINGS, "")
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", *arguments]
    result = subprocess.run(
        command, cwd=project, env=environment | {"FOKUSMAAL_AS_OF": as_of}, capture_output=True, text=True
    )
    if result.returncode:
        raise MutationError("dbt fails without any change: " + " ".join((result.stdout + result.stderr).split())[:500])
    return json.loads((project / "target" / "manifest.json").read_text(encoding="utf-8"))


def load_random_delivery(folder: Path, database: Path) -> str:
    """Load the random delivery; returns the date it is to be read at."""
    seed, settings = CASES[0]
    with (folder / "load.log").open("w", encoding="utf-8") as log, redirect_stderr(log):
        load_delivery(write_csv_delivery(random_delivery(seed, settings.persons), folder / "raw"), database)
    return settings.as_of.isoformat()


def own(manifest: dict, kind: str) -> dict[str, dict]:
    """Nodes of one kind."""
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == kind}


def seed_only_tests(manifest: dict) -> dict[str, dict]:
    """Data tests that read nothing but seeds."""
    return {
        key: test
        for key, test in own(manifest, "test").items()
        if test["depends_on"]["nodes"] and all(parent.startswith("seed.") for parent in test["depends_on"]["nodes"])
    }


def read_tables(manifest: dict, kind: str) -> dict[str, Table]:
    """Tables of one kind, parents first."""
    nodes, ordered = own(manifest, kind), {}

    def visit(key: str) -> None:
        node = nodes[key]
        if node["name"] in ordered:
            return
        parents = [parent for parent in node.get("depends_on", {}).get("nodes", [])]
        for parent in parents:
            if parent in nodes:
                visit(parent)
        names = tuple(parent.split(".")[-1] for parent in parents if not parent.startswith("source."))
        is_view = node["config"]["materialized"] == "view"
        ordered[node["name"]] = Table(node["name"], node["relation_name"], node.get("compiled_code") or "", is_view, names)

    for key in nodes:
        visit(key)
    return ordered


def read_unit_tests(project: Path, manifest: dict) -> list[UnitTest]:
    """The unit tests as compiled."""
    compiled = {path.stem: path for path in (project / "target" / "compiled").rglob("*__unit_tests.yml/**/*.sql")}
    tests = []
    for test in manifest["unit_tests"].values():
        fixtures, body, recursive = split_test(compiled[test["name"]].read_text(encoding="utf-8"))
        tests.append(UnitTest(test["name"], fixtures, body, recursive, test["expect"]["rows"]))
    return tests


def open_workshop(folder: Path) -> Workshop:
    """Copy, mark, build and compile the project in an empty folder. Raises MutationError when its tests fail unchanged."""
    project, database = folder / "project", folder / "warehouse.duckdb"
    for name in COPIED:
        source, target = ROOT / name, project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    operator_mutants = operators.mark(project)
    as_of = load_random_delivery(folder, database)
    built = run_dbt(project, database, as_of, "build", "--exclude-resource-type", "unit_test", "test")
    seed_tests = seed_only_tests(built)
    tested = run_dbt(project, database, "", "test", "--select", "test_type:unit", *(test["name"] for test in seed_tests.values()))
    seed_types = {seed["name"]: seed["config"]["column_types"] for seed in own(built, "seed").values()}
    return Workshop(
        database,
        read_tables(built, "model"),
        read_tables(built, "seed"),
        read_unit_tests(project, tested),
        {
            test["name"]: (test["compiled_code"], tuple(parent.split(".")[-1] for parent in test["depends_on"]["nodes"]))
            for key, test in own(tested, "test").items()
            if key in seed_tests
        },
        {mart: tuple(TEXT_COLUMNS) for mart in KEYS},
        [*parameters.all_mutants(project, seed_types), *operator_mutants],
    )
