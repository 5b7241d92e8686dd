"""Rules D and T: dead periods, hours per day, the spell clock and the measuring window."""

from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from itertools import accumulate

from .benefits import dagpenge_rows, days_of, paid_dagpenge_rows, subsidy_periods
from .days import is_leap_day, is_weekday, month_of, ordinal, weekdays_of_month
from .delivery import Delivery
from .parameters import (
    CORONA_DEAD,
    DAY_BOUNDS,
    DEAD_CODES,
    FULL_TIME,
    HOUR_BOUNDS,
    INTERVALS,
    MONTH_NORM,
    TWELVE_MONTHS,
    YEAR_IN_DAYS,
)
from .spells import Spell

CORONA_DAYS = range(ordinal(CORONA_DEAD[0]), ordinal(CORONA_DEAD[1]) + 1)


def absence_dead_days(delivery: Delivery, person_id: str) -> set[int]:
    """D-01, D-03: the union of the person's dead absence periods."""
    return days_of(
        [
            period
            for period in delivery.periods("tass_fravaer", person_id)
            if period.row["fravaer_kode"] in DEAD_CODES
        ]
    )


def hundredths(hours: Decimal) -> int:
    return int(hours * 100)


def spread(total: int, days: list[int]) -> dict[int, int]:
    """T-03, H-01: up to and including the k-th of n days, floor(total * k / n) has been given."""
    count = len(days)
    return {
        day: total * (position + 1) // count - total * position // count for position, day in enumerate(days)
    }


class InsuranceForm:
    """T-03: the insurance form on a day, from the payment rows that B-02 uses."""

    def __init__(self, delivery: Delivery, person_id: str):
        rows = sorted(
            (period.first, period.last, period.row["forsikringsart"] == FULL_TIME, period.row["forsikringsart"])
            for period in dagpenge_rows(delivery, person_id)
        )
        self._starts = [row[0] for row in rows]
        self._forms = [row[3] for row in rows]

    def at(self, day: int) -> str:
        position = bisect_right(self._starts, day)
        return self._forms[position - 1] if position else FULL_TIME


def payment_hours(delivery: Delivery, person_id: str) -> dict[int, int]:
    """T-03: hundredths of paid hours per day; the whole row is spread first, then cut."""
    hours: dict[int, int] = defaultdict(int)
    for period in paid_dagpenge_rows(delivery, person_id):
        last = ordinal(period.row["periode_slut"])
        weekdays = [day for day in range(period.first, last + 1) if is_weekday(day)]
        for day, amount in spread(hundredths(period.row["timer"]), weekdays or [last]).items():
            if day <= delivery.as_of:
                hours[day] += amount
    return hours


def subsidy_hours(delivery: Delivery, person_id: str, insurance: InsuranceForm) -> dict[int, int]:
    """T-03, I-08: month norm of the weekdays of a-dagpenge løntilskud without a payment row."""
    covered = days_of(paid_dagpenge_rows(delivery, person_id))
    hours = {}
    for day in days_of(subsidy_periods(delivery, person_id, "A_DAGPENGE")) - covered:
        if is_weekday(day):
            norm = MONTH_NORM[insurance.at(day)]
            hours[day] = spread(norm, weekdays_of_month(month_of(day)))[day]
    return hours


def dagpenge_hours(delivery: Delivery, person_id: str, insurance: InsuranceForm) -> dict[int, int]:
    """T-02, T-03: hundredths of an hour per day, payments and løntilskud."""
    hours = payment_hours(delivery, person_id)
    for day, amount in subsidy_hours(delivery, person_id, insurance).items():
        hours[day] += amount
    return hours


class SpellClock:
    """T-01 to T-06 for one spell. Units are days, or hundredths of an hour for a-dagpenge."""

    def __init__(self, spell: Spell, dead_by_absence: set[int], hours: dict[int, int], insurance: InsuranceForm):
        self.spell = spell
        self.in_hours = spell.group == "a_dagpenge"
        self._insurance = insurance
        self.live = [
            day not in dead_by_absence and day not in CORONA_DAYS for day in range(spell.start, spell.end + 1)
        ]
        self.units = self._units(hours)
        self._units_before = self.running(self.units)
        self._live_before = self.running(self.live)
        self._year_days = [
            day
            for day, live in zip(range(spell.start, spell.end + 1), self.live)
            if live and not is_leap_day(day)
        ]

    def _units(self, hours: dict[int, int]) -> list[int]:
        """T-01, T-02, D-03: the units of each spell day, none in a dead period."""
        days = range(self.spell.start, self.spell.end + 1)
        if self.in_hours:
            return [hours.get(day, 0) if live else 0 for day, live in zip(days, self.live)]
        return [int(live) for live in self.live]

    @staticmethod
    def running(values: list[int]) -> list[int]:
        return list(accumulate(values, initial=0))

    def between(self, running: list[int], first: int, last: int) -> int:
        """Sum of a running total from the first to the last day inclusive, both inside the spell."""
        return running[last - self.spell.start + 1] - running[first - self.spell.start]

    def units_between(self, first: int, last: int) -> int:
        return self.between(self._units_before, first, last)

    def live_days_between(self, first: int, last: int) -> int:
        return self.between(self._live_before, first, last)

    def duration(self, day: int) -> int:
        """T-04: units to a date; from 365 days on, 29 Februaries are taken out."""
        units = self.units_between(self.spell.start, day)
        if self.in_hours or units < YEAR_IN_DAYS:
            return units
        return bisect_right(self._year_days, day)

    def bounds(self, day: int) -> tuple[int, ...]:
        """T-05: lower bounds of the intervals, by the insurance form of the day."""
        return HOUR_BOUNDS[self._insurance.at(day)] if self.in_hours else DAY_BOUNDS

    def has_months(self, day: int, months: int) -> bool:
        """T-05: duration of at least so many months (6, 7 or 12) at a date."""
        return self.duration(day) >= self.bounds(day)[months]

    def interval(self, day: int) -> str:
        return INTERVALS[bisect_right(self.bounds(day), self.duration(day)) - 1]

    def window_start(self, day: int) -> int:
        """T-06: spell start below 12 months, else the start of the latest 12 months of the clock."""
        if not self.has_months(day, TWELVE_MONTHS):
            return self.spell.start
        if not self.in_hours:
            return self._year_days[bisect_right(self._year_days, day) - YEAR_IN_DAYS]
        year = self.bounds(day)[TWELVE_MONTHS]
        highest = self._units_before[day - self.spell.start + 1] - year
        return self.spell.start + bisect_right(self._units_before, highest) - 1
