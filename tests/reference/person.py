"""Everything the rules need to know about one person, up to the as-of date."""

from dataclasses import dataclass
from datetime import date

from .benefits import benefit_days, days_of
from .clock import InsuranceForm, absence_dead_days, dagpenge_hours
from .conversations import Conversation, held_conversations
from .days import ordinal
from .delivery import Delivery, Period
from .offers import Offer, income_by_day, offers_of
from .spells import Spell, all_spells


class LatestRow:
    """raw-contract.md: of overlapping rows the latest start holds, then the latest end, then the largest code."""

    def __init__(self, periods: list[Period], column: str):
        self._rows = sorted(
            ((period.first, period.last, period.row[column]) for period in periods), reverse=True
        )

    def at(self, day: int) -> str | None:
        return next((code for first, last, code in self._rows if first <= day <= last), None)


@dataclass
class Person:
    person_id: str
    birth: date | None
    days: dict[str, set[int]]
    spells: list[Spell]
    dead_by_absence: set[int]
    insurance: InsuranceForm
    hours: dict[int, int]
    income: dict[int, int]
    absences: list[Period]
    mii_days: set[int]
    visitation: LatestRow
    residence: LatestRow
    conversations: list[Conversation]
    registrations: list[int]
    offers: list[Offer]
    partial_returns: list[Period]


def birth_date(delivery: Delivery, person_id: str) -> date | None:
    """B-07: an attribute of the person, not a dated fact; the as-of date does not cut it."""
    return next((row["foedselsdato"] for row in delivery.rows("cpr_personer", person_id)), None)


def read_person(delivery: Delivery, person_id: str) -> Person:
    days = benefit_days(delivery, person_id)
    insurance = InsuranceForm(delivery, person_id)
    return Person(
        person_id=person_id,
        birth=birth_date(delivery, person_id),
        days=days,
        spells=all_spells(delivery, person_id, days),
        dead_by_absence=absence_dead_days(delivery, person_id),
        insurance=insurance,
        hours=dagpenge_hours(delivery, person_id, insurance),
        income=income_by_day(delivery, person_id),
        absences=delivery.periods("tass_fravaer", person_id),
        mii_days=days_of(delivery.periods("tass_mii", person_id)),
        visitation=LatestRow(delivery.periods("tass_visitation", person_id), "visitationskategori"),
        residence=LatestRow(delivery.periods("cpr_bopael", person_id), "kommunekode"),
        conversations=held_conversations(delivery.events("tass_samtaler", person_id)),
        registrations=[day for day, _ in delivery.events("tass_tilmeldinger", person_id)],
        offers=offers_of(delivery, person_id),
        partial_returns=delivery.periods("ksd_delvis_raskmelding", person_id),
    )
