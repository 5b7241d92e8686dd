"""The whole measurement: delivered rows in, published tables out."""

from datetime import date

from .benchmark import benchmark_rows
from .cells import cells, conversation_cell, early_effort_rows, offer_cell
from .data_warnings import warning_rows
from .days import as_date, month_of_date, month_start_date, ordinal
from .delivery import Delivery, default_as_of
from .focus_goals import monthly_focus_goals, monthly_rows, yearly_rows
from .months import measure_person, person_month_row
from .parameters import DEFAULT_FIRST_MONTH, GROUPS
from .person import Person, read_person
from .spells import spell_row
from .supervision import case_review_rows, supervision_rows
from .versions import NEWEST, VERSIONS


def default_first_month(persons: list[Person]) -> date:
    """raw-contract.md: January 2018, or the month of the earliest benefit day if later."""
    days = [min(person.days[group]) for person in persons for group in GROUPS if person.days[group]]
    earliest = as_date(min(days, default=ordinal(DEFAULT_FIRST_MONTH)))
    return max(DEFAULT_FIRST_MONTH, earliest.replace(day=1))


def default_last_month(as_of: int) -> date:
    """raw-contract.md: the last month that ends on or before the as-of date."""
    return month_start_date(month_of_date(as_date(as_of + 1)) - 1)


def months_between(first: date, last: date) -> list[date]:
    return [month_start_date(month) for month in range(month_of_date(first), month_of_date(last) + 1)]


def measure(
    delivery: dict[str, list[dict]],
    as_of: date | None,
    first_month: date | None,
    last_month: date | None,
    today: date,
    version: str = NEWEST,
) -> dict[str, list[dict]]:
    """Typed raw rows without quarantined rows in, mart rows out, both by table name; as a version of the method measures."""
    method = VERSIONS[version]
    source = Delivery(delivery, as_of or default_as_of(delivery, today))
    persons = [read_person(source, person_id) for person_id in source.person_ids()]
    first = first_month or default_first_month(persons)
    last = last_month or default_last_month(source.as_of)
    months = months_between(first, last)
    measured = [measure_person(person, month_of_date(first), month_of_date(last), method) for person in persons]
    person_months = [row for person in measured for row in person.months]
    picked = cells(person_months)
    goals = monthly_focus_goals(picked, method)
    years = [month.year for month in months if month.month == 12]
    supervision = supervision_rows(delivery.get("bm_resultatmaal", []), goals, years)
    return {
        "fct_spells": [spell_row(spell) for person in persons for spell in person.spells],
        "fct_person_months": [person_month_row(row) for row in person_months],
        "fct_conversation_decisions": [row for person in measured for row in person.conversation_rows],
        "fct_offer_decisions": [row for person in measured for row in person.offer_rows],
        "mart_conversations_monthly": [conversation_cell(key, rows) for key, rows in picked.items()],
        "mart_offers_monthly": [offer_cell(key, rows) for key, rows in picked.items()],
        "mart_early_effort_monthly": early_effort_rows(person_months),
        "mart_focus_goals_monthly": monthly_rows(goals),
        "mart_focus_goals_yearly": yearly_rows(goals),
        "mart_supervision": supervision,
        "mart_case_review": case_review_rows(supervision, picked, person_months, method),
        "mart_kl_benchmark_monthly": benchmark_rows(source, persons, person_months, months),
        "data_warnings": warning_rows(source, persons, person_months),
    }
