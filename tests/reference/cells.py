"""Rules M-05, M-10 to M-12: persons in cells of area, month, benefit group and duration."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date
from fractions import Fraction

from .months import PersonMonth
from .parameters import (
    EARLY_EFFORT_GOAL,
    EARLY_EFFORT_INTERVAL,
    EARLY_EFFORT_WITHOUT_DAGPENGE_FROM,
    FEWER_THAN,
    GROUP_ORDER,
    REGION_OF,
)

COUNTRY = ("country", "DK")
ALL = "all"
FOCUS_INTERVAL = "12_plus"

Area = tuple[str, str]
Picked = dict[Hashable, list[PersonMonth]]


def areas_of(municipality: str) -> list[Area]:
    """M-04: a code outside the 98 is in no region."""
    areas = [COUNTRY, ("municipality", municipality)]
    if municipality in REGION_OF:
        areas.append(("region", REGION_OF[municipality]))
    return areas


def intervals_of(row: PersonMonth) -> list[str]:
    return [row.interval, FOCUS_INTERVAL if row.is_12_plus else "under_12", ALL]


def pick_one_per_person(keyed: Iterable[tuple[Hashable, PersonMonth]]) -> Picked:
    """M-05: per cell and person the row with the latest L, ties by group order."""
    picked: dict[Hashable, dict[str, PersonMonth]] = defaultdict(dict)
    for key, row in keyed:
        best = picked[key].get(row.person_id)
        if best is None or precedence(row) > precedence(best):
            picked[key][row.person_id] = row
    return {key: list(rows.values()) for key, rows in picked.items()}


def precedence(row: PersonMonth) -> tuple[int, int]:
    return row.measurement_day, -GROUP_ORDER[row.group]


def cells(rows: list[PersonMonth]) -> Picked:
    """Keys: (area_type, area_code, month, benefit_group, duration_interval)."""
    return pick_one_per_person(
        ((*area, row.month, group, interval), row)
        for row in rows
        for area in areas_of(row.municipality)
        for group in (row.group, ALL)
        for interval in intervals_of(row)
    )


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def measured_conversations(persons: list[PersonMonth]) -> list[PersonMonth]:
    """E-05: without the persons exempt in the conversation measurement."""
    return [row for row in persons if not row.is_exempt_conversations]


def measured_offers(persons: list[PersonMonth]) -> list[PersonMonth]:
    """E-05: without the persons exempt in the offer measurement."""
    return [row for row in persons if not row.is_exempt_offers]


def share_under_4(persons: list[PersonMonth]) -> Fraction | None:
    """M-10, measure 4"""
    measured = measured_conversations(persons)
    return share(sum(row.conversations < FEWER_THAN for row in measured), len(measured))


def share_without(persons: list[PersonMonth]) -> Fraction | None:
    """M-11"""
    measured = measured_offers(persons)
    return share(sum(not row.is_active for row in measured), len(measured))


def share_with_offer(persons: list[PersonMonth]) -> Fraction | None:
    """M-12: has_offer, never hours."""
    measured = measured_offers(persons)
    return share(sum(row.has_offer for row in measured), len(measured))


def cell_key_columns(key: tuple) -> dict:
    columns = ("area_type", "area_code", "measure_month", "benefit_group", "duration_interval")
    return dict(zip(columns, key))


def conversation_cell(key: tuple, persons: list[PersonMonth]) -> dict:
    """M-10: mart_conversations_monthly"""
    measured = measured_conversations(persons)
    counts = [min(row.conversations, 5) for row in measured]
    return {
        **cell_key_columns(key),
        "persons_0": counts.count(0),
        "persons_1": counts.count(1),
        "persons_2": counts.count(2),
        "persons_3": counts.count(3),
        "persons_4": counts.count(4),
        "persons_5_plus": counts.count(5),
        "persons_measured": len(measured),
        "persons_under_4": sum(count < FEWER_THAN for count in counts),
        "share_under_4": as_float(share_under_4(persons)),
        "persons_exempt": len(persons) - len(measured),
    }


def offer_cell(key: tuple, persons: list[PersonMonth]) -> dict:
    """M-11: mart_offers_monthly"""
    measured = measured_offers(persons)
    return {
        **cell_key_columns(key),
        "persons_measured": len(measured),
        "persons_with_offer": sum(row.has_offer for row in measured),
        "persons_hours_only": sum(row.has_ordinary_hours and not row.has_offer for row in measured),
        "persons_without": sum(not row.is_active for row in measured),
        "share_without": as_float(share_without(persons)),
        "persons_exempt": len(persons) - len(measured),
    }


def has_early_effort_row(row: PersonMonth) -> bool:
    """M-12: duration 6 months; a-dagpenge only before January 2023."""
    is_left_out = row.group == "a_dagpenge" and row.month >= EARLY_EFFORT_WITHOUT_DAGPENGE_FROM
    return row.interval == EARLY_EFFORT_INTERVAL and not is_left_out


def early_effort_rows(rows: list[PersonMonth]) -> list[dict]:
    """M-12: mart_early_effort_monthly"""
    picked = pick_one_per_person(
        ((*area, row.month, group), row)
        for row in rows
        if has_early_effort_row(row)
        for area in areas_of(row.municipality)
        for group in (row.group, ALL)
    )
    return [early_effort_row(key, persons) for key, persons in picked.items()]


def early_effort_row(key: tuple[str, str, date, str], persons: list[PersonMonth]) -> dict:
    with_offer = share_with_offer(persons)
    return {
        **cell_key_columns(key),
        "persons_measured_conversations": len(measured_conversations(persons)),
        "share_under_4": as_float(share_under_4(persons)),
        "persons_measured_offers": len(measured_offers(persons)),
        "share_with_offer": as_float(with_offer),
        "is_active_goal_met": None if with_offer is None else with_offer >= EARLY_EFFORT_GOAL,
    }
