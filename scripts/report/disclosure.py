"""What may be shown: no count of fewer than 10 persons, and nothing from which such a count follows.

A hidden count is a number of persons below MINIMUM (10) that stands behind a cell of the marts in one month: persons in
the cell, persons who lack or have something (numerator), or the rest of them (complement). The rule is that **a reader
who has every page of the site, and knows this rule, still cannot tell which of 0 to 9 a hidden count is.** The pages are
written from the objects of this module alone, so whatever is not here is nowhere: not in a chart's coordinates, a label
for screen readers, a sort key or the order of rows.

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
7. *Areas beside their total.* Country, regions and clusters are shown without numbers of persons. Their shares give a
   total only within rounding, and where that leaves a hidden count of a municipality less than 0 to 9, the share of the
   larger area is rounded to whole percent in that month (`about`), or hidden: the parts matter more than the total.
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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from scripts.report.danish import rounded, rounded_share
from scripts.report.marts import ALL_GROUPS, COUNTRY, GOALS, Benchmark, Counts, Warehouse, month_before

MINIMUM = 10
LARGEST_HIDDEN = MINIMUM - 1
SHARE_DECIMALS, ABOUT_DECIMALS = 3, 2
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

    state: `shown` (value), `about` (value in whole percent), `low` (below bound), `high` (above bound), `hidden` (persons only, or nothing), `few` (fewer
    than 10 persons: nothing), `missing` (there is no figure for another reason).
    value: share of 1 with three decimals, or whole days or hours. persons: behind the figure; None when not shown.
    """

    state: str
    value: float | None = None
    bound: float | None = None
    persons: int | None = None


FEW_PERSONS = Figure(FEW)
NO_FIGURE = Figure(MISSING)


class Part(NamedTuple):
    """A hidden term of a sum: between least and most, and, when free, anything from free_from to free_to."""

    least: float
    most: float
    free_from: float | None = None
    free_to: float | None = None


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
        others_most = UNBOUNDED if unbounded - (part.most == UNBOUNDED) else most - (part.most if part.most < UNBOUNDED else 0)
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
    cap = _day_cap(month)
    if row.numerator > cap and row.denominator - row.numerator > cap:
        return Figure(SHOWN, rounded_share(row.value), persons=round(persons))
    return Figure(HIDDEN, persons=round(persons))


def _day_cap(month: date) -> int:
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
    return int(rounded(sum(cell.denominator for cell in months if cell is not None) / len(months), 0))


# --- Focus goals -----------------------------------------------------------------------------------------------------


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
    """A benefit group's own average in the latest month beside that of the country."""

    figure: Figure
    is_met: bool | None
    country: Figure


class _Group(NamedTuple):
    """A benefit group's true figures, kept inside this module."""

    persons: float
    lacking: float
    average: float | None


def protect_focus(warehouse: Warehouse) -> dict[tuple[str, str], GoalSeries]:
    """Focus goals by goal and area: municipalities, regions, country."""
    protected = {}
    for goal in GOALS:
        for area in (*warehouse.municipalities, *warehouse.regions, COUNTRY):
            protected[goal, area] = _goal_series(warehouse, goal, area)
        outside = list(warehouse.outside)
        for region in warehouse.regions:
            _protect_area_average(warehouse, protected, goal, region, warehouse.areas_of(region), [])
        _protect_area_average(warehouse, protected, goal, COUNTRY, list(warehouse.municipalities), outside)
    return protected


def _average_cells(warehouse: Warehouse, goal: str, area: str, group: str, month: date) -> list[Counts | None]:
    length = _averaged_months(warehouse)
    months = [month_before(month, back) for back in range(length)]
    return [warehouse.cells.get((goal, area, group, each)) for each in months]


def _averaged_months(warehouse: Warehouse) -> int:
    return int(warehouse.parameters["focus_goal_months"])


def _goal_series(warehouse: Warehouse, goal: str, area: str) -> GoalSeries:
    figures, limits = [], []
    for month in warehouse.months:
        row = warehouse.focus.get((goal, area, month))
        cells = _average_cells(warehouse, goal, area, ALL_GROUPS, month)
        figures.append(average_share(row.average if row else None, cells, _averaged_months(warehouse)))
        limits.append(row.limit if row else None)
    latest = warehouse.focus.get((goal, area, warehouse.latest))
    is_told = latest is not None and figures[-1].state != FEW
    monthly = None
    if is_series_safe(warehouse, goal, area):
        cells = [warehouse.cells[goal, area, ALL_GROUPS, month] for month in warehouse.months]
        monthly = tuple(rounded_share(cell.numerator / cell.denominator) for cell in cells)
    return GoalSeries(tuple(figures), tuple(limits), monthly, latest.is_met if is_told else None)


def is_series_safe(warehouse: Warehouse, goal: str, area: str) -> bool:
    """Whether every month that the averages look at may be shown (rule 5)."""
    cells = [warehouse.cells.get((goal, area, ALL_GROUPS, month)) for month in warehouse.window]
    return all(cell is not None and person_share(*cell).state == SHOWN for cell in cells)


def _protect_area_average(
    warehouse: Warehouse,
    protected: dict[tuple[str, str], GoalSeries],
    goal: str,
    area: str,
    parts: list[str],
    outside: list[str],
) -> None:
    """Hide the average of a larger area in the months where it would narrow a hidden count (rule 7)."""
    series = protected[goal, area]
    figures = []
    for index, month in enumerate(warehouse.months):
        figure = series.figures[index]
        row = warehouse.focus.get((goal, area, month))
        if figure.state == SHOWN and row is not None:
            persons = mean_persons(_average_cells(warehouse, goal, area, ALL_GROUPS, month))
            beside = _lacking(warehouse, goal, outside, ALL_GROUPS, month)
            shown = [protected[goal, part].figures[index] for part in parts]
            known, free = _beside(beside, shown)
            figure = _total_share(row.average, persons, known, free)
        elif figure.state != FEW:
            figure = Figure(HIDDEN)
        figures.append(figure)
    is_met = series.is_met if figures[-1].state in (SHOWN, ABOUT) else None
    protected[goal, area] = replace(series, figures=tuple(figures), monthly=None, is_met=is_met)


def _lacking(warehouse: Warehouse, goal: str, areas: Iterable[str], group: str, month: date) -> float:
    """Persons lacking something a month, over twelve months, in areas that have no page."""
    cells = [cell for area in areas for cell in _average_cells(warehouse, goal, area, group, month)]
    return sum(cell.numerator for cell in cells if cell) / _averaged_months(warehouse)


def _beside(outside: float, figures: Iterable[Figure]) -> tuple[float, list[Part]]:
    """What is known of a total from its parts' averages, and its hidden parts."""
    known, parts = outside, []
    for figure in figures:
        if figure.state == SHOWN:
            known += figure.value * figure.persons
        elif figure.state in (FEW, LOW):
            parts.append(SMALL)
        elif figure.state == HIGH:
            known += figure.persons
            parts.append(SMALL_COMPLEMENT)
        elif figure.persons is None:
            parts.append(Part(MINIMUM, UNBOUNDED))
        elif figure.persons < 2 * MINIMUM:
            parts.append(Part(0, figure.persons, 0, figure.persons))
        else:  # hidden for another group's sake
            parts.append(Part(MINIMUM, figure.persons - MINIMUM))
    return known, parts


def _total_share(share: float, total: float, known: float, parts: Sequence[Part]) -> Figure:
    """The share of a larger area, as exact as leaves its hidden parts free (rule 7).

    total: what it is a share of; known: the part of its numerator that the parts shown give away.
    """
    for state, decimals in ((SHOWN, SHARE_DECIMALS), (ABOUT, ABOUT_DECIMALS)):
        value = float(rounded(share, decimals))
        half = 0.5 * 10**-decimals
        low, high = max(0.0, value - half) * total - known, (value + half) * total - known
        if leaves_free(low, high, parts) and (state == SHOWN or 0 < value < 1):
            return Figure(state, value)
    return Figure(HIDDEN)


# --- Benefit groups --------------------------------------------------------------------------------------------------


def protect_groups(warehouse: Warehouse) -> dict[tuple[str, str], dict[str, GroupFigure]]:
    """The benefit groups of each municipality in the latest month, by goal and area (rules 4, 6 and 7)."""
    month = warehouse.latest
    names = [group for group in warehouse.benefit_groups if group != ALL_GROUPS]
    protected = {}
    for goal in GOALS:
        limit_row = warehouse.focus.get((goal, COUNTRY, month))
        limit = limit_row.limit if limit_row else None
        true = {
            (area, group): _true_group(warehouse, goal, area, group, month)
            for area in (*warehouse.municipalities, *warehouse.outside, COUNTRY)
            for group in names
        }
        shown = {}
        for area in warehouse.municipalities:
            groups = {group: true[area, group] for group in names}
            figures = {
                group: average_share(
                    groups[group].average, _average_cells(warehouse, goal, area, group, month), _averaged_months(warehouse)
                )
                for group in names
            }
            shown[area] = _protect_beside_total(groups, figures, limit)
        country = {
            group: _country_group(warehouse, goal, group, month, true, [shown[area][group][0] for area in shown])
            for group in names
        }
        for area, groups in shown.items():
            protected[goal, area] = {
                group: GroupFigure(figure, is_met, country[group]) for group, (figure, is_met) in groups.items()
            }
    return protected


def _true_group(warehouse: Warehouse, goal: str, area: str, group: str, month: date) -> _Group:
    cells = _average_cells(warehouse, goal, area, group, month)
    measured = [cell for cell in cells if cell is not None and cell.denominator]
    persons = sum(cell.denominator for cell in measured) / len(cells)
    lacking = sum(cell.numerator for cell in measured) / len(cells)
    average = None
    if len(measured) == len(cells):
        average = round(sum(cell.numerator / cell.denominator for cell in measured) / len(cells), 10)
    return _Group(persons, lacking, average)


def _country_group(
    warehouse: Warehouse, goal: str, group: str, month: date, true: dict, figures: list[Figure]
) -> Figure:
    cells = _average_cells(warehouse, goal, COUNTRY, group, month)
    average = true[COUNTRY, group].average
    figure = average_share(average, cells, _averaged_months(warehouse))
    if figure.state != SHOWN:
        return Figure(HIDDEN)
    outside = sum(true[area, group].lacking for area in warehouse.outside)
    return _total_share(average, figure.persons, *_beside(outside, figures))


def _protect_beside_total(
    groups: dict[str, _Group], figures: dict[str, Figure], limit: float | None
) -> dict[str, tuple[Figure, bool | None]]:
    """Hide more groups until the total leaves the hidden counts free (rule 6); figure and met or not by group.

    All of them `few` means that nothing may be told of any.
    """
    figures = dict(figures)
    nothing = {group: (FEW_PERSONS, None) for group in groups}
    while not leaves_free(*_persons_beside_total(groups, figures)):
        smallest = _smallest(groups, figures, lambda figure: figure.persons is not None)
        if smallest is None:
            return nothing
        figures[smallest] = Figure(HIDDEN)
    secondary = {group for group, figure in figures.items() if figure == Figure(HIDDEN)}
    met = {group: _met(groups[group], figure, limit) for group, figure in figures.items()}
    while not _shares_free(groups, figures, secondary, met, limit):
        told = {group: figures[group] for group in secondary if met[group] is not None and figures[group].persons is not None}
        silenced = _smallest(groups, told, lambda figure: True)
        if silenced is not None:
            met[silenced] = None
            continue
        smallest = _smallest(groups, figures, lambda figure: figure.state == SHOWN)
        if smallest is None:
            return nothing
        secondary.add(smallest)
        figures[smallest] = Figure(HIDDEN, persons=figures[smallest].persons)
    return {group: (figure, met[group]) for group, figure in figures.items()}


def _smallest(groups: dict[str, _Group], figures: dict[str, Figure], is_candidate) -> str | None:
    candidates = [group for group, figure in figures.items() if is_candidate(figure)]
    return min(candidates, key=lambda group: groups[group].persons, default=None)


def _met(group: _Group, figure: Figure, limit: float | None) -> bool | None:
    """Whether the group is below the limit, when that may be told."""
    if limit is None or group.average is None:
        return None
    if figure.state == SHOWN or figure == Figure(HIDDEN):
        return group.average < limit
    if figure.state == LOW and figure.bound <= limit:
        return True
    if figure.state == HIGH and figure.bound >= limit:
        return False
    return None


def _persons_beside_total(groups: dict[str, _Group], figures: dict[str, Figure]) -> tuple[float, float, list[Part]]:
    hidden = [group for group, figure in figures.items() if figure.persons is None]
    rest = sum(groups[group].persons for group in hidden)
    parts = [SMALL if figures[group].state == FEW else Part(MINIMUM, UNBOUNDED) for group in hidden]
    return rest, rest, parts


def _shares_free(
    groups: dict[str, _Group],
    figures: dict[str, Figure],
    secondary: set[str],
    met: dict[str, bool | None],
    limit: float | None,
) -> bool:
    """Whether the rest of the total leaves hidden numerators and complements free."""
    lacking, having, lacking_rest, having_rest = [], [], 0.0, 0.0
    for group, figure in figures.items():
        true = groups[group]
        if figure.state == SHOWN:
            continue
        lacks, has = _hidden_parts(figure, group in secondary, met[group], limit)
        lacking.append(lacks)
        having.append(has)
        lacking_rest += true.lacking - (figure.persons if figure.state == HIGH else 0)
        having_rest += true.persons - true.lacking - (figure.persons if figure.state == LOW else 0)
    return leaves_free(lacking_rest, lacking_rest, lacking) and leaves_free(having_rest, having_rest, having)


def _hidden_parts(figure: Figure, is_secondary: bool, is_met: bool | None, limit: float | None) -> tuple[Part, Part]:
    """What is known of a hidden group's persons who lack something, and of those who do not."""
    if figure.state == FEW:
        return SMALL, SMALL
    if figure.state == LOW:
        return SMALL, SMALL_COMPLEMENT
    if figure.state == HIGH:
        return SMALL_COMPLEMENT, SMALL
    if not is_secondary:
        part = Part(0, figure.persons, 0, figure.persons)
        return part, part
    persons = UNBOUNDED if figure.persons is None else figure.persons
    least, most = MINIMUM, persons - MINIMUM
    lacks, has = Part(least, most), Part(least, most)
    if figure.persons is not None and is_met is not None:
        edge = limit * persons
        lacks = Part(least, max(least, edge)) if is_met else Part(max(least, edge), most)
        has = Part(persons - lacks.most, persons - lacks.least)
    return lacks, has


# --- Benchmark -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Series:
    """An indicator of a municipality month by month, beside its comparison.

    comparison_area: `DK` or `cluster:<code>`. is_series_hidden: months are hidden for the sake of an average (rule 5).
    """

    figures: tuple[Figure, ...]
    comparison: tuple[Figure, ...]
    comparison_area: str
    is_series_hidden: bool = False


def protect_benchmark(warehouse: Warehouse) -> dict[tuple[str, str], dict[str, Series]]:
    """Every indicator by target group and indicator, then municipality."""
    protected = {}
    for group in sorted({group for group, indicator in warehouse.benchmark if indicator.startswith(DURATION)}):
        protected |= _protect_durations(warehouse, group)
    durations = dict(protected)
    for (group, indicator), rows in warehouse.benchmark.items():
        if not indicator.startswith(DURATION):
            protected[group, indicator] = _protect_indicator(warehouse, group, indicator, rows, durations)
    return protected


def _protect_indicator(
    warehouse: Warehouse,
    group: str,
    indicator: str,
    rows: dict[tuple[str, date], Benchmark],
    durations: dict[tuple[str, str], dict[str, Series]],
) -> dict[str, Series]:
    persons = warehouse.benchmark.get((group, PERSONS_INDICATOR), {})
    figures = {
        area: [
            _indicator_figure(indicator, rows.get((area, month)), persons.get((area, month)), month)
            for month in warehouse.months
        ]
        for area in warehouse.municipalities
    }
    silenced = set()
    if (group, indicator) == (ALL_GROUPS, INTENSITY):
        silenced = {area for area in figures if not _is_intensity_safe(warehouse, area, figures[area])}
        for area in silenced:
            figures[area] = [
                figure if figure.state == FEW else Figure(HIDDEN, persons=figure.persons) for figure in figures[area]
            ]
    if indicator == INTENSITY:
        looked_at = [durations.get((group, DURATION + code)) for code in warehouse.intensity_intervals.get(group, [])]
        _protect_beside_durations(figures, rows, warehouse.months, [series for series in looked_at if series])
    country = [_country_value(warehouse, indicator, rows, figures, index) for index in range(len(warehouse.months))]
    clusters = _cluster_values(warehouse, rows, figures)
    series = {}
    for area in warehouse.municipalities:
        compared = _comparison_area(warehouse, rows, area)
        values = country if compared == COUNTRY else clusters[compared]
        series[area] = Series(tuple(figures[area]), tuple(values), compared, area in silenced)
    return series


def _protect_beside_durations(
    figures: dict[str, list[Figure]],
    rows: dict[tuple[str, date], Benchmark],
    months: Sequence[date],
    intervals: Sequence[dict[str, Series]],
) -> None:
    """Hide the intensity in months where its persons would bound its intervals, all of them hidden (rule 8)."""
    for area, of_area in figures.items():
        for index, month in enumerate(months):
            row = rows.get((area, month))
            if row is None or not intervals or any(series[area].figures[index].state == SHOWN for series in intervals):
                continue
            if not leaves_free(row.denominator, UNBOUNDED, [SMALL] * len(intervals)):
                of_area[index] = Figure(HIDDEN)


def _indicator_figure(indicator: str, row: Benchmark | None, persons: Benchmark | None, month: date) -> Figure:
    if row is None:
        return FEW_PERSONS
    if indicator.startswith(POPULATION):
        return population_share(row)
    if indicator == ANY_OFFER:
        return day_share(row, persons.denominator if persons else 0, month)
    return person_share(row.numerator, row.denominator)


def _is_intensity_safe(warehouse: Warehouse, area: str, figures: list[Figure]) -> bool:
    return is_series_safe(warehouse, "conversations", area) and all(figure.state == SHOWN for figure in figures)


def _comparison_area(warehouse: Warehouse, rows: dict[tuple[str, date], Benchmark], area: str) -> str:
    for month in reversed(warehouse.months):
        row = rows.get((area, month))
        if row is not None and row.comparison_area is not None:
            return row.comparison_area
    return COUNTRY


def _country_value(
    warehouse: Warehouse,
    indicator: str,
    rows: dict[tuple[str, date], Benchmark],
    figures: dict[str, list[Figure]],
    index: int,
) -> Figure:
    """The country's share in a month: hidden where it is small itself or would narrow a hidden count (rule 7)."""
    month = warehouse.months[index]
    total = rows.get((COUNTRY, month))
    if total is None or total.value is None:
        return NO_FIGURE
    if indicator == ANY_OFFER:
        cap = _day_cap(month)
        is_small = total.numerator <= cap or total.denominator - total.numerator <= cap
    elif indicator.startswith(POPULATION):
        cap, is_small = LARGEST_HIDDEN, total.numerator < MINIMUM
    else:
        cap, is_small = LARGEST_HIDDEN, person_share(total.numerator, total.denominator).state != SHOWN
    if is_small:
        return Figure(HIDDEN)
    known = sum(rows[area, month].numerator for area in warehouse.outside if (area, month) in rows)
    parts = []
    for area, months in figures.items():
        row = rows.get((area, month))
        figure = months[index]
        if figure.state == SHOWN or (figure.state == MISSING and row is not None):
            known += row.numerator
        elif figure.state == HIGH:
            known += row.denominator
            parts.append(SMALL_COMPLEMENT)
        elif figure.state == HIDDEN:
            parts.append(_hidden_either_side(row.numerator, row.denominator, cap))
        else:
            parts.append(Part(0, cap, 0, cap))
    return _total_share(total.value, total.denominator, known, parts)


def _hidden_either_side(numerator: float, total: float, cap: float) -> Part:
    """A hidden numerator of a known total: it must stay free where it, or its complement, is small."""
    free_from, free_to = total, 0.0
    if numerator <= cap:
        free_from, free_to = 0.0, min(cap, total)
    if total - numerator <= cap:
        free_from, free_to = min(free_from, max(0.0, total - cap)), total
    return Part(0, total, free_from, free_to) if free_from <= free_to else Part(0, total)


def _cluster_values(
    warehouse: Warehouse, rows: dict[tuple[str, date], Benchmark], figures: dict[str, list[Figure]]
) -> dict[str, list[Figure]]:
    """The mean of each cluster month by month, hidden where it would narrow a hidden count (rule 7)."""
    members: dict[str, list[str]] = {}
    for area in warehouse.municipalities:
        cluster = _comparison_area(warehouse, rows, area)
        if cluster != COUNTRY:
            members.setdefault(cluster, []).append(area)
    return {
        cluster: [_cluster_value(rows, figures, areas, index, month) for index, month in enumerate(warehouse.months)]
        for cluster, areas in members.items()
    }


def _cluster_value(
    rows: dict[tuple[str, date], Benchmark], figures: dict[str, list[Figure]], areas: list[str], index: int, month: date
) -> Figure:
    valued = [area for area in areas if (area, month) in rows and rows[area, month].value is not None]
    if not valued:
        return NO_FIGURE
    known, parts = 0.0, []
    for area in valued:
        row = rows[area, month]
        if figures[area][index].state == SHOWN:
            known += row.value
        else:
            most = LARGEST_HIDDEN / row.denominator
            parts.append(Part(0, most, 0, most))
    return _total_share(rows[valued[0], month].comparison_value, len(valued), known, parts)


# --- Durations -------------------------------------------------------------------------------------------------------


def _protect_durations(warehouse: Warehouse, group: str) -> dict[tuple[str, str], dict[str, Series]]:
    """The average durations of a target group (rule 8)."""
    by_interval = {
        interval: warehouse.benchmark.get((group, DURATION + interval), {}) for interval in warehouse.intervals
    }
    shown: dict[str, dict[str, list[Figure]]] = {interval: {} for interval in warehouse.intervals}
    for area in warehouse.municipalities:
        for interval in warehouse.intervals:
            shown[interval][area] = []
        for month in warehouse.months:
            figures = _durations_of_month(warehouse, group, by_interval, area, month)
            for interval, figure in figures.items():
                shown[interval][area].append(figure)
    protected = {}
    for interval, rows in by_interval.items():
        country = tuple(
            _country_duration(rows, shown[interval], index, month) for index, month in enumerate(warehouse.months)
        )
        protected[group, DURATION + interval] = {
            area: Series(tuple(shown[interval][area]), country, COUNTRY) for area in warehouse.municipalities
        }
    return protected


def _durations_of_month(
    warehouse: Warehouse, group: str, by_interval: dict[str, dict], area: str, month: date
) -> dict[str, Figure]:
    """One month of an area: counts only in the latest month; `few` is also said of an interval hidden for others."""
    rows = {interval: rows.get((area, month)) for interval, rows in by_interval.items()}
    counts = {interval: round(row.denominator) for interval, row in rows.items() if row is not None}
    shown = {interval for interval, count in counts.items() if count >= MINIMUM}
    members = warehouse.benchmark.get((group, PERSONS_INDICATOR), {}).get((area, month))
    persons = members.denominator if members is not None else 0
    are_counts_shown = month == warehouse.latest and _counts_leave_free(warehouse, group, area, month, counts, shown, persons)
    while shown and len(shown) < len(by_interval) and persons - MINIMUM * len(shown) < LARGEST_HIDDEN:
        shown.remove(min(shown, key=counts.__getitem__))
        are_counts_shown = False
    return {
        interval: Figure(
            SHOWN,
            _whole(rows[interval].value),
            persons=counts[interval] if are_counts_shown else None,
        )
        if interval in shown
        else FEW_PERSONS
        for interval in by_interval
    }


def _whole(value: float) -> float:
    """A duration in whole days or hours, halves up."""
    return float(math.floor(round(value, 9) + 0.5))


def _counts_leave_free(
    warehouse: Warehouse, group: str, area: str, month: date, counts: dict[str, int], shown: set[str], persons: float
) -> bool:
    """Whether the counts shown for intervals leave those hidden free, beside the counts of the other indicators."""
    if persons - sum(counts[interval] for interval in shown) < LARGEST_HIDDEN and len(shown) < len(warehouse.intervals):
        return False
    intensity = warehouse.benchmark.get((group, INTENSITY), {}).get((area, month))
    if intensity is None or intensity.denominator < MINIMUM:
        return True
    looked_at = warehouse.intensity_intervals.get(group, [])
    hidden = [interval for interval in looked_at if interval not in shown]
    rest = intensity.denominator - sum(counts[interval] for interval in looked_at if interval in shown)
    return leaves_free(rest, UNBOUNDED, [SMALL] * len(hidden))


def _country_duration(
    rows: dict[tuple[str, date], Benchmark], shown: dict[str, list[Figure]], index: int, month: date
) -> Figure:
    total = rows.get((COUNTRY, month))
    if total is None or total.value is None:
        return NO_FIGURE
    if total.denominator < MINIMUM:
        return FEW_PERSONS
    beside = sum(
        rows[area, month].denominator for area, months in shown.items() if months[index].state == SHOWN
    )
    rest = total.denominator - beside
    return Figure(SHOWN, _whole(total.value)) if rest == 0 or rest >= MINIMUM else Figure(HIDDEN)


# --- All of it -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """Everything the pages may show, and nothing else of the marts' counts."""

    focus: dict[tuple[str, str], GoalSeries]
    groups: dict[tuple[str, str], dict[str, GroupFigure]]
    benchmark: dict[tuple[str, str], dict[str, Series]]


def protect(warehouse: Warehouse) -> Published:
    """Apply the rule of this module to all figures of the report at once."""
    return Published(protect_focus(warehouse), protect_groups(warehouse), protect_benchmark(warehouse))
