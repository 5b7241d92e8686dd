"""The comparisons of the rule models: where they stand, and how each may be changed.

Every comparison counts as marked, in models/intermediate, models/marts and the macros they use: `<`, `<=`, `>`, `>=`, `<>`,
each side of `between`, and the day more or less (`+ 1`, `- 1`) that turns one into the other. Comments, SQL strings and Jinja
control are no comparisons; SQL handed to a macro as a string is.

The project is compiled once with a comment before each comparison (`/*m12*/<`); the comment travels through every macro
that uses the text, so a change is a replacement after that comment, wherever the comparison ends up.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Iterator, NamedTuple

from scripts.mutation import OperatorMutant

FOLDERS = ("models/intermediate", "models/marts", "macros")
# What holds no rule: settings are texts, tests.sql is the tests themselves; the catalogue and the explanations tell of rules
# and apply none.
LEFT_OUT = (
    "macros/settings.sql",
    "macros/tests.sql",
    "macros/catalogue.sql",
    "macros/explain.sql",
    "models/intermediate/catalogue/*",
    "models/intermediate/explain/*",
)

CHANGES = (
    (re.compile(r"<="), "<"),
    (re.compile(r">="), ">"),
    (re.compile(r"<>"), "="),
    (re.compile(r"(?<!<)<(?![=>])"), "<="),
    (re.compile(r"(?<![<>=-])>(?!=)"), ">="),
    (re.compile(r"(?<= )\+ 1(?![\d.])"), "+ 0"),
    (re.compile(r"(?<= )- 1(?![\d.])"), "- 0"),
)
BETWEEN = re.compile(r"\bbetween\s+(?!unbounded|current|\d+ (?:preceding|following))")
TOKENS = re.compile(
    r"(?P<hidden>\{#.*?#\}|--[^\n]*|'(?:[^']|'')*')|(?P<jinja>\{\{.*?\}\}|\{%.*?%\})", flags=re.DOTALL
)
STRING = re.compile(r"'([^']*)'|\"([^\"]*)\"")


class Place(NamedTuple):
    """One comparison: where the marker goes, the text there, and the text of the change."""

    position: int
    original: str
    replacement: str
    change: str


def only_code(text: str) -> str:
    """The text with comments, SQL strings and Jinja blanked; strings inside Jinja stay, for they may be SQL."""

    def blank(match: re.Match[str]) -> str:
        shown = [" "] * len(match[0])
        if match["jinja"]:
            for string in STRING.finditer(match[0]):
                shown[string.start() + 1 : string.end() - 1] = string[0][1:-1]
        return "".join(shown)

    return TOKENS.sub(blank, text)


def upper_bound(code: str, start: int) -> int | None:
    """Position of the upper bound of a `between` whose lower bound starts at a position; None if there is none."""
    depth = 0
    for match in re.finditer(r"[()]|\band\s+", code[start:]):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth < 0:
            return None
        if depth == 0 and match[0].startswith("and"):
            return start + match.end()
    return None


def places(text: str) -> list[Place]:
    """Every comparison of a file, in order."""
    code = only_code(text)
    found = [
        Place(match.start(), match[0], replacement, f"{match[0]} becomes {replacement}")
        for pattern, replacement in CHANGES
        for match in pattern.finditer(code)
    ]
    for match in BETWEEN.finditer(code):
        upper = upper_bound(code, match.end())
        if upper is not None:
            found.append(Place(match.end(), "", "1 + ", "between without its first"))
            found.append(Place(upper, "", "-1 + ", "between without its last"))
    return sorted(found)


def source_files(project: Path) -> Iterator[Path]:
    """The files whose comparisons are changed."""
    for folder in FOLDERS:
        for path in sorted((project / folder).rglob("*.sql")):
            if not any(path.relative_to(project).match(pattern) for pattern in LEFT_OUT):
                yield path


def mark(project: Path) -> list[OperatorMutant]:
    """Put a marker before each comparison of a (private copy of a) project; returns the changes that can be made there."""
    mutants: list[OperatorMutant] = []
    for path in source_files(project):
        file, text = path.relative_to(project).as_posix(), path.read_text(encoding="utf-8")
        seen: Counter[tuple[str, str]] = Counter()
        pieces, done = [], 0
        for place in places(text):
            line_start = text.rfind("\n", 0, place.position) + 1
            line = text[line_start : (text + "\n").index("\n", place.position)].strip()
            seen[line, place.change] += 1
            nth = seen[line, place.change]
            change = place.change if nth == 1 else f"{place.change} (number {nth})"
            marker = f"/*m{len(mutants)}*/"
            line_number = text.count("\n", 0, place.position) + 1
            mutants.append(OperatorMutant(file, line, change, line_number, marker, place.original, place.replacement))
            pieces += [text[done : place.position], marker]
            done = place.position
        path.write_text("".join([*pieces, text[done:]]), encoding="utf-8")
    return mutants


def mutated(sql: str, mutant: OperatorMutant) -> str:
    """Compiled SQL with the change made everywhere its comparison went."""
    return sql.replace(mutant.marker + mutant.original, mutant.marker + mutant.replacement)
