"""Rules G: the focus goals as averages of twelve monthly shares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from .cells import ALL, FOCUS_INTERVAL, Area, Picked, share_under_4, share_without
from .days import add_months
from .months import PersonMonth
from .parameters import (
    CONVERSATION_LIMIT,
    GOAL_MONTHS,
    OFFER_LIMIT_AFTER,
    OFFER_LIMIT_BEFORE,
)
from .versions import Method

TEN_DECIMALS = Decimal("1e-10")
Share = Callable[[list[PersonMonth]], Fraction | None]


@dataclass(frozen=True)
class FocusGoals:
    """The goals of an area (or of one benefit group in it) at a month."""

    months_in_window: int
    average_without_offer: Decimal | None
    average_under_4: Decimal | None
    offer_limit: Decimal

    @property
    def is_offer_goal_met(self) -> bool | None:
        return is_met(self.average_without_offer, self.offer_limit)

    @property
    def is_conversation_goal_met(self) -> bool | None:
        return is_met(self.average_under_4, CONVERSATION_LIMIT)


def is_met(average: Decimal | None, limit: Decimal) -> bool | None:
    return None if average is None else average < limit


def offer_limit(month: date, method: Method) -> Decimal:
    """G-01: the higher limit when a month of the twelve is in 2023 or later."""
    return OFFER_LIMIT_BEFORE if month < method.offer_limit_changes else OFFER_LIMIT_AFTER


def rounded(value: Fraction) -> Decimal:
    """G-01: 10 decimals."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(TEN_DECIMALS, ROUND_HALF_UP)


def average(months: list[list[PersonMonth]], monthly_share: Share) -> Decimal | None:
    """G-03: never a partial average."""
    shares = [value for persons in months if (value := monthly_share(persons)) is not None]
    if len(shares) < GOAL_MONTHS:
        return None
    return rounded(sum(shares) / GOAL_MONTHS)


def focus_goals(cells: Picked, area: Area, month: date, method: Method, group: str = ALL) -> FocusGoals:
    """G-01 to G-03 over the month and the eleven months before it."""
    keys = [(*area, add_months(month, -back), group, FOCUS_INTERVAL) for back in range(GOAL_MONTHS)]
    months = [cells[key] for key in keys if key in cells]
    return FocusGoals(
        months_in_window=len(months),
        average_without_offer=average(months, share_without),
        average_under_4=average(months, share_under_4),
        offer_limit=offer_limit(month, method),
    )


def monthly_focus_goals(cells: Picked, method: Method) -> dict[tuple[Area, date], FocusGoals]:
    """G-03: every area and month with a cell for all groups and 12 months and over."""
    return {
        ((area_type, area_code), month): focus_goals(cells, (area_type, area_code), month, method)
        for area_type, area_code, month, group, interval in cells
        if group == ALL and interval == FOCUS_INTERVAL
    }


def goal_columns(goals: FocusGoals) -> dict:
    def published(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return {
        "months_in_window": goals.months_in_window,
        "avg_share_without_offer": published(goals.average_without_offer),
        "offer_limit": float(goals.offer_limit),
        "is_offer_goal_met": goals.is_offer_goal_met,
        "avg_share_under_4": published(goals.average_under_4),
        "conversation_limit": float(CONVERSATION_LIMIT),
        "is_conversation_goal_met": goals.is_conversation_goal_met,
    }


def monthly_rows(goals: dict[tuple[Area, date], FocusGoals]) -> list[dict]:
    """mart_focus_goals_monthly"""
    return [
        {"area_type": area[0], "area_code": area[1], "measure_month": month, **goal_columns(values)}
        for (area, month), values in goals.items()
    ]


def yearly_rows(goals: dict[tuple[Area, date], FocusGoals]) -> list[dict]:
    """mart_focus_goals_yearly: December's row."""
    return [
        {"area_type": area[0], "area_code": area[1], "year": month.year, **goal_columns(values)}
        for (area, month), values in goals.items()
        if month.month == 12
    ]
