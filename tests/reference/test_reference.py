"""The reference against the worked examples of the rules and sources, and around each boundary."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from . import measure
from .benefits import is_of_measured_age, pension_date
from .clock import spread
from .days import add_months, ordinal, whole_month_between
from .focus_goals import offer_limit
from .parameters import DAY_BOUNDS, HOUR_BOUNDS
from .quarantine import CONTRACT, quarantine
from .random_delivery import random_delivery
from .supervision import Goal, assess, date_columns
from .versions import NEWEST, VERSIONS

TODAY = date(2025, 1, 31)
DAY = timedelta(days=1)
PERSON = "p1"


def on(text: str) -> date:
    return date.fromisoformat(text)


class Case:
    """A small delivery of one person, born 1980 and living in Albertslund."""

    def __init__(self, birth: str | None = "1980-01-01", municipality: str | None = "165"):
        self.tables: dict[str, list[dict]] = {}
        self._ids = 0
        if birth:
            self.add("cpr_personer", foedselsdato=on(birth))
        if municipality:
            self.residence(municipality)

    def add(self, table: str, **values) -> "Case":
        self.tables.setdefault(table, []).append({"person_id": PERSON, **values})
        return self

    def next_id(self) -> str:
        self._ids += 1
        return f"{self._ids:04d}"

    def residence(self, municipality: str, first: str = "1990-01-01", last: str | None = None) -> "Case":
        til_dato = on(last) if last else None
        return self.add("cpr_bopael", kommunekode=municipality, fra_dato=on(first), til_dato=til_dato)

    def paid(self, code: str, first: str, last: str, table: str = "ky_udbetalinger") -> "Case":
        return self.add(
            table, ydelseskode=code, periode_start=on(first), periode_slut=on(last), kommunekode="165"
        )

    def dagpenge(
        self,
        first: str,
        last: str,
        hours: str,
        form: str = "FULDTID",
        table: str = "fleur_udbetalinger",
        work_sharing: bool = False,
    ) -> "Case":
        return self.add(
            table,
            ydelsestype="A_DAGPENGE",
            periode_start=on(first),
            periode_slut=on(last),
            timer=Decimal(hours),
            forsikringsart=form,
            akassekode="01",
            arbejdsfordeling=work_sharing,
        )

    def dagpenge_period(self, first: str) -> "Case":
        return self.add("taeller_dagpengeperioder", foerste_dag=on(first), sidste_dag=None)

    def sick(self, first: str, last: str | None, table: str = "ksd_sygedagpenge") -> "Case":
        end = on(last) if last else None
        return self.add(table, foerste_fravaersdag=on(first), sidste_fravaersdag=end, kommunekode="165")

    def period(self, table: str, first: str, last: str | None, **values) -> "Case":
        return self.add(table, startdato=on(first), slutdato=on(last) if last else None, **values)

    def absence(self, code: str, first: str, last: str) -> "Case":
        return self.period("tass_fravaer", first, last, fravaer_kode=code)

    def talk(
        self,
        day: str,
        form: str = "PERSONLIGT_FREMMOEDE",
        kind: str = "JOBSAMTALE",
        holder: str = "JOBCENTER",
        municipality: str = "165",
        status: str = "AFHOLDT",
    ) -> "Case":
        return self.add(
            "tass_samtaler",
            samtale_id=self.next_id(),
            samtaledato=on(day),
            samtaletype=kind,
            kontaktform=form,
            afholdt_af=holder,
            status=status,
            kommunekode=municipality,
        )

    def offer(self, kind: str, first: str, last: str | None, **values) -> "Case":
        details = {"kursus_id": None, "lab_paragraf": None, "bevillingsramme": None, "forsoergelsesydelse": None}
        return self.period(
            "plan_tilbud",
            first,
            last,
            tilbud_id=self.next_id(),
            tilbudstype=kind,
            kommunekode="165",
            **(details | values),
        )

    def course(self, first: str, last: str | None, course: int, **values) -> "Case":
        return self.offer("VEJLEDNING_OPKVALIFICERING", first, last, kursus_id=course, **values)

    def income(self, first: str, last: str, hours: str) -> "Case":
        return self.add(
            "eindkomst_loentimer", periode_start=on(first), periode_slut=on(last), loentimer=Decimal(hours)
        )

    def measured(
        self, as_of: str = "2025-01-31", first_month: str = "2016-01-01", version: str = NEWEST
    ) -> dict[str, list[dict]]:
        return measure(self.tables, on(as_of), on(first_month), None, TODAY, version)

    def month(self, month: str, group: str = "kontanthjaelp", **options) -> dict | None:
        return next(
            (
                row
                for row in self.measured(**options)["fct_person_months"]
                if row["measure_month"] == on(f"{month}-01") and row["benefit_group"] == group
            ),
            None,
        )

    def spells(self, **options) -> list[tuple[str, str]]:
        return [
            (row["start_date"].isoformat(), row["end_date"].isoformat())
            for row in self.measured(**options)["fct_spells"]
        ]

    def decisions(self, **options) -> list[tuple[str, bool]]:
        rows = sorted(self.measured(**options)["fct_conversation_decisions"], key=lambda row: row["samtale_id"])
        return [(row["rule_id"], row["is_admitted"]) for row in rows]

    def offer_decisions(self, group: str = "kontanthjaelp", **options) -> list[tuple[str, bool]]:
        rows = sorted(self.measured(**options)["fct_offer_decisions"], key=lambda row: row["tilbud_id"])
        return [(row["rule_id"], row["is_qualifying"]) for row in rows if row["spell_id"].startswith(group)]


def assistance(first: str, last: str) -> Case:
    return Case().paid("KONTANTHJAELP", first, last)


# The worked examples of the sources and the rules


def test_corona_example():
    """T-06 and section C, "Worked": kontanthjælp 1 Jan 2019 - 31 Dec 2020."""
    case = assistance("2019-01-01", "2020-12-31")
    for day in ("2019-06-19", "2020-01-10", "2020-03-12", "2020-06-02"):
        case.talk(day)
    december, may, june = case.month("2020-12"), case.month("2020-05"), case.month("2020-06")
    assert december["window_start_date"] == on("2019-09-01") and december["conversations"] == 2
    assert may["window_start_date"] == on("2019-03-01") and may["conversations"] == 2
    assert june["conversations"] == 3
    assert december["duration"] == 608 and december["duration_interval"] == "y01_02"


def test_duration_stands_still_in_the_corona_period():
    """D-03: 64 days on 29 February 2020 are 64 on 30 June and 65 on 1 July."""
    first = (on("2020-02-29") - 63 * DAY).isoformat()
    for last, duration in (("2020-02-29", 64), ("2020-06-30", 64), ("2020-07-01", 65)):
        assert assistance(first, last).month(last[:7])["duration"] == duration


def test_example_1_courses_before_and_after_22_march_2023():
    case = assistance("2022-06-01", "2023-12-31")
    for first, last in (("2022-12-01", "2023-01-20"), ("2023-03-01", "2023-03-31"), ("2023-05-01", "2023-05-31")):
        case.course(first, last, 41, lab_paragraf="91")
    assert case.offer_decisions() == [("O-04", True), ("O-04", True), ("O-06", False)]


def test_example_2_shift_from_uddannelseshjaelp():
    case = Case(birth="1993-04-10").paid("UDDANNELSESHJAELP", "2022-01-01", "2023-04-09")
    case.paid("KONTANTHJAELP", "2023-04-10", "2023-12-31")
    case.course("2023-03-01", "2023-05-31", 41, lab_paragraf="91")
    case.course("2023-04-01", "2023-05-31", 41, lab_paragraf="91")
    assert case.offer_decisions("uddannelseshjaelp") == [("O-04", True), ("O-05", True)]
    assert case.offer_decisions("kontanthjaelp") == [("O-04", True), ("O-07", True)]
    counting = [row for row in case.measured()["fct_offer_decisions"] if row["spell_id"].startswith("kont")]
    assert {(row["counts_from_month"], row["counts_to_month"]) for row in counting} == {
        (on("2023-04-01"), on("2023-12-01"))
    }


def test_example_3_hours_in_february_2023():
    case = assistance("2022-03-01", "2023-03-31")
    for month in range(12):
        first = add_months(on("2022-03-01"), month)
        case.income(first.isoformat(), (add_months(first, 1) - DAY).isoformat(), "10.00")
    row = case.month("2023-02")
    assert row["ordinary_hours"] == Decimal("120.00") and not row["has_ordinary_hours"]
    assert case.month("2023-03")["has_ordinary_hours"]


def test_example_4_hours_in_march_2023():
    case = assistance("2021-01-01", "2023-03-25")
    for month in range(12):
        first = add_months(on("2022-03-26"), month)
        case.income(first.isoformat(), (add_months(first, 1) - DAY).isoformat(), "10.00")
    row = case.month("2023-03")
    assert row["window_start_date"] == on("2022-03-26")
    assert row["ordinary_hours"] == Decimal("120.00") and row["has_ordinary_hours"]


def test_example_5_contact_forms_across_22_march_2023():
    case = assistance("2022-12-01", "2023-03-31").talk("2022-12-20").talk("2023-01-09", "TELEFON")
    case.talk("2023-02-20").talk("2023-03-31", "TELEFON")
    assert case.month("2023-03")["conversations"] == 3
    assert case.decisions() == [("C-04", True), ("C-04", False), ("C-04", True), ("C-09", True)]


def test_example_6_first_conversation_by_telephone():
    case = assistance("2023-02-01", "2023-05-31")
    for day in ("2023-04-18", "2023-04-26", "2023-05-10"):
        case.talk(day, "TELEFON")
    assert case.month("2023-05")["conversations"] == 2
    assert case.decisions() == [("C-09", False), ("C-09", True), ("C-09", True)]


def goal(share: str, limit: str = "0.3") -> Goal:
    return Goal(Decimal(share), Decimal(limit), Decimal(share) < Decimal(limit))


MET_CONVERSATIONS = goal("0.1", "0.2")


@pytest.mark.parametrize(
    ("share", "status"), [("0.40", "extended"), ("0.4000000001", "administration"), ("0.29", "ended")]
)
def test_half_of_the_needed_improvement(share, status):
    """V-03: 50 % without offers needs 20 points, 10 are enough."""
    selection = {"offers": goal("0.5"), "conversations": MET_CONVERSATIONS}
    now = {"offers": goal(share), "conversations": MET_CONVERSATIONS}
    assert assess("selected", False, now, selection, 2024).status == status


# B: benefit days


def test_sources_of_dagpenge():
    """B-02: RAM to 30 June 2017, FLEUR from 1 July; work-sharing and 0 hours give no days."""
    case = Case().dagpenge_period("2017-06-01")
    case.dagpenge("2017-06-30", "2017-07-02", "10.00", table="ram_udbetalinger")
    case.dagpenge("2017-07-01", "2017-07-31", "10.00", table="ram_udbetalinger")
    case.dagpenge("2017-06-30", "2017-08-31", "10.00")
    case.dagpenge("2017-07-03", "2017-07-31", "10.00", work_sharing=True)
    case.dagpenge("2017-07-03", "2017-07-31", "0.00")
    assert case.spells() == [("2017-06-01", "2017-07-02")]


def test_subsidy_adds_days_but_not_for_sickness():
    """B-04, I-02"""
    case = assistance("2019-01-01", "2019-01-31")
    case.offer("LOENTILSKUD", "2019-02-01", "2019-02-10", forsoergelsesydelse="KONTANTHJAELP")
    case.offer("LOENTILSKUD", "2019-02-01", "2019-06-10", forsoergelsesydelse="SYGEDAGPENGE")
    assert case.spells() == [("2019-01-01", "2019-02-10")]


def test_forrevalidering_moves_every_municipal_benefit():
    """B-05, also the unmeasured ones and løntilskud; B-06 comes after."""
    case = Case().paid("FOERTIDSPENSION", "2019-01-01", "2019-01-10").paid("KONTANTHJAELP", "2019-01-01", "2019-01-31")
    case.offer("LOENTILSKUD", "2019-02-01", "2019-02-05", forsoergelsesydelse="JOBAFKLARING")
    case.period("ky_forrevalidering", "2019-01-05", "2019-02-03")
    groups = {row["benefit_group"]: (row["start_date"], row["end_date"]) for row in case.measured()["fct_spells"]}
    assert groups == {
        "revalidering": (on("2019-01-05"), on("2019-02-03")),
        "jobafklaring": (on("2019-02-04"), on("2019-02-05")),
    }


def test_supplementary_kontanthjaelp_is_deleted():
    """B-06: beside a-dagpenge, sygedagpenge and førtidspension only."""
    case = assistance("2019-01-01", "2019-01-31").sick("2019-01-01", "2019-01-10")
    case.dagpenge("2019-01-11", "2019-01-15", "10.00").paid("FOERTIDSPENSION", "2019-01-16", "2019-01-20")
    case.paid("FLEKSJOB", "2019-01-21", "2019-01-25")
    assert ("2019-01-21", "2019-01-31") in case.spells()


@pytest.mark.parametrize(
    ("birth", "reached"),
    [
        ("1939-06-30", "2006-06-30"),
        ("1939-07-01", "2004-07-01"),
        ("1953-12-31", "2018-12-31"),
        ("1954-01-01", "2019-07-01"),
        ("1954-06-30", "2019-12-30"),
        ("1954-07-01", "2020-07-01"),
        ("1955-01-01", "2021-07-01"),
        ("1955-06-30", "2021-12-30"),
        ("1955-07-01", "2022-07-01"),
        ("1962-12-31", "2029-12-31"),
        ("1963-01-01", "2031-01-01"),
        ("1967-01-01", "2036-01-01"),
        ("1971-01-01", "2041-01-01"),
    ],
)
def test_pension_age(birth, reached):
    """B-07"""
    assert pension_date(on(birth)) == on(reached)
    assert is_of_measured_age(on(birth), ordinal(on(reached)) - 1)
    assert not is_of_measured_age(on(birth), ordinal(on(reached)))


def test_sixteenth_birthday():
    """B-07"""
    assert is_of_measured_age(on("2004-02-29"), ordinal(on("2020-02-29")))
    assert not is_of_measured_age(on("2004-02-29"), ordinal(on("2020-02-28")))
    assert not is_of_measured_age(None, ordinal(on("2020-02-29")))


# S: spells


@pytest.mark.parametrize(
    ("last", "following", "is_break"),
    [
        ("2019-01-31", "2019-02-28", False),
        ("2019-01-31", "2019-03-01", True),
        ("2019-01-30", "2019-02-28", False),
        ("2019-01-01", "2019-02-28", False),
        ("2019-01-01", "2019-03-01", True),
        ("2019-12-31", "2020-02-01", True),
        ("2020-01-31", "2020-02-29", False),
    ],
)
def test_whole_calendar_month(last, following, is_break):
    """S-01, I-04"""
    assert whole_month_between(ordinal(on(last)), ordinal(on(following))) == is_break
    case = assistance("2018-12-15", last).paid("KONTANTHJAELP", following, "2020-03-31")
    assert len(case.spells()) == (2 if is_break else 1)


def test_gap_days_count():
    """S-01, I-05"""
    case = assistance("2019-01-01", "2019-01-01").paid("KONTANTHJAELP", "2019-02-28", "2019-02-28")
    assert case.month("2019-02")["duration"] == 59


@pytest.mark.parametrize(
    ("rows", "spells"),
    [
        ([(1, 5), (4, 10), (9, 12)], [(1, 12)]),
        ([(1, 5), (5, 9)], [(1, 5), (5, 9)]),
        ([(1, 5), (6, 9)], [(1, 5), (6, 9)]),
        ([(1, 6), (5, 9)], [(1, 9)]),
        ([(1, 20), (2, 3), (15, 25)], [(1, 25)]),
        ([(1, 1), (1, 1)], [(1, 1)]),
        ([(1, 1), (1, 4)], [(1, 4)]),
        ([(1, 5), (5, 5)], [(1, 5), (5, 5)]),
        ([(5, 5), (5, 9)], [(5, 9)]),
    ],
)
def test_sickness_spells(rows, spells):
    """S-02"""
    case = Case()
    for number, (first, last) in enumerate(rows):
        table = "ksd_sygedagpenge" if number % 2 else "kmd_sygedagpenge"
        case.sick(f"2019-01-{first:02d}", f"2019-01-{last:02d}", table)
    assert case.spells() == [(f"2019-01-{first:02d}", f"2019-01-{last:02d}") for first, last in spells]


def test_the_later_of_two_sickness_spells_that_share_a_day():
    """M-02: on a tie the one that starts last."""
    row = Case().sick("2019-01-01", "2019-01-05").sick("2019-01-05", "2019-01-05").month("2019-01", "sygedagpenge")
    assert row["spell_start_date"] == on("2019-01-05") and row["duration"] == 1


def test_dagpenge_periods():
    """S-03: a new first day in the middle of a payment; days before the first belong to no spell."""
    case = Case().dagpenge("2019-01-01", "2019-03-31", "300.00")
    case.dagpenge_period("2019-02-01").dagpenge_period("2019-03-15").dagpenge_period("2019-06-01")
    assert case.spells() == [("2019-02-01", "2019-03-14"), ("2019-03-15", "2019-03-31")]
    warning = case.measured()["data_warnings"]
    assert warning == [
        {
            "warning_code": "benefit_days_outside_dagpenge_period",
            "source_table": "taeller_dagpengeperioder",
            "rows": 31,
            "persons": 1,
        }
    ]


@pytest.mark.parametrize(("last", "is_extended"), [("2019-02-01", True), ("2019-01-31", False)])
def test_overgangsydelse_before_kontanthjaelp(last, is_extended):
    """S-05: extended unless a whole calendar month lies between; M-01 looks at own days only."""
    case = Case().paid("OVERGANGSYDELSE_UDEN_PROGRAM", "2018-10-10", last)
    case.paid("KONTANTHJAELP", "2019-03-01", "2019-03-31")
    spell = next(row for row in case.measured()["fct_spells"] if row["benefit_group"] == "kontanthjaelp")
    assert spell["is_extended_by_overgangsydelse"] == is_extended
    assert spell["spell_id"] == "kontanthjaelp-p1-2019-03-01"
    assert case.month("2019-01", "kontanthjaelp") is None
    assert case.month("2019-03")["duration"] == (173 if is_extended else 31)


def test_overgangsydelse_in_programme_is_not_carried_over():
    """S-05"""
    case = Case().paid("OVERGANGSYDELSE_I_PROGRAM", "2018-10-10", "2019-02-28")
    case.paid("KONTANTHJAELP", "2019-03-01", "2019-03-31")
    assert case.spells() == [("2019-03-01", "2019-03-31")]


# D, T: dead periods, hours, clock


def test_spread():
    """T-03: floor(H * k / W) given up to the k-th weekday."""
    assert list(spread(10, [1, 2, 3]).values()) == [3, 3, 4]
    assert sum(spread(16033, list(range(23))).values()) == 16033


def test_hours_are_spread_before_they_are_cut():
    """T-03: the whole row over its weekdays; later days are dropped."""
    case = Case().dagpenge("2019-01-01", "2019-01-31", "160.33").dagpenge_period("2019-01-01")
    assert case.month("2019-01", "a_dagpenge")["duration"] == Decimal("160.33")
    row = measure(case.tables, on("2019-01-15"), on("2019-01-01"), on("2019-01-01"), TODAY)["fct_person_months"][0]
    assert row["duration"] == Decimal(16033 * 11 // 23) / 100
    assert row["measurement_date"] == on("2019-01-15")


def test_weekend_row_gives_its_hours_on_the_last_day():
    """T-03: W = 0"""
    case = Case().dagpenge("2019-01-05", "2019-01-06", "7.41").dagpenge_period("2019-01-06")
    assert case.month("2019-01", "a_dagpenge")["duration"] == Decimal("7.41")


def test_subsidy_hours_outside_payment_rows():
    """T-03, I-08: the month norm on weekdays not covered; part time from the latest payment row."""
    case = Case().dagpenge_period("2019-01-01").dagpenge("2019-01-01", "2019-01-31", "0.00", "DELTID")
    case.offer("LOENTILSKUD", "2019-01-01", "2019-01-31", forsoergelsesydelse="A_DAGPENGE")
    assert case.month("2019-01", "a_dagpenge")["duration"] == Decimal("130.00")
    case.dagpenge("2019-01-01", "2019-01-30", "50.00")
    assert case.month("2019-01", "a_dagpenge")["duration"] == Decimal("50.00") + Decimal("5.66")


@pytest.mark.parametrize("position", range(16))
def test_interval_bounds(position):
    """T-05: Skema 1, days; hours are multiples of the month norm."""
    names = [*(f"m{n:02d}" for n in range(12)), "y01_02", "y03_05", "y06_09", "y10_plus"]
    bound = DAY_BOUNDS[position]
    if 0 < bound < 365:
        for length, name in ((bound - 1, names[position - 1]), (bound, names[position])):
            last = on("2018-01-01") + (length - 1) * DAY
            row = assistance("2018-01-01", last.isoformat()).month(last.isoformat()[:7])
            assert row["duration_interval"] == name
    assert HOUR_BOUNDS["DELTID"][position] % 13000 == 0
    assert HOUR_BOUNDS["FULDTID"][12:] == (192396, 577188, 1154376, 1923960)


@pytest.mark.parametrize(("last", "duration"), [("2020-12-29", 364), ("2020-12-30", 364), ("2020-12-31", 365)])
def test_leap_day_is_taken_out_from_365_days(last, duration):
    """T-04, I-09: 2020 without the corona period, by a start 122 days earlier."""
    first = (on("2020-01-01") - 122 * DAY).isoformat()
    row = assistance(first, last).month("2020-12")
    assert row["duration"] == duration and row["is_12_plus"] == (duration == 365)


def test_dagpenge_window_is_the_latest_1923_96_hours():
    """T-06"""
    case = Case().dagpenge_period("2021-01-01")
    for month in range(14):
        first = add_months(on("2021-01-01"), month)
        case.dagpenge(first.isoformat(), (add_months(first, 1) - DAY).isoformat(), "160.33")
    assert not case.month("2021-11", "a_dagpenge")["is_12_plus"]
    assert case.month("2021-12", "a_dagpenge")["window_start_date"] == on("2021-01-01")
    row = case.month("2022-02", "a_dagpenge")
    assert row["is_12_plus"] and row["window_start_date"] == on("2021-03-01")


def test_overlapping_dead_periods_are_a_union():
    """D-01, D-03"""
    case = assistance("2019-01-01", "2019-01-31").absence("8", "2019-01-05", "2019-01-10")
    case.absence("OPFOELGNING_UDEN_KONTAKT", "2019-01-08", "2019-01-12")
    assert case.month("2019-01")["duration"] == 23


# P/M: population


def test_dead_all_month():
    """M-03: every spell day of the month in a D-01 period; corona leaves nobody out."""
    case = assistance("2019-12-15", "2020-04-30").absence("8", "2019-12-15", "2019-12-30")
    assert case.month("2019-12") is not None
    case.absence("8", "2019-12-31", "2019-12-31")
    assert case.month("2019-12") is None
    assert case.month("2020-04")["duration"] == 60


def test_municipality():
    """M-04: residence on the spell's end, or the last of the month; the latest start holds."""
    case = assistance("2019-01-01", "2019-02-10").residence("101", "2019-01-20").residence("201", "2019-02-11")
    assert case.month("2019-01")["municipality_code"] == "101"
    assert case.month("2019-02")["municipality_code"] == "101"
    unknown = Case(municipality=None).paid("KONTANTHJAELP", "2019-01-01", "2019-01-31")
    assert unknown.month("2019-01")["municipality_code"] == "000"


def test_person_counts_once_by_the_latest_row():
    """M-05: ties by group order; the row decides whether the person is exempt."""
    case = Case().paid("KONTANTHJAELP", "2019-01-01", "2019-01-20").paid("JOBAFKLARING", "2019-01-01", "2019-01-20")
    case.paid("RESSOURCEFORLOEB", "2019-01-01", "2019-01-21").absence("4", "2019-01-01", "2019-01-20")
    cells = {
        row["benefit_group"]: row
        for row in case.measured()["mart_offers_monthly"]
        if row["area_type"] == "country" and row["duration_interval"] == "m00"
    }
    assert cells["all"]["persons_exempt"] == 1 and cells["all"]["persons_measured"] == 0
    assert cells["all"]["share_without"] is None
    assert set(cells) == {"kontanthjaelp", "jobafklaring", "ressourceforloeb", "all"}


# E: exemption


@pytest.mark.parametrize(
    ("month", "days", "is_exempt", "is_exempt_offers"),
    [
        ("2023-12", 15, False, False),
        ("2023-12", 16, True, True),
        ("2024-01", 9, False, False),
        ("2024-01", 10, True, False),
    ],
)
def test_exempt_share(month, days, is_exempt, is_exempt_offers):
    """E-02 to E-04: 50 %, and 30 % of conversations from January 2024 below 213 days."""
    case = assistance(f"{month}-01", f"{month}-31").absence("3", f"{month}-01", f"{month}-{days:02d}")
    row = case.month(month)
    assert (row["is_exempt_conversations"], row["is_exempt_offers"]) == (is_exempt, is_exempt_offers)
    assert row["exempt_share"] == pytest.approx(days / 31)


@pytest.mark.parametrize(("last", "is_exempt"), [("2024-01-05", True), ("2024-01-04", False)])
def test_mii_days(last, is_exempt):
    """E-03: five live window days."""
    case = assistance("2024-01-01", "2024-01-31").period("tass_mii", "2023-12-20", last)
    assert case.month("2024-01")["is_exempt_conversations"] == is_exempt


def test_exemption_from_213_days():
    """E-03, I-14"""
    case = assistance("2023-06-02", "2023-12-31").absence("3", "2023-06-02", "2023-08-20")
    case.paid("KONTANTHJAELP", "2024-01-01", "2024-01-01").period("tass_mii", "2023-07-01", "2023-07-20")
    assert case.month("2024-01")["duration"] == 214
    assert not case.month("2024-01")["is_exempt_conversations"]


def test_codes_of_the_group_and_the_category():
    """E-01, I-12: code 2 asks for JOBPARAT, 78 counts, 65 never."""
    for code, category, is_exempt in (
        ("2", "JOBPARAT", True),
        ("2", "AKTIVITETSPARAT", False),
        ("2", None, False),
        ("78", None, True),
        ("65", None, False),
        ("11", None, False),
    ):
        case = assistance("2019-01-01", "2019-01-31").absence(code, "2019-01-01", "2019-01-31")
        if category:
            case.period("tass_visitation", "2018-01-01", None, visitationskategori=category)
        assert case.month("2019-01")["is_exempt_offers"] == is_exempt


# C: conversations


def test_types_and_holders():
    """C-01, C-02, I-22"""
    case = assistance("2019-01-01", "2019-12-31").talk("2019-02-01", kind="FAELLESSAMTALE")
    case.talk("2019-02-02", holder="AKASSE").talk("2019-02-03", kind="SYGEOPFOELGNING").talk("2019-02-04")
    assert case.decisions() == [("C-02", False)] * 3 + [("C-04", True)]
    dagpenge = Case().dagpenge("2019-01-01", "2019-12-31", "900.00").dagpenge_period("2019-01-01")
    dagpenge.talk("2019-02-01", kind="FAELLESSAMTALE").talk("2019-02-02", holder="AKASSE")
    dagpenge.talk("2019-02-04", kind="CV_SAMTALE", holder="AKASSE")
    assert dagpenge.decisions() == [("C-04", True), ("C-04", True), ("C-02", False)]
    sick = Case().sick("2019-01-01", "2019-12-31").talk("2019-02-01", "ANDEN", "SYGEOPFOELGNING").talk("2019-02-02")
    assert sick.decisions() == [("C-01", True), ("C-01", False)]


def test_one_a_day_and_dead_days():
    """C-03: the smallest samtale_id among the admitted."""
    case = assistance("2019-01-01", "2019-12-31").talk("2019-02-01", "TELEFON").talk("2019-02-01").talk("2019-02-01")
    case.absence("8", "2019-03-01", "2019-03-01").talk("2019-03-01").talk("2019-03-02")
    assert case.decisions() == [("C-04", False), ("C-04", True), ("C-03", False), ("C-03", False), ("C-04", True)]


@pytest.mark.parametrize(
    ("day", "decision"),
    [
        ("2020-03-11", ("C-04", False)),
        ("2020-03-12", ("C-07", False)),
        ("2020-05-26", ("C-07", False)),
        ("2020-05-27", ("C-07", True)),
        ("2021-08-31", ("C-07", True)),
        ("2021-09-01", ("C-04", False)),
        ("2021-12-18", ("C-04", False)),
        ("2021-12-19", ("C-07", True)),
        ("2022-01-31", ("C-06", True)),
        ("2023-03-21", ("C-06", True)),
    ],
)
def test_corona_and_later_months(day, decision):
    """C-06, C-07"""
    assert assistance("2019-01-01", "2023-12-31").talk(day, "VIDEO").decisions() == [decision]


@pytest.mark.parametrize(("day", "decision"), [("2022-09-30", ("C-04", False)), ("2022-10-01", ("C-06", True))])
def test_six_months_of_duration(day, decision):
    """C-06: 183 days"""
    assert assistance("2022-04-02", "2022-12-31").talk(day, "TELEFON").decisions() == [decision]


def test_conversation_in_an_active_offer():
    """C-05: any form up to 21 March 2023; mentor up to 31 December 2019."""
    case = assistance("2019-06-01", "2023-12-31").offer("MENTOR", "2019-12-31", "2020-01-05")
    case.offer("NYTTEINDSATS", "2023-03-21", "2023-03-31")
    for day in ("2019-12-31", "2020-01-01", "2023-03-21", "2023-03-22"):
        case.talk(day, "ANDEN")
    assert case.decisions() == [("C-05", True), ("C-04", False), ("C-05", True), ("C-09", False)]


@pytest.mark.parametrize(
    ("municipality", "day", "form", "decision"),
    [
        ("851", "2017-06-30", "VIDEO", ("C-04", False)),
        ("851", "2017-07-01", "TELEFON", ("C-08", True)),
        ("851", "2023-03-21", "TELEFON", ("C-08", True)),
        ("201", "2021-12-18", "TELEFON", ("C-08", True)),
        ("201", "2022-02-01", "TELEFON", ("C-04", False)),
        ("101", "2018-08-31", "VIDEO", ("C-04", False)),
        ("101", "2018-09-01", "VIDEO", ("C-08", True)),
        ("269", "2018-10-31", "VIDEO", ("C-04", False)),
        ("269", "2018-11-01", "VIDEO", ("C-08", True)),
        ("269", "2018-11-01", "TELEFON", ("C-04", False)),
        ("269", "2022-12-31", "VIDEO", ("C-08", True)),
        ("269", "2023-01-01", "VIDEO", ("C-04", False)),
        ("165", "2019-01-01", "VIDEO", ("C-04", False)),
        ("851", "2019-01-01", "ANDEN", ("C-04", False)),
    ],
)
def test_trial_municipalities(municipality, day, form, decision):
    """C-08: by the municipality of the conversation; short spells, outside the corona periods."""
    first, last = (on(day) - 10 * DAY).isoformat(), (on(day) + 10 * DAY).isoformat()
    assert assistance(first, last).talk(day, form, municipality=municipality).decisions() == [decision]


def test_trial_form_of_the_first_conversation_after_22_march_2023():
    """C-08, C-09: Nordjylland to 31 December 2023, not held by the a-kasse."""
    case = assistance("2023-04-01", "2024-06-30").talk("2023-12-31", "VIDEO", municipality="851")
    assert case.decisions() == [("C-08", True)]
    late = assistance("2023-04-01", "2024-06-30").talk("2024-01-01", "VIDEO", municipality="851")
    assert late.decisions() == [("C-09", False)]
    held = Case().dagpenge("2023-04-01", "2023-12-31", "900.00").dagpenge_period("2023-04-01")
    held.talk("2023-05-01", "VIDEO", municipality="851", holder="AKASSE")
    assert held.decisions() == [("C-09", False)]


def test_first_conversation_is_the_earliest_counted_or_not():
    """C-09, I-17: several on the first date are all first."""
    case = assistance("2023-02-01", "2023-12-31").talk("2023-03-01", "ANDEN").talk("2023-03-22", "VIDEO")
    assert case.decisions() == [("C-04", False), ("C-09", True)]
    same_day = assistance("2023-04-01", "2023-12-31").talk("2023-05-01", "VIDEO").talk("2023-05-01", "TELEFON")
    same_day.talk("2023-05-02", "ANDEN").talk("2023-05-03", "TELEFON")
    assert same_day.decisions() == [("C-09", False)] * 3 + [("C-09", True)]


def registered(start: str, registration: str) -> Case:
    case = assistance(start, "2025-01-31")
    return case.add("tass_tilmeldinger", henvendelsesdato=on(registration))


@pytest.mark.parametrize(
    ("start", "registration", "is_early"),
    [
        ("2024-05-31", "2024-02-29", True),
        ("2024-05-31", "2024-02-28", False),
        ("2024-05-15", "2024-05-14", True),
        ("2024-05-15", "2024-05-15", False),
        ("2024-01-01", "2023-10-01", True),
        ("2023-12-31", "2023-10-05", False),
    ],
)
def test_conversations_before_spell_start(start, registration, is_early):
    """C-10: R in the three months before a start from 1 January 2024."""
    case = registered(start, registration).talk(registration)
    before = [row for row in case.measured()["fct_conversation_decisions"] if row["conversation_date"] < on(start)]
    assert [row["rule_id"] for row in before] == (["C-10"] if is_early else [])
    assert case.month(start[:7])["conversations"] == (0 if registration < start and not is_early else 1)


def test_early_conversations_end_at_12_months():
    """C-10, I-21: the first conversation must be personal; none counts from 12 months on."""
    case = registered("2024-01-01", "2023-11-01").talk("2023-11-02", "VIDEO").talk("2023-12-01", "VIDEO")
    case.talk("2024-03-10", "VIDEO")
    assert case.decisions() == [("C-09", False), ("C-10", True), ("C-09", True)]
    assert case.month("2024-11")["conversations"] == 2
    assert case.month("2025-01")["is_12_plus"] and case.month("2025-01")["conversations"] == 1


def test_registration_without_dagpenge_between():
    """C-10, I-18: the next candidate is tried."""
    case = Case().dagpenge("2023-06-01", "2023-11-15", "500.00").dagpenge("2024-01-01", "2024-03-31", "400.00")
    case.dagpenge_period("2023-06-01").dagpenge_period("2024-01-01")
    for day in ("2023-11-15", "2023-11-16", "2023-12-01"):
        case.add("tass_tilmeldinger", henvendelsesdato=on(day))
    case.talk("2023-11-15").talk("2023-11-16")
    rows = [row for row in case.measured()["fct_conversation_decisions"] if row["spell_id"].endswith("2024-01-01")]
    assert [(row["conversation_date"], row["rule_id"]) for row in rows] == [(on("2023-11-16"), "C-10")]


def test_dagpenge_conversation_on_another_benefit():
    """C-11"""
    case = Case().dagpenge("2019-01-01", "2019-01-31", "100.00").dagpenge("2019-04-01", "2019-04-30", "100.00")
    case.dagpenge_period("2019-01-01").paid("FLEKSJOB", "2019-02-10", "2019-02-20")
    case.talk("2019-02-09").talk("2019-02-10").talk("2019-04-01")
    assert case.decisions() == [("C-04", True), ("C-11", False), ("C-04", True)]


# O, H: offers and hours


@pytest.mark.parametrize(
    ("start", "course", "details", "decision"),
    [
        ("2023-03-21", 41, {"lab_paragraf": "91"}, ("O-04", True)),
        ("2023-03-22", 41, {}, ("O-06", False)),
        ("2023-03-22", 25, {}, ("O-06", True)),
        ("2023-03-22", 25, {"lab_paragraf": "91"}, ("O-06", False)),
        ("2023-03-22", 36, {}, ("O-06", True)),
        ("2023-03-22", 48, {}, ("O-06", False)),
        ("2024-04-01", 30, {"bevillingsramme": 5}, ("O-06", True)),
        ("2024-03-31", 45, {"bevillingsramme": 18}, ("O-06", True)),
        ("2024-04-01", 47, {"bevillingsramme": 18}, ("O-06", False)),
        ("2024-03-31", 47, {"bevillingsramme": 18, "lab_paragraf": "91"}, ("O-06", False)),
    ],
)
def test_courses(start, course, details, decision):
    """O-04, O-06"""
    case = assistance("2022-01-01", "2024-12-31").course(start, "2024-12-31", course, **details)
    assert case.offer_decisions() == [decision]


def test_course_36_counts_from_seven_months():
    """O-06: 213 days"""
    case = assistance("2023-04-03", "2023-11-30").course("2023-04-03", "2023-04-30", 36)
    assert not case.month("2023-10")["has_offer"] and case.month("2023-11")["has_offer"]
    decision = case.measured()["fct_offer_decisions"][0]
    assert (decision["counts_from_month"], decision["counts_to_month"]) == (on("2023-11-01"), on("2023-11-01"))


def test_overgangsydelse_in_the_education_categories():
    """O-05, O-07"""
    case = Case().paid("OVERGANGSYDELSE_UDEN_PROGRAM", "2023-01-01", "2023-06-30")
    case.paid("KONTANTHJAELP", "2023-07-01", "2023-12-31")
    case.period("tass_visitation", "2023-04-01", "2023-05-31", visitationskategori="UDDANNELSESPARAT")
    case.period("tass_visitation", "2023-06-01", None, visitationskategori="JOBPARAT")
    case.course("2023-05-31", "2023-08-01", 48).course("2023-06-01", "2023-08-01", 48)
    assert case.offer_decisions("overgangsydelse") == [("O-05", True), ("O-06", False)]
    assert case.offer_decisions("kontanthjaelp") == [("O-07", True), ("O-06", False)]


def test_mentor():
    """O-01, O-03: days up to 31 December 2019."""
    case = assistance("2019-12-31", "2020-12-31").offer("MENTOR", "2019-01-01", "2020-12-31")
    assert case.offer_decisions() == [("O-03", True)]
    late = assistance("2020-01-01", "2020-12-31").offer("MENTOR", "2019-01-01", "2020-12-31")
    assert late.offer_decisions() == [("O-01", False)] and not late.month("2020-01")["has_offer"]


def test_offer_in_a_dead_period():
    """O-02: not on D-01 or corona days."""
    case = assistance("2020-01-01", "2020-07-31").offer("NYTTEINDSATS", "2020-03-01", "2020-06-30")
    assert case.offer_decisions() == [("O-03", True)] and not case.month("2020-07")["has_offer"]


def test_partial_return_to_work():
    """O-08: sygedagpenge only."""
    case = Case().sick("2019-01-01", "2019-02-28").period("ksd_delvis_raskmelding", "2019-02-28", None)
    assert not case.month("2019-01", "sygedagpenge")["has_offer"]
    assert case.month("2019-02", "sygedagpenge")["has_offer"]


def test_hours_need_seven_months():
    """H-01: null below 213 days and for a-dagpenge and sygedagpenge."""
    case = assistance("2019-01-02", "2019-08-02").income("2019-03-01", "2019-03-31", "225.00")
    assert case.month("2019-07")["ordinary_hours"] is None and not case.month("2019-07")["has_ordinary_hours"]
    assert case.month("2019-08")["ordinary_hours"] == Decimal("225.00") and case.month("2019-08")["is_active"]
    assert Case().sick("2019-01-01", "2019-12-31").month("2019-12", "sygedagpenge")["ordinary_hours"] is None


@pytest.mark.parametrize(
    ("month", "hours", "is_enough"),
    [
        ("2023-02", "224.99", False),
        ("2023-02", "225.00", True),
        ("2023-03", "99.99", False),
        ("2023-03", "100.00", True),
    ],
)
def test_hours_limit(month, hours, is_enough):
    """H-02"""
    case = assistance("2022-01-01", "2023-03-31").income("2022-10-01", "2022-10-31", hours)
    assert case.month(month)["has_ordinary_hours"] == is_enough


# G, V: focus goals and supervision


def test_focus_goals_need_twelve_months():
    """G-01 to G-03"""
    case = assistance("2020-07-01", "2023-12-31")
    goals = {
        row["measure_month"]: row
        for row in case.measured()["mart_focus_goals_monthly"]
        if row["area_type"] == "municipality"
    }
    assert min(goals) == on("2021-06-01")
    assert goals[on("2022-04-01")]["months_in_window"] == 11
    assert goals[on("2022-04-01")]["avg_share_without_offer"] is None
    assert goals[on("2022-05-01")]["avg_share_without_offer"] == 1.0
    assert (goals[on("2022-12-01")]["offer_limit"], goals[on("2023-01-01")]["offer_limit"]) == (0.2, 0.3)
    assert offer_limit(on("2022-12-01"), VERSIONS[NEWEST]) == Decimal("0.2")


def supervised(result_goal_met: bool) -> tuple[list[dict], list[dict]]:
    case = assistance("2019-01-01", "2024-12-31")
    actual = Decimal("0.1") if result_goal_met else Decimal("0.2")
    case.tables["bm_resultatmaal"] = [
        {
            "kommunekode": "165",
            "aar": year,
            "faktisk_ydelsesgrad": actual,
            "forventet_ydelsesgrad": Decimal("0.1"),
        }
        for year in range(2019, 2025)
    ]
    tables = case.measured(first_month="2018-01-01")
    return tables["mart_supervision"], tables["mart_case_review"]


def test_supervision_over_the_years():
    """V-01, V-02, V-05, V-07: no selection before 2021; no improvement leads to administration."""
    rows, review = supervised(result_goal_met=False)
    assert [(row["year"], row["status"]) for row in rows] == [
        (2018, "none"),
        (2019, "none"),
        (2020, "none"),
        (2021, "selected"),
        (2022, "administration"),
        (2023, "administration"),
        (2024, "administration"),
    ]
    missing = {row["year"]: row["missing"] for row in review}
    assert missing == {2022: "conversations", 2023: "both", 2024: "both"} and len(review) == 3
    assert {row["status"] for row in supervised(result_goal_met=True)[0]} == {"none"}


def missing_goal(limit: str = "0.3") -> Goal:
    return Goal(None, Decimal(limit), None)


@pytest.mark.parametrize(
    ("previous", "offers", "conversations", "status"),
    [
        ("none", goal("0.5"), MET_CONVERSATIONS, "selected"),
        ("none", missing_goal(), MET_CONVERSATIONS, "none"),
        ("ended", goal("0.5"), missing_goal("0.2"), "selected"),
        ("selected", missing_goal(), goal("0.5", "0.2"), "selected"),
        ("selected", goal("0.3"), goal("0.2", "0.2"), "administration"),
        ("extended", goal("0.31"), MET_CONVERSATIONS, "administration"),
        ("extended", goal("0.29"), MET_CONVERSATIONS, "ended"),
        ("extended", missing_goal(), MET_CONVERSATIONS, "extended"),
        ("administration", goal("0.29"), MET_CONVERSATIONS, "ended"),
        ("administration", goal("0.29"), goal("0.2", "0.2"), "administration"),
    ],
)
def test_status(previous, offers, conversations, status):
    """V-02 to V-06; a goal met at selection and missed now is no improvement (I-20)."""
    selection = {"offers": goal("0.5"), "conversations": MET_CONVERSATIONS}
    now = {"offers": offers, "conversations": conversations}
    assert assess(previous, False, now, selection, 2024).status == status


def test_dates_of_a_status():
    """Section V, "Rows" and V-06"""
    selection = {"offers": goal("0.5"), "conversations": MET_CONVERSATIONS}
    now = {"offers": goal("0.5"), "conversations": MET_CONVERSATIONS}
    columns = date_columns(assess("none", False, now, selection, 2023), 2023)
    assert list(columns.values()) == [on("2024-04-01"), on("2024-04-30"), on("2024-07-31"), on("2024-12-31")]
    kept = date_columns(assess("selected", False, now | {"offers": missing_goal()}, selection, 2024), 2024)
    assert list(kept.values()) == [on("2025-04-01"), None, None, None]


# M-12, K


def test_early_effort():
    """M-12: six months; a-dagpenge only before January 2023."""
    case = Case().dagpenge_period("2022-06-01")
    for month in range(8):
        first = add_months(on("2022-06-01"), month)
        case.dagpenge(first.isoformat(), (add_months(first, 1) - DAY).isoformat(), "160.33")
    rows = case.measured()["mart_early_effort_monthly"]
    assert {row["measure_month"] for row in rows} == {on("2022-11-01")}
    assert {row["benefit_group"] for row in rows} == {"a_dagpenge", "all"}
    assert {row["is_active_goal_met"] for row in rows} == {False}
    case.dagpenge_period("2022-08-01")
    assert case.measured()["mart_early_effort_monthly"] == []


def benchmark(case: Case, **key) -> dict:
    rows = [
        row
        for row in case.measured()["mart_kl_benchmark_monthly"]
        if all(row[name] == value for name, value in key.items())
    ]
    assert len(rows) == 1
    return rows[0]


def test_benchmark_shares():
    """K-01 to K-03"""
    case = assistance("2019-01-01", "2019-01-31").offer("NYTTEINDSATS", "2019-01-01", "2019-01-10")
    case.offer("VIRKSOMHEDSPRAKTIK", "2019-01-31", "2019-02-10")
    case.period("tass_visitation", "2019-01-11", None, visitationskategori="JOBPARAT")
    case.tables["dst_befolkning"] = [
        {"kommunekode": "165", "kvartal": on("2019-01-01"), "alder": age, "antal": 4}
        for age in (14, 15, 29, 30, 64, 65)
    ] + [{"kommunekode": "155", "kvartal": on("2019-01-01"), "alder": 20, "antal": 4}]
    case.tables["kommune_klynger"] = [
        {"kommunekode": code, "target_group": "uninsured", "cluster": "A"} for code in ("165", "155")
    ]
    key = {"area_type": "municipality", "target_group": "uninsured"}
    share = benchmark(case, indicator="share_of_population", **key)
    assert (share["value"], share["denominator"]) == (1 / 16, 16)
    assert (share["comparison_area"], share["comparison_value"]) == ("cluster:A", 1 / 16)
    assert benchmark(case, indicator="any_offer_share", **key)["value"] == 1 / 21
    company = benchmark(case, indicator="company_offer_share", **key)
    assert (company["value"], company["comparison_area"], company["comparison_value"]) == (1, "DK", 1)
    duration = benchmark(case, indicator="average_duration_m01", **key)
    assert (duration["numerator"], duration["denominator"], duration["value"]) == (31, 1, 31)
    country = benchmark(case, indicator="share_of_population", area_type="country", target_group="uninsured")
    assert country["value"] == 1 / 20 and country["comparison_area"] is None


def test_insured_conversation_intensity():
    """K-02: two counted conversations in [L - 83, L] at three to five months."""
    for first, enough in (("2019-02-06", 1.0), ("2019-02-05", 0.0)):
        case = Case().dagpenge_period("2019-01-01").talk(first).talk("2019-04-30")
        for month in range(4):
            start = add_months(on("2019-01-01"), month)
            case.dagpenge(start.isoformat(), (add_months(start, 1) - DAY).isoformat(), "160.33")
        row = benchmark(
            case,
            indicator="conversation_intensity",
            target_group="insured",
            area_type="country",
            measure_month=on("2019-04-01"),
        )
        assert row["value"] == enough


# As-of date, measured months, random deliveries, quarantine


def test_default_as_of_date_and_months():
    """raw-contract.md: the latest event, planned conversations included; whole months only."""
    case = assistance("2019-01-15", "2019-03-30").talk("2019-04-30", status="PLANLAGT")
    months = [
        row["measure_month"] for row in measure(case.tables, None, None, None, TODAY)["fct_person_months"]
    ]
    assert months == [on("2019-01-01"), on("2019-02-01"), on("2019-03-01")]
    earlier = measure(case.tables, None, None, None, on("2019-03-30"))
    assert [row["measure_month"] for row in earlier["fct_person_months"]] == months[:2]
    assert earlier["fct_spells"][0]["end_date"] == on("2019-03-30")


def as_text(value) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize("seed", range(5))
def test_random_delivery_keeps_the_contract(seed):
    """X-01: nothing of a random delivery is quarantined, and it survives the round trip as text."""
    tables = random_delivery(seed, 60)
    assert tables == random_delivery(seed, 60)
    text = {
        table: [{name: as_text(value) for name, value in row.items()} for row in rows]
        for table, rows in tables.items()
    }
    typed, quarantined = quarantine(text)
    assert quarantined == [] and typed == tables


@pytest.mark.parametrize("seed", range(3))
def test_random_person_months_are_coherent(seed):
    """Identities every measurement keeps."""
    tables = measure(random_delivery(seed, 60), on("2024-09-17"), None, None, TODAY)
    months = tables["fct_person_months"]
    spells = {row["spell_id"]: row for row in tables["fct_spells"]}
    assert len(spells) == len(tables["fct_spells"])
    keys = {(row["person_id"], row["measure_month"], row["benefit_group"]) for row in months}
    assert len(keys) == len(months)
    for row in months:
        spell = spells[row["spell_id"]]
        assert spell["start_date"] <= row["window_start_date"] <= row["measurement_date"] <= spell["end_date"]
        assert row["is_12_plus"] == row["duration_interval"].startswith("y")
        assert row["is_active"] == (row["has_offer"] or row["has_ordinary_hours"])
    for cell in tables["mart_conversations_monthly"]:
        names = ("persons_0", "persons_1", "persons_2", "persons_3", "persons_4", "persons_5_plus")
        assert sum(cell[name] for name in names) == cell["persons_measured"]
        if cell["persons_measured"]:
            assert cell["share_under_4"] == float(Fraction(cell["persons_under_4"], cell["persons_measured"]))


def reasons(table: str, *rows: dict) -> list[tuple[int, str]]:
    complete = [{name: None for name in CONTRACT[table]} | row for row in rows]
    used, quarantined = quarantine({table: complete})
    assert len(used[table]) + len(quarantined) == len(rows)
    return [(row["row_number"], row["reason_code"]) for row in quarantined]


PAYMENT = {
    "person_id": "p1",
    "ydelsestype": "A_DAGPENGE",
    "periode_start": "2019-01-01",
    "periode_slut": "2019-01-31",
    "timer": "160.33",
    "forsikringsart": "FULDTID",
    "akassekode": "01",
    "arbejdsfordeling": "False",
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"akassekode": "  "}, "missing_value"),
        ({"akassekode": "", "timer": "x"}, "missing_value"),
        ({"forsikringsart": "fuldtid"}, "unknown_code"),
        ({"person_id": "x" * 65}, "unknown_code"),
        ({"arbejdsfordeling": "yes", "periode_slut": "2019-02-30"}, "unknown_code"),
        ({"periode_slut": "2019-02-30", "timer": "-1"}, "impossible_date"),
        ({"periode_start": "1899-12-31"}, "impossible_date"),
        ({"timer": "-0.01"}, "impossible_number"),
        ({"timer": "1.234"}, "impossible_number"),
        ({"timer": "100000.00"}, "impossible_number"),
        ({"periode_slut": "2018-12-31"}, "end_before_start"),
    ],
)
def test_quarantine_reasons(change, reason):
    """X-01: the first reason that applies."""
    assert reasons("fleur_udbetalinger", PAYMENT, PAYMENT | change) == [(2, reason)]


def test_duplicates():
    """X-02: equal after trimming and typing; broken rows are set aside first."""
    same = PAYMENT | {"timer": " 0160.33 ", "arbejdsfordeling": "FALSE"}
    broken = PAYMENT | {"timer": "x"}
    assert reasons("fleur_udbetalinger", broken, PAYMENT, same) == [(1, "impossible_number"), (3, "duplicate_row")]
    first = {"person_id": "p1", "foedselsdato": "1980-01-01"}
    second = first | {"foedselsdato": "1981-01-01"}
    assert reasons("cpr_personer", first, second, first, second) == [
        (2, "duplicate_key"),
        (3, "duplicate_row"),
        (4, "duplicate_row"),
    ]


def test_conditional_columns_of_offers():
    """X-01: kursus_id and forsoergelsesydelse"""
    offer = {
        "tilbud_id": "1",
        "person_id": "p1",
        "tilbudstype": "MENTOR",
        "startdato": "2019-01-01",
        "kommunekode": "165",
    }
    assert reasons("plan_tilbud", offer) == []
    assert reasons("plan_tilbud", offer | {"tilbudstype": "LOENTILSKUD"}) == [(1, "missing_value")]
    assert reasons("plan_tilbud", offer | {"tilbudstype": "VEJLEDNING_OPKVALIFICERING"}) == [(1, "missing_value")]
    assert reasons("plan_tilbud", offer | {"kursus_id": "31"}) == [(1, "unknown_code")]
    assert reasons("dst_befolkning", {"kommunekode": "165", "kvartal": "2019-02-01", "alder": "15", "antal": "1"}) == [
        (1, "impossible_date")
    ]
