"""The published tables equal, row for row, a plain-Python day-by-day reading of the rules on random persons.

FOKUSMAAL_TEST_SEEDS (comma-separated) and FOKUSMAAL_TEST_PERSONS widen the check for a longer run.
"""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.reference import measure
from tests.reference.random_delivery import random_delivery
from tests.warehouse import build, read_table

SEEDS = [int(seed) for seed in os.environ.get("FOKUSMAAL_TEST_SEEDS", "1").split(",")]
PERSONS = int(os.environ.get("FOKUSMAAL_TEST_PERSONS", "600"))


class Settings(NamedTuple):
    """How a delivery is read; None takes the default. Few persons are enough where only the settings differ."""

    as_of: date | None
    first_month: date | None
    last_month: date | None
    persons: int

    def dbt_vars(self) -> dict[str, str]:
        """The dbt vars that are given."""
        given = {"as_of_date": self.as_of, "first_month": self.first_month, "last_month": self.last_month}
        return {name: value.isoformat() for name, value in given.items() if value}


CASES = [
    *[(seed, Settings(date(2024, 11, 17), None, None, PERSONS)) for seed in SEEDS],
    (101, Settings(None, None, None, 60)),
    (102, Settings(date(2021, 2, 28), date(2019, 4, 1), date(2021, 3, 1), 60)),
    (103, Settings(date(2017, 12, 30), None, None, 30)),
]
# dbt takes the real day as well; no row of a random delivery lies after it.
TODAY = date.today()

KEYS = {
    "fct_spells": ["spell_id"],
    "fct_person_months": ["person_id", "measure_month", "benefit_group"],
    "fct_conversation_decisions": ["samtale_id", "spell_id"],
    "mart_conversations_monthly": ["area_type", "area_code", "measure_month", "benefit_group", "duration_interval"],
    "fct_offer_decisions": ["tilbud_id", "spell_id"],
    "mart_offers_monthly": ["area_type", "area_code", "measure_month", "benefit_group", "duration_interval"],
    "mart_early_effort_monthly": ["area_type", "area_code", "measure_month", "benefit_group"],
    "mart_focus_goals_monthly": ["area_type", "area_code", "measure_month"],
    "mart_focus_goals_yearly": ["area_type", "area_code", "year"],
    "mart_supervision": ["municipality_code", "year"],
    "mart_case_review": ["municipality_code", "year", "person_id", "benefit_group"],
    "mart_kl_benchmark_monthly": ["area_type", "area_code", "measure_month", "target_group", "indicator"],
    "data_warnings": ["warning_code", "source_table"],
}
# Sentences for people; the reference does not write them.
TEXT_COLUMNS = {"reason", "source"}


def comparable(value):
    """Numbers of every type as rounded floats, so that 12 equals Decimal('12.00')."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return round(float(value), 9)
    return value


def differences(expected: list[dict], actual: list[dict], key: list[str]) -> list[str]:
    """One line per row that is missing, surplus, repeated or different."""
    columns = sorted((set(expected[0]) if expected else set()) - TEXT_COLUMNS)
    wanted = {tuple(row[column] for column in key): row for row in expected}
    found = {tuple(row[column] for column in key): row for row in actual}
    lines = []
    if len(wanted) != len(expected) or len(found) != len(actual):
        lines.append(f"repeated keys: {len(expected)} rows expected, {len(actual)} built")
    lines += [f"missing {identity}: {wanted[identity]}" for identity in wanted.keys() - found.keys()]
    lines += [f"surplus {identity}: {found[identity]}" for identity in found.keys() - wanted.keys()]
    for identity in wanted.keys() & found.keys():
        differing = {
            column: (wanted[identity][column], found[identity][column])
            for column in columns
            if comparable(wanted[identity][column]) != comparable(found[identity][column])
        }
        if differing:
            lines.append(f"different {identity} (expected, built): {differing}")
    return sorted(lines)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"seed{case[0]}")
def measured(request, tmp_path_factory):
    """The reference's tables and the database built from the same random delivery."""
    seed, settings = request.param
    delivery = random_delivery(seed, settings.persons)
    expected = measure(delivery, settings.as_of, settings.first_month, settings.last_month, TODAY)
    database = build(delivery, tmp_path_factory.mktemp("random"), settings.dbt_vars())
    return expected, database


@pytest.mark.parametrize("table", KEYS)
def test_table_equals_reference(measured, table):
    expected, database = measured
    found = differences(expected[table], read_table(database, f"marts.{table}"), KEYS[table])
    assert not found, f"{len(found)} differences\n" + "\n".join(found[:20])
