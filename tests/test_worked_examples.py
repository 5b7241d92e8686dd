"""The worked examples are in the committed sample, so that their data tests (tests/data) do not pass for want of a person.

A data test of an example compares what is there with the document; on a delivery without the person it has nothing to
compare. Here the rows it compares must be in the build of the sample, and it must fail when their results are altered.
"""

from __future__ import annotations

import shutil
from datetime import date

import duckdb
import pytest

from tests.warehouse import run_dbt

# Measurement dates of the person-months that the examples tell of.
PERSON_MONTHS = {
    "EKS2": ["2023-04-30", "2023-05-31", "2024-04-30", "2024-05-31"],
    "EKS3": ["2023-02-28"],
    "EKS4": ["2023-03-25"],
    "EKS5": ["2022-12-31", "2023-01-31", "2023-02-28", "2023-03-31"],
    "EKS6": ["2023-03-31", "2023-04-30", "2023-05-31"],
    "CORONA": ["2020-05-31", "2020-06-30", "2020-12-31"],
    "DAGE64": ["2020-02-29", "2020-03-31", "2020-04-30", "2020-05-31", "2020-06-30", "2020-07-01"],
}
CONVERSATIONS = {
    "EKS5": ["2022-12-20", "2023-01-09", "2023-02-20", "2023-03-31"],
    "EKS6": ["2023-04-18", "2023-04-26", "2023-05-10"],
    "CORONA": ["2019-06-19", "2020-01-10", "2020-03-12", "2020-06-02"],
}
OFFER_STARTS = {"EKS1": ["2022-12-01", "2023-03-01", "2023-05-01"]}
# First days of the spells that the rows of the examples make.
SPELL_STARTS = {
    "SYG_OVERLAP": ["2019-01-01"],
    "ABC": ["2021-01-01"],
    "SYG_TOUCH": ["2019-03-01", "2019-03-10", "2019-03-21"],
    "ENKELTDAGE_SYG": ["2021-01-01", "2021-02-01", "2021-02-02"],
    "ENKELTDAGE_KTH": ["2021-01-01"],
}

EXAMPLE_TESTS = [
    "corona_example_64_days",
    "corona_example_conversations",
    "corona_example_windows",
    "eks1_offers_started_before_22_march_2023_count",
    "eks2_offer_counts_on_the_next_benefit",
    "eks3_120_hours_in_february_2023_are_too_few",
    "eks4_120_hours_in_march_2023_are_enough",
    "eks5_three_conversations_count",
    "eks6_two_conversations_count",
    "overlapping_sickness_spells_are_one",
    "single_days_of_benefit_merge_by_calendar_month",
    "touching_sickness_spells_stay_apart",
]
# Every result an example tells of, altered.
ALTERATIONS = """
    update marts.fct_person_months set
        duration = duration + 1, window_start_date = window_start_date + 1, conversations = conversations + 1,
        has_offer = not has_offer, ordinary_hours = ordinary_hours + 1, has_ordinary_hours = not has_ordinary_hours;
    update marts.fct_conversation_decisions set is_admitted = not is_admitted;
    update marts.fct_offer_decisions set is_qualifying = not is_qualifying;
    update marts.fct_spells set end_date = end_date + 1;
"""


def days(database, query: str, person: str) -> list[date]:
    """The days that a query gives for a person, in order."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return sorted(day for (day,) in connection.execute(query, [person]).fetchall())


def dates(texts: list[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize("person", PERSON_MONTHS)
def test_person_months_of_example_are_measured(sample_database, person):
    found = days(sample_database, "select measurement_date from marts.fct_person_months where person_id = ?", person)
    assert set(dates(PERSON_MONTHS[person])) <= set(found)


@pytest.mark.parametrize("person", CONVERSATIONS)
def test_conversations_of_example_are_judged(sample_database, person):
    query = "select conversation_date from marts.fct_conversation_decisions where person_id = ?"
    assert days(sample_database, query, person) == dates(CONVERSATIONS[person])


@pytest.mark.parametrize("person", OFFER_STARTS)
def test_offers_of_example_are_judged(sample_database, person):
    query = """
        select offers.startdato
        from marts.fct_offer_decisions as decisions
        inner join raw.plan_tilbud as offers on decisions.tilbud_id = offers.tilbud_id
        where decisions.person_id = ?
    """
    assert days(sample_database, query, person) == dates(OFFER_STARTS[person])


@pytest.mark.parametrize("person", SPELL_STARTS)
def test_spells_of_example_are_built(sample_database, person):
    found = days(sample_database, "select start_date from marts.fct_spells where person_id = ?", person)
    assert found == dates(SPELL_STARTS[person])


def test_example_tests_fail_on_altered_results(sample_database, tmp_path):
    database = tmp_path / sample_database.name
    shutil.copy(sample_database, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(ALTERATIONS)
    with pytest.raises(AssertionError) as failure:
        run_dbt(database, "test", "--select", *EXAMPLE_TESTS)
    passed = [name for name in EXAMPLE_TESTS if f"{name}: Got " not in str(failure.value)]
    assert not passed, "not failing: " + ", ".join(passed)
