"""The report in a real browser: Debian's Chromium, driven by Playwright, on pages opened from disk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb
import pytest

from scripts.report import danish
from scripts.report.site import write_report
from tests.test_report import marts_of

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
TIMES = 40  # the sample's persons so many times, so that there is something to show
MUNICIPALITY = "751"

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no {CHROMIUM}: apt-get install chromium"
)


@pytest.fixture(scope="module")
def database(sample_database, tmp_path_factory):
    """Marts with counts large enough to be shown."""
    return marts_of(sample_database, tmp_path_factory.mktemp("browser") / "report.duckdb", TIMES)


@pytest.fixture(scope="module")
def site(database):
    """The folder of the report."""
    folder = database.parent / "site"
    write_report(database, folder)
    return folder


@pytest.fixture(scope="module")
def browser():
    """A running browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def open_page(browser, site):
    """Open a page of the report and note every request; fails the test when one leaves the site, or on a script error."""
    contexts, requests, errors = [], [], []

    def opened(name: str, viewport: dict = DESKTOP, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto((site / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    own = site.as_uri()
    assert [url for url in requests if not url.startswith((own, "data:"))] == []
    assert errors == []


def pages_of(site: Path) -> list[str]:
    """All pages, as paths within the site."""
    return ["index.html", *(f"kommuner/{path.name}" for path in sorted((site / "kommuner").glob("*.html")))]


def overflow(page) -> list[str]:
    """Elements that reach beyond the right edge of the window, when the page can be scrolled sideways."""
    return page.evaluate(
        """() => {
            const edge = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= edge) return [];
            return [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
                .map((element) => element.tagName + "." + (element.getAttribute("class") || "") + " " + element.textContent.slice(0, 40));
        }"""
    )


def test_the_overview_leads_to_a_page_and_back(open_page):
    page = open_page("index.html")
    page.get_by_role("link", name="Aarhus", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Aarhus"
    page.get_by_role("link", name="Alle kommuner").click()
    assert "Benchmarkrapport" in page.get_by_role("heading", level=1).inner_text()


def test_every_chart_is_drawn(open_page, site):
    drawn = 0
    for name in pages_of(site):
        page = open_page(name)
        charts = page.locator("figure.chart").evaluate_all(
            """(figures) => figures.map((figure) => {
                const svg = figure.querySelector("svg"), box = svg.getBoundingClientRect();
                const lines = [...svg.querySelectorAll("path")].filter((path) => path.getTotalLength() > 0);
                return {
                    size: Math.min(box.width, box.height),
                    marks: lines.length,
                    words: svg.querySelectorAll("text").length,
                    label: svg.getAttribute("aria-label"),
                    definition: figure.querySelector(".definition").textContent.trim(),
                };
            })"""
        )
        for chart in charts:
            assert chart["size"] > 100 and chart["marks"] >= 2 and chart["words"] >= 4, (name, chart)
            assert chart["label"] and len(chart["definition"]) > 40, (name, chart)
        drawn += len(charts)
    assert drawn > 20


def test_lines_end_at_their_labels(open_page):
    """The last point of the municipality's line stands at the height its share has on the axis."""
    page = open_page(f"kommuner/{MUNICIPALITY}.html")
    figure = page.locator("figure.chart", has=page.locator("[data-series='all-company_offer_share']"))
    ends = figure.evaluate(
        """(figure) => {
            const dots = [...figure.querySelectorAll("path[fill='#0b4f8a']")].map((dot) => dot.getBoundingClientRect());
            const ticks = [...figure.querySelectorAll("text.axis.end")].map((tick) => {
                const box = tick.getBoundingClientRect();
                return [parseFloat(tick.textContent.replace(",", ".")), box.top + box.height / 2];
            });
            const last = dots.reduce((a, b) => (a.x > b.x ? a : b));
            return { y: last.top + last.height / 2, ticks, share: figure.querySelector("text.own.value").textContent };
        }"""
    )
    (low, bottom), (high, top) = ends["ticks"][0], ends["ticks"][-1]
    share = float(re.match(r"[\d,]+", ends["share"]).group().replace(",", "."))
    expected = bottom + (share - low) / (high - low) * (top - bottom)
    assert ends["y"] == pytest.approx(expected, abs=3)


def test_nothing_overflows_on_a_phone(open_page, site):
    for name in pages_of(site):
        page = open_page(name, PHONE)
        assert overflow(page) == [], name
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        assert overflow(page) == [], f"{name} with all numbers open"


def test_the_page_reads_without_script(open_page):
    page = open_page("index.html", java_script_enabled=False)
    assert page.locator("table.overview tbody tr").count() == 8
    assert page.locator("#sort-hint").is_hidden()
    assert page.locator("th [role=button]").count() == 0
    page = open_page(f"kommuner/{MUNICIPALITY}.html", java_script_enabled=False)
    page.locator("summary").first.click()
    assert page.locator("details[open] td").first.is_visible()
    assert page.locator("script").count() == 0


def test_the_overview_is_sorted_by_its_heads(open_page):
    page = open_page("index.html")
    names = page.locator("table.overview tbody th")
    alphabetical = names.all_inner_texts()
    assert alphabetical == ["Aalborg", "Aarhus", "Helsingør", "København", "Odense", "Rebild", "Solrød", "Vejen"]
    head = page.locator("th[data-sort=offers]")

    def shares() -> list[float | None]:
        texts = page.locator("table.overview tbody tr").evaluate_all("(rows) => rows.map((row) => row.dataset.offers)")
        return [float(text) if text else None for text in texts]

    head.get_by_role("button").click()
    rising = shares()
    known = [share for share in rising if share is not None]
    assert known == sorted(known) and rising[: len(known)] == known and len(known) > 1
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").press("Enter")
    assert [share for share in shares() if share is not None] == known[::-1]
    page.locator("th[data-sort=name]").get_by_role("button").click()
    assert names.all_inner_texts() == alphabetical


def test_numbers_on_the_page_are_those_of_the_marts(open_page, database):
    with duckdb.connect(str(database), read_only=True) as connection:
        goals = connection.execute(
            """
            select measure_month, avg_share_without_offer, avg_share_under_4 from marts.mart_focus_goals_monthly
            where area_code = ? order by measure_month desc limit 25
            """,
            [MUNICIPALITY],
        ).fetchall()[::-1]
        benchmark = connection.execute(
            """
            select own.indicator, own.target_group, own.measure_month, own.value, own.numerator, own.denominator, own.comparison_value
            from marts.mart_kl_benchmark_monthly as own
            where own.area_code = ? and own.indicator not like 'average_duration%' order by own.measure_month desc
            """,
            [MUNICIPALITY],
        ).fetchall()
        durations = connection.execute(
            """
            select target_group, value from marts.mart_kl_benchmark_monthly
            where area_code = ? and indicator = 'average_duration_y01_02' and measure_month = ?
            """,
            [MUNICIPALITY, goals[-1][0]],
        ).fetchall()
    page = open_page(f"kommuner/{MUNICIPALITY}.html")
    tables = {
        table.get_attribute("data-series"): [
            [cell.strip() for cell in row.split("\t")]
            for row in table.locator("tbody tr").evaluate_all(
                "(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()).join('\\t'))"
            )
        ]
        for table in page.locator("table[data-series]").all()
    }
    compared = 0
    for goal, column in (("offers", 1), ("conversations", 2)):
        for (month, *_), row, average in zip(
            goals, tables[f"goal_{goal}"], (each[column] for each in goals), strict=True
        ):
            assert row[0] == danish.short_month(month)
            if re.fullmatch(r"[\d,]+\s%", row[1]):
                assert row[1] == danish.percent(average)
                compared += 1
    for indicator, group, month, value, numerator, denominator, comparison in benchmark:
        rows = {row[0]: row for row in tables.get(f"{group}-{indicator}", [])}
        row = rows.get(danish.short_month(month))
        if row is None or not re.fullmatch(r"[\d,]+\s%", row[1]):
            continue
        assert row[1] == danish.percent(value)
        if indicator != "any_offer_share":
            assert row[3] == danish.number(numerator if indicator.startswith("share_of_population") else denominator)
        if re.fullmatch(r"[\d,]+\s%", row[2]):
            assert row[2] == danish.percent(comparison)
        compared += 1
    for group, value in durations:
        cell = page.locator(f"table[data-durations={group}] tr", has_text="1–2 år").locator("td b")
        if cell.count():
            assert cell.inner_text() == danish.number(value)
            compared += 1
    assert compared > 100
    headline = page.locator("[data-goal=conversations]").inner_text()
    assert headline == tables["goal_conversations"][-1][1]


def test_text_has_enough_contrast(open_page, site):
    """Every text stands out from its ground by 4.5 to 1 at least (WCAG AA)."""
    for name in ("index.html", f"kommuner/{MUNICIPALITY}.html"):
        page = open_page(name)
        weak = page.evaluate(
            """() => {
                const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
                const light = ([r, g, b]) => [r, g, b].reduce((sum, part, i) => {
                    const c = part / 255, l = c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
                    return sum + l * [0.2126, 0.7152, 0.0722][i];
                }, 0);
                const ground = (element) => {
                    for (let e = element; e; e = e.parentElement) {
                        const colour = numbers(getComputedStyle(e).backgroundColor);
                        if (colour.length === 3 || colour[3] > 0) return colour;
                    }
                    return [255, 255, 255];
                };
                const weak = [];
                for (const element of document.querySelectorAll("body *")) {
                    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
                    if (element.matches("script, style") || !element.getClientRects().length) continue;
                    const style = getComputedStyle(element);
                    const colour = element.closest("svg") ? style.fill : style.color;
                    const a = light(numbers(colour)), b = light(ground(element));
                    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    if (ratio < 4.5) weak.push(element.tagName + " " + element.textContent.slice(0, 30) + " " + ratio.toFixed(2));
                }
                return weak;
            }"""
        )
        assert weak == [], name


def test_a_page_prints_on_paper(open_page, tmp_path):
    page = open_page(f"kommuner/{MUNICIPALITY}.html")
    page.emulate_media(media="print")
    assert page.locator("nav.top").is_hidden()
    assert page.locator("details").first.is_hidden()
    assert page.locator("figure.chart svg").first.is_visible()
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
