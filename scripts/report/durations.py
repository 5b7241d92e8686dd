"""The average durations as they may be shown (rule 8 of disclosure.py)."""

from __future__ import annotations

import math
from datetime import date

from scripts.report.disclosure import (
    DURATION,
    FEW_PERSONS,
    HIDDEN,
    INTENSITY,
    LARGEST_HIDDEN,
    MINIMUM,
    NO_FIGURE,
    PERSONS_INDICATOR,
    SHOWN,
    SMALL,
    UNBOUNDED,
    Figure,
    Series,
    leaves_free,
)
from scripts.report.marts import COUNTRY, Benchmark, Warehouse


def protect_durations(warehouse: Warehouse, group: str) -> dict[tuple[str, str], dict[str, Series]]:
    """The average durations of a target group (rule 8)."""
    by_interval = {
        interval: warehouse.benchmark.get((group, DURATION + interval), {}) for interval in warehouse.intervals
    }
    shown: dict[str, dict[str, list[Figure]]] = {interval: {} for interval in warehouse.intervals}
    for area in warehouse.municipalities:
        for interval in warehouse.intervals:
            shown[interval][area] = []
        for month in warehouse.months:
            figures = _durations_of_month(warehouse, group, by_interval, area, month)
            for interval, figure in figures.items():
                shown[interval][area].append(figure)
    protected = {}
    for interval, rows in by_interval.items():
        country = tuple(
            _country_duration(rows, shown[interval], index, month) for index, month in enumerate(warehouse.months)
        )
        protected[group, DURATION + interval] = {
            area: Series(tuple(shown[interval][area]), country, COUNTRY) for area in warehouse.municipalities
        }
    return protected


def _durations_of_month(
    warehouse: Warehouse, group: str, by_interval: dict[str, dict], area: str, month: date
) -> dict[str, Figure]:
    """One month of an area: counts only in the latest month; `few` is also said of an interval hidden for others."""
    rows = {interval: rows.get((area, month)) for interval, rows in by_interval.items()}
    counts = {interval: round(row.denominator) for interval, row in rows.items() if row is not None}
    shown = [interval for interval, count in counts.items() if count >= MINIMUM]
    members = warehouse.benchmark.get((group, PERSONS_INDICATOR), {}).get((area, month))
    persons = members.denominator if members is not None else 0
    are_counts_shown = month == warehouse.latest and _counts_leave_free(
        warehouse, group, area, month, counts, shown, persons
    )
    while shown and len(shown) < len(by_interval) and persons - MINIMUM * len(shown) < LARGEST_HIDDEN:
        shown.remove(min(shown, key=counts.__getitem__))
        are_counts_shown = False
    return {
        interval: Figure(
            SHOWN,
            _whole(rows[interval].value),
            persons=counts[interval] if are_counts_shown else None,
        )
        if interval in shown
        else FEW_PERSONS
        for interval in by_interval
    }


def _whole(value: float) -> float:
    """A duration in whole days or hours, halves up."""
    return float(math.floor(round(value, 9) + 0.5))


def _counts_leave_free(
    warehouse: Warehouse, group: str, area: str, month: date, counts: dict[str, int], shown: list[str], persons: float
) -> bool:
    """Whether the counts shown for intervals leave those hidden free, beside the counts of the other indicators."""
    if persons - sum(counts[interval] for interval in shown) < LARGEST_HIDDEN and len(shown) < len(warehouse.intervals):
        return False
    intensity = warehouse.benchmark.get((group, INTENSITY), {}).get((area, month))
    if intensity is None or intensity.denominator < MINIMUM:
        return True
    looked_at = warehouse.intensity_intervals.get(group, [])
    hidden = [interval for interval in looked_at if interval not in shown]
    rest = intensity.denominator - sum(counts[interval] for interval in looked_at if interval in shown)
    return leaves_free(rest, UNBOUNDED, [SMALL] * len(hidden))


def _country_duration(
    rows: dict[tuple[str, date], Benchmark], shown: dict[str, list[Figure]], index: int, month: date
) -> Figure:
    total = rows.get((COUNTRY, month))
    if total is None or total.value is None:
        return NO_FIGURE
    if total.denominator < MINIMUM:
        return FEW_PERSONS
    beside = sum(rows[area, month].denominator for area, months in shown.items() if months[index].state == SHOWN)
    rest = total.denominator - beside
    return Figure(SHOWN, _whole(total.value)) if rest == 0 or rest >= MINIMUM else Figure(HIDDEN)
