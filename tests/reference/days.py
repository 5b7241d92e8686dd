"""Calendar helpers. A day is an ordinal (int), a month is year * 12 + month - 1 (int)."""

from calendar import monthrange
from datetime import date
from functools import cache


def ordinal(value: date) -> int:
    return value.toordinal()


def as_date(day: int) -> date:
    return date.fromordinal(day)


@cache
def month_of(day: int) -> int:
    value = date.fromordinal(day)
    return value.year * 12 + value.month - 1


def month_of_date(value: date) -> int:
    return value.year * 12 + value.month - 1


def month_start_date(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


@cache
def month_start(month: int) -> int:
    return month_start_date(month).toordinal()


@cache
def month_end(month: int) -> int:
    return month_start(month + 1) - 1


def add_months(value: date, months: int) -> date:
    """Same day of the month, or the last day of the month when it does not exist (B-07, C-10)."""
    month = month_of_date(value) + months
    year, number = month // 12, month % 12 + 1
    return date(year, number, min(value.day, monthrange(year, number)[1]))


def is_weekday(day: int) -> bool:
    """I-01: Monday to Friday, public holidays included."""
    return date.fromordinal(day).weekday() < 5


@cache
def is_leap_day(day: int) -> bool:
    value = date.fromordinal(day)
    return value.month == 2 and value.day == 29


@cache
def weekdays_of_month(month: int) -> tuple[int, ...]:
    return tuple(day for day in range(month_start(month), month_end(month) + 1) if is_weekday(day))


def whole_month_between(first: int, second: int) -> bool:
    """S-01, I-04: a whole calendar month lies strictly between two days."""
    return month_of(second) - month_of(first) >= 2
