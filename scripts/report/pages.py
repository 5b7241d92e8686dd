"""What stands on each page: plain values and ready sentences for the templates, and the lines of the charts.

Pages are made from `disclosure.Published` alone, never from the marts' counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scripts.report import charts, texts
from scripts.report.danish import (
    DASH,
    NO_BREAK,
    listed,
    long_date,
    month,
    number,
    percent,
    percent_down,
    percent_up,
    persons,
    points,
    short_month,
    limit_percent,
)
from scripts.report.disclosure import (
    ABOUT,
    DURATION,
    FEW,
    HIDDEN,
    HIGH,
    INTENSITY,
    LOW,
    MINIMUM,
    MISSING,
    SHOWN,
    Figure,
    GoalSeries,
    GroupFigure,
    Published,
    Series,
)
from scripts.report.marts import COUNTRY, GOALS, Municipality, RuleChange, Supervision, Warehouse

FEW_TEXT = f"under {MINIMUM} personer"
FEW_IN_A_MONTH = f"Færre end {MINIMUM} personer i mindst én af de 12 måneder."
HIDDEN_TEXT = "skjult"
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Report:
    """What all pages share; small enough to be sent to other processes."""

    months: tuple[date, ...]
    vega: dict[charts.Size, str]
    scales: dict[str, float]
    group_tops: dict[str, float]
    benefit_groups: dict[str, str]
    intervals: tuple[str, ...]
    parameters: dict[str, float]
    intensity: dict[str, tuple[int, int | None]]
    ages: dict[str, tuple[int, int]]
    rule_changes: tuple[RuleChange, ...]
    active_goals: tuple[str, ...]
    indicators: tuple[tuple[str, str], ...]
    has_population: bool
    has_clusters: bool

    @property
    def latest(self) -> date:
        """The latest measured month."""
        return self.months[-1]


@dataclass(frozen=True)
class MunicipalityFigures:
    """One municipality's share of `Published`, beside the country's."""

    area: Municipality
    focus: dict[str, GoalSeries]
    country: dict[str, GoalSeries]
    groups: dict[str, dict[str, GroupFigure]]
    benchmark: dict[tuple[str, str], Series]
    supervision: Supervision | None


def report_of(warehouse: Warehouse, published: Published) -> Report:
    """The shared part of the pages; scales are the same on all of them."""
    shown = sorted(key for key in published.benchmark if not key[1].startswith(DURATION))
    return Report(
        months=warehouse.months,
        vega=charts.templates(warehouse.months),
        scales=_scales(warehouse, published),
        group_tops={goal: _group_top(published, goal) for goal in GOALS},
        benefit_groups={code: name for code, name in warehouse.benefit_groups.items() if code != "all"},
        intervals=warehouse.intervals,
        parameters=warehouse.parameters,
        intensity=warehouse.intensity,
        ages=warehouse.ages,
        rule_changes=tuple(
            change for change in warehouse.rule_changes if warehouse.months[0] < change.first_day <= warehouse.latest
        ),
        active_goals=warehouse.active_goals,
        indicators=tuple(shown),
        has_population=warehouse.has_population,
        has_clusters=warehouse.has_clusters,
    )


def figures_of(warehouse: Warehouse, published: Published, code: str) -> MunicipalityFigures:
    """What one page is made from; a municipality without any data has nothing but its name."""
    empty = GoalSeries((), (), None, None)
    return MunicipalityFigures(
        area=warehouse.all_municipalities[code],
        focus={goal: published.focus.get((goal, code), empty) for goal in GOALS},
        country={goal: published.focus[goal, COUNTRY] for goal in GOALS},
        groups={goal: published.groups.get((goal, code), {}) for goal in GOALS},
        benchmark={key: areas[code] for key, areas in published.benchmark.items() if code in areas},
        supervision=warehouse.supervision.get(code),
    )


def _goal_scale(goal: str) -> str:
    return f"goal_{goal}"


def _scale(group: str, indicator: str) -> str:
    """The scale a chart shares with those of other municipalities, and both offer shares of a target group."""
    return f"{group}_offers" if indicator.endswith("offer_share") else f"{group}_{indicator}"


def _scales(warehouse: Warehouse, published: Published) -> dict[str, float]:
    """The ends of the y axes, by scale: high enough for nearly all municipalities, so that one alone does not flatten all."""
    highest: dict[str, list[float]] = {}
    for goal in GOALS:
        limits = [limit for limit in published.focus[goal, COUNTRY].limits if limit is not None]
        for area in warehouse.municipalities:
            series = published.focus[goal, area]
            values = [figure.value for figure in series.figures if figure.value is not None]
            highest.setdefault(_goal_scale(goal), []).append(max([*values, *(series.monthly or []), *limits], default=0.0))
    for (group, indicator), areas in published.benchmark.items():
        if not indicator.startswith(DURATION):
            scale = highest.setdefault(_scale(group, indicator), [])
            scale += [_highest(series) for series in areas.values()]
    return {scale: charts.top_of([_nearly_all(values)]) for scale, values in highest.items()}


def _highest(series: Series) -> float:
    shown = [figure.value for figure in (*series.figures, *series.comparison) if figure.state == SHOWN]
    return max(shown, default=0.0)


def _nearly_all(values: list[float]) -> float:
    """A value that 95 in 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _group_top(published: Published, goal: str) -> float:
    """The end of the scale of the groups' own averages; limits fit in."""
    values = [
        shown.figure.value
        for (key, _), groups in published.groups.items()
        if key == goal
        for shown in groups.values()
        if shown.figure.value is not None
    ]
    limits = [limit for limit in published.focus[goal, COUNTRY].limits if limit is not None]
    return charts.top_of([_nearly_all(sorted(values) or [0.1]), *(1.2 * limit for limit in limits)])


# --- Pieces ----------------------------------------------------------------------------------------------------------


def figure_text(figure: Figure) -> str:
    """A share as it is written."""
    if figure.state == SHOWN:
        return percent(figure.value)
    if figure.state == ABOUT:
        return f"ca. {percent(figure.value, 0)}"
    if figure.state == LOW:
        return f"under {percent_up(figure.bound)}"
    if figure.state == HIGH:
        return f"over {percent_down(figure.bound)}"
    return {FEW: FEW_TEXT, HIDDEN: HIDDEN_TEXT, MISSING: "mangler"}[figure.state]


def persons_text(figure: Figure) -> str:
    """The number of persons behind a figure, for a table."""
    if figure.persons is not None:
        return number(figure.persons)
    return f"under {MINIMUM}" if figure.state == FEW else HIDDEN_TEXT


def why_hidden(figure: Figure) -> str:
    """Why a figure is no exact number; empty when it is one."""
    return {
        SHOWN: "",
        ABOUT: "",
        FEW: f"Der er færre end {MINIMUM} personer.",
        LOW: f"Færre end {MINIMUM} personer; derfor vises kun en grænse.",
        HIGH: f"Alle på nær færre end {MINIMUM} personer; derfor vises kun en grænse.",
        HIDDEN: f"Skjult for at beskytte et tal under {MINIMUM}.",
        MISSING: "Der er ingen befolkningstal for kvartalet.",
    }[figure.state]


def _sort_key(figure: Figure) -> str:
    """The shown figure as a number, for sorting; empty where there is none."""
    value = figure.value if figure.state == SHOWN else figure.bound
    return "" if value is None else f"{value:.3f}"


def _markers(report: Report, goal: str) -> tuple[list[tuple[float, str]], list[dict[str, str]]]:
    """Rule changes of a goal: places on the x axis with letters, and what the letters stand for."""
    days: dict[date, list[str]] = {}
    for change in report.rule_changes:
        if change.goal == goal:
            days.setdefault(change.first_day, []).append(texts.rule_change(change))
    places, notes = [], []
    for letter, (day, changes) in zip(LETTERS, sorted(days.items())):
        places.append((charts.position(report.months, day), letter))
        notes.append({"letter": letter, "text": f"{long_date(day)}: {'; '.join(changes)}."})
    return places, notes


def _is_any_shown(figures: Iterable[Figure]) -> bool:
    return any(figure.state == SHOWN for figure in figures)


def _gap_note(figures: Sequence[Figure]) -> str:
    """A sentence on months without a point; empty when there are none."""
    hidden = sum(figure.state in (FEW, LOW, HIGH, HIDDEN) for figure in figures)
    missing = sum(figure.state == MISSING for figure in figures)
    notes = []
    if hidden:
        months = "måned" if hidden == 1 else "måneder"
        notes.append(f"{hidden} {months} uden punkt er skjult: {FEW_TEXT}.")
    if missing:
        notes.append(f"{missing} {'måned' if missing == 1 else 'måneder'} mangler befolkningstal.")
    return " ".join(notes)


def _scale_note(lines: charts.Lines | None, common: float) -> str:
    return "Egen skala: kurven går højere op end i de fleste kommuner." if lines and lines.top > common else ""


# --- Municipality ----------------------------------------------------------------------------------------------------


def municipality_page(report: Report, figures: MunicipalityFigures) -> dict[str, Any]:
    """The page of a municipality, with its charts drawn."""
    name = figures.area.name
    return {
        "name": name,
        "code": figures.area.code,
        "region": figures.area.region_name,
        "latest": month(report.latest),
        "empty": _empty_sentence(report, figures),
        "headline": texts.goals_sentence(name, {goal: figures.focus[goal].is_met for goal in GOALS}),
        "goals": [_goal_block(report, figures, goal) for goal in GOALS],
        "supervision": _supervision_block(report, figures.supervision),
        "sections": [_section(report, figures, group) for group in _groups_of(report)],
        "durations": [_duration_block(report, figures, group) for group in texts.TARGET_GROUPS],
        "notes": notes(report),
        "window": f"{month(report.months[0])} til {month(report.latest)}",
        "minimum": MINIMUM,
    }


def _empty_sentence(report: Report, figures: MunicipalityFigures) -> str:
    if any(series.figures and series.figures[-1].state != FEW for series in figures.focus.values()):
        return ""
    if any(series.figures and series.figures[-1].state != FEW for series in figures.benchmark.values()):
        return ""
    return (
        f"Der er ingen tal for {figures.area.name} i {month(report.latest)}: kommunen har ingen målte personer, "
        f"eller færre end {MINIMUM}."
    )


def _goal_lines(report: Report, figures: MunicipalityFigures, goal: str) -> charts.Lines | None:
    """The lines of a focus goal, or None when no month can be shown."""
    series, country = figures.focus[goal], figures.country[goal]
    if not _is_any_shown(series.figures):
        return None
    return charts.Lines(
        months=report.months,
        own=_values(series.figures),
        own_name=figures.area.name,
        other=_values(country.figures),
        other_name=texts.comparison_name(COUNTRY),
        top=_top(report.scales[_goal_scale(goal)], [*_values(series.figures), *(series.monthly or [])]),
        monthly=series.monthly,
        limits=country.limits,
        markers=_markers(report, goal)[0],
    )


def _indicator_lines(
    report: Report, figures: MunicipalityFigures, group: str, indicator: str, series: Series
) -> charts.Lines | None:
    """The lines of an indicator, or None when no month can be shown."""
    if not _is_any_shown(series.figures):
        return None
    return charts.Lines(
        months=report.months,
        own=_values(series.figures),
        own_name=figures.area.name,
        other=_values(series.comparison),
        other_name=texts.comparison_name(series.comparison_area),
        top=_top(report.scales[_scale(group, indicator)], [_highest(series)]),
        markers=_markers(report, "conversations")[0] if indicator == INTENSITY else (),
    )


def _values(figures: Iterable[Figure]) -> list[float | None]:
    """What a line is drawn from: exact figures only."""
    return [figure.value if figure.state == SHOWN else None for figure in figures]


def _top(common: float, values: Iterable[float | None]) -> float:
    """The end of the y axis: the common one, or a higher one where it would cut the lines."""
    highest = max((value for value in values if value is not None), default=0.0)
    return common if highest <= common else charts.top_of([highest])


def _goal_block(report: Report, figures: MunicipalityFigures, goal: str) -> dict[str, Any]:
    series, country = figures.focus[goal], figures.country[goal]
    lines = _goal_lines(report, figures, goal)
    latest = series.figures[-1] if series.figures else Figure(FEW)
    limit = country.limits[-1] if country.limits else None
    country_now = country.figures[-1]
    year_ago = series.figures[-13] if len(series.figures) > 12 else Figure(FEW)
    facts = []
    if latest.persons is not None:
        facts.append(f"{persons(latest.persons)} i gennemsnit pr. måned")
    if country_now.value is not None:
        facts.append(f"hele landet {figure_text(country_now)}")
    if year_ago.state == SHOWN and latest.state == SHOWN:
        facts.append(f"for et år siden {percent(year_ago.value)}")
    rows = [
        {
            "month": short_month(day),
            "own": figure_text(figure),
            "monthly": percent(series.monthly[index]) if series.monthly else None,
            "other": figure_text(country.figures[index]),
            "limit": limit_percent(country.limits[index]) if country.limits[index] is not None else DASH,
            "persons": persons_text(figure),
        }
        for index, (day, figure) in enumerate(zip(report.months, series.figures))
    ]
    places, letters = _markers(report, goal)
    note = [_gap_note(series.figures), _scale_note(lines, report.scales[_goal_scale(goal)])]
    if series.monthly:
        note.append("Prikkerne er de enkelte måneder.")
    elif lines:
        note.append(f"De enkelte måneder vises ikke: sammen med gennemsnittet ville de røbe tal under {MINIMUM}.")
    label = (
        f"Kurve over {texts.GOAL_TITLES[goal].lower()}: andel {texts.goal_measure(goal, report.parameters)} i {figures.area.name}, "
        f"{figure_text(latest)} i {month(report.latest)}, grænse {limit_percent(limit) if limit else DASH}."
    )
    return {
        "id": goal,
        "title": texts.GOAL_TITLES[goal],
        "measure": texts.goal_measure(goal, report.parameters),
        "share": figure_text(latest),
        "is_exact": latest.state == SHOWN,
        "why": FEW_IN_A_MONTH if latest.state == FEW else why_hidden(latest),
        "limit": limit_percent(limit) if limit is not None else None,
        "is_met": series.is_met,
        "distance": _distance(latest, limit),
        "facts": facts,
        "svg": charts.line_chart(report.vega[charts.GOAL_SIZE], charts.GOAL_SIZE, lines, label) if lines else None,
        "definition": texts.goal_definition(goal, report.parameters),
        "note": " ".join(text for text in note if text),
        "letters": letters,
        "rows": rows,
        "has_monthly": series.monthly is not None,
        "groups": _group_table(report, figures, goal, limit),
    }


def _distance(latest: Figure, limit: float | None) -> str:
    """How far the figure is from the limit."""
    if latest.state != SHOWN or limit is None:
        return ""
    gap = round(latest.value - limit, 3)
    if gap == 0:
        return "lige ved grænsen"
    return f"{points(gap)} {'over' if gap > 0 else 'under'} grænsen"


def _group_table(report: Report, figures: MunicipalityFigures, goal: str, limit: float | None) -> dict[str, Any]:
    top = report.group_tops[goal]
    groups = figures.groups[goal]
    rows, few = [], []
    for code, name in report.benefit_groups.items():
        shown = groups.get(code, GroupFigure(Figure(FEW), None, Figure(HIDDEN)))
        figure = shown.figure
        if figure.state == FEW:
            few.append(name.lower())
            continue
        rows.append(
            {
                "name": name,
                "share": figure_text(figure),
                "is_met": shown.is_met,
                "left": _place(figure.value, top),
                "country_left": _place(shown.country.value, top),
                "country": figure_text(shown.country),
                "persons": persons_text(figure),
                "value": figure.value,
            }
        )
    # Worst first; groups that are not shown keep the order of the benefits, so that the order tells nothing of them.
    rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0)))
    missed = [row for row in rows if row["is_met"] is False]
    reached = [row for row in rows if row["is_met"] is True]
    hidden = sum(row["is_met"] is None for row in rows)
    sentence = texts.left_behind_sentence(
        figures.focus[goal].is_met,
        [_named(row) for row in missed],
        [row["name"].lower() for row in reached],
        len(missed) + len(reached),
        hidden + len(few),
        limit,
    )
    return {
        "rows": rows,
        "sentence": sentence,
        "few": listed(few) if rows else "",
        "limit_left": _place(limit, top),
        "is_left_behind": bool(missed),
    }


def _named(row: dict[str, Any]) -> str:
    """A group with its share, for a sentence."""
    return f"{row['name'].lower()} ({row['share']})" if row["value"] is not None else row["name"].lower()


def _place(value: float | None, top: float) -> str | None:
    """A share as a place on a scale from 0 to the top, in percent of its length."""
    return None if value is None else f"{min(100.0, 100 * value / top):.1f}"


def _supervision_block(report: Report, row: Supervision | None) -> dict[str, Any]:
    if row is None:
        return {"status": "none", "label": "Ingen tal", "sentences": ["Der er ingen afgørelse om skærpet tilsyn for kommunen."]}
    return {
        "status": row.status,
        "label": texts.STATUS.get(row.status, row.status),
        "sentences": texts.supervision_sentences(row, report.active_goals),
    }


def _groups_of(report: Report) -> list[str]:
    present = {group for group, _ in report.indicators}
    return [group for group in texts.TARGET_GROUPS if group in present]


def _section(report: Report, figures: MunicipalityFigures, group: str) -> dict[str, Any]:
    title, who = texts.TARGET_GROUPS[group]
    indicators = [name for name in texts.INDICATORS if (group, name) in report.indicators]
    return {
        "id": group,
        "title": title,
        "who": who,
        "charts": [_indicator_block(report, figures, group, indicator) for indicator in indicators],
    }


def _indicator_block(report: Report, figures: MunicipalityFigures, group: str, indicator: str) -> dict[str, Any]:
    empty = Series(tuple(Figure(FEW) for _ in report.months), tuple(Figure(HIDDEN) for _ in report.months), COUNTRY)
    series = figures.benchmark.get((group, indicator), empty)
    compared = texts.comparison_name(series.comparison_area)
    title = texts.indicator_title(group, indicator, report.intensity, report.ages)
    lines = _indicator_lines(report, figures, group, indicator, series)
    latest = series.figures[-1]
    rows = [
        {
            "month": short_month(day),
            "own": figure_text(figure),
            "other": figure_text(other),
            "persons": persons_text(figure),
        }
        for day, figure, other in zip(report.months, series.figures, series.comparison)
    ]
    label = (
        f"Kurve: {texts.TARGET_GROUPS[group][0]}, {title.lower()} i {figures.area.name}, {figure_text(latest)} i "
        f"{month(report.latest)}, sammenlignet med {compared.lower()}."
    )
    now = {
        "share": figure_text(latest),
        "is_exact": latest.state == SHOWN,
        "persons": persons(latest.persons) if latest.persons is not None else None,
        "other": figure_text(series.comparison[-1]) if series.comparison[-1].value is not None else None,
        "why": why_hidden(latest) if latest.state in (HIDDEN, MISSING) else "",
        "month": short_month(report.latest),
    }
    note = " ".join(filter(None, [_gap_note(series.figures), _scale_note(lines, report.scales[_scale(group, indicator)])]))
    if series.is_series_hidden:
        note = f"Månederne vises ikke: sammen med fokusmålets gennemsnit ville de røbe tal under {MINIMUM}."
    elif lines is None:
        note = why_hidden(latest) if len({figure.state for figure in series.figures}) == 1 else (
            f"Ingen måned kan vises: {FEW_TEXT}, eller tal, der ville røbe så få."
        )
    places, letters = _markers(report, "conversations") if indicator == INTENSITY else ((), [])
    return {
        "id": f"{group}-{indicator}",
        "title": title,
        "now": now,
        "compared": compared,
        "compared_is_cluster": series.comparison_area != COUNTRY,
        "svg": charts.line_chart(report.vega[charts.INDICATOR_SIZE], charts.INDICATOR_SIZE, lines, label) if lines else None,
        "definition": texts.indicator_definition(group, indicator, report.intensity, report.ages),
        "note": note,
        "letters": letters,
        "rows": rows,
    }


def _duration_block(report: Report, figures: MunicipalityFigures, group: str) -> dict[str, Any] | None:
    """The average durations of a target group; None for the groups that have none."""
    unit = "timer" if group == "insured" else "dage"
    rows, hidden = [], []
    for interval in report.intervals:
        series = figures.benchmark.get((group, DURATION + interval))
        if series is None:
            continue
        own = [figure.value for figure in series.figures]
        if own[-1] is None:
            hidden.append(texts.interval_name(interval))
            continue
        latest, other = series.figures[-1], series.comparison[-1]
        year_ago = own[-13] if len(own) > 12 else None
        rows.append(
            {
                "interval": texts.interval_name(interval),
                "own": number(own[-1]),
                "year_ago": number(year_ago) if year_ago is not None else DASH,
                "other": number(other.value) if other.value is not None else DASH,
                "persons": number(latest.persons) if latest.persons is not None else f"mindst {MINIMUM}",
                "spark": charts.sparkline(own, [figure.value for figure in series.comparison]),
            }
        )
    if not rows and not hidden:
        return None
    return {"id": group, "title": texts.TARGET_GROUPS[group][0], "unit": unit, "rows": rows, "hidden": listed(hidden)}


# --- Overview --------------------------------------------------------------------------------------------------------


def overview_page(report: Report, warehouse: Warehouse, published: Published, written: set[str]) -> dict[str, Any]:
    """The page of all municipalities; links only to the pages that are written."""
    limits = {goal: published.focus[goal, COUNTRY].limits[-1] for goal in GOALS}
    rows = [_overview_row(warehouse, published, area, written) for area in warehouse.municipalities.values()]
    larger = [_area_row(published, COUNTRY, "Hele landet")]
    larger += [_area_row(published, code, name) for code, name in warehouse.regions.items()]
    year = max((row.year for row in warehouse.supervision.values()), default=None)
    return {
        "latest": month(report.latest),
        "window": f"{month(report.months[0])} til {month(report.latest)}",
        "rows": rows,
        "larger": larger,
        "limits": {goal: limit_percent(limit) if limit is not None else DASH for goal, limit in limits.items()},
        "measures": {goal: texts.goal_measure(goal, report.parameters) for goal in GOALS},
        "definitions": {goal: texts.goal_definition(goal, report.parameters) for goal in GOALS},
        "summary": _summary(rows),
        "year": year,
        "chart": _overview_chart(report, rows, limits),
        "notes": notes(report),
        "minimum": MINIMUM,
        "has_outside": bool(warehouse.outside),
    }


def _overview_row(warehouse: Warehouse, published: Published, area: Municipality, written: set[str]) -> dict[str, Any]:
    supervision = warehouse.supervision.get(area.code)
    row: dict[str, Any] = {
        "code": area.code,
        "name": area.name,
        "region": area.region_name.removeprefix("Region "),
        "href": f"kommuner/{area.code}.html" if area.code in written else None,
        "status": supervision.status if supervision else "none",
        "status_text": texts.STATUS.get(supervision.status, supervision.status) if supervision else DASH,
        "status_order": list(texts.STATUS).index(supervision.status) if supervision and supervision.status in texts.STATUS else 9,
    }
    for goal in GOALS:
        series = published.focus[goal, area.code]
        figure = series.figures[-1]
        row[goal] = {
            "share": figure_text(figure),
            "state": figure.state,
            "value": figure.value,
            "sort": _sort_key(figure),
            "is_met": series.is_met,
            "persons": f"{persons_text(figure)} pers." if figure.state != FEW else "",
        }
    return row


def _area_row(published: Published, code: str, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {"name": name}
    for goal in GOALS:
        series = published.focus[goal, code]
        row[goal] = {"share": figure_text(series.figures[-1]), "is_met": series.is_met}
    return row


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    told = [row for row in rows if all(row[goal]["is_met"] is not None for goal in GOALS)]
    statuses = {status: sum(row["status"] == status for row in rows) for status in texts.STATUS}
    return {
        "municipalities": len(rows),
        "told": len(told),
        "untold": len(rows) - len(told),
        "both": sum(all(row[goal]["is_met"] for goal in GOALS) for row in told),
        "met": {goal: sum(row[goal]["is_met"] is True for row in rows) for goal in GOALS},
        "missed": {goal: sum(row[goal]["is_met"] is False for row in rows) for goal in GOALS},
        "supervised": sum(statuses[status] for status in ("selected", "extended", "administration")),
        "statuses": statuses,
    }


def _overview_chart(
    report: Report, rows: list[dict[str, Any]], limits: dict[str, float | None]
) -> dict[str, Any] | None:
    """Municipalities with both shares shown, or None when fewer than two can be drawn."""
    shown = [row for row in rows if all(row[goal]["value"] is not None for goal in GOALS)]
    if len(shown) < 2 or None in limits.values():
        return None
    points_drawn = [
        charts.Point(
            row["offers"]["value"],
            row["conversations"]["value"],
            "met" if row["offers"]["is_met"] and row["conversations"]["is_met"] else "missed",
            row["name"],
        )
        for row in shown
    ]
    edges = limits["offers"], limits["conversations"]
    charts.keep_outer_labels(points_drawn, edges)
    label = (
        f"Punktdiagram: {len(shown)} kommuner efter andel uden tilbud og andel med for få samtaler, med grænserne for begge mål."
    )
    return {
        "svg": charts.overview_chart(
            points_drawn, edges, (texts.goal_measure("offers", report.parameters), texts.goal_measure("conversations", report.parameters)), label
        ),
        "shown": len(shown),
        "left_out": len(rows) - len(shown),
    }


# --- Notes -----------------------------------------------------------------------------------------------------------


def notes(report: Report) -> list[str]:
    """What a reader has to know about the figures of every page."""
    found = [
        f"Tal under {MINIMUM} personer vises ikke. En andel, der hviler på så få, skrives som en grænse "
        f"(for eksempel “under{NO_BREAK}12,5{NO_BREAK}%”), eller skjules. Er ét tal skjult, kan et andet være det for at "
        "beskytte det, så det ikke kan regnes ud af summer, gennemsnit eller landstal.",
        f"Andele er afrundet til én decimal. Personer bag et 12-måneders-gennemsnit er et gennemsnit pr. måned.",
    ]
    if not report.has_population:
        found.append("Leverancen har ingen befolkningstal, så målgruppernes andele af befolkningen er ikke med.")
    elif report.has_clusters:
        found.append(
            "Andele af befolkningen sammenlignes med kommunens klynge: det simple gennemsnit af klyngens kommuner, den selv "
            "medregnet. En kommune uden klynge og alle andre nøgletal sammenlignes med hele landet."
        )
    else:
        found.append("Leverancen har ingen klynger, så alle nøgletal sammenlignes med hele landet.")
    return found
