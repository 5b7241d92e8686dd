"""The page of a municipality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scripts.report import charts, texts
from scripts.report.danish import (
    DASH,
    limit_percent,
    listed,
    month,
    number,
    percent,
    persons,
    points,
    short_month,
)
from scripts.report.disclosure import (
    DURATION,
    FEW,
    HIDDEN,
    INTENSITY,
    MINIMUM,
    MISSING,
    SHOWN,
    Figure,
    GroupFigure,
    Series,
)
from scripts.report.marts import (
    COUNTRY,
    GOALS,
    Supervision,
)
from scripts.report.pages import (
    FEW_IN_A_MONTH,
    FEW_TEXT,
    MunicipalityFigures,
    Report,
    figure_text,
    gap_note,
    goal_scale,
    highest_of,
    is_any_shown,
    markers_of,
    notes,
    persons_text,
    scale_note,
    scale_of,
    why_hidden,
)


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
    if not is_any_shown(series.figures):
        return None
    return charts.Lines(
        months=report.months,
        own=_values(series.figures),
        own_name=figures.area.name,
        own_text=_end_text(series.figures),
        other=_values(country.figures),
        other_text=_end_text(country.figures),
        other_name=texts.comparison_name(COUNTRY),
        top=_top(report.scales[goal_scale(goal)], [*_values(series.figures), *(series.monthly or [])]),
        monthly=series.monthly,
        limits=country.limits,
        markers=markers_of(report, goal)[0],
    )


def _indicator_lines(
    report: Report, figures: MunicipalityFigures, group: str, indicator: str, series: Series
) -> charts.Lines | None:
    """The lines of an indicator, or None when no month can be shown."""
    if not is_any_shown(series.figures):
        return None
    return charts.Lines(
        months=report.months,
        own=_values(series.figures),
        own_name=figures.area.name,
        own_text=_end_text(series.figures),
        other=_values(series.comparison),
        other_text=_end_text(series.comparison),
        other_name=texts.comparison_name(series.comparison_area),
        top=_top(report.scales[scale_of(group, indicator)], [highest_of(series)]),
        markers=markers_of(report, "conversations")[0] if indicator == INTENSITY else (),
    )


def _values(figures: Iterable[Figure]) -> list[float | None]:
    """What a line is drawn from."""
    return [figure.value for figure in figures]


def _end_text(figures: Sequence[Figure]) -> str:
    """The last value of a line as it is written."""
    return next((figure_text(figure) for figure in reversed(figures) if figure.value is not None), "")


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
    places, letters = markers_of(report, goal)
    note = [gap_note(series.figures), scale_note(lines, report.scales[goal_scale(goal)])]
    if series.monthly:
        note.append("Prikkerne er de enkelte måneder.")
    elif lines:
        note.append(f"De enkelte måneder vises ikke: sammen med gennemsnittet ville de røbe tal under {MINIMUM}.")
    label = (
        f"Kurve over {texts.GOAL_TITLES[goal].lower()}: andel {texts.goal_measure(goal, report.parameters)} "
        f"i {figures.area.name}, "
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
        shown = groups.get(code, GroupFigure(Figure(FEW), None))
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
        return {
            "status": "none",
            "label": "Ingen tal",
            "sentences": ["Der er ingen afgørelse om skærpet tilsyn for kommunen."],
        }
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
    note = " ".join(
        filter(None, [gap_note(series.figures), scale_note(lines, report.scales[scale_of(group, indicator)])])
    )
    if series.is_series_hidden:
        note = f"Månederne vises ikke: sammen med fokusmålets gennemsnit ville de røbe tal under {MINIMUM}."
    elif lines is None:
        note = (
            why_hidden(latest)
            if len({figure.state for figure in series.figures}) == 1
            else (f"Ingen måned kan vises: {FEW_TEXT}, eller tal, der ville røbe så få.")
        )
    places, letters = markers_of(report, "conversations") if indicator == INTENSITY else ((), [])
    return {
        "id": f"{group}-{indicator}",
        "title": title,
        "now": now,
        "compared": compared,
        "compared_is_cluster": series.comparison_area != COUNTRY,
        "svg": charts.line_chart(report.vega[charts.INDICATOR_SIZE], charts.INDICATOR_SIZE, lines, label)
        if lines
        else None,
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
