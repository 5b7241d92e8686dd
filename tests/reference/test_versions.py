"""The reference on both sides of every switch between two versions."""

import pytest

from .test_reference import Case, assistance, on

REJECTED = ("C-04", False)


def telephone(first: str, last: str, day: str, municipality: str = "165") -> Case:
    """Kontanthjælp with one conversation by telephone."""
    return assistance(first, last).talk(day, "TELEFON", municipality=municipality)


@pytest.mark.parametrize(
    ("version", "exempting"),
    [
        ("1.1", {"65", "78", "79"}),
        ("1.2", {"65", "77", "78", "79"}),
        ("1.71", {"65", "77", "78", "79"}),
        ("1.72", {"77", "78", "79"}),
    ],
)
def test_codes_on_dagpenge(version, exempting):
    """E-01: 78 and 79 from 1.1, 77 from 1.2, 65 until 1.71."""
    for code in ("65", "77", "78", "79"):
        case = Case().dagpenge_period("2023-01-02").dagpenge("2023-01-02", "2023-01-31", "160.33")
        case.absence(code, "2023-01-02", "2023-01-31")
        row = case.month("2023-01", "a_dagpenge", version=version)
        assert (row["exempt_share"] == 1) == (code in exempting)


def test_code_65_on_kontanthjaelp():
    """E-01: 65 belonged to a-dagpenge only."""
    case = assistance("2023-01-01", "2023-01-31").absence("65", "2023-01-01", "2023-01-31")
    assert case.month("2023-01", version="1.1")["exempt_share"] == 0


@pytest.mark.parametrize(
    ("version", "day", "decision"),
    [
        ("1.1", "2021-06-12", ("C-07", True)),
        ("1.1", "2021-06-13", REJECTED),
        ("1.2", "2021-06-13", ("C-07", True)),
        ("1.2", "2021-08-31", ("C-07", True)),
        ("1.2", "2021-09-01", REJECTED),
        ("1.2", "2021-12-19", REJECTED),
        ("1.3", "2021-12-19", ("C-07", True)),
    ],
)
def test_corona_periods(version, day, decision):
    """C-07"""
    assert telephone("2021-05-01", "2022-01-31", day).decisions(version=version) == [decision]


@pytest.mark.parametrize(
    ("version", "day", "decision"),
    [
        ("1.2", "2022-03-01", REJECTED),
        ("1.3", "2022-03-01", ("C-06", True)),
        ("notat-2023-03-22", "2023-03-22", ("C-06", True)),
        ("1.6", "2023-03-21", ("C-06", True)),
        ("1.6", "2023-03-22", ("C-09", False)),
    ],
)
def test_six_months_and_the_first_conversation(version, day, decision):
    """C-06 from 1.3, without end until C-09 of 1.6."""
    assert telephone("2021-01-01", "2023-12-31", day).decisions(version=version) == [decision]


@pytest.mark.parametrize(
    ("version", "decisions"), [("1.5", [REJECTED, REJECTED]), ("1.6", [("C-09", False), ("C-09", True)])]
)
def test_later_conversations(version, decisions):
    """C-09: before 1.6 every conversation must be personal in the first six months."""
    case = assistance("2023-04-01", "2023-07-31").talk("2023-04-10", "TELEFON").talk("2023-05-10", "TELEFON")
    assert case.decisions(version=version) == decisions


@pytest.mark.parametrize(("version", "decision"), [("1.5", ("C-05", True)), ("1.6", ("C-09", False))])
def test_conversation_in_an_active_offer(version, decision):
    """C-05 has no end before 1.6."""
    case = telephone("2023-04-01", "2023-07-31", "2023-04-10")
    case.offer("VIRKSOMHEDSPRAKTIK", "2023-04-01", "2023-04-30")
    assert case.decisions(version=version) == [decision]


@pytest.mark.parametrize(
    ("version", "start", "day", "decision"),
    [
        ("1.4", "2022-12-01", "2022-12-31", ("C-08", True)),
        ("1.4", "2022-12-01", "2023-01-01", REJECTED),
        ("1.5", "2022-12-01", "2023-01-01", ("C-08", True)),
        ("1.5", "2023-12-01", "2023-12-31", ("C-08", True)),
        ("1.5", "2023-12-01", "2024-01-01", REJECTED),
    ],
)
def test_trial_of_nordjylland(version, start, day, decision):
    """C-08"""
    assert telephone(start, "2024-03-31", day, "851").decisions(version=version) == [decision]


@pytest.mark.parametrize(
    ("version", "decision"), [("1.5", ("O-04", True)), ("notat-2023-03-22", ("O-06", False)), ("1.73", ("O-06", False))]
)
def test_course_started_on_22_march_2023(version, decision):
    """O-04, O-06"""
    case = assistance("2022-06-01", "2023-12-31").course("2023-03-22", "2023-05-31", 41, lab_paragraf="91")
    assert case.offer_decisions(version=version) == [decision]


@pytest.mark.parametrize(("version", "is_enough"), [("1.5", False), ("notat-2023-03-22", True)])
def test_hours_in_march_2023(version, is_enough):
    """H-02"""
    case = assistance("2022-03-01", "2023-03-31").income("2023-03-01", "2023-03-31", "100.00")
    assert case.month("2023-03", version=version)["has_ordinary_hours"] == is_enough


@pytest.mark.parametrize(("version", "limit"), [("1.5", 0.2), ("notat-2023-03-22", 0.3)])
def test_limit_of_the_offers_goal(version, limit):
    """G-01"""
    goals = assistance("2021-01-01", "2023-12-31").measured(version=version)["mart_focus_goals_monthly"]
    assert {row["offer_limit"] for row in goals if row["measure_month"] == on("2023-01-01")} == {limit}
    assert {row["offer_limit"] for row in goals if row["measure_month"] == on("2022-12-01")} == {0.2}


@pytest.mark.parametrize(("version", "conversations"), [("1.72", 0), ("1.73", 1)])
def test_conversation_before_the_spell(version, conversations):
    """C-10"""
    case = assistance("2024-02-01", "2024-06-30").talk("2024-01-20")
    case.add("tass_tilmeldinger", henvendelsesdato=on("2024-01-15"))
    assert case.month("2024-03", version=version)["conversations"] == conversations


@pytest.mark.parametrize(("version", "is_exempt"), [("1.72", False), ("1.73", True)])
def test_early_exemption(version, is_exempt):
    """E-03: 30 percent, or five days of MII."""
    share = assistance("2024-01-01", "2024-01-30").absence("3", "2024-01-01", "2024-01-09")
    mii = assistance("2024-01-01", "2024-01-30").period("tass_mii", "2024-01-01", "2024-01-05")
    for case in (share, mii):
        assert case.month("2024-01", version=version)["is_exempt_conversations"] == is_exempt
