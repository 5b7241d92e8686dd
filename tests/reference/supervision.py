"""Rules V: enhanced supervision and the case review."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .cells import Area, Picked
from .focus_goals import FocusGoals, focus_goals
from .months import PersonMonth, two_decimals
from .parameters import ACTIVE_GOALS_FROM, CONVERSATION_LIMIT, FEWER_THAN, GROUPS, UNKNOWN_MUNICIPALITY
from .versions import Method

NONE, SELECTED, EXTENDED, ADMINISTRATION, ENDED = "none", "selected", "extended", "administration", "ended"
UNDER_SUPERVISION = (SELECTED, EXTENDED, ADMINISTRATION)


@dataclass(frozen=True)
class Goal:
    """One focus goal of a municipality in a year; share and is_met are None without a figure."""

    share: Decimal | None
    limit: Decimal
    is_met: bool | None


@dataclass(frozen=True)
class Assessment:
    """A status, and whether it only stands because a figure is lacking (V-06)."""

    status: str
    is_kept: bool = False


def goals_of_year(goals: FocusGoals | None) -> dict[str, Goal]:
    if goals is None:
        missing = Goal(None, CONVERSATION_LIMIT, None)
        return {"conversations": missing, "offers": missing}
    return {
        "conversations": Goal(goals.average_under_4, CONVERSATION_LIMIT, goals.is_conversation_goal_met),
        "offers": Goal(goals.average_without_offer, goals.offer_limit, goals.is_offer_goal_met),
    }


def active_goals(goals: dict[str, Goal], year: int) -> dict[str, Goal]:
    """V-07"""
    return {name: goal for name, goal in goals.items() if year >= ACTIVE_GOALS_FROM[name]}


def is_half_way(selected: Goal, goal: Goal) -> bool:
    """V-03, I-20, I-26: at least half of the improvement needed since selection."""
    if selected.share is None or selected.is_met:
        return False
    return 2 * (selected.share - goal.share) >= selected.share - goal.limit


def assess(
    previous: str,
    is_result_goal_met: bool | None,
    goals: dict[str, Goal],
    selection: dict[str, Goal],
    year: int,
) -> Assessment:
    """V-02 to V-06: the status of one municipality in one year."""
    active = active_goals(goals, year)
    missed = {name: goal for name, goal in active.items() if goal.is_met is False}
    if previous not in UNDER_SUPERVISION:
        return Assessment(SELECTED if is_result_goal_met is False and missed else NONE)
    if any(goal.is_met is None for goal in active.values()):
        return Assessment(previous, is_kept=True)
    if not missed:
        return Assessment(ENDED)
    if previous == SELECTED and all(is_half_way(selection[name], goal) for name, goal in missed.items()):
        return Assessment(EXTENDED)
    return Assessment(ADMINISTRATION)


def date_columns(assessment: Assessment, year: int) -> dict:
    """V-02, V-06, Rows: the dates of the year after."""
    status = NONE if assessment.is_kept else assessment.status
    following = year + 1
    return {
        "published_by": date(following, 4, 1),
        "notice_by": date(following, 4, 30) if status != NONE else None,
        "statement_due": date(following, 7, 31) if status in (SELECTED, ADMINISTRATION) else None,
        "recovery_end": date(following, 12, 31) if status in (SELECTED, EXTENDED) else None,
    }


def municipality_rows(
    municipality: str,
    years: list[int],
    results: dict[tuple[str, int], dict],
    goals: dict[tuple[Area, date], FocusGoals],
) -> list[dict]:
    """mart_supervision of one municipality, years in order."""
    status, selection, rows = NONE, {}, []
    for year in years:
        result = results.get((municipality, year))
        is_result_goal_met = None if result is None else is_result_met(result)
        year_goals = goals_of_year(goals.get((("municipality", municipality), date(year, 12, 1))))
        assessment = assess(status, is_result_goal_met, year_goals, selection, year)
        if assessment.status == SELECTED and not assessment.is_kept:
            selection = year_goals
        status = assessment.status
        rows.append(
            {
                "municipality_code": municipality,
                "year": year,
                "actual_share": None if result is None else result["faktisk_ydelsesgrad"],
                "expected_share": None if result is None else result["forventet_ydelsesgrad"],
                "is_result_goal_met": is_result_goal_met,
                "is_offer_goal_met": year_goals["offers"].is_met,
                "is_conversation_goal_met": year_goals["conversations"].is_met,
                "status": status,
                **date_columns(assessment, year),
            }
        )
    return rows


def is_result_met(result: dict) -> bool:
    """V-01"""
    return result["faktisk_ydelsesgrad"] <= result["forventet_ydelsesgrad"]


def supervision_rows(
    result_rows: list[dict], goals: dict[tuple[Area, date], FocusGoals], years: list[int]
) -> list[dict]:
    """mart_supervision: every municipality with a result goal or a yearly focus row, every measured year."""
    results = {(row["kommunekode"], row["aar"]): row for row in result_rows}
    with_focus = {
        area[1] for area, month in goals if area[0] == "municipality" and month.month == 12
    }
    municipalities = {municipality for municipality, _ in results} | with_focus
    return [
        row
        for municipality in sorted(municipalities - {UNKNOWN_MUNICIPALITY})
        for row in municipality_rows(municipality, years, results, goals)
    ]


def reviewed_groups(cells: Picked, municipality: str, year: int, method: Method) -> list[str]:
    """V-05: groups whose own average misses an active goal."""
    area, december = ("municipality", municipality), date(year, 12, 1)
    return [
        group
        for group in GROUPS
        if any(
            goal.is_met is False
            for goal in active_goals(
                goals_of_year(focus_goals(cells, area, december, method, group)), year
            ).values()
        )
    ]


def missing_effort(row: PersonMonth, year: int) -> str | None:
    """V-05: what the active goals ask for and the person lacks."""
    lacks_offer = (
        year >= ACTIVE_GOALS_FROM["offers"] and not row.is_active and not row.is_exempt_offers
    )
    lacks_conversations = (
        year >= ACTIVE_GOALS_FROM["conversations"]
        and row.conversations < FEWER_THAN
        and not row.is_exempt_conversations
    )
    if lacks_offer and lacks_conversations:
        return "both"
    if lacks_offer:
        return "offer"
    return "conversations" if lacks_conversations else None


def case_review_rows(
    supervision: list[dict], cells: Picked, months: list[PersonMonth], method: Method
) -> list[dict]:
    """V-05: mart_case_review of the municipalities under administration."""
    under_administration = {
        (row["municipality_code"], row["year"]): reviewed_groups(
            cells, row["municipality_code"], row["year"], method
        )
        for row in supervision
        if row["status"] == ADMINISTRATION
    }
    listed = []
    for row in months:
        year = row.month.year
        groups = under_administration.get((row.municipality, year), ())
        if row.month.month == 12 and row.group in groups and row.is_12_plus:
            missing = missing_effort(row, year)
            if missing:
                listed.append(case_review_row(row, missing))
    return listed


def case_review_row(row: PersonMonth, missing: str) -> dict:
    return {
        "municipality_code": row.municipality,
        "year": row.month.year,
        "person_id": row.person_id,
        "benefit_group": row.group,
        "conversations": row.conversations,
        "has_offer": row.has_offer,
        "ordinary_hours": None if row.ordinary_hours is None else two_decimals(row.ordinary_hours),
        "missing": missing,
    }
