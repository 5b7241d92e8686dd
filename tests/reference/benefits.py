"""Rules B: the benefit days of a person."""

from datetime import date

from .days import add_months, ordinal
from .delivery import Delivery, Period
from .parameters import (
    BENEFITS,
    FLEUR_FIRST_START,
    MEASURED_FROM_AGE_MONTHS,
    MUNICIPAL_BENEFITS,
    MUNICIPAL_CODES,
    PENSION_AGE_MONTHS,
    RAM_LAST_START,
)

SUPPLEMENTED = ("a_dagpenge", "sygedagpenge", "foertidspension")


def days_of(periods: list[Period]) -> set[int]:
    return {day for period in periods for day in range(period.first, period.last + 1)}


def dagpenge_rows(delivery: Delivery, person_id: str) -> list[Period]:
    """B-02: the payment rows used, rows of 0 hours included."""
    ram = [
        period
        for period in delivery.periods("ram_udbetalinger", person_id)
        if period.row["periode_start"] <= RAM_LAST_START
    ]
    fleur = [
        period
        for period in delivery.periods("fleur_udbetalinger", person_id)
        if period.row["periode_start"] >= FLEUR_FIRST_START
    ]
    return [period for period in ram + fleur if not period.row["arbejdsfordeling"]]


def paid_dagpenge_rows(delivery: Delivery, person_id: str) -> list[Period]:
    """B-02: the payment rows with hours above 0."""
    return [period for period in dagpenge_rows(delivery, person_id) if period.row["timer"] > 0]


def sickness_periods(delivery: Delivery, person_id: str) -> list[Period]:
    """B-03: KSD and KMD sickness spells, both."""
    return delivery.periods("ksd_sygedagpenge", person_id) + delivery.periods("kmd_sygedagpenge", person_id)


def subsidy_periods(delivery: Delivery, person_id: str, code: str) -> list[Period]:
    """B-04: løntilskud from one benefit."""
    return [
        period
        for period in delivery.periods("plan_tilbud", person_id)
        if period.row["tilbudstype"] == "LOENTILSKUD" and period.row["forsoergelsesydelse"] == code
    ]


def municipal_days(delivery: Delivery, person_id: str) -> dict[str, set[int]]:
    """B-01, B-04: days paid by KY or KMD Aktiv and municipal løntilskud days, by benefit."""
    payments = delivery.periods("ky_udbetalinger", person_id) + delivery.periods("kmd_aktiv_udbetalinger", person_id)
    days = {}
    for code, benefit in MUNICIPAL_CODES.items():
        paid = [period for period in payments if period.row["ydelseskode"] == code]
        days[benefit] = days_of(paid + subsidy_periods(delivery, person_id, code))
    return days


def move_to_revalidering(days: dict[str, set[int]], forrevalidering: set[int]) -> dict[str, set[int]]:
    """B-05: municipal benefit days inside forrevalidering belong to revalidering only."""
    moved = {benefit: days[benefit] - forrevalidering for benefit in MUNICIPAL_BENEFITS}
    moved["revalidering"] |= {
        day for benefit in MUNICIPAL_BENEFITS for day in days[benefit] if day in forrevalidering
    }
    return moved


def benefit_days(delivery: Delivery, person_id: str) -> dict[str, set[int]]:
    """B-01 to B-06: the days of the twelve benefits."""
    forrevalidering = days_of(delivery.periods("ky_forrevalidering", person_id))
    days = move_to_revalidering(municipal_days(delivery, person_id), forrevalidering)
    days["a_dagpenge"] = days_of(
        paid_dagpenge_rows(delivery, person_id) + subsidy_periods(delivery, person_id, "A_DAGPENGE")
    )
    days["sygedagpenge"] = days_of(sickness_periods(delivery, person_id))
    for main_benefit in SUPPLEMENTED:
        days["kontanthjaelp"] = days["kontanthjaelp"] - days[main_benefit]
    return {benefit: days[benefit] for benefit in BENEFITS}


def pension_date(birth: date) -> date:
    """B-07: the day a person reaches folkepension age."""
    for last_birth, months in PENSION_AGE_MONTHS:
        if birth <= last_birth:
            return add_months(birth, months)
    raise ValueError(f"no folkepension age for {birth}")


def is_of_measured_age(birth: date | None, day: int) -> bool:
    """B-07: from the 16th birthday to the day before folkepension age."""
    if birth is None:
        return False
    return ordinal(add_months(birth, MEASURED_FROM_AGE_MONTHS)) <= day < ordinal(pension_date(birth))
