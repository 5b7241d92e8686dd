"""Explain why a person counted in a measured month, line by line.

    python scripts/explain.py --person ID --month 2023-05 [--group kontanthjaelp] [--language en] [--format csv]

Prints what the view explain.explain_person_months says; the rules are applied in the models, none of them here.
What cannot be explained is one clear line and exit code 1.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import sys
import textwrap
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Iterator

import duckdb

ROOT = Path(__file__).resolve().parents[1]
PERIOD_WIDTH = 23  # two ISO dates and what stands between them
MARGIN = 2 + PERIOD_WIDTH + 1 + 4 + 4 + 2  # columns of a line before its text: indent, period, counted, rule

TEXTS = {
    "da": {
        "counted": {True: "ja", False: "nej", None: ""},
        "title": "{person}, {month}: {group}",
        "legend": "ja og nej: om dagene, samtalen eller tilbuddet tæller i måneden. [kilde: afsnit]",
        "no_database": "databasen {db} findes ikke; byg den med make build",
        "in_use": "databasen {db} er i brug af en anden proces; prøv igen, når den er færdig",
        "not_openable": "databasen {db} kan ikke åbnes: {problem}",
        "not_built": "databasen {db} har ingen forklaringer; byg den med make build",
        "unknown_group": "ydelsesgruppen {group} findes ikke; grupperne er {groups}",
        "month_not_measured": "{month} er ikke en målt måned; der måles fra {first} til {last}",
        "nothing_measured": "ingen måned er målt i {db}",
        "unknown_person": "personen {person} findes hverken i CPR eller i en ydelse i leverancen",
        "never_on_benefit": "personen {person} har ingen ydelse i nogen målt måned",
        "no_benefit": "personen {person} har ingen ydelse i {month}; nærmeste måneder med en ydelse: {nearest}",
        "group_not_held": "personen {person} har ikke {group} i {month}, men {groups}",
    },
    "en": {
        "counted": {True: "yes", False: "no", None: ""},
        "title": "{person}, {month}: {group}",
        "legend": "yes and no: whether the days, the conversation or the offer count in the month. [source: section]",
        "no_database": "there is no database {db}; build it with make build",
        "in_use": "database {db} is in use by another process; try again when it is done",
        "not_openable": "database {db} cannot be opened: {problem}",
        "not_built": "database {db} holds no explanations; build it with make build",
        "unknown_group": "there is no benefit group {group}; the groups are {groups}",
        "month_not_measured": "{month} is not a measured month; those are {first} to {last}",
        "nothing_measured": "no month is measured in {db}",
        "unknown_person": "person {person} is neither in the civil register nor on a benefit in the delivery",
        "never_on_benefit": "person {person} is on no benefit in any measured month",
        "no_benefit": "person {person} is on no benefit in {month}; the nearest months with one: {nearest}",
        "group_not_held": "person {person} is not on {group} in {month}, but on {groups}",
    },
}

Line = dict[str, Any]


class ExplainError(Exception):
    """What keeps a person-month from being explained: the key of a message in TEXTS, and what fills it."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message, self.facts = message, facts

    def in_language(self, language: str) -> str:
        """The message as one line of text."""
        return TEXTS[language][self.message].format(**self.facts)


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database to read. Raises ExplainError."""
    if not path.exists():
        raise ExplainError("no_database", db=path)
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise ExplainError("in_use", db=path) from error
        raise ExplainError("not_openable", db=path, problem=str(error).partition("\n")[0]) from error
    connection.execute("set enable_progress_bar = false")
    return connection


def explain(path: Path, person: str, month: date, group: str | None = None) -> list[Line]:
    """The lines that explain a person in a month, in the order to read them; of one benefit group, or of all.

    Each line has the columns of explain.explain_person_months and the names of its benefit group and section.
    Raises ExplainError.
    """
    with closing(open_database(path)) as connection:
        try:
            lines = read_lines(connection, person, month, group)
            if not lines:
                raise why_nothing(connection, path, person, month, group)
        except duckdb.CatalogException as error:
            raise ExplainError("not_built", db=path) from error
    return lines


def read_lines(connection: duckdb.DuckDBPyConnection, person: str, month: date, group: str | None) -> list[Line]:
    """The lines of the view for a person, month and, when given, benefit group."""
    condition, values = "person_id = ? and measure_month = ?", [person, month]
    if group:
        condition, values = condition + " and lines.benefit_group = ?", [*values, group]
    return read_rows(
        connection,
        f"""
        select
            lines.*,
            benefits.name_da as group_da, benefits.name_en as group_en,
            sections.title_da as section_da, sections.title_en as section_en,
        from explain.explain_person_months as lines
        inner join rules.benefits as benefits on lines.benefit_group = benefits.benefit
        inner join rules.explanation_sections as sections on lines.section = sections.section
        where {condition}
        order by benefits.sort_order, line_number
        """,
        values,
    )


def why_nothing(
    connection: duckdb.DuckDBPyConnection, path: Path, person: str, month: date, group: str | None
) -> ExplainError:
    """Why there is no line for a person, a month and a group."""
    known_groups = [row["benefit"] for row in read_rows(connection, "select benefit from rules.benefits order by sort_order")]
    if group and group not in known_groups:
        return ExplainError("unknown_group", group=group, groups=", ".join(known_groups))
    months = [row["measure_month"] for row in read_rows(connection, "from intermediate.int_months order by measure_month")]
    if not months:
        return ExplainError("nothing_measured", db=path)
    if month not in months:
        first, last = month_text(months[0]), month_text(months[-1])
        return ExplainError("month_not_measured", month=month_text(month), first=first, last=last)
    if not read_rows(connection, "select person_id from intermediate.int_persons where person_id = ?", [person]):
        return ExplainError("unknown_person", person=person)
    held = read_rows(
        connection,
        "select measure_month, benefit_group from explain.explain_population where person_id = ? order by all",
        [person],
    )
    if not held:
        return ExplainError("never_on_benefit", person=person)
    groups = [row["benefit_group"] for row in held if row["measure_month"] == month]
    if groups:
        facts = {"person": person, "group": group, "month": month_text(month), "groups": ", ".join(groups)}
        return ExplainError("group_not_held", **facts)
    nearest = ", ".join(nearest_months(held, month))
    return ExplainError("no_benefit", person=person, month=month_text(month), nearest=nearest)


def nearest_months(held: list[Line], month: date) -> Iterator[str]:
    """The last month before a month, and the first after it, in which something is held, with what is held."""
    before = max((row["measure_month"] for row in held if row["measure_month"] < month), default=None)
    after = min((row["measure_month"] for row in held if row["measure_month"] > month), default=None)
    for near in filter(None, (before, after)):
        groups = [row["benefit_group"] for row in held if row["measure_month"] == near]
        yield f"{month_text(near)} ({', '.join(groups)})"


def read_rows(connection: duckdb.DuckDBPyConnection, query: str, values: list[object] | None = None) -> list[Line]:
    """The rows of a query as dictionaries."""
    cursor = connection.execute(query, values or [])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def month_text(month: date) -> str:
    """A month as 2023-05."""
    return f"{month:%Y-%m}"


# --- Printing --------------------------------------------------------------------------------------------------------


def as_text(lines: list[Line], language: str, width: int, is_coloured: bool = False) -> Iterator[str]:
    """The explanation for a terminal of a width in columns: a heading per benefit group and section, wrapped lines."""
    group = section = None
    for line in lines:
        if line["benefit_group"] != group:
            if group:
                yield ""
            group, section = line["benefit_group"], None
            facts = {"person": line["person_id"], "month": month_text(line["measure_month"]), "group": line[f"group_{language}"]}
            yield bold(TEXTS[language]["title"].format(**facts), is_coloured)
        if line["section"] != section:
            section = line["section"]
            yield ""
            yield bold(line[f"section_{language}"], is_coloured)
        yield from text_of_line(line, language, width)
    yield ""
    yield from textwrap.wrap(TEXTS[language]["legend"], width)


def text_of_line(line: Line, language: str, width: int) -> Iterator[str]:
    """One line of the explanation: period, whether it counts, rule, and the sentence with its source, wrapped."""
    period = " – ".join(str(day) for day in (line["from_date"], line["to_date"]) if day)
    counted = TEXTS[language]["counted"][line["is_counted"]]
    sentence = f"{line[f'text_{language}']} [{line['source']}]"
    first, *rest = textwrap.wrap(sentence, width - MARGIN, break_on_hyphens=False)
    yield f"  {period:<{PERIOD_WIDTH}} {counted:<4}{line['rule_id']}  {first}"
    for part in rest:
        yield " " * MARGIN + part


def bold(text: str, is_coloured: bool) -> str:
    """Text in bold, where the output is a terminal."""
    return f"\033[1m{text}\033[0m" if is_coloured else text


def print_text(lines: list[Line], language: str) -> None:
    """Print for people, between 80 and 100 columns wide."""
    width = min(max(shutil.get_terminal_size((96, 24)).columns, 80), 100)
    is_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for text in as_text(lines, language, width, is_coloured):
        print(text)


def print_csv(lines: list[Line], language: str) -> None:
    """Print a header and a row per line, with the texts in both languages."""
    writer = csv.DictWriter(sys.stdout, fieldnames=list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)


def print_json(lines: list[Line], language: str) -> None:
    """Print a list with an object per line, with the texts in both languages; amounts are numbers."""
    plain = [line if line["amount"] is None else line | {"amount": float(line["amount"])} for line in lines]
    print(json.dumps(plain, ensure_ascii=False, indent=2, default=str))


PRINTERS = {"text": print_text, "csv": print_csv, "json": print_json}


# --- The command line ------------------------------------------------------------------------------------------------


def month_argument(text: str) -> date:
    """A month given as 2023-05, or as any of its days. Raises ArgumentTypeError."""
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text):
        try:
            return date.fromisoformat(text if len(text) > 7 else text + "-01").replace(day=1)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a month such as 2023-05")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 explained, 1 nothing to explain (2: wrong arguments)."""
    parser = argparse.ArgumentParser(description="Explain why a person counted in a measured month.")
    parser.add_argument("--person", required=True, help="person_id as in the delivery")
    parser.add_argument("--month", required=True, type=month_argument, help="measured month, 2023-05 or 2023-05-01")
    parser.add_argument("--group", help="benefit group, such as kontanthjaelp (default: all the person has in the month)")
    parser.add_argument("--language", choices=sorted(TEXTS), default="da", help="language of the text (default: da)")
    parser.add_argument("--format", choices=sorted(PRINTERS), default="text", help="text, csv or json (default: text)")
    parser.add_argument(
        "--db", type=Path, default=os.environ.get("FOKUSMAAL_DB") or ROOT / "fokusmaal.duckdb", help="database file"
    )
    options = parser.parse_args(arguments)
    try:
        lines = explain(Path(options.db), options.person, options.month, options.group)
    except ExplainError as error:
        print(f"error: {error.in_language(options.language)}", file=sys.stderr)
        return 1
    PRINTERS[options.format](lines, options.language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
