"""Rules P/M and E: who is measured in a month, and the person-month row."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .benefits import is_of_measured_age
from .clock import SpellClock
from .conversations import Decision, SpellConversations, is_counted
from .days import as_date, month_end, month_of, month_start, month_start_date
from .offers import OfferDecision, SpellOffers, are_enough_hours, ordinary_hours
from .parameters import (
    EARLY_EXEMPT_SHARE,
    EARLY_MII_DAYS,
    EXEMPT_SHARE,
    SEVEN_MONTHS,
    TWELVE_MONTHS,
    UNKNOWN_MUNICIPALITY,
)
from .person import Person
from .spells import Spell
from .versions import Method


@dataclass
class PersonMonth:
    """One row of fct_person_months, days as ordinals, with the conversation days it counts."""

    person_id: str
    month: date
    group: str
    spell: Spell
    measurement_day: int
    municipality: str
    duration: int
    interval: str
    is_12_plus: bool
    window_start: int
    exempt_share: Fraction
    mii_days: int
    is_exempt_conversations: bool
    is_exempt_offers: bool
    has_offer: bool
    ordinary_hours: int | None
    has_ordinary_hours: bool
    counted_days: list[int] = field(default_factory=list)

    @property
    def conversations(self) -> int:
        return len(self.counted_days)

    @property
    def is_active(self) -> bool:
        return self.has_offer or self.has_ordinary_hours


@dataclass
class MeasuredPerson:
    """The person-months of a person and the decisions on the person's spells."""

    months: list[PersonMonth]
    conversation_rows: list[dict]
    offer_rows: list[dict]


def last_day_in_month(spell: Spell, month: int) -> int | None:
    """M-01, M-02: the spell's last benefit day in the month."""
    position = bisect_right(spell.days, month_end(month))
    if position and spell.days[position - 1] >= month_start(month):
        return spell.days[position - 1]
    return None


def measured_spells(person: Person, first_month: int, last_month: int) -> dict[tuple[int, str], tuple[int, Spell]]:
    """M-02: per month and group the spell with the latest L; on a tie the one that starts last."""
    picked: dict[tuple[int, str], tuple[int, Spell]] = {}
    for spell in person.spells:
        first = max(first_month, month_of(spell.days[0]))
        last = min(last_month, month_of(spell.days[-1]))
        for month in range(first, last + 1):
            day = last_day_in_month(spell, month)
            if day is None:
                continue
            key = month, spell.group
            if key not in picked or (day, spell.start) > (picked[key][0], picked[key][1].start):
                picked[key] = day, spell
    return picked


def is_dead_all_month(person: Person, spell: Spell, month: int) -> bool:
    """M-03: every spell day of the month is in a D-01 dead period."""
    first, last = max(spell.start, month_start(month)), min(spell.end, month_end(month))
    return all(day in person.dead_by_absence for day in range(first, last + 1))


def municipality_of(person: Person, spell: Spell, month: int) -> str:
    """M-04"""
    return person.residence.at(min(spell.end, month_end(month))) or UNKNOWN_MUNICIPALITY


def exempt_days(person: Person, spell: Spell, method: Method) -> set[int]:
    """E-01: days with a code of the spell's group, in the category held where the code asks for one."""
    days: set[int] = set()
    for absence in person.absences:
        code = absence.row["fravaer_kode"]
        span = range(max(absence.first, spell.start), min(absence.last, spell.end) + 1)
        if code in method.exempt_codes[spell.group]:
            days.update(span)
        categories = method.exempt_codes_by_category.get((spell.group, code), ())
        if categories:
            days.update(day for day in span if person.visitation.at(day) in categories)
    return days


class SpellMeasurement:
    """The clock, exemption, conversations and offers of one spell, measured at any month."""

    def __init__(self, person: Person, spell: Spell, method: Method):
        self._person = person
        self._method = method
        self.spell = spell
        self.clock = SpellClock(spell, person.dead_by_absence, person.hours, person.insurance)
        self.offers = SpellOffers(
            self.clock, person.offers, person.partial_returns, person.visitation.at, person.days, method
        )
        self.conversations = SpellConversations(
            self.clock,
            person.conversations,
            person.offers,
            person.registrations,
            person.dead_by_absence,
            person.days,
            method,
        )
        exempt = exempt_days(person, spell, method)
        clock, days = self.clock, range(spell.start, spell.end + 1)
        self._exempt_units = clock.running(
            [units if day in exempt else 0 for day, units in zip(days, clock.units)]
        )
        self._mii = clock.running([live and day in person.mii_days for day, live in zip(days, clock.live)])
        self._income = clock.running(
            [person.income.get(day, 0) if live else 0 for day, live in zip(days, clock.live)]
        )

    def exempt_share(self, window_start: int, day: int) -> Fraction:
        """E-02"""
        units = self.clock.units_between(window_start, day)
        exempt = self.clock.between(self._exempt_units, window_start, day)
        return Fraction(exempt, units) if units else Fraction(0)

    def measure(self, month: int, day: int) -> PersonMonth:
        """T-04 to T-06, E-02 to E-04, O, H on the measurement date; conversations are added later."""
        clock, month_date = self.clock, month_start_date(month)
        start = clock.window_start(day)
        share = self.exempt_share(start, day)
        mii_days = clock.between(self._mii, start, day)
        hours = ordinary_hours(clock, self._income, start, day)
        is_early = month_date >= self._method.early_exempt_from and not clock.has_months(day, SEVEN_MONTHS)
        return PersonMonth(
            person_id=self.spell.person_id,
            month=month_date,
            group=self.spell.group,
            spell=self.spell,
            measurement_day=day,
            municipality=municipality_of(self._person, self.spell, month),
            duration=clock.duration(day),
            interval=clock.interval(day),
            is_12_plus=clock.has_months(day, TWELVE_MONTHS),
            window_start=start,
            exempt_share=share,
            mii_days=mii_days,
            is_exempt_conversations=is_exempt_from_conversations(share, mii_days, is_early),
            is_exempt_offers=share >= EXEMPT_SHARE,
            has_offer=self.offers.has_offer(start, day),
            ordinary_hours=hours,
            has_ordinary_hours=are_enough_hours(hours, month_date, self._method),
        )


def is_exempt_from_conversations(share: Fraction, mii_days: int, is_early: bool) -> bool:
    """E-03; `is_early`: measured from January 2024 with duration below 7 months."""
    if is_early:
        return share >= EARLY_EXEMPT_SHARE or mii_days >= EARLY_MII_DAYS
    return share >= EXEMPT_SHARE


def measure_person(person: Person, first_month: int, last_month: int, method: Method) -> MeasuredPerson:
    """M-01 to M-04, B-07: the person-months of a person, and the decisions on every spell."""
    measurements = {spell: SpellMeasurement(person, spell, method) for spell in person.spells}
    months_of: dict[Spell, list[PersonMonth]] = defaultdict(list)
    for (month, _), (day, spell) in sorted(
        measured_spells(person, first_month, last_month).items(), key=lambda item: item[0]
    ):
        if is_of_measured_age(person.birth, day) and not is_dead_all_month(person, spell, month):
            months_of[spell].append(measurements[spell].measure(month, day))
    conversation_rows, offer_rows = [], []
    for spell, measurement in measurements.items():
        months = months_of.get(spell, [])
        conversation_rows += decide_conversations(measurement, months)
        offer_rows += decide_offers(measurement, months)
    all_months = [row for months in months_of.values() for row in months]
    return MeasuredPerson(all_months, conversation_rows, offer_rows)


def decide_conversations(measurement: SpellMeasurement, months: list[PersonMonth]) -> list[dict]:
    """fct_conversation_decisions of one spell; adds the counted days to its person-months."""
    if not months:
        return []
    decisions = measurement.conversations.decisions(max(row.measurement_day for row in months))
    counting: dict[str, list[date]] = defaultdict(list)
    for row in months:
        for decision in decisions:
            if is_counted(decision, row.spell, row.window_start, row.measurement_day, row.is_12_plus):
                row.counted_days.append(decision.conversation.day)
                counting[decision.conversation.samtale_id].append(row.month)
    return [
        conversation_row(decision, measurement.spell, counting[decision.conversation.samtale_id])
        for decision in decisions
    ]


def conversation_row(decision: Decision, spell: Spell, counting: list[date]) -> dict:
    return {
        "samtale_id": decision.conversation.samtale_id,
        "spell_id": spell.spell_id,
        "person_id": spell.person_id,
        "conversation_date": as_date(decision.conversation.day),
        "is_admitted": decision.is_admitted,
        "rule_id": decision.rule_id,
        "counts_from_month": min(counting, default=None),
        "counts_to_month": max(counting, default=None),
    }


def decide_offers(measurement: SpellMeasurement, months: list[PersonMonth]) -> list[dict]:
    """fct_offer_decisions of one spell."""
    return [
        offer_row(
            decision,
            measurement.spell,
            [
                row.month
                for row in months
                if measurement.offers.counts(decision, row.window_start, row.measurement_day)
            ],
        )
        for decision in measurement.offers.decisions
    ]


def offer_row(decision: OfferDecision, spell: Spell, counting: list[date]) -> dict:
    return {
        "tilbud_id": decision.offer.row["tilbud_id"],
        "spell_id": spell.spell_id,
        "person_id": spell.person_id,
        "is_qualifying": decision.is_qualifying,
        "rule_id": decision.rule_id,
        "counts_from_month": min(counting, default=None),
        "counts_to_month": max(counting, default=None),
    }


def two_decimals(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def person_month_row(row: PersonMonth) -> dict:
    """fct_person_months"""
    in_hours = row.group == "a_dagpenge"
    return {
        "person_id": row.person_id,
        "measure_month": row.month,
        "benefit_group": row.group,
        "spell_id": row.spell.spell_id,
        "spell_start_date": as_date(row.spell.start),
        "measurement_date": as_date(row.measurement_day),
        "municipality_code": row.municipality,
        "duration": two_decimals(row.duration if in_hours else row.duration * 100),
        "duration_interval": row.interval,
        "is_12_plus": row.is_12_plus,
        "window_start_date": as_date(row.window_start),
        "conversations": row.conversations,
        "exempt_share": float(row.exempt_share),
        "mii_days": row.mii_days,
        "is_exempt_conversations": row.is_exempt_conversations,
        "is_exempt_offers": row.is_exempt_offers,
        "has_offer": row.has_offer,
        "ordinary_hours": None if row.ordinary_hours is None else two_decimals(row.ordinary_hours),
        "has_ordinary_hours": row.has_ordinary_hours,
        "is_active": row.is_active,
    }
