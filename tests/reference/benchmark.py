"""Rules K: the benchmark report."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .benefits import is_of_measured_age
from .cells import COUNTRY, Area, areas_of, measured_conversations, pick_one_per_person
from .days import add_months, month_of, month_of_date, ordinal
from .delivery import Delivery
from .months import PersonMonth
from .parameters import (
    BENEFITS,
    FEWER_THAN,
    INSURED_CONVERSATIONS,
    INSURED_INTERVALS,
    INSURED_LOOK_BACK,
    POPULATION_AGES,
    TARGET_GROUP_BENEFITS,
    TARGET_GROUPS,
    UNDER_30_MONTHS,
    UNKNOWN_MUNICIPALITY,
    YOUNG_POPULATION_AGES,
)
from .person import Person

ASSISTANCE = ("kontanthjaelp", "overgangsydelse", "overgangsydelse_i_program")
AT_RISK = ("ressourceforloeb", "ledighedsydelse", "fleksjob", "foertidspension")
COMPANY_INDICATOR_OFFERS = ("VIRKSOMHEDSPRAKTIK", "LOENTILSKUD")
POPULATION_SHARES = {
    "share_of_population": POPULATION_AGES,
    "share_of_population_under_30": YOUNG_POPULATION_AGES,
}

MemberDays = dict[tuple[str, str], set[int]]  # (person_id, target_group) -> member days
Figures = dict[tuple[Area, date, str, str], tuple[Fraction, int]]  # -> numerator, denominator


@dataclass(frozen=True)
class Membership:
    """A person in a target group in a month (K-01)."""

    target_group: str
    month: date
    municipality: str
    days: int
    days_in_offer: int
    has_company_offer: bool


def days_of_benefits(person: Person, benefits: tuple[str, ...]) -> set[int]:
    return set().union(*(person.days[benefit] for benefit in benefits))


def member_days(person: Person) -> dict[str, set[int]]:
    """K-01: the member days of a person in each target group."""
    assistance = days_of_benefits(person, ASSISTANCE)
    category = {day: person.visitation.at(day) for day in assistance}
    young_until = 0 if person.birth is None else ordinal(add_months(person.birth, UNDER_30_MONTHS))
    young = assistance | person.days["uddannelseshjaelp"]
    activity_ready = {day for day in assistance if category[day] == "AKTIVITETSPARAT"}
    return {
        "all": days_of_benefits(person, BENEFITS),
        "insured": person.days["a_dagpenge"],
        "uninsured": {day for day in assistance if category[day] == "JOBPARAT"},
        "under_30": {day for day in young if day < young_until},
        "combined": activity_ready | person.days["jobafklaring"],
        "at_risk": days_of_benefits(person, AT_RISK),
    }


def memberships(person: Person, days: dict[str, set[int]], months: list[date]) -> list[Membership]:
    """K-01, K-02: the months in which a person is in a target group, with the person's offers there."""
    measured = {month_of_date(month): month for month in months}
    active = {
        day for offer in person.offers for day in range(offer.first, offer.last_active + 1)
    }
    company = {
        day
        for offer in person.offers
        if offer.kind in COMPANY_INDICATOR_OFFERS
        for day in range(offer.first, offer.last + 1)
    }
    found = []
    for target_group in TARGET_GROUPS:
        by_month = defaultdict(set)
        for day in days[target_group]:
            by_month[month_of(day)].add(day)
        for month, own_days in by_month.items():
            last_day = max(own_days)
            if month in measured and is_of_measured_age(person.birth, last_day):
                found.append(
                    Membership(
                        target_group=target_group,
                        month=measured[month],
                        municipality=person.residence.at(last_day) or UNKNOWN_MUNICIPALITY,
                        days=len(own_days),
                        days_in_offer=len(own_days & active),
                        has_company_offer=not own_days.isdisjoint(company),
                    )
                )
    return found


def quarter_of(month: date) -> date:
    return month.replace(month=(month.month - 1) // 3 * 3 + 1)


class Population:
    """K-02: persons of some ages per area and quarter."""

    def __init__(self, rows: list[dict]):
        self.is_delivered = bool(rows)
        self._persons: dict[tuple[Area, date, str], int] = defaultdict(int)
        for row in rows:
            for area in areas_of(row["kommunekode"]):
                for indicator, (youngest, oldest) in POPULATION_SHARES.items():
                    if youngest <= row["alder"] <= oldest:
                        self._persons[area, row["kvartal"], indicator] += row["antal"]

    def of(self, area: Area, month: date, indicator: str) -> int:
        return self._persons.get((area, quarter_of(month), indicator), 0)


def membership_figures(found: list[Membership], population: Population) -> Figures:
    """K-02: the population shares and the offer shares, from member days."""
    grouped: dict[tuple[Area, date, str], list[Membership]] = defaultdict(list)
    for membership in found:
        for area in areas_of(membership.municipality):
            grouped[area, membership.month, membership.target_group].append(membership)
    figures: Figures = {}
    for (area, month, target_group), members in grouped.items():
        for indicator in population_shares_of(target_group, population):
            figures[area, month, target_group, indicator] = (
                Fraction(len(members)),
                population.of(area, month, indicator),
            )
        if target_group != "at_risk":
            figures[area, month, target_group, "company_offer_share"] = (
                Fraction(sum(member.has_company_offer for member in members)),
                len(members),
            )
            figures[area, month, target_group, "any_offer_share"] = (
                Fraction(sum(member.days_in_offer for member in members)),
                sum(member.days for member in members),
            )
    return figures


def population_shares_of(target_group: str, population: Population) -> list[str]:
    if not population.is_delivered:
        return []
    return list(POPULATION_SHARES) if target_group == "under_30" else ["share_of_population"]


def target_groups_of(row: PersonMonth, days: MemberDays) -> list[str]:
    """K-02: the target groups whose benefits the row is on, L a member day."""
    return [
        target_group
        for target_group in TARGET_GROUPS
        if row.group in TARGET_GROUP_BENEFITS[target_group]
        and row.measurement_day in days[row.person_id, target_group]
    ]


def measured_indicators(row: PersonMonth, target_group: str) -> list[str]:
    """K-02: the indicators of a target group that name the row."""
    indicators = []
    if row.interval in INSURED_INTERVALS if target_group == "insured" else row.is_12_plus:
        indicators.append("conversation_intensity")
    if target_group != "all":
        indicators.append(f"average_duration_{row.interval}")
    return indicators


def has_enough_conversations(row: PersonMonth, target_group: str) -> bool:
    """K-02: at least 4 in the window; insured at least 2 in [L - 83, L]."""
    if target_group != "insured":
        return row.conversations >= FEWER_THAN
    earliest = row.measurement_day - INSURED_LOOK_BACK
    return sum(day >= earliest for day in row.counted_days) >= INSURED_CONVERSATIONS


def measured_figures(rows: list[PersonMonth], days: MemberDays) -> Figures:
    """K-02: conversation_intensity and average_duration, from person-months (M-04, M-05)."""
    picked = pick_one_per_person(
        ((area, row.month, target_group, indicator), row)
        for row in rows
        for target_group in target_groups_of(row, days)
        for indicator in measured_indicators(row, target_group)
        for area in areas_of(row.municipality)
    )
    return {key: measured_figure(key[2], key[3], persons) for key, persons in picked.items()}


def measured_figure(target_group: str, indicator: str, persons: list[PersonMonth]) -> tuple[Fraction, int]:
    if indicator == "conversation_intensity":
        measured = measured_conversations(persons)
        enough = sum(has_enough_conversations(row, target_group) for row in measured)
        return Fraction(enough), len(measured)
    unit = 100 if target_group == "insured" else 1
    return Fraction(sum(row.duration for row in persons), unit), len(persons)


def value_of(figures: Figures, key: tuple) -> Fraction | None:
    numerator, denominator = figures.get(key, (Fraction(0), 0))
    return numerator / denominator if denominator else None


class Clusters:
    """K-03: the municipalities of each cluster, by target group."""

    def __init__(self, rows: list[dict]):
        self._cluster = {(row["target_group"], row["kommunekode"]): row["cluster"] for row in rows}
        self._members = defaultdict(list)
        for row in rows:
            self._members[row["target_group"], row["cluster"]].append(row["kommunekode"])

    def comparison(self, figures: Figures, key: tuple) -> tuple[str, Fraction | None]:
        """The comparison area of a municipality's figure, and its value there."""
        area, month, target_group, indicator = key
        cluster = self._cluster.get((target_group, area[1]))
        if indicator not in POPULATION_SHARES or cluster is None:
            return "DK", value_of(figures, (COUNTRY, month, target_group, indicator))
        members = [("municipality", code) for code in self._members[target_group, cluster]]
        values = [value_of(figures, (member, month, target_group, indicator)) for member in members]
        known = [value for value in values if value is not None]
        return f"cluster:{cluster}", sum(known) / len(known) if known else None


def figure_row(figures: Figures, clusters: Clusters, key: tuple) -> dict:
    """One row of mart_kl_benchmark_monthly."""
    area, month, target_group, indicator = key
    numerator, denominator = figures[key]
    comparison_area, comparison = None, None
    if area[0] == "municipality":
        comparison_area, comparison = clusters.comparison(figures, key)
    value = value_of(figures, key)
    return {
        "area_type": area[0],
        "area_code": area[1],
        "measure_month": month,
        "target_group": target_group,
        "indicator": indicator,
        "value": None if value is None else float(value),
        "numerator": float(numerator),
        "denominator": float(denominator),
        "comparison_area": comparison_area,
        "comparison_value": None if comparison is None else float(comparison),
    }


def benchmark_rows(
    delivery: Delivery, persons: list[Person], rows: list[PersonMonth], months: list[date]
) -> list[dict]:
    """mart_kl_benchmark_monthly"""
    days: MemberDays = {}
    found: list[Membership] = []
    for person in persons:
        own_days = member_days(person)
        days.update({(person.person_id, target_group): own_days[target_group] for target_group in TARGET_GROUPS})
        found += memberships(person, own_days, months)
    population = Population(delivery.tables.get("dst_befolkning", []))
    figures = membership_figures(found, population) | measured_figures(rows, days)
    clusters = Clusters(delivery.tables.get("kommune_klynger", []))
    return [figure_row(figures, clusters, key) for key in figures]
