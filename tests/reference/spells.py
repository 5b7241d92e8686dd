"""Rules S: the spells of a person."""

from dataclasses import dataclass, field, replace

from .benefits import sickness_periods
from .days import as_date, whole_month_between
from .delivery import Delivery
from .parameters import DAY_SPELL_GROUPS

ABSORBING_GROUPS = ("kontanthjaelp", "uddannelseshjaelp")


@dataclass(frozen=True)
class Spell:
    """One spell; `start` is after S-05, `days` are the spell's own benefit days in order."""

    person_id: str
    group: str
    own_start: int
    start: int
    end: int
    days: tuple[int, ...] = field(compare=False)

    @property
    def spell_id(self) -> str:
        return f"{self.group}-{self.person_id}-{as_date(self.own_start).isoformat()}"

    @property
    def is_extended(self) -> bool:
        return self.start < self.own_start


def make_spell(person_id: str, group: str, start: int, days: list[int]) -> Spell:
    return Spell(person_id, group, start, start, days[-1], tuple(days))


def municipal_spells(person_id: str, group: str, days: set[int]) -> list[Spell]:
    """S-01: benefit days with no whole calendar month between them are one spell."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and not whole_month_between(runs[-1][-1], day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [make_spell(person_id, group, run[0], run) for run in runs]


def sickness_spells(delivery: Delivery, person_id: str) -> list[Spell]:
    """S-02: overlapping sickness rows are one spell; touching rows are not."""
    rows = {(period.first, period.last) for period in sickness_periods(delivery, person_id)}
    merged: list[list[int]] = []
    for first, last in sorted(rows, key=lambda row: (row[0], -row[1])):
        if merged and first < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return [
        make_spell(person_id, "sygedagpenge", first, list(range(first, last + 1))) for first, last in merged
    ]


def dagpenge_first_days(delivery: Delivery, person_id: str) -> list[int]:
    return sorted({day for day, _ in delivery.events("taeller_dagpengeperioder", person_id)})


def dagpenge_spells(delivery: Delivery, person_id: str, days: set[int]) -> list[Spell]:
    """S-03: one spell per dagpenge period, until the day before the next foerste_dag."""
    first_days = dagpenge_first_days(delivery, person_id)
    spells = []
    for position, first_day in enumerate(first_days):
        following = first_days[position + 1] if position + 1 < len(first_days) else delivery.as_of + 1
        own = sorted(day for day in days if first_day <= day < following)
        if own:
            spells.append(make_spell(person_id, "a_dagpenge", first_day, own))
    return spells


def absorb_overgangsydelse(spell: Spell, overgangsydelse: list[Spell]) -> Spell:
    """S-05: the start moves back to the start of the overgangsydelse spell shortly before."""
    earlier = [(day, other) for other in overgangsydelse for day in other.days if day < spell.start]
    if not earlier:
        return spell
    last_day, absorbed = max(earlier, key=lambda pair: pair[0])
    if whole_month_between(last_day, spell.start):
        return spell
    return replace(spell, start=absorbed.start)


def all_spells(delivery: Delivery, person_id: str, days: dict[str, set[int]]) -> list[Spell]:
    """S-01 to S-06: every spell of a person, measured or not."""
    spells = dagpenge_spells(delivery, person_id, days["a_dagpenge"])
    spells += sickness_spells(delivery, person_id)
    municipal = {group: municipal_spells(person_id, group, days[group]) for group in DAY_SPELL_GROUPS}
    for group in ABSORBING_GROUPS:
        municipal[group] = [
            absorb_overgangsydelse(spell, municipal["overgangsydelse"]) for spell in municipal[group]
        ]
    for group in DAY_SPELL_GROUPS:
        spells += municipal[group]
    return spells


def spell_row(spell: Spell) -> dict:
    """fct_spells"""
    return {
        "spell_id": spell.spell_id,
        "person_id": spell.person_id,
        "benefit_group": spell.group,
        "start_date": as_date(spell.start),
        "end_date": as_date(spell.end),
        "clock_unit": "hours" if spell.group == "a_dagpenge" else "days",
        "is_extended_by_overgangsydelse": spell.is_extended,
    }
