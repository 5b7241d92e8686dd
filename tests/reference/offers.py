"""Rules O and H: active offers and ordinary hours."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .clock import SpellClock, hundredths, spread
from .days import ordinal
from .delivery import Delivery, Period
from .parameters import (
    COMPANY_OFFERS,
    EDUCATION_CATEGORIES,
    HOURS_LIMIT_AFTER,
    HOURS_LIMIT_BEFORE,
    MENTOR,
    MENTOR_LAST_DAY,
    MINK_POOL,
    MINK_POOL_LAST_START,
    NO_ORDINARY_HOURS,
    POOL_COURSES,
    QUALIFYING_COURSES,
    REGIONAL_POOL,
    REJECTED_PARAGRAPH,
    SEVEN_MONTH_COURSES,
    SEVEN_MONTHS,
)
from .spells import Spell
from .versions import Method


@dataclass(frozen=True)
class Offer:
    """A row of plan_tilbud, its days cut at the as-of date."""

    first: int
    last: int
    row: dict

    @property
    def kind(self) -> str:
        return self.row["tilbudstype"]

    @property
    def last_active(self) -> int:
        """O-01: mentor is active on days up to 31 December 2019."""
        return min(self.last, ordinal(MENTOR_LAST_DAY)) if self.kind == MENTOR else self.last

    def is_active_on(self, day: int) -> bool:
        return self.first <= day <= self.last_active

    def starts_from(self, day: date) -> bool:
        return self.row["startdato"] >= day


@dataclass(frozen=True)
class OfferDecision:
    offer: Offer
    is_qualifying: bool
    rule_id: str

    @property
    def needs_seven_months(self) -> bool:
        """O-06: courses 36 and 40."""
        return self.rule_id == "O-06" and self.offer.row["kursus_id"] in SEVEN_MONTH_COURSES


def offers_of(delivery: Delivery, person_id: str) -> list[Offer]:
    return [
        Offer(period.first, period.last, period.row) for period in delivery.periods("plan_tilbud", person_id)
    ]


class SpellOffers:
    """The decisions on the offers of one spell, and O-02 in a window."""

    def __init__(
        self,
        clock: SpellClock,
        offers: list[Offer],
        partial_returns: list[Period],
        category_at: Callable[[int], str | None],
        benefit_days: dict[str, set[int]],
        method: Method,
    ):
        self._method = method
        self._clock = clock
        self._spell = clock.spell
        self._partial_returns = partial_returns
        self._category_at = category_at
        self._benefit_days = benefit_days
        self.decisions = [
            self._decide(offer) for offer in offers if overlap(offer.first, offer.last, self._spell)
        ]

    def _decide(self, offer: Offer) -> OfferDecision:
        is_qualifying, rule_id = self._verdict(offer)
        return OfferDecision(offer, is_qualifying, rule_id)

    def _verdict(self, offer: Offer) -> tuple[bool, str]:
        """Section O, "Order for decisions"."""
        if offer.kind in COMPANY_OFFERS:
            return True, "O-03"
        if offer.kind == MENTOR:
            is_in_time = overlap(offer.first, offer.last_active, self._spell)
            return (True, "O-03") if is_in_time else (False, "O-01")
        if not offer.starts_from(self._method.new_offer_rules_from):
            return True, "O-04"
        if self._is_measured_for_education(offer):
            return True, "O-05"
        if self._started_on_education_benefit(offer):
            return True, "O-07"
        return is_listed_course(offer), "O-06"

    def _is_measured_for_education(self, offer: Offer) -> bool:
        """O-05, I-23: by group of the measured spell and category on the start date."""
        if self._spell.group == "uddannelseshjaelp":
            return True
        return self._spell.group == "overgangsydelse" and self._is_education_category(offer.first)

    def _started_on_education_benefit(self, offer: Offer) -> bool:
        """O-07: uddannelseshjælp, or overgangsydelse in the categories of O-05, on the start date."""
        if offer.first in self._benefit_days["uddannelseshjaelp"]:
            return True
        return offer.first in self._benefit_days["overgangsydelse"] and self._is_education_category(offer.first)

    def _is_education_category(self, day: int) -> bool:
        return self._category_at(day) in EDUCATION_CATEGORIES

    def counts(self, decision: OfferDecision, window_start: int, last_day: int) -> bool:
        """O-02, O-06: a qualifying offer with a live day in the window."""
        if not decision.is_qualifying:
            return False
        if decision.needs_seven_months and not self._clock.has_months(last_day, SEVEN_MONTHS):
            return False
        return self._has_live_day(decision.offer.first, decision.offer.last_active, window_start, last_day)

    def has_offer(self, window_start: int, last_day: int) -> bool:
        """O-02, O-08"""
        if any(self.counts(decision, window_start, last_day) for decision in self.decisions):
            return True
        return self._spell.group == "sygedagpenge" and any(
            self._has_live_day(period.first, period.last, window_start, last_day)
            for period in self._partial_returns
        )

    def _has_live_day(self, first: int, last: int, window_start: int, last_day: int) -> bool:
        first, last = max(first, window_start), min(last, last_day)
        return first <= last and self._clock.live_days_between(first, last) > 0


def overlap(first: int, last: int, spell: Spell) -> bool:
    return max(first, spell.start) <= min(last, spell.end)


def is_listed_course(offer: Offer) -> bool:
    """O-06: table 0.2, whatever the duration."""
    course, pool = offer.row["kursus_id"], offer.row["bevillingsramme"]
    if offer.row["lab_paragraf"] == REJECTED_PARAGRAPH:
        return False
    if course in QUALIFYING_COURSES or course in SEVEN_MONTH_COURSES:
        return True
    if course not in POOL_COURSES:
        return False
    return pool == REGIONAL_POOL or (pool == MINK_POOL and offer.row["startdato"] <= MINK_POOL_LAST_START)


def income_by_day(delivery: Delivery, person_id: str) -> dict[int, int]:
    """H-01: hundredths of an hour per calendar day; the whole row is spread first, then cut."""
    hours: dict[int, int] = defaultdict(int)
    for period in delivery.periods("eindkomst_loentimer", person_id):
        days = list(range(period.first, ordinal(period.row["periode_slut"]) + 1))
        for day, amount in spread(hundredths(period.row["loentimer"]), days).items():
            if day <= delivery.as_of:
                hours[day] += amount
    return hours


def ordinary_hours(clock: SpellClock, running_income: list[int], window_start: int, last_day: int) -> int | None:
    """H-01: hundredths on the live days of the window; None where the rule excludes."""
    if clock.spell.group in NO_ORDINARY_HOURS or not clock.has_months(last_day, SEVEN_MONTHS):
        return None
    return clock.between(running_income, window_start, last_day)


def are_enough_hours(hours: int | None, month: date, method: Method) -> bool:
    """H-02"""
    limit = HOURS_LIMIT_BEFORE if month < method.hours_limit_changes else HOURS_LIMIT_AFTER
    return hours is not None and hours >= limit
