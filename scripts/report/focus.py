"""The focus goals as they may be shown: municipalities, regions, country (rules 4, 5 and 7 of disclosure.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scripts.report.danish import rounded_share
from scripts.report.disclosure import (
    FEW,
    FEW_PERSONS,
    HIDDEN,
    SHOWN,
    Figure,
    GoalSeries,
    Hidden,
    average_share,
    hidden_count,
    is_sum_safe,
    larger_share,
    mean_counts,
    person_share,
)
from scripts.report.marts import ALL_GROUPS, COUNTRY, GOALS, Warehouse


def protect_focus(warehouse: Warehouse) -> dict[tuple[str, str], GoalSeries]:
    """Focus goals by goal and area: municipalities, regions, country."""
    protected = {}
    for goal in GOALS:
        for area in (*warehouse.municipalities, *warehouse.regions, COUNTRY):
            protected[goal, area] = _goal_series(warehouse, goal, area)
        _protect_larger_averages(warehouse, protected, goal)
    return protected


def _goal_series(warehouse: Warehouse, goal: str, area: str) -> GoalSeries:
    figures, limits = [], []
    for month in warehouse.months:
        row = warehouse.focus.get((goal, area, month))
        cells = warehouse.average_cells(goal, area, ALL_GROUPS, month)
        figures.append(average_share(row.average if row else None, cells, warehouse.averaged_months))
        limits.append(row.limit if row else None)
    latest = warehouse.focus.get((goal, area, warehouse.latest))
    is_told = latest is not None and figures[-1].state != FEW
    monthly = None
    if is_series_safe(warehouse, goal, area):
        cells = [warehouse.cells[goal, area, ALL_GROUPS, month] for month in warehouse.months]
        monthly = tuple(rounded_share(cell.numerator / cell.denominator) for cell in cells)
    return GoalSeries(tuple(figures), tuple(limits), monthly, latest.is_met if is_told else None)


def is_series_safe(warehouse: Warehouse, goal: str, area: str) -> bool:
    """Whether every month that the averages look at may be shown (rule 5)."""
    cells = [warehouse.cells.get((goal, area, ALL_GROUPS, month)) for month in warehouse.window]
    return all(cell is not None and person_share(*cell).state == SHOWN for cell in cells)


def _protect_larger_averages(warehouse: Warehouse, protected: dict[tuple[str, str], GoalSeries], goal: str) -> None:
    """Write the averages of regions and country as exactly as leaves the hidden counts in them free (rule 7)."""
    figures: dict[str, list[Figure]] = {area: [] for area in (*warehouse.regions, COUNTRY)}
    for index in range(len(warehouse.months)):
        beyond = []  # hidden counts that no exact region binds
        for region in warehouse.regions:
            hidden = _hidden_averages(warehouse, protected, goal, warehouse.areas_of(region), index)
            figure = _larger_average(warehouse, protected, goal, region, index, hidden)
            figures[region].append(figure)
            if figure.state != SHOWN or not is_sum_safe(hidden):
                beyond += hidden
        beyond += _hidden_averages(warehouse, protected, goal, warehouse.outside, index)
        figures[COUNTRY].append(_larger_average(warehouse, protected, goal, COUNTRY, index, beyond))
    for area, months in figures.items():
        series = protected[goal, area]
        is_met = series.is_met if months[-1].value is not None else None
        protected[goal, area] = replace(series, figures=tuple(months), monthly=None, is_met=is_met)


def _hidden_averages(
    warehouse: Warehouse, protected: dict[tuple[str, str], GoalSeries], goal: str, areas: Iterable[str], index: int
) -> list[Hidden]:
    """The areas whose average is no exact number in a month; those outside the municipalities are never shown."""
    hidden = []
    for area in areas:
        cells = warehouse.average_cells(goal, area, ALL_GROUPS, warehouse.months[index])
        lacking, persons = mean_counts(cells)
        series = protected.get((goal, area))
        figure = series.figures[index] if series else person_share(lacking, persons)
        if figure.state != SHOWN:
            hidden.append(hidden_count(figure, lacking, persons))
    return hidden


def _larger_average(
    warehouse: Warehouse,
    protected: dict[tuple[str, str], GoalSeries],
    goal: str,
    area: str,
    index: int,
    hidden: list[Hidden],
) -> Figure:
    figure = protected[goal, area].figures[index]
    month = warehouse.months[index]
    row = warehouse.focus.get((goal, area, month))
    if row is None or row.average is None or figure.state != SHOWN:
        return FEW_PERSONS if figure.state == FEW else Figure(HIDDEN)
    return larger_share(row.average, mean_counts(warehouse.average_cells(goal, area, ALL_GROUPS, month))[1], hidden)
