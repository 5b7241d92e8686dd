"""The indicators of the benchmark as they may be shown (rules 1, 2, 5, 7 and 8 of disclosure.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scripts.report.disclosure import (
    ANY_OFFER,
    DURATION,
    FEW,
    FEW_PERSONS,
    HIDDEN,
    INTENSITY,
    LARGEST_HIDDEN,
    MINIMUM,
    MISSING,
    NO_FIGURE,
    PERSONS_INDICATOR,
    POPULATION,
    SHOWN,
    SMALL,
    UNBOUNDED,
    Figure,
    Hidden,
    Part,
    Series,
    day_cap,
    day_share,
    hidden_count,
    larger_share,
    leaves_free,
    person_share,
    population_share,
)
from scripts.report.durations import protect_durations
from scripts.report.focus import is_series_safe
from scripts.report.marts import ALL_GROUPS, COUNTRY, Benchmark, Warehouse


def protect_benchmark(warehouse: Warehouse) -> dict[tuple[str, str], dict[str, Series]]:
    """Every indicator by target group and indicator, then municipality."""
    protected = {}
    for group in sorted({group for group, indicator in warehouse.benchmark if indicator.startswith(DURATION)}):
        protected |= protect_durations(warehouse, group)
    durations = dict(protected)
    for (group, indicator), rows in warehouse.benchmark.items():
        if not indicator.startswith(DURATION):
            protected[group, indicator] = _protect_indicator(warehouse, group, indicator, rows, durations)
    return protected


def _protect_indicator(
    warehouse: Warehouse,
    group: str,
    indicator: str,
    rows: dict[tuple[str, date], Benchmark],
    durations: dict[tuple[str, str], dict[str, Series]],
) -> dict[str, Series]:
    persons = warehouse.benchmark.get((group, PERSONS_INDICATOR), {})
    figures = {
        area: [
            _indicator_figure(indicator, rows.get((area, month)), persons.get((area, month)), month)
            for month in warehouse.months
        ]
        for area in warehouse.municipalities
    }
    silenced = set()
    if (group, indicator) == (ALL_GROUPS, INTENSITY):
        silenced = {area for area in figures if not _is_intensity_safe(warehouse, area, figures[area])}
        for area in silenced:
            figures[area] = [
                figure if figure.state == FEW else Figure(HIDDEN, persons=figure.persons) for figure in figures[area]
            ]
    if indicator == INTENSITY:
        looked_at = [durations.get((group, DURATION + code)) for code in warehouse.intensity_intervals.get(group, [])]
        _protect_beside_durations(figures, rows, warehouse.months, [series for series in looked_at if series])
    clusters = _cluster_values(warehouse, rows, figures, is_sum_free=indicator == POPULATION)
    country = [
        _country_value(warehouse, indicator, rows, figures, index, is_sum_free=not clusters)
        for index in range(len(warehouse.months))
    ]
    series = {}
    for area in warehouse.municipalities:
        compared = _comparison_area(warehouse, rows, area)
        values = country if compared == COUNTRY else clusters[compared]
        series[area] = Series(tuple(figures[area]), tuple(values), compared, area in silenced)
    return series


def _protect_beside_durations(
    figures: dict[str, list[Figure]],
    rows: dict[tuple[str, date], Benchmark],
    months: Sequence[date],
    intervals: Sequence[dict[str, Series]],
) -> None:
    """Hide the intensity in months where its persons would bound its intervals, all of them hidden (rule 8)."""
    for area, of_area in figures.items():
        for index, month in enumerate(months):
            row = rows.get((area, month))
            if row is None or not intervals or any(series[area].figures[index].state == SHOWN for series in intervals):
                continue
            if not leaves_free(row.denominator, UNBOUNDED, [SMALL] * len(intervals)):
                of_area[index] = Figure(HIDDEN)


def _indicator_figure(indicator: str, row: Benchmark | None, persons: Benchmark | None, month: date) -> Figure:
    if row is None:
        return FEW_PERSONS
    if indicator.startswith(POPULATION):
        return population_share(row)
    if indicator == ANY_OFFER:
        return day_share(row, persons.denominator if persons else 0, month)
    return person_share(row.numerator, row.denominator)


def _is_intensity_safe(warehouse: Warehouse, area: str, figures: list[Figure]) -> bool:
    return is_series_safe(warehouse, "conversations", area) and all(figure.state == SHOWN for figure in figures)


def _comparison_area(warehouse: Warehouse, rows: dict[tuple[str, date], Benchmark], area: str) -> str:
    for month in reversed(warehouse.months):
        row = rows.get((area, month))
        if row is not None and row.comparison_area is not None:
            return row.comparison_area
    return COUNTRY


def _country_value(
    warehouse: Warehouse,
    indicator: str,
    rows: dict[tuple[str, date], Benchmark],
    figures: dict[str, list[Figure]],
    index: int,
    is_sum_free: bool,
) -> Figure:
    """The country's share in a month, hidden where it is small itself (rule 7)."""
    month = warehouse.months[index]
    total = rows.get((COUNTRY, month))
    if total is None or total.value is None:
        return NO_FIGURE
    if indicator == ANY_OFFER:
        cap = day_cap(month)
        is_small = total.numerator <= cap or total.denominator - total.numerator <= cap
    elif indicator.startswith(POPULATION):
        cap, is_small = LARGEST_HIDDEN, total.numerator < MINIMUM
    else:
        cap, is_small = LARGEST_HIDDEN, person_share(total.numerator, total.denominator).state != SHOWN
    if is_small:
        return Figure(HIDDEN)
    hidden = []
    for area, months in figures.items():
        row = rows.get((area, month))
        if months[index].state not in (SHOWN, MISSING):
            hidden.append(hidden_count(months[index], *((row.numerator, row.denominator) if row else (0, 0)), cap))
    # Areas that have no page are taken as known elsewhere, unless they are small themselves.
    beyond = (rows[area, month] for area in warehouse.outside if (area, month) in rows)
    counts = (hidden_count(Figure(HIDDEN), row.numerator, row.denominator, cap) for row in beyond)
    hidden += [count for count in counts if count.part.free_to is not None]
    return larger_share(total.value, total.denominator, hidden, cap, is_sum_free)


def _cluster_values(
    warehouse: Warehouse, rows: dict[tuple[str, date], Benchmark], figures: dict[str, list[Figure]], is_sum_free: bool
) -> dict[str, list[Figure]]:
    """The mean of each cluster month by month (rule 7)."""
    members: dict[str, list[str]] = {}
    for area in warehouse.municipalities:
        cluster = _comparison_area(warehouse, rows, area)
        if cluster != COUNTRY:
            members.setdefault(cluster, []).append(area)
    return {
        cluster: [
            _cluster_value(rows, figures, areas, index, month, is_sum_free)
            for index, month in enumerate(warehouse.months)
        ]
        for cluster, areas in members.items()
    }


def _cluster_value(
    rows: dict[tuple[str, date], Benchmark],
    figures: dict[str, list[Figure]],
    areas: list[str],
    index: int,
    month: date,
    is_sum_free: bool,
) -> Figure:
    """The simple mean of a cluster's shares; a hidden count moves it by its share of its own population."""
    valued = [area for area in areas if (area, month) in rows and rows[area, month].value is not None]
    if not valued:
        return NO_FIGURE
    hidden = []
    for area in valued:
        if figures[area][index].state != SHOWN:
            most = LARGEST_HIDDEN / rows[area, month].denominator
            hidden.append(Hidden(rows[area, month].value, Part(0, most, 0, most)))
    return larger_share(rows[valued[0], month].comparison_value, len(valued), hidden, is_sum_free=is_sum_free)
