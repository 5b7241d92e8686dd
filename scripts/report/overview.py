"""The page of all municipalities."""

from __future__ import annotations

from typing import Any

from scripts.report import charts, texts
from scripts.report.danish import (
    DASH,
    limit_percent,
    month,
)
from scripts.report.disclosure import (
    FEW,
    MINIMUM,
    Published,
)
from scripts.report.marts import (
    COUNTRY,
    GOALS,
    Municipality,
    Warehouse,
)
from scripts.report.pages import (
    Report,
    figure_text,
    notes,
    persons_text,
    sort_key,
)


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
        "status_order": list(texts.STATUS).index(supervision.status)
        if supervision and supervision.status in texts.STATUS
        else 9,
    }
    for goal in GOALS:
        series = published.focus[goal, area.code]
        figure = series.figures[-1]
        row[goal] = {
            "share": figure_text(figure),
            "state": figure.state,
            "value": figure.value,
            "sort": sort_key(figure),
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
        f"Punktdiagram: {len(shown)} kommuner efter andel uden tilbud og andel med for få samtaler, "
        "med grænserne for begge mål."
    )
    return {
        "svg": charts.overview_chart(
            points_drawn,
            edges,
            (texts.goal_measure("offers", report.parameters), texts.goal_measure("conversations", report.parameters)),
            label,
        ),
        "shown": len(shown),
        "left_out": len(rows) - len(shown),
    }
