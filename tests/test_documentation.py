"""Whatever a reader can meet is described, the descriptions fit the tables, and every rule id named is a rule.

The project is compiled and its models are made, without a row, from an empty delivery: so the columns compared are
those the SQL gives.
"""

from __future__ import annotations

import csv
import json
import re
from graphlib import TopologicalSorter
from typing import Iterator, NamedTuple

import duckdb
import pytest

from scripts.load import load_delivery
from tests.warehouse import CONTRACT, ROOT, run_dbt, write_csv_delivery

with (ROOT / "seeds" / "catalogue" / "rule_catalogue.csv").open(encoding="utf-8", newline="") as catalogue:
    RULES = [row["rule_id"] for row in csv.DictReader(catalogue)]
RULE_ID = re.compile(r"\b[A-Z]-\d\d\b")


class Project(NamedTuple):
    """The project's nodes by kind, and the columns of every table in order."""

    models: dict[str, dict]
    seeds: dict[str, dict]
    sources: dict[str, dict]
    macros: dict[str, dict]
    exposures: dict[str, dict]
    columns: dict[str, list[str]]

    @property
    def tables(self) -> dict[str, dict]:
        return self.models | self.seeds | self.sources

    @property
    def rule_models(self) -> dict[str, dict]:
        """Every model but those of staging, which only rename and cast."""
        return {key: model for key, model in self.models.items() if model["config"]["schema"] != "staging"}


def own(nodes: dict[str, dict], kind: str) -> dict[str, dict]:
    """The nodes of one resource type that belong to this project."""
    return {
        key: node for key, node in nodes.items() if node["resource_type"] == kind and node["package_name"] == "fokusmaal"
    }


def table_columns(database, models: dict[str, dict], seeds: dict[str, dict], sources: dict[str, dict]) -> dict[str, list[str]]:
    """Make every model without a row, in the order they need each other; returns the columns of all tables."""
    order = TopologicalSorter({key: [up for up in model["depends_on"]["nodes"] if up in models] for key, model in models.items()})
    with duckdb.connect(str(database)) as connection:
        for schema in {node["schema"] for node in models.values()}:
            connection.execute(f"create schema if not exists {schema}")
        for key in order.static_order():
            connection.execute(f"create table {models[key]['relation_name']} as {models[key]['compiled_code']}")
        return {
            key: [column[0] for column in connection.execute(f"describe {node['relation_name']}").fetchall()]
            for key, node in (models | seeds | sources).items()
        }


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """The compiled project; a warning, such as a described argument that a macro does not have, is an error."""
    folder = tmp_path_factory.mktemp("documentation")
    database, target = folder / "empty.duckdb", folder / "target"
    load_delivery(write_csv_delivery({}, folder / "raw"), database)
    options = ["--target-path", str(target), "--log-path", str(folder), "--warn-error", "--no-populate-cache"]
    run_dbt(database, "seed", *options)
    run_dbt(database, "compile", "--select", "resource_type:model", *options)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    models, seeds = own(manifest["nodes"], "model"), own(manifest["nodes"], "seed")
    sources, macros = own(manifest["sources"], "source"), own(manifest["macros"], "macro")
    return Project(
        models, seeds, sources, macros, own(manifest["exposures"], "exposure"), table_columns(database, models, seeds, sources)
    )


def described_columns(node: dict) -> list[str]:
    """Columns of a table with a description."""
    return [name for name, column in node["columns"].items() if column["description"].strip()]


def descriptions(project: Project) -> Iterator[tuple[str, str]]:
    """Every description of the project with the name of what it describes."""
    for key, node in (project.tables | project.macros | project.exposures).items():
        yield key, node["description"]
    for key, node in project.tables.items():
        yield from ((f"{key}.{name}", column["description"]) for name, column in node["columns"].items())
    for key, macro in project.macros.items():
        yield from ((f"{key}.{argument['name']}", argument["description"]) for argument in macro["arguments"])
    for key, source in project.sources.items():
        yield f"source of {key}", source["source_description"]


def test_everything_has_a_description(project):
    missing = [name for name, description in descriptions(project) if not description.strip()]
    assert not missing, "without a description:\n" + "\n".join(missing)


def test_described_columns_are_those_of_the_table(project):
    wrong = []
    for key, node in project.tables.items():
        described, built = set(described_columns(node)), set(project.columns[key])
        wrong += [f"{key}.{column} is not described" for column in sorted(built - described)]
        wrong += [f"{key}.{column} does not exist" for column in sorted(set(node["columns"]) - built)]
    assert not wrong, "\n".join(wrong)


def test_seed_columns_are_those_of_the_file(project):
    wrong = []
    for key, seed in project.seeds.items():
        header = (ROOT / seed["original_file_path"]).read_text(encoding="utf-8").partition("\n")[0].split(",")
        if header != project.columns[key] or header != list(seed["columns"]):
            wrong.append(f"{key}: the file has {header}")
    assert not wrong, "column_types or columns differ:\n" + "\n".join(wrong)


def test_sources_equal_raw_contract(project):
    contract = {
        table: [column["name"] for column in spec["columns"]] + ["row_number"] for table, spec in CONTRACT["tables"].items()
    }
    sources = {source["name"]: list(source["columns"]) for source in project.sources.values()}
    loaders_own = {"quarantined_rows", "load_log"}
    assert {name: columns for name, columns in sources.items() if name not in loaders_own} == contract
    assert loaders_own <= sources.keys()


def test_models_name_a_rule(project):
    named = re.compile(rf"{RULE_ID.pattern}|Every rule")
    silent = [key for key, model in project.rule_models.items() if not named.search(model["description"])]
    assert not silent, "no rule id in the description:\n" + "\n".join(silent)


def test_headers_and_descriptions_name_rules_that_exist(project):
    texts = list(descriptions(project))
    for key, model in project.rule_models.items():
        header = re.match(r"(--.*\n)+", model["raw_code"] + "\n")
        assert header, f"{key} does not begin with a comment"
        texts.append((f"header of {key}", header[0]))
    unknown = [f"{name}: {rule}" for name, text in texts for rule in RULE_ID.findall(text) if rule not in RULES]
    assert not unknown, "no such rule:\n" + "\n".join(unknown)
