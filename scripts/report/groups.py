"""The benefit groups of a municipality as they may be shown (rules 4 and 6 of disclosure.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scripts.report.disclosure import (
    FEW,
    FEW_PERSONS,
    HIDDEN,
    HIGH,
    LOW,
    MINIMUM,
    SHOWN,
    SMALL,
    SMALL_COMPLEMENT,
    UNBOUNDED,
    Figure,
    GroupFigure,
    Part,
    average_share,
    leaves_free,
    mean_counts,
)
from scripts.report.marts import ALL_GROUPS, COUNTRY, GOALS, Counts, Warehouse


class _Group(NamedTuple):
    """A benefit group's true figures, kept inside this module."""

    persons: float
    lacking: float
    average: float | None


def protect_groups(warehouse: Warehouse) -> dict[tuple[str, str], dict[str, GroupFigure]]:
    """The benefit groups of each municipality in the latest month, by goal and area (rules 4 and 6)."""
    month = warehouse.latest
    names = [group for group in warehouse.benefit_groups if group != ALL_GROUPS]
    protected = {}
    for goal in GOALS:
        limit_row = warehouse.focus.get((goal, COUNTRY, month))
        limit = limit_row.limit if limit_row else None
        for area in warehouse.municipalities:
            groups, figures = {}, {}
            for group in names:
                cells = warehouse.average_cells(goal, area, group, month)
                groups[group] = _true_group(cells)
                figures[group] = average_share(groups[group].average, cells, warehouse.averaged_months)
            protected[goal, area] = _protect_beside_total(groups, figures, limit)
    return protected


def _true_group(cells: Sequence[Counts | None]) -> _Group:
    lacking, persons = mean_counts(cells)
    if not all(cell is not None and cell.denominator for cell in cells):
        return _Group(persons, lacking, None)
    return _Group(persons, lacking, round(sum(cell.numerator / cell.denominator for cell in cells) / len(cells), 10))


def _protect_beside_total(
    groups: dict[str, _Group], figures: dict[str, Figure], limit: float | None
) -> dict[str, GroupFigure]:
    """Hide more groups until the total leaves the hidden counts free (rule 6).

    All of them `few` means that nothing may be told of any.
    """
    figures = dict(figures)
    nothing = {group: GroupFigure(FEW_PERSONS, None) for group in groups}
    while not leaves_free(*_persons_beside_total(groups, figures)):
        smallest = _smallest(groups, figures, lambda figure: figure.persons is not None)
        if smallest is None:
            return nothing
        figures[smallest] = Figure(HIDDEN)
    secondary = {group for group, figure in figures.items() if figure == Figure(HIDDEN)}
    met = {group: _met(groups[group], figure, limit) for group, figure in figures.items()}
    while not _shares_free(groups, figures, secondary, met, limit):
        told = {
            group: figures[group]
            for group in groups
            if group in secondary and met[group] is not None and figures[group].persons is not None
        }
        silenced = _smallest(groups, told, lambda figure: True)
        if silenced is not None:
            met[silenced] = None
            continue
        smallest = _smallest(groups, figures, lambda figure: figure.state == SHOWN)
        if smallest is None:
            return nothing
        secondary.add(smallest)
        figures[smallest] = Figure(HIDDEN, persons=figures[smallest].persons)
    return {group: GroupFigure(figure, met[group]) for group, figure in figures.items()}


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
