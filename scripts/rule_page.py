"""Write docs/rules.md, the page of the rule catalogue, from the built marts: rule, source, parameters, models, tests.

    python scripts/rule_page.py [--db FILE] [--out FILE]

The page holds what marts.dim_rule and marts.rule_traces hold; it does not depend on the delivery that was built.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Iterator, NamedTuple

import duckdb

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "rules.md"
# Seeds with more rows than this for a rule are folded away.
FOLDED_FROM = 13
RULE_ID = re.compile(r"\b[A-Z]-\d\d\b")
OPEN_START, OPEN_END = date(1900, 1, 1), date(9999, 12, 31)

INTRODUCTION = """# Rules

Every rule of this warehouse with its source, the parameters it rests on, the models that apply it and the tests that hold it.
The rules are a seed (`seeds/catalogue/rule_catalogue.csv`); the rest of the page is read from the project. As tables:
`marts.dim_rule` and `marts.rule_traces`. `make rules` writes the page anew.
"""


class Rule(NamedTuple):
    """A row of dim_rule."""

    rule_id: str
    area: str
    title: str
    statement: str
    reading: str | None
    has_boundary: bool
    boundary: str
    valid_from: date
    valid_to: date
    valid_for: str
    source_document: str
    source_title: str
    source_section: str


class Trace(NamedTuple):
    """A row of rule_traces."""

    rule_id: str
    kind: str
    name: str
    detail: str | None
    valid_from: date | None
    valid_to: date | None
    source_document: str | None
    source_section: str | None


class RulePageError(Exception):
    """The page cannot be written; the message is one line for the user."""


def read_catalogue(database: Path) -> tuple[list[Rule], dict[str, list[Trace]]]:
    """Rules in the order of the page, and the traces of each. Raises RulePageError without the marts."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            # Interpretations last; else in the order of the catalogue.
            rules = connection.execute(f"""
                select {", ".join(f"rules.{name}" for name in Rule._fields)}
                from marts.dim_rule as rules
                order by rules.area = 'Interpretations', strpos('BSDTMECOHGVKX', rules.rule_id[1]), rules.rule_id
            """).fetchall()
            traces = connection.execute(f"select {', '.join(Trace._fields)} from marts.rule_traces order by all").fetchall()
    except duckdb.Error as error:
        raise RulePageError(f"{database}: {str(error).splitlines()[0]}") from error
    by_rule: dict[str, list[Trace]] = defaultdict(list)
    for trace in map(Trace._make, traces):
        by_rule[trace.rule_id].append(trace)
    return [Rule._make(rule) for rule in rules], by_rule


def file_names() -> dict[str, str]:
    """Path from the page of each model, seed and test in a file of its own."""
    paths = [*ROOT.glob("models/**/*.sql"), *ROOT.glob("seeds/**/*.csv"), *ROOT.glob("tests/data/*.sql")]
    names = {path.stem: f"../{path.relative_to(ROOT).as_posix()}" for path in paths}
    for path in ROOT.glob("models/**/*__unit_tests.yml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("  - name: "):
                names[line.removeprefix("  - name: ")] = f"../{path.relative_to(ROOT).as_posix()}"
    return names


def period(valid_from: date | None, valid_to: date | None) -> str:
    """A validity in words; empty when it has neither beginning nor end."""
    words = []
    if valid_from and valid_from != OPEN_START:
        words.append(f"from {valid_from}")
    if valid_to and valid_to != OPEN_END:
        words.append(f"to {valid_to}")
    return " ".join(words)


def cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|")


def link(name: str, files: dict[str, str]) -> str:
    return f"[`{name}`]({files[name]})" if name in files else f"`{name}`"


def parameter_lines(traces: list[Trace], files: dict[str, str]) -> Iterator[str]:
    """A table of parameter rows per seed, long ones folded."""
    by_seed: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        by_seed[trace.name].append(trace)
    for seed, rows in by_seed.items():
        values = [row for row in rows if row.detail]
        if not values:
            yield f"- {link(seed, files)}: columns of rows that serve another rule."
            continue
        yield f"- {link(seed, files)}, {len(values)} row{'s' if len(values) > 1 else ''}:"
        folded = len(values) >= FOLDED_FROM
        yield "\n<details><summary>rows</summary>\n" if folded else ""
        yield "| parameter | valid | source |\n|---|---|---|"
        for row in values:
            citation = f"{row.source_document}, {row.source_section}"
            yield f"| {cell(row.detail)} | {period(row.valid_from, row.valid_to)} | {cell(citation)} |"
        yield "\n</details>\n" if folded else ""


def test_lines(traces: list[Trace], files: dict[str, str]) -> Iterator[str]:
    """The cases on each side of the boundary, then the other tests that name the rule."""
    cases = [trace for trace in traces if trace.detail]
    if cases:
        yield "| boundary | case | test |\n|---|---|---|"
        for trace in sorted(cases, key=lambda trace: (trace.name, trace.detail.startswith("does"))):
            side, _, case = trace.detail.partition(": ")
            yield f"| {side} | `{cell(case)}` | {link(trace.name, files)} |"
        yield ""
    others = [link(trace.name, files) for trace in traces if not trace.detail]
    if others:
        yield f"Also: {', '.join(others)}." if cases else f"{', '.join(others)}."


def linked(text: str) -> str:
    """Text with its rule ids as links."""
    return RULE_ID.sub(lambda match: f"[{match[0]}](#{match[0].lower()})", text)


def rule_lines(rule: Rule, traces: list[Trace], resting: list[str], files: dict[str, str]) -> Iterator[str]:
    """The section of one rule. resting: the rules that rest on it, when it is a reading."""
    kinds: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        kinds[trace.kind].append(trace)
    yield f'\n### <a id="{rule.rule_id.lower()}"></a>{rule.rule_id} {rule.title}\n'
    yield f"{linked(rule.statement)}\n"
    valid = period(rule.valid_from, rule.valid_to)
    yield f"- Source: {rule.source_document} ({rule.source_title}), {rule.source_section}"
    if valid:
        yield f"- Valid: {rule.valid_for} {valid}"
    if rule.reading:
        yield f"- {'Why' if rule.area == 'Interpretations' else 'Reading'}: {linked(rule.reading)}"
    if resting:
        yield f"- Taken in: {linked(', '.join(resting))}"
    yield f"- {'Boundary' if rule.has_boundary else 'No boundary'}: {rule.boundary}"
    if kinds["parameter"]:
        yield "\n**Parameters**\n"
        yield from parameter_lines(kinds["parameter"], files)
    if kinds["model"]:
        yield "\n**Models**\n"
        yield f"{', '.join(link(trace.name, files) for trace in kinds['model'])}"
    if kinds["test"]:
        yield "\n**Tests**\n"
        yield from test_lines(kinds["test"], files)


def page(database: Path) -> str:
    """The whole page. Raises RulePageError when the marts cannot be read."""
    rules, traces = read_catalogue(database)
    files = file_names()
    by_area: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_area[rule.area].append(rule)
    lines = [INTRODUCTION]
    for area, members in by_area.items():
        links = ", ".join(f"[{rule.rule_id}](#{rule.rule_id.lower()} \"{rule.title}\")" for rule in members)
        lines.append(f"- **{area}**: {links}")
    for area, members in by_area.items():
        lines.append(f"\n## {area}")
        for rule in members:
            resting = [other.rule_id for other in rules if rule.rule_id in RULE_ID.findall(other.reading or "")]
            lines += rule_lines(rule, traces[rule.rule_id], resting, files)
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write the page of the rule catalogue from the built marts.")
    database = os.environ.get("FOKUSMAAL_DB") or ROOT / "fokusmaal.duckdb"
    parser.add_argument("--db", type=Path, default=database, help="database file with the marts")
    parser.add_argument("--out", type=Path, default=PAGE, help="file to write")
    options = parser.parse_args(arguments)
    try:
        text = page(Path(options.db))
    except RulePageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    options.out.write_text(text, encoding="utf-8")
    print(f"rules written: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
