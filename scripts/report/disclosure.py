"""What may be shown: no count of fewer than 10 persons, and nothing from which such a count follows.

A hidden count is a number of persons below MINIMUM (10) that stands behind a cell of the marts in one month: persons in
the cell, persons who lack or have something (numerator), or the rest of them (complement). The rule is that **a reader
who has every page of the site, and knows this rule, still cannot tell which of 0 to 9 a hidden count is.** The pages are
written from `Published` alone, so whatever is not there is nowhere: not in a chart's coordinates, a label for screen
readers, a sort key or the order of rows. This module holds the rule and its tests of figures; focus.py, groups.py,
indicators.py and durations.py apply it, and protect.py calls them.

1. *Cells.* With fewer than 10 persons, neither share nor count is shown; 0 and no row look the same (`few`). With 10
   persons or more, the count is shown, and the share when numerator and complement are both 10 or more (`shown`). A
   smaller numerator is shown as "under 10/persons" (`low`), a smaller complement as "over 1 - 10/persons" (`high`),
   which say only that it is below 10. Below 20 persons even the side would tell something, so the share is hidden
   (`hidden`). The complement of a share of population is the population, which needs no protection.
2. *Days.* any_offer_share counts days, and the marts have no persons behind them. Nine persons can fill nine times the
   days of the month; up to that, numerator or complement is taken as small, and the share is hidden.
3. *Rounding.* Shares are shown, drawn and sorted with one decimal in percent, durations in whole days or hours.
   Whether a goal is met is told from the unrounded figure.
4. *Averages.* A focus goal and a group's own average rest on twelve months: shown when each month has 10 persons
   measured, with the mean number of persons a month, and as `low` or `high` when share times persons (or the rest) is
   below 10. The municipality's own "met or not" is shown all the same: it is public by law, and says nothing of a month.
5. *Months under an average.* Monthly shares next to a twelve-month average would give a hidden one by subtraction. So
   the monthly series is shown whole, or, when any month its averages look at is small, not at all. This holds for the
   monthly figures under the focus goals and for the benchmark's conversation intensity of all target groups, which is
   the complement of the same cells.
6. *Groups beside their total.* What the shown groups leave of the municipality's total must leave every hidden count
   free to be anything from 0 to 9, given all bounds that are shown, and that a group hidden for the sake of another has
   10 or more. The smallest groups still shown are hidden, one after another, until this holds; first counts, then
   shares. For a group hidden so, "met or not" is kept when the test holds with it. When it does not hold with all of
   them hidden, nothing is told of any group, not even which are small.
7. *Areas beside their total.* Country, regions and clusters are shown without numbers of persons, and a share of theirs
   is exact only when the hidden counts in it are free as above although their sum were known (two at least, whose sum
   neither one alone nor all but one can reach). Otherwise it is written so coarsely, in steps of a tenth, a half or a
   whole percentage point (`about`), that it is the same whatever from 0 to 9 those counts are, or else hidden: the parts
   matter more than the total. Where another published total binds the same counts (regions in the country, two shares of
   one population), only the second way is open. The country's average of a benefit group is not shown at all: the groups
   are bound by their municipality's total already.
8. *Durations.* The persons of the intervals, of the conversation intensity and of the target group bound each other;
   counts become "10 or more" and, if need be, intervals are hidden until the hidden ones are free as above. Where all
   intervals the conversation intensity looks at are hidden and its persons would bound them, it is hidden too. A country
   value is shown when the persons it has outside the municipalities shown are none, or 10 and more.

The tests are stricter than a reader's knowledge: remainders are taken without the persons who stand in two groups and
without rounding where the reader has both to reckon with.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from scripts.report.danish import rounded, rounded_share
from scripts.report.marts import Benchmark, Counts

MINIMUM = 10
LARGEST_HIDDEN = MINIMUM - 1
STEPS = (1000, 200, 100)  # steps of a share from 0 to 1: the exact way of writing, and the coarser ones
UNBOUNDED = math.inf

SHOWN, ABOUT, LOW, HIGH, HIDDEN, FEW, MISSING = "shown", "about", "low", "high", "hidden", "few", "missing"

PERSONS_INDICATOR = "company_offer_share"  # its denominator is the persons of the target group
INTENSITY = "conversation_intensity"
POPULATION = "share_of_population"
ANY_OFFER = "any_offer_share"
DURATION = "average_duration_"


@dataclass(frozen=True)
class Figure:
    """A figure as it may be shown.

    state: `shown` (value), `about` (value in half or whole percent), `low` (below bound), `high` (above bound), `hidden`
    (persons only, or nothing), `few` (fewer than 10 persons: nothing), `missing` (there is no figure for another reason).
    value: share of 1 with three decimals, or whole days or hours. persons: behind the figure; None when not shown.
    steps: in how many steps from 0 to 1 the share is written.
    """

    state: str
    value: float | None = None
    bound: float | None = None
    persons: int | None = None
    steps: int = STEPS[0]

    @property
    def decimals(self) -> int:
        """Decimals of the value as a percentage."""
        return 0 if self.steps == 100 else 1


FEW_PERSONS = Figure(FEW)
NO_FIGURE = Figure(MISSING)


class Part(NamedTuple):
    """A hidden term of a sum: between least and most, and, when free, anything from free_from to free_to."""

    least: float
    most: float
    free_from: float | None = None
    free_to: float | None = None


class Hidden(NamedTuple):
    """A hidden term of a larger area's sum: what it truly is, what a reader knows of it, and whether its size is hidden."""

    true: float
    part: Part
    is_size_hidden: bool = False


SMALL = Part(0, LARGEST_HIDDEN, 0, LARGEST_HIDDEN)
SMALL_COMPLEMENT = Part(-LARGEST_HIDDEN, 0, -LARGEST_HIDDEN, 0)


def leaves_free(low: float, high: float, parts: Sequence[Part]) -> bool:
    """Whether parts that add up to something from low to high leave each free part its whole range."""
    least = sum(part.least for part in parts)
    most = sum(part.most for part in parts if part.most < UNBOUNDED)
    unbounded = sum(part.most == UNBOUNDED for part in parts)
    for part in parts:
        if part.free_to is None:
            continue
        others_most = (
            UNBOUNDED if unbounded - (part.most == UNBOUNDED) else most - (part.most if part.most < UNBOUNDED else 0)
        )
        if low - others_most > part.free_from + 1e-9:
            return False
        if high - (least - part.least) < part.free_to - 1e-9:
            return False
    return True


# --- One figure ------------------------------------------------------------------------------------------------------


def person_share(numerator: float, denominator: float) -> Figure:
    """A share of persons of one month (rule 1)."""
    persons = round(denominator)
    if persons < MINIMUM:
        return FEW_PERSONS
    complement = denominator - numerator
    if numerator >= MINIMUM and complement >= MINIMUM:
        return Figure(SHOWN, rounded_share(numerator / denominator), persons=persons)
    return _bounded(persons, is_low=numerator < MINIMUM)


def _bounded(persons: int, is_low: bool) -> Figure:
    if persons < 2 * MINIMUM:
        return Figure(HIDDEN, persons=persons)
    bound = MINIMUM / persons
    return Figure(LOW, bound=bound, persons=persons) if is_low else Figure(HIGH, bound=1 - bound, persons=persons)


def population_share(row: Benchmark) -> Figure:
    """A target group's share of the population (rule 1): the persons are the numerator."""
    persons = round(row.numerator)
    if persons < MINIMUM:
        return FEW_PERSONS
    if row.value is None:
        return Figure(MISSING, persons=persons)
    return Figure(SHOWN, rounded_share(row.value), persons=persons)


def day_share(row: Benchmark, persons: float, month: date) -> Figure:
    """A share of days (rule 2); persons: those of the target group."""
    if persons < MINIMUM or row.value is None:
        return FEW_PERSONS
    cap = day_cap(month)
    if row.numerator > cap and row.denominator - row.numerator > cap:
        return Figure(SHOWN, rounded_share(row.value), persons=round(persons))
    return Figure(HIDDEN, persons=round(persons))


def day_cap(month: date) -> int:
    """The most days that fewer than 10 persons can have in the month."""
    return LARGEST_HIDDEN * calendar.monthrange(month.year, month.month)[1]


def average_share(average: float | None, months: Sequence[Counts | None], length: int) -> Figure:
    """An average of monthly shares (rule 4); months: its cells, length: how many there must be."""
    measured = [cell.denominator for cell in months if cell is not None]
    if average is None or len(measured) < length or min(measured) < MINIMUM:
        return FEW_PERSONS
    persons = mean_persons(months)
    share = rounded_share(average)
    if share * persons >= MINIMUM and (1 - share) * persons >= MINIMUM:
        return Figure(SHOWN, share, persons=persons)
    return _bounded(persons, is_low=share * persons < MINIMUM)


def mean_persons(months: Sequence[Counts | None]) -> int:
    """Persons measured a month, as a whole number."""
    return int(rounded(mean_counts(months)[1], 0))


def mean_counts(months: Sequence[Counts | None]) -> tuple[float, float]:
    """Persons who lack something, and persons measured, a month."""
    return (
        sum(cell.numerator for cell in months if cell is not None) / len(months),
        sum(cell.denominator for cell in months if cell is not None) / len(months),
    )


# --- Larger areas ----------------------------------------------------------------------------------------------------


def hidden_count(figure: Figure, numerator: float, denominator: float, cap: float = LARGEST_HIDDEN) -> Hidden:
    """The numerator behind a figure that is no exact number; cap: the largest hidden count (rules 1 and 2)."""
    if figure.state == LOW:
        return Hidden(numerator, SMALL)
    if figure.state == HIGH:
        return Hidden(numerator - denominator, SMALL_COMPLEMENT)
    if figure.state == FEW:
        return Hidden(numerator, Part(0, max(cap, numerator), 0, cap), is_size_hidden=True)
    if numerator <= cap and denominator - numerator <= cap:
        return Hidden(numerator, Part(0, denominator, 0, denominator))
    if numerator <= cap:
        return Hidden(numerator, Part(0, denominator, 0, cap))
    if denominator - numerator <= cap:
        return Hidden(numerator, Part(0, denominator, denominator - cap, denominator))
    return Hidden(numerator, Part(0, denominator))


def is_sum_safe(hidden: Sequence[Hidden]) -> bool:
    """Whether hidden counts stay free although their sum is known."""
    rest = sum(each.true for each in hidden)
    return leaves_free(rest, rest, [each.part for each in hidden])


def larger_share(
    share: float, total: float, hidden: Sequence[Hidden], cap: float = LARGEST_HIDDEN, is_sum_free: bool = True
) -> Figure:
    """The share of a larger area, as exact as leaves its hidden parts free (rule 7).

    total: what it is a share of. is_sum_free: no other published total binds the hidden parts.
    """
    if not hidden or (is_sum_free and is_sum_safe(hidden)):
        return Figure(SHOWN, rounded_share(share))
    free = [each for each in hidden if each.part.free_to is not None]
    by_size = share * cap * sum(each.is_size_hidden for each in hidden)
    low = max(0.0, share - (sum(each.true - each.part.free_from for each in free) + by_size) / total)
    high = share + (sum(each.part.free_to - each.true for each in free) + by_size) / total
    for steps in STEPS:
        value = _in_steps(low, steps)
        if value == _in_steps(high, steps):
            is_exact = steps == STEPS[0]
            return (
                Figure(SHOWN if is_exact else ABOUT, value, steps=steps)
                if is_exact or 0 < value < 1
                else Figure(HIDDEN)
            )
    return Figure(HIDDEN)


def _in_steps(share: float, steps: int) -> float:
    """A share rounded to so many steps from 0 to 1, halves up."""
    return math.floor(round(share * steps, 9) + 0.5) / steps


# --- What may be shown -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoalSeries:
    """A focus goal of an area: averages, limits and, when they may be shown, monthly shares, month by month.

    is_met: in the latest month; None without a figure or when fewer than 10 persons are measured.
    """

    figures: tuple[Figure, ...]
    limits: tuple[float | None, ...]
    monthly: tuple[float, ...] | None
    is_met: bool | None


@dataclass(frozen=True)
class GroupFigure:
    """A benefit group's own average in the latest month, and whether it is below the limit, when that may be told."""

    figure: Figure
    is_met: bool | None


@dataclass(frozen=True)
class Series:
    """An indicator of a municipality month by month, beside its comparison.

    comparison_area: `DK` or `cluster:<code>`. is_series_hidden: months are hidden for the sake of an average (rule 5).
    """

    figures: tuple[Figure, ...]
    comparison: tuple[Figure, ...]
    comparison_area: str
    is_series_hidden: bool = False


@dataclass(frozen=True)
class Published:
    """Everything the pages may show, and nothing else of the marts' counts."""

    focus: dict[tuple[str, str], GoalSeries]
    groups: dict[tuple[str, str], dict[str, GroupFigure]]
    benchmark: dict[tuple[str, str], dict[str, Series]]
