"""Rule X-03: facts that are kept but strange, counted."""

from .delivery import Delivery
from .months import PersonMonth
from .parameters import GROUPS, MUNICIPAL_BENEFITS, REGION_OF, UNKNOWN_MUNICIPALITY
from .person import Person
from .spells import dagpenge_first_days


def unknown_residence(months: list[PersonMonth]) -> list[str]:
    return [row.person_id for row in months if row.municipality == UNKNOWN_MUNICIPALITY]


def no_birth_date(persons: list[Person]) -> list[str]:
    return [
        person.person_id
        for person in persons
        if person.birth is None and any(person.days[group] for group in GROUPS)
    ]


def benefit_days_outside_dagpenge_period(delivery: Delivery, persons: list[Person]) -> list[str]:
    found = []
    for person in persons:
        first_days = dagpenge_first_days(delivery, person.person_id)
        first_day = first_days[0] if first_days else delivery.as_of + 1
        found += [person.person_id for day in person.days["a_dagpenge"] if day < first_day]
    return found


def overlapping_municipal_benefits(persons: list[Person]) -> list[str]:
    found = []
    for person in persons:
        seen: set[int] = set()
        overlapping: set[int] = set()
        for benefit in MUNICIPAL_BENEFITS:
            overlapping |= seen & person.days[benefit]
            seen |= person.days[benefit]
        found += [person.person_id] * len(overlapping)
    return found


def unknown_municipality(delivery: Delivery) -> list[str]:
    return [
        row["person_id"]
        for row in delivery.tables.get("cpr_bopael", ())
        if row["kommunekode"] not in REGION_OF and row["kommunekode"] != UNKNOWN_MUNICIPALITY
    ]


def touching_sickness_spells(persons: list[Person]) -> list[str]:
    found = []
    for person in persons:
        spells = sorted(
            (spell for spell in person.spells if spell.group == "sygedagpenge"), key=lambda spell: spell.start
        )
        for previous, spell in zip(spells, spells[1:]):
            if spell.start in (previous.end, previous.end + 1):
                found.append(person.person_id)
    return found


def warning_rows(delivery: Delivery, persons: list[Person], months: list[PersonMonth]) -> list[dict]:
    """data_warnings: one person id per strange row, a row only where there are any."""
    found = (
        ("unknown_residence", "cpr_bopael", unknown_residence(months)),
        ("no_birth_date", "cpr_personer", no_birth_date(persons)),
        (
            "benefit_days_outside_dagpenge_period",
            "taeller_dagpengeperioder",
            benefit_days_outside_dagpenge_period(delivery, persons),
        ),
        ("overlapping_municipal_benefits", "ky_udbetalinger", overlapping_municipal_benefits(persons)),
        ("unknown_municipality", "cpr_bopael", unknown_municipality(delivery)),
        ("touching_sickness_spells", "ksd_sygedagpenge", touching_sickness_spells(persons)),
    )
    return [
        {"warning_code": code, "source_table": table, "rows": len(ids), "persons": len(set(ids))}
        for code, table, ids in found
        if ids
    ]
