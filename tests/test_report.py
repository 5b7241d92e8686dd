"""The report: what may be shown, how it is written, what happens when it cannot be.

The attack reads the written pages and nothing else, adds all that is public (numbers of inhabitants) and what a reader
could at best know (totals without rounding, persons in two groups), and tries to narrow every hidden count.
"""

from __future__ import annotations

import calendar
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from scripts.report import danish, texts
from scripts.report.charts import INDICATOR_SIZE, Lines, line_chart, sparkline, templates, tick_step, ticks, top_of
from scripts.report.cli import main
from scripts.report.disclosure import (
    FEW,
    FEW_PERSONS,
    HIDDEN,
    HIGH,
    LOW,
    SHOWN,
    SMALL,
    UNBOUNDED,
    Figure,
    Hidden,
    Part,
    average_share,
    day_share,
    hidden_count,
    larger_share,
    leaves_free,
    person_share,
    population_share,
)
from scripts.report.marts import Benchmark, Counts, Supervision
from scripts.report.pages import figure_text
from scripts.report.site import MARK, write_report
from tests.warehouse import ROOT

SPACE = "\u00a0"
UNKNOWN = 1e9
COUNTED = {
    "mart_conversations_monthly": [
        f"persons_{count}" for count in ("0", "1", "2", "3", "4", "5_plus", "measured", "under_4", "exempt")
    ],
    "mart_offers_monthly": [
        f"persons_{count}" for count in ("measured", "with_offer", "hours_only", "without", "exempt")
    ],
    "mart_kl_benchmark_monthly": ["numerator", "denominator"],
}
LACKING = {
    "offers": ("mart_offers_monthly", "persons_without"),
    "conversations": ("mart_conversations_monthly", "persons_under_4"),
}
FACTORS = (3, 8, 40)


def marts_of(database: Path, target: Path, factor: int = 1) -> Path:
    """A small database with the marts and rules of another, every count so many times as large."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{database}' as source (read_only)")
        connection.execute("create schema marts; create schema rules;")
        tables = connection.execute(
            """
            select schema_name, table_name from duckdb_tables()
            where database_name = 'source' and schema_name in ('marts', 'rules') and table_name not like 'fct%'
            """
        ).fetchall()
        for schema, table in tables:
            connection.execute(f"create table {schema}.{table} as from source.{schema}.{table}")
        for table, columns in COUNTED.items():
            changes = ", ".join(f"{column} = {column} * {factor}" for column in columns)
            connection.execute(f"update marts.{table} set {changes}")
    return target


@pytest.fixture(scope="module")
def small_marts(sample_database, tmp_path_factory):
    """The marts of the sample, as they are."""
    return marts_of(sample_database, tmp_path_factory.mktemp("marts") / "sample.duckdb")


@pytest.fixture(scope="module", params=FACTORS)
def site(request, small_marts, tmp_path_factory):
    """A written report of the sample with larger counts, with the database it is written from."""
    folder = tmp_path_factory.mktemp("site")
    database = marts_of(small_marts, folder / "report.duckdb", request.param)
    write_report(database, folder / "site")
    return Site(database, folder / "site")


def changed(database: Path, target: Path, *statements: str) -> Path:
    """A copy of a database after some statements."""
    target.write_bytes(database.read_bytes())
    with duckdb.connect(str(target)) as connection:
        for statement in statements:
            connection.execute(statement)
    return target


# --- Reading the pages -----------------------------------------------------------------------------------------------


@dataclass
class Table:
    """A table of a page: attributes of the element, and its rows as texts."""

    attributes: dict
    rows: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """Texts, tables and chart coordinates of a page."""

    def __init__(self, path: Path):
        super().__init__()
        self.tables: list[Table] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.html = path.read_text(encoding="utf-8")
        self._cell: list[str] | None = None
        self._silent = 0
        self.feed(self.html)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.words.append(" " if tag in ("p", "td", "th", "li", "text", "h1", "h2", "h3") else "")
        if attributes.get("aria-label"):
            self.words.append(f" {attributes['aria-label']} ")
        if tag == "table":
            self.tables.append(Table(attributes))
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag == "a":
            self.links.append(attributes["href"])
        elif tag in ("style", "script"):
            self._silent += 1
        elif self._cell is not None and "on-phone" in attributes.get("class", ""):
            self._cell.append("|")

    def handle_endtag(self, tag):
        if tag in ("style", "script"):
            self._silent -= 1
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1].rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data):
        if self._silent:
            return
        self.words.append(data)
        if self._cell is not None:
            self._cell.append(data)

    def table(self, **attributes: str) -> Table | None:
        """The table with these data attributes."""
        wanted = {f"data-{name}": value for name, value in attributes.items()}
        return next((table for table in self.tables if wanted.items() <= table.attributes.items()), None)


PERCENT = r"(\d+(?:,\d+)?) %"


def share_interval(text: str) -> tuple[float, float] | None:
    """What a written share says of the true one; None when it says nothing."""
    match = re.search(PERCENT, text.replace(SPACE, " "))
    if match is None:
        return None
    value = float(match.group(1).replace(",", ".")) / 100
    if "under" in text:
        return 0.0, value
    if "over" in text:
        return value, 1.0
    half = 0.0005 if "ca." not in text else 0.0025 if "," in text else 0.005
    return max(0.0, value - half), min(1.0, value + half)


def is_exact(text: str) -> bool:
    """Whether a share is written with its decimal."""
    return re.fullmatch(r"\d+,\d %", text.replace(SPACE, " ")) is not None


def whole(text: str) -> int | None:
    """A written number of persons; None when there is none."""
    match = re.fullmatch(r"[\d.]+", text)
    return int(text.replace(".", "")) if match else None


@dataclass
class Site:
    """A written report and the truth behind it."""

    database: Path
    folder: Path

    def __post_init__(self):
        self.overview = Page(self.folder / "index.html")
        self.pages = {path.stem: Page(path) for path in sorted((self.folder / "kommuner").glob("*.html"))}
        self.latest = self.query("select max(measure_month) from marts.mart_focus_goals_monthly")[0][0]
        self.months = [_before(self.latest, back) for back in range(24, -1, -1)]
        self.regions = defaultdict(list)
        for code, region, name in self.query(
            "select municipality_code, region_code, region_name from rules.municipalities order by municipality_code"
        ):
            if code in self.pages:
                self.regions[region, name].append(code)
        self.benchmark = defaultdict(dict)
        for group, indicator, area, month, numerator, denominator in self.query(
            "select target_group, indicator, area_code, measure_month, numerator, denominator "
            "from marts.mart_kl_benchmark_monthly where area_type <> 'region'"
        ):
            self.benchmark[group, indicator][area, month] = (numerator, denominator)
        self.cells = {}
        for goal, (table, lacking) in LACKING.items():
            for area, group, month, numerator, denominator in self.query(
                f"select area_code, benefit_group, measure_month, {lacking}, persons_measured "
                f"from marts.{table} where duration_interval = '12_plus'"
            ):
                self.cells[goal, area, group, month] = (numerator, denominator)
        areas = {area for _, area, _, _ in self.cells} | {area for rows in self.benchmark.values() for area, _ in rows}
        self.outside = [area for area in areas if len(area) == 3 and area not in self.pages]

    def query(self, text: str) -> list[tuple]:
        """Rows of the database."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(text).fetchall()

    def mean(self, goal: str, area: str, group: str, month: date) -> tuple[float, float]:
        """Persons who lack something and persons measured, a month, over twelve months."""
        cells = [self.cells.get((goal, area, group, _before(month, back)), (0, 0)) for back in range(12)]
        return sum(cell[0] for cell in cells) / 12, sum(cell[1] for cell in cells) / 12


def _before(month: date, back: int) -> date:
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


# --- The attack ------------------------------------------------------------------------------------------------------


def squeezed(parts: dict[str, tuple[float, float]], low: float, high: float) -> dict[str, tuple[float, float]]:
    """What is left of each part's range when all of them add up to something from low to high."""
    least, most = sum(part[0] for part in parts.values()), sum(part[1] for part in parts.values())
    return {
        name: (max(part[0], low - (most - part[1])), min(part[1], high - (least - part[0])))
        for name, part in parts.items()
    }


def assert_free(name: object, left: tuple[float, float], first: float, last: float) -> None:
    """Fail when a hidden count can be told to be no longer anything from first to last."""
    assert left[0] <= first + 1e-6 and left[1] >= last - 1e-6, f"{name}: narrowed to {left[0]:.2f} to {left[1]:.2f}"


def small_range(numerator: float, denominator: float, cap: float = 9) -> tuple[float, float] | None:
    """The range in which a small numerator, or one with a small complement, has to stay free; None for large ones."""
    if denominator <= cap or numerator <= cap:
        return 0, min(cap, denominator)
    if denominator - numerator <= cap:
        return denominator - cap, denominator
    return None


def series_tables(site: Site) -> dict[tuple[str, str], dict[str, Table]]:
    """The month tables of the indicators, by target group and indicator, then municipality."""
    found: dict = defaultdict(dict)
    for area, page in site.pages.items():
        for table in page.tables:
            name = table.attributes.get("data-series", "")
            if "-" in name:
                group, indicator = name.split("-")
                found[group, indicator][area] = table
    return found


def test_no_number_below_ten_persons_is_written(site):
    for name, page in {"index": site.overview, **site.pages}.items():
        counts = re.findall(r"([\d.]+) ?(?:person|pers\.)", page.text.replace(SPACE, " "))
        assert all(int(count.replace(".", "")) >= 10 for count in counts), name
        for table in page.tables:
            heads = table.rows[0] if table.rows else []
            if "Personer" in heads:
                at = heads.index("Personer")
                numbers = [whole(row[at].split("|")[0].strip()) for row in table.rows[1:]]
                assert all(number is None or number >= 10 for number in numbers), name


def test_shares_do_not_give_small_numerators(site):
    seen = 0
    for (group, indicator), tables in series_tables(site).items():
        for area, table in tables.items():
            for month, row in zip(site.months, table.rows[1:], strict=True):
                numerator, denominator = site.benchmark[group, indicator].get((area, month), (0, 0))
                if indicator.startswith("share_of_population"):
                    assert (whole(row[3]) is None) == (numerator < 10)
                    assert numerator >= 10 or share_interval(row[1]) is None
                    continue
                if indicator == "any_offer_share":
                    cap = 9 * calendar.monthrange(month.year, month.month)[1]
                    assert not is_exact(row[1]) or small_range(numerator, denominator, cap) is None
                    continue
                free = small_range(numerator, denominator)
                persons = whole(row[3])
                assert persons is None or persons == denominator
                if free is None:
                    continue
                seen += 1
                assert not is_exact(row[1])
                low, high = share_interval(row[1]) or (0, 1)
                assert_free((area, group, indicator, month), (low * denominator, high * denominator), *free)
    assert seen


def test_country_does_not_give_hidden_numerators(site):
    seen = 0
    for (group, indicator), rows in site.benchmark.items():
        if indicator.startswith("average_duration"):
            continue
        tables = series_tables(site)[group, indicator]
        compared = [table for table in tables.values() if table.rows[0][2] == "Hele landet"]
        if not compared:
            continue
        for at, month in enumerate(site.months, start=1):
            share = share_interval(compared[0].rows[at][2])
            if share is None or ("DK", month) not in rows:
                continue
            total = rows["DK", month][1]
            days = calendar.monthrange(month.year, month.month)[1] if indicator == "any_offer_share" else 1
            parts, hidden = {}, {}
            for area in site.pages:
                numerator, denominator = rows.get((area, month), (0, 0))
                text = tables[area].rows[at][1] if area in tables else ""
                free = small_range(numerator, denominator, 9 * days)
                if indicator.startswith("share_of_population"):
                    free = (0, 9) if numerator < 10 else None
                if is_exact(text):
                    parts[area] = (numerator, numerator)
                elif "under 10 personer" in text:
                    parts[area], free = (0, 9 * days), (0, 9 * days)
                elif interval := share_interval(text):
                    parts[area] = (round(interval[0] * denominator - 0.5), round(interval[1] * denominator + 0.5))
                else:
                    parts[area] = (0, max(9 * days, denominator))
                if free:
                    hidden[area] = free
            for area in site.outside:  # no page; large counts may be known from elsewhere
                numerator, denominator = rows.get((area, month), (0, 0))
                is_small = small_range(numerator, denominator, 9 * days) and denominator
                parts[area] = (0, max(9 * days, denominator)) if is_small else (numerator, numerator)
            left = squeezed(parts, share[0] * total, share[1] * total)
            for area, free in hidden.items():
                seen += 1
                assert_free((area, group, indicator, month), left[area], *free)
    assert seen


def test_cluster_does_not_give_hidden_numerators(site):
    compared = 0
    for (group, indicator), tables in series_tables(site).items():
        clusters = defaultdict(list)
        for area, table in tables.items():
            if table.rows[0][2].startswith("Klynge"):
                clusters[table.rows[0][2]].append(area)
        # Municipalities without a chart have no table; they are members all the same.
        members = site.query(
            f"select distinct comparison_area, area_code from marts.mart_kl_benchmark_monthly "
            f"where target_group = '{group}' and indicator = '{indicator}' and comparison_area like 'cluster%'"
        )
        for cluster, areas in clusters.items():
            code = {code for code, area in members if area in areas}
            every = [area for name, area in members if name in code and area in site.pages]
            for at, month in enumerate(site.months, start=1):
                share = share_interval(tables[areas[0]].rows[at][2])
                rows = site.benchmark[group, indicator]
                valued = [area for area in every if rows.get((area, month), (0, 0))[1]]
                if share is None or not valued:
                    continue
                parts = {}
                for area in valued:
                    numerator, inhabitants = rows[area, month]
                    is_hidden = numerator < 10
                    parts[area] = (0, 9 / inhabitants) if is_hidden else (numerator / inhabitants,) * 2
                left = squeezed(parts, share[0] * len(valued), share[1] * len(valued))
                compared += 1
                for area in valued:
                    numerator, inhabitants = rows[area, month]
                    if numerator < 10:
                        scaled = (left[area][0] * inhabitants, left[area][1] * inhabitants)
                        assert_free((area, group, indicator, month), scaled, 0, 9)
    assert compared


def test_total_does_not_give_hidden_groups(site):
    seen = 0
    names = dict(site.query("select name_da, benefit_group from marts.dim_benefit_group"))
    for area, page in site.pages.items():
        for goal in LACKING:
            table = page.table(groups=goal)
            limit = share_interval(table.rows[0][1])[1] - 0.0005 if table else 0
            shown = {names[row[0]]: row for row in table.rows[1:]} if table else {}
            if not shown:
                continue
            persons, lacking, having, small = {}, {}, {}, {}
            for group in names.values():
                if group == "all":
                    continue
                true_lacking, true_persons = site.mean(goal, area, group, site.latest)
                row = shown.get(group)
                count = whole(row[3].split("|")[0].strip()) if row else None
                if row is None:  # fewer than ten persons
                    persons[group] = lacking[group] = having[group] = (0, 9)
                    small[group] = {"lacking": (0.5, 9), "having": (0.5, 9)}
                    continue
                persons[group] = (10, UNKNOWN) if count is None else (count - 0.5, count + 0.5)
                if is_exact(row[2]):
                    lacking[group], having[group] = (true_lacking,) * 2, (true_persons - true_lacking,) * 2
                elif count is None:
                    lacking[group] = having[group] = (10, UNKNOWN)
                elif "skjult" in row[2] and count >= 20:  # hidden for another group's sake
                    low = max(10, limit * true_persons if "Over" in row[4] else 0)
                    high = min(true_persons - 10, limit * true_persons if "Under" in row[4] else true_persons)
                    lacking[group], having[group] = (low, high), (true_persons - high, true_persons - low)
                else:
                    low, high = share_interval(row[2]) or (0.0, 1.0)
                    lacking[group] = (low * true_persons, high * true_persons)
                    having[group] = ((1 - high) * true_persons, (1 - low) * true_persons)
                    free = (0.5, min(9, true_persons - 0.5))
                    small[group] = {}
                    if low == 0:
                        small[group]["lacking"] = free
                    if high == 1:
                        small[group]["having"] = free
            for group, left in squeezed(
                persons, *(sum(site.mean(goal, area, g, site.latest)[1] for g in persons),) * 2
            ).items():
                if group not in shown:
                    seen += 1
                    assert_free((area, goal, group, "persons"), left, 0, 9)
            for kind, parts in (("lacking", lacking), ("having", having)):
                true = {g: site.mean(goal, area, g, site.latest) for g in parts}
                total = sum(value[0] if kind == "lacking" else value[1] - value[0] for value in true.values())
                for group, left in squeezed(parts, total, total).items():
                    if kind in small.get(group, {}):
                        seen += 1
                        assert_free((area, goal, group, kind), left, *small[group][kind])
    assert seen or all(page.table(groups=goal) is None for page in site.pages.values() for goal in LACKING)


def test_areas_do_not_give_hidden_averages(site):
    overview = next(table for table in site.overview.tables if table.attributes["class"] == "overview")
    larger = next(table for table in site.overview.tables if "larger" in table.attributes["class"])
    codes = {row[0]: code for row, code in zip(overview.rows[1:], re.findall(r'data-code="(\d+)"', site.overview.html))}
    texts_of = {codes[row[0]]: row for row in overview.rows[1:]}
    totals = {"Hele landet": ("DK", list(site.pages))}
    totals |= {name: (region, areas) for (region, name), areas in site.regions.items()}
    for row in larger.rows[1:-1]:
        code, areas = totals[row[0]]
        for goal, column, at in (("offers", 1, 2), ("conversations", 2, 4)):
            share = share_interval(row[column])
            if share is None:
                continue
            parts, small = {}, []
            for area in areas:
                text = texts_of[area][at].split("|")[-1].replace(SPACE, " ")
                written = re.search(r"([\d.]+) pers\.", text)
                persons = int(written.group(1).replace(".", "")) if written else 9
                known = share_interval(text)
                if known and "under" not in text and "over" not in text:
                    parts[area] = (known[0] * persons, known[1] * persons)
                elif "over" in text:
                    parts[area] = (persons - 9, persons)
                    small.append((area, persons - 9, persons))
                elif "under" in text:
                    parts[area] = (0, 9)
                    small.append((area, 0, 9))
                else:
                    parts[area] = (0, persons)
                    small.append((area, 0.5, persons - 0.5))
            total = site.mean(goal, code, "all", site.latest)[1]
            outside = sum(site.mean(goal, area, "all", site.latest)[0] for area in site.outside) if code == "DK" else 0
            left = squeezed(parts, share[0] * total - outside, share[1] * total - outside)
            for area, first, last in small:
                assert_free((row[0], goal, area), left[area], first, last)


def test_averages_do_not_give_hidden_months(site):
    """A month is shown with its averages, or no month of the series is; then no average pins one down."""
    seen = 0
    for area, page in site.pages.items():
        table = page.table(series="goal_conversations")
        months = page.table(series="all-conversation_intensity")
        window = [_before(site.latest, back) for back in range(35, -1, -1)]
        cells = [site.cells.get(("conversations", area, "all", month), (0, 0)) for month in window]
        is_small = any(small_range(*cell) is not None for cell in cells)
        if is_small:
            assert months is None or not any(is_exact(row[1]) for row in months.rows[1:])
            assert table is None or "Måneden" not in table.rows[0]
        for goal in LACKING:
            table = page.table(series=f"goal_{goal}")
            if table is None or "Måneden" in table.rows[0]:
                continue
            ranges = {month: (0.0, 1.0) for month in window}
            for _ in range(5):
                for month, row in zip(site.months, table.rows[1:], strict=True):
                    share = share_interval(row[1])
                    if share:
                        year = {m: ranges[m] for m in (_before(month, back) for back in range(12))}
                        ranges |= squeezed(year, share[0] * 12, share[1] * 12)
            for month in window:
                numerator, denominator = site.cells.get((goal, area, "all", month), (0, 0))
                free = small_range(numerator, denominator)
                if free and denominator >= 10:
                    seen += 1
                    low, high = ranges[month]
                    assert_free((area, goal, month), (low * denominator, high * denominator), *free)
    assert seen


def persons_of_intensity(page: Page, group: str) -> int:
    """The latest number of persons written with the conversation intensity; 0 when none is."""
    table = page.table(series=f"{group}-conversation_intensity")
    if table is not None:
        return whole(table.rows[-1][3]) or 0
    block = re.search(rf'data-hidden="{group}-conversation_intensity">(.*?)</div>', page.html, re.S)
    written = (
        re.search(r"([\d.]+)\s*personer<?/?", block.group(1).split("</p>")[0].replace("under 10", ""))
        if block
        else None
    )
    return int(written.group(1).replace(".", "")) if written else 0


def test_counts_of_durations_do_not_give_hidden_intervals(site):
    looked_at = defaultdict(set)
    for group, interval in site.query("select target_group, duration_interval from rules.kl_conversation_intensity"):
        looked_at[group].add(interval)
    names = {
        texts.interval_name(code): code
        for (code,) in site.query("select duration_interval from marts.dim_duration_interval where not is_total")
    }
    for area, page in site.pages.items():
        for table in page.tables:
            group = table.attributes.get("data-durations")
            if group is None:
                continue
            persons = dict.fromkeys(names.values(), (0.0, 9.0))
            for row in table.rows[1:]:
                count = whole(row[4])
                persons[names[row[0]]] = (count, count) if count is not None else (10.0, UNKNOWN)
                assert site.benchmark[group, f"average_duration_{names[row[0]]}"][area, site.latest][1] >= 10
            members = site.benchmark[group, "company_offer_share"][area, site.latest][1]
            measured = persons_of_intensity(page, group)
            over_all = squeezed(persons, 0, members)
            over_some = squeezed({i: persons[i] for i in looked_at[group]}, measured, UNKNOWN)
            for interval, (first, last) in persons.items():
                if (first, last) == (0.0, 9.0):
                    assert over_all[interval][1] >= 9, (area, group, interval)
                    assert over_some.get(interval, (0, 9))[0] <= 0, (area, group, interval)


def test_charts_say_no_more_than_their_tables(site):
    """Every point of a line is the written share, to the last decimal."""
    drawn = 0
    for page in site.pages.values():
        for figure in re.findall(r'<figure class="chart">.*?</figure>', page.html, re.S):
            table = re.search(r'data-series="([a-z0-9_-]+)"', figure)
            if "goal_" in table.group(1):
                continue
            rows = page.table(series=table.group(1)).rows[1:]
            shown = [row[1] for row in rows if is_exact(row[1])]
            path = re.findall(r'<path d="([^"]*)" stroke="#0b4f8a"', figure)
            heights = [float(height) for d in path for height in re.findall(r"[ML][\d.]+,([\d.]+)", d)]
            top = max(share_interval(tick)[0] for tick in re.findall(r'class="axis end">([^<]*)<', figure))
            assert len(heights) <= len(shown)
            axis = re.search(r'class="axis end">0(?:,0)? %', figure.replace(SPACE, " "))
            assert axis and top
            drawn += len(heights)
            step = INDICATOR_SIZE.height / round(top + 0.0005, 6) * 0.001
            for height in heights:
                steps = (INDICATOR_SIZE.height - height) / step
                assert abs(steps - round(steps)) < 0.02, (table.group(1), height)
    assert drawn


# --- The rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "state"),
    [
        (0, 0, FEW),
        (9, 9, FEW),
        (0, 10, HIDDEN),
        (10, 19, HIDDEN),
        (9, 20, LOW),
        (10, 20, SHOWN),
        (11, 20, HIGH),
        (0, 500, LOW),
        (491, 500, HIGH),
        (490, 500, SHOWN),
    ],
)
def test_a_share_of_persons(numerator, denominator, state):
    assert person_share(numerator, denominator).state == state


def test_bounds_say_only_that_a_count_is_below_ten():
    assert figure_text(person_share(3, 80)) == f"under 12,5{SPACE}%"
    assert figure_text(person_share(9, 96)) == f"under 10,5{SPACE}%"
    assert figure_text(person_share(78, 80)) == f"over 87,5{SPACE}%"
    assert figure_text(person_share(3, 80)) == figure_text(person_share(0, 80))


def test_a_share_of_population_needs_ten_persons():
    assert population_share(Benchmark(0.0018, 9, 5000, None, None)) == FEW_PERSONS
    assert population_share(Benchmark(0.002, 10, 5000, None, None)) == Figure(SHOWN, 0.002, persons=10)
    assert population_share(Benchmark(None, 12, 0, None, None)) == Figure("missing", persons=12)


def test_a_share_of_days_needs_more_days_than_nine_persons_have():
    april = date(2024, 4, 1)
    assert day_share(Benchmark(0.09, 270, 3000, None, None), 100, april).state == HIDDEN
    assert day_share(Benchmark(271 / 3000, 271, 3000, None, None), 100, april) == Figure(SHOWN, 0.09, persons=100)
    assert day_share(Benchmark(0.95, 2850, 3000, None, None), 100, april).state == HIDDEN
    assert day_share(Benchmark(0.5, 135, 270, None, None), 9, april) == FEW_PERSONS


def test_an_average_needs_ten_persons_in_every_month():
    months = [Counts(20, 100)] * 12
    assert average_share(0.2, months, 12) == Figure(SHOWN, 0.2, persons=100)
    assert average_share(0.2, [*months[:11], Counts(2, 9)], 12) == FEW_PERSONS
    assert average_share(0.2, [*months[:11], None], 12) == FEW_PERSONS
    assert average_share(0.099, months, 12).state == LOW
    assert average_share(0.901, months, 12).state == HIGH


@pytest.mark.parametrize("others", [90, 555, 1234, 9876])
def test_a_larger_area_is_written_the_same_whatever_a_single_count_is(others):
    """With one hidden count the reader learns nothing of it from the share above it."""
    written = set()
    for count in range(10):
        share, total = (others + count) / 20000, 20000
        written.add(larger_share(share, total, [hidden_count(Figure(LOW, persons=100), count, 100)]))
    assert len(written) == 1


def test_a_larger_area_is_exact_when_its_hidden_counts_cover_each_other():
    two = [Hidden(4, SMALL), Hidden(5, SMALL)]
    assert larger_share(0.1, 50, two) == Figure(SHOWN, 0.1)
    assert larger_share(0.1, 50, two, is_sum_free=False).state == HIDDEN
    assert larger_share(0.1, 50, [Hidden(5, SMALL)]).state == HIDDEN
    assert larger_share(0.1, 50, []) == Figure(SHOWN, 0.1)
    assert figure_text(larger_share(0.1001, 1000, [Hidden(5, SMALL)])) == f"ca. 10{SPACE}%"
    assert figure_text(larger_share(0.1001, 4000, [Hidden(5, SMALL)])) == f"ca. 10,0{SPACE}%"


def test_a_single_hidden_part_of_a_total_is_not_free():
    assert not leaves_free(7, 7, [SMALL])
    assert not leaves_free(18, 18, [SMALL, SMALL])
    assert leaves_free(9, 9, [SMALL, SMALL])
    assert not leaves_free(12, 12, [SMALL, Part(10, UNBOUNDED)])
    assert leaves_free(19, 19, [SMALL, Part(10, UNBOUNDED)])
    assert leaves_free(0, 9, [SMALL])
    assert leaves_free(5, 5, [])


# --- Words and numbers -----------------------------------------------------------------------------------------------


def test_numbers_are_danish():
    assert danish.number(1234567.5, 1) == "1.234.567,5"
    assert danish.number(-0.25, 1) == "−0,3"
    assert danish.percent(0.1845) == f"18,5{SPACE}%"
    assert danish.percent(0.1835) == f"18,4{SPACE}%"
    assert danish.limit_percent(0.3) == f"30{SPACE}%"
    assert danish.limit_percent(0.125) == f"12,5{SPACE}%"
    assert danish.points(-0.0071) == f"0,7{SPACE}procentpoint"
    assert danish.persons(1234) == f"1.234{SPACE}personer"
    assert danish.listed(["a", "b", "c"]) == "a, b og c"
    assert danish.month(date(2024, 5, 1)) == f"maj{SPACE}2024"
    assert danish.long_date(date(2023, 3, 22)) == f"22.{SPACE}marts{SPACE}2023"


@pytest.mark.parametrize("share", [0.0001, 0.1235, 0.1, 0.7, 1 / 3])
def test_bounds_are_rounded_to_the_safe_side(share):
    assert share_interval(f"under {danish.percent_up(share)}")[1] >= share
    assert share_interval(f"over {danish.percent_down(share)}")[0] <= share


def test_headline_tells_both_goals():
    assert texts.goals_sentence("Ærø", {"offers": True, "conversations": True}) == "Ærø når begge fokusmål."
    assert "når målet for samtaler, men ikke målet for tilbud" in texts.goals_sentence(
        "Ærø", {"offers": False, "conversations": True}
    )
    assert "for få personer" in texts.goals_sentence("Ærø", {"offers": None, "conversations": None})


def test_a_group_behind_a_met_goal_is_named():
    sentence = texts.left_behind_sentence(True, ["ledighedsydelse (34,1 %)"], ["sygedagpenge"], 2, 0, 0.2)
    assert sentence == "Målet er nået samlet, men én gruppe er efter: ledighedsydelse (34,1 %)."


def test_supervision_tells_status_and_dates():
    row = Supervision(2023, "selected", 0.1323, 0.1294, False, date(2024, 4, 30), date(2024, 7, 31), date(2024, 12, 31))
    text = " ".join(texts.supervision_sentences(row, ("offers", "conversations"))).replace(SPACE, " ")
    assert "udpeget til skærpet tilsyn på tallene for 2023" in text
    assert "13,23 % mod forventet 12,94 %" in text
    assert "Redegørelse senest 31. juli 2024" in text


# --- Charts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("highest", [0.0, 0.0004, 0.013, 0.049, 0.05, 0.21, 0.3, 0.55, 0.98, 1.0])
def test_an_axis_holds_its_values_and_ends_at_a_tick(highest):
    top = top_of([highest])
    assert highest <= top <= 1
    assert ticks(top)[0] == 0 and ticks(top)[-1] == pytest.approx(top)
    assert 2 <= len(ticks(top)) <= 5
    assert tick_step(top) > 0


def test_a_chart_breaks_where_a_month_is_hidden():
    months = tuple(date(2023 + month // 12, month % 12 + 1, 1) for month in range(14))
    own = [0.1, 0.12, None, 0.2, None, *[0.15] * 9]
    other = [0.1] * 13 + [None]
    lines = Lines(
        months,
        own,
        "Samsø & Co",
        "15,0 %",
        other,
        "Hele landet",
        "ca. 10 %",
        0.3,
        limits=[0.2] * 14,
        markers=[(2.7, "A")],
    )
    svg = line_chart(templates(months)[INDICATOR_SIZE], INDICATOR_SIZE, lines, 'Kurve "x"')
    own_path = re.search(r'<path d="([^"]*)" stroke="#0b4f8a"', svg).group(1)
    assert own_path.count("M") == 3
    assert "15,0" in svg and "Samsø &amp; Co" in svg and "feb. 2024" not in svg
    assert "jan.\u00a02024" in svg  # the country's last shown month
    assert 'aria-label="Kurve &#34;x&#34;"' in svg
    assert f"grænse 20{SPACE}%" in svg and ">A</text>" in svg


def test_a_sparkline_needs_two_months():
    assert sparkline([None, 5, None], [4, 4, 4]) == ""
    assert sparkline([3, 5, None, 4], [4, 4, 4, 4]).count("M") == 3


# --- The site --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def larger(small_marts, tmp_path_factory):
    """The marts of the sample with forty times its persons."""
    return marts_of(small_marts, tmp_path_factory.mktemp("larger") / "report.duckdb", 40)


def test_every_municipality_has_a_page_and_a_link(site):
    assert set(site.overview.links) >= {f"kommuner/{code}.html" for code in site.pages}
    assert all("../index.html" in page.links for page in site.pages.values())
    assert not (site.folder / "kommuner" / "000.html").exists()


def test_pages_are_the_same_whatever_the_processes_and_the_choice(larger, tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.report.site.FEW_PAGES", 4)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    write_report(larger, tmp_path / "all")
    write_report(larger, tmp_path / "one", ["101", "751", "101"])
    assert sorted(path.name for path in (tmp_path / "one" / "kommuner").iterdir()) == ["101.html", "751.html"]
    for name in ("101.html", "751.html"):
        assert (tmp_path / "one" / "kommuner" / name).read_bytes() == (
            tmp_path / "all" / "kommuner" / name
        ).read_bytes()
    overview = Page(tmp_path / "one" / "index.html")
    assert [link for link in overview.links if "kommuner" in link] == ["kommuner/751.html", "kommuner/101.html"]


def test_rule_changes_come_from_the_rules(larger, tmp_path):
    database = changed(
        larger,
        tmp_path / "report.duckdb",
        "update rules.contact_regimes set valid_from = date '2023-05-10' where valid_from > date '1900-01-01'",
    )
    write_report(database, tmp_path / "site", ["101"])
    text = Page(tmp_path / "site" / "kommuner" / "101.html").text.replace(SPACE, " ")
    assert "10. maj 2023: den første samtale" in text
    assert "22. marts 2023: den første samtale" not in text


def test_without_population_its_shares_are_absent_and_the_page_says_so(larger, tmp_path):
    database = changed(
        larger,
        tmp_path / "report.duckdb",
        "delete from marts.mart_kl_benchmark_monthly where indicator like 'share_of_population%'",
    )
    write_report(database, tmp_path / "site", ["101"])
    page = Page(tmp_path / "site" / "kommuner" / "101.html")
    assert "ingen befolkningstal" in page.text
    assert page.table(series="all-share_of_population") is None
    assert page.table(series="all-company_offer_share") is not None


def test_without_clusters_the_comparison_is_the_country_and_the_page_says_so(larger, tmp_path):
    database = changed(
        larger,
        tmp_path / "report.duckdb",
        """
        update marts.mart_kl_benchmark_monthly as own set comparison_area = 'DK', comparison_value = country.value
        from marts.mart_kl_benchmark_monthly as country
        where own.comparison_area like 'cluster%' and country.area_code = 'DK' and country.measure_month = own.measure_month
            and country.target_group = own.target_group and country.indicator = own.indicator
        """,
    )
    write_report(database, tmp_path / "site", ["101"])
    page = Page(tmp_path / "site" / "kommuner" / "101.html")
    assert "ingen klynger" in page.text and "Klynge" not in page.text
    assert page.table(series="all-share_of_population").rows[0][2] == "Hele landet"


def test_a_municipality_without_the_latest_month_still_has_a_page(larger, tmp_path):
    statements = [
        f"delete from marts.{table} where area_code = '751' and measure_month >= date '2024-11-01'"
        for table in ("mart_focus_goals_monthly", *COUNTED)
    ]
    write_report(changed(larger, tmp_path / "report.duckdb", *statements), tmp_path / "site", ["751"])
    page = Page(tmp_path / "site" / "kommuner" / "751.html")
    assert f"Der er ingen tal for Aarhus i december{SPACE}2024" in page.html
    assert page.table(series="all-company_offer_share") is not None


def test_a_municipality_without_any_data_has_a_page_when_asked_for(larger, tmp_path):
    write_report(larger, tmp_path / "site", ["825"])
    assert "Der er ingen tal for Læsø" in Page(tmp_path / "site" / "kommuner" / "825.html").text


def test_the_command_writes_the_same_report_every_time(larger, tmp_path):
    for seed in ("1", "2"):
        command = [sys.executable, str(ROOT / "scripts" / "report.py"), "--db", str(larger), "--out", str(tmp_path / seed)]
        command += ["--municipality", "751"]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("2 pages in ")
    for name in ("index.html", "kommuner/751.html"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


# --- Errors ----------------------------------------------------------------------------------------------------------


def failure(capsys, *arguments: object) -> str:
    """The one line a failing run writes."""
    assert main([str(argument) for argument in arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ") and captured.err.count("\n") == 1
    return captured.err


def test_a_missing_database_is_named(tmp_path, capsys):
    line = failure(capsys, "--db", tmp_path / "none.duckdb", "--out", tmp_path / "site")
    assert "there is no database" in line and "none.duckdb" in line


def test_a_file_that_is_no_database_is_named(tmp_path, capsys):
    (tmp_path / "text.duckdb").write_text("not a database", encoding="utf-8")
    assert "cannot be opened" in failure(capsys, "--db", tmp_path / "text.duckdb", "--out", tmp_path / "site")


def test_a_missing_mart_is_named(larger, tmp_path, capsys):
    database = changed(larger, tmp_path / "report.duckdb", "drop table marts.mart_kl_benchmark_monthly")
    line = failure(capsys, "--db", database, "--out", tmp_path / "site")
    assert "marts.mart_kl_benchmark_monthly" in line and "make build" in line


def test_a_database_may_have_the_name_of_a_schema(larger, tmp_path):
    database = tmp_path / "marts.duckdb"
    database.write_bytes(larger.read_bytes())
    assert main(["--db", str(database), "--out", str(tmp_path / "site"), "--municipality", "101"]) == 0


def test_marts_of_another_version_are_named(larger, tmp_path, capsys):
    database = changed(larger, tmp_path / "report.duckdb", "alter table marts.mart_supervision drop column status")
    assert "another version" in failure(capsys, "--db", database, "--out", tmp_path / "site")


def test_marts_without_a_month_are_named(larger, tmp_path, capsys):
    database = changed(
        larger,
        tmp_path / "report.duckdb",
        "delete from marts.mart_kl_benchmark_monthly",
        "delete from marts.mart_focus_goals_monthly",
    )
    assert "no measured month" in failure(capsys, "--db", database, "--out", tmp_path / "site")


def test_an_unknown_municipality_is_named_and_the_old_site_stays(larger, tmp_path, capsys):
    out = tmp_path / "site"
    assert main(["--db", str(larger), "--out", str(out), "--municipality", "101"]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    capsys.readouterr()
    line = failure(capsys, "--db", larger, "--out", out, "--municipality", "101", "999", "abc")
    assert "999, abc is no municipality code" in line
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_run_that_breaks_leaves_the_old_site(larger, tmp_path, monkeypatch):
    out = tmp_path / "site"
    write_report(larger, out, ["101"])
    before = (out / "index.html").read_bytes()

    def broken(*_):
        raise RuntimeError("drawing failed")

    monkeypatch.setattr("scripts.report.site.municipality_page", broken)
    with pytest.raises(RuntimeError):
        write_report(larger, out, ["101"])
    assert (out / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_no_report_is_not_replaced(larger, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    assert "no report" in failure(capsys, "--db", larger, "--out", tmp_path / "mine")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "is a file" in failure(capsys, "--db", larger, "--out", tmp_path / "file")


def test_an_older_report_is_replaced(larger, tmp_path):
    out = tmp_path / "site"
    write_report(larger, out, ["101"])
    assert (out / MARK).is_file()
    write_report(larger, out, ["751"])
    assert [path.name for path in (out / "kommuner").iterdir()] == ["751.html"]
