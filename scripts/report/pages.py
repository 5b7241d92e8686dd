"""What stands on each page: plain values and ready sentences for the templates, and the lines of the charts.

Pages are made from `disclosure.Published` alone, never from the marts' counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scripts.report import charts, texts
from scripts.report.danish import (
    NO_BREAK,
    long_date,
    number,
    percent,
    percent_down,
    percent_up,
)
from scripts.report.disclosure import (
    ABOUT,
    DURATION,
    FEW,
    HIDDEN,
    HIGH,
    LOW,
    MINIMUM,
    MISSING,
    SHOWN,
    Figure,
    GoalSeries,
    GroupFigure,
    Published,
    Series,
)
from scripts.report.marts import COUNTRY, GOALS, Municipality, RuleChange, Supervision, Warehouse

FEW_TEXT = f"under {MINIMUM} personer"
FEW_IN_A_MONTH = f"Færre end {MINIMUM} personer i mindst én af de 12 måneder."
HIDDEN_TEXT = "skjult"
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Report:
    """What all pages share; small enough to be sent to other processes."""

    months: tuple[date, ...]
    vega: dict[charts.Size, str]
    scales: dict[str, float]
    group_tops: dict[str, float]
    benefit_groups: dict[str, str]
    intervals: tuple[str, ...]
    parameters: dict[str, float]
    intensity: dict[str, tuple[int, int | None]]
    ages: dict[str, tuple[int, int]]
    rule_changes: tuple[RuleChange, ...]
    active_goals: tuple[str, ...]
    indicators: tuple[tuple[str, str], ...]
    has_population: bool
    has_clusters: bool

    @property
    def latest(self) -> date:
        """The latest measured month."""
        return self.months[-1]


@dataclass(frozen=True)
class MunicipalityFigures:
    """One municipality's share of `Published`, beside the country's."""

    area: Municipality
    focus: dict[str, GoalSeries]
    country: dict[str, GoalSeries]
    groups: dict[str, dict[str, GroupFigure]]
    benchmark: dict[tuple[str, str], Series]
    supervision: Supervision | None


def report_of(warehouse: Warehouse, published: Published) -> Report:
    """The shared part of the pages; scales are the same on all of them."""
    shown = sorted(key for key in published.benchmark if not key[1].startswith(DURATION))
    return Report(
        months=warehouse.months,
        vega=charts.templates(warehouse.months),
        scales=_scales(warehouse, published),
        group_tops={goal: _group_top(published, goal) for goal in GOALS},
        benefit_groups={code: name for code, name in warehouse.benefit_groups.items() if code != "all"},
        intervals=warehouse.intervals,
        parameters=warehouse.parameters,
        intensity=warehouse.intensity,
        ages=warehouse.ages,
        rule_changes=tuple(
            change for change in warehouse.rule_changes if warehouse.months[0] < change.first_day <= warehouse.latest
        ),
        active_goals=warehouse.active_goals,
        indicators=tuple(shown),
        has_population=warehouse.has_population,
        has_clusters=warehouse.has_clusters,
    )


def figures_of(warehouse: Warehouse, published: Published, code: str) -> MunicipalityFigures:
    """What one page is made from; a municipality without any data has nothing but its name."""
    empty = GoalSeries((), (), None, None)
    return MunicipalityFigures(
        area=warehouse.all_municipalities[code],
        focus={goal: published.focus.get((goal, code), empty) for goal in GOALS},
        country={goal: published.focus[goal, COUNTRY] for goal in GOALS},
        groups={goal: published.groups.get((goal, code), {}) for goal in GOALS},
        benchmark={key: areas[code] for key, areas in published.benchmark.items() if code in areas},
        supervision=warehouse.supervision.get(code),
    )


def goal_scale(goal: str) -> str:
    return f"goal_{goal}"


def scale_of(group: str, indicator: str) -> str:
    """The scale a chart shares with those of other municipalities, and both offer shares of a target group."""
    return f"{group}_offers" if indicator.endswith("offer_share") else f"{group}_{indicator}"


def _scales(warehouse: Warehouse, published: Published) -> dict[str, float]:
    """The ends of the y axes, by scale: high enough for nearly all municipalities, so that one alone does not flatten all."""
    highest: dict[str, list[float]] = {}
    for goal in GOALS:
        limits = [limit for limit in published.focus[goal, COUNTRY].limits if limit is not None]
        for area in warehouse.municipalities:
            series = published.focus[goal, area]
            values = [figure.value for figure in series.figures if figure.value is not None]
            highest.setdefault(goal_scale(goal), []).append(
                max([*values, *(series.monthly or []), *limits], default=0.0)
            )
    for (group, indicator), areas in published.benchmark.items():
        if not indicator.startswith(DURATION):
            scale = highest.setdefault(scale_of(group, indicator), [])
            scale += [highest_of(series) for series in areas.values()]
    return {scale: charts.top_of([_nearly_all(values)]) for scale, values in highest.items()}


def highest_of(series: Series) -> float:
    shown = [figure.value for figure in (*series.figures, *series.comparison) if figure.value is not None]
    return max(shown, default=0.0)


def _nearly_all(values: list[float]) -> float:
    """A value that 95 in 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _group_top(published: Published, goal: str) -> float:
    """The end of the scale of the groups' own averages; limits fit in."""
    values = [
        shown.figure.value
        for (key, _), groups in published.groups.items()
        if key == goal
        for shown in groups.values()
        if shown.figure.value is not None
    ]
    limits = [limit for limit in published.focus[goal, COUNTRY].limits if limit is not None]
    return charts.top_of([_nearly_all(sorted(values) or [0.1]), *(1.2 * limit for limit in limits)])


# --- Pieces ----------------------------------------------------------------------------------------------------------


def figure_text(figure: Figure) -> str:
    """A share as it is written."""
    if figure.state == SHOWN:
        return percent(figure.value)
    if figure.state == ABOUT:
        return f"ca. {percent(figure.value, figure.decimals)}"
    if figure.state == LOW:
        return f"under {percent_up(figure.bound)}"
    if figure.state == HIGH:
        return f"over {percent_down(figure.bound)}"
    return {FEW: FEW_TEXT, HIDDEN: HIDDEN_TEXT, MISSING: "mangler"}[figure.state]


def persons_text(figure: Figure) -> str:
    """The number of persons behind a figure, for a table."""
    if figure.persons is not None:
        return number(figure.persons)
    return f"under {MINIMUM}" if figure.state == FEW else HIDDEN_TEXT


def why_hidden(figure: Figure) -> str:
    """Why a figure is no exact number; empty when it is one."""
    return {
        SHOWN: "",
        ABOUT: "",
        FEW: f"Der er færre end {MINIMUM} personer.",
        LOW: f"Færre end {MINIMUM} personer; derfor vises kun en grænse.",
        HIGH: f"Alle på nær færre end {MINIMUM} personer; derfor vises kun en grænse.",
        HIDDEN: f"Skjult for at beskytte et tal under {MINIMUM}.",
        MISSING: "Der er ingen befolkningstal for kvartalet.",
    }[figure.state]


def sort_key(figure: Figure) -> str:
    """The shown figure as a number, for sorting; empty where there is none."""
    value = figure.value if figure.state == SHOWN else figure.bound
    return "" if value is None else f"{value:.3f}"


def markers_of(report: Report, goal: str) -> tuple[list[tuple[float, str]], list[dict[str, str]]]:
    """Rule changes of a goal: places on the x axis with letters, and what the letters stand for."""
    days: dict[date, list[str]] = {}
    for change in report.rule_changes:
        if change.goal == goal:
            days.setdefault(change.first_day, []).append(texts.rule_change(change))
    places, notes = [], []
    for letter, (day, changes) in zip(LETTERS, sorted(days.items())):
        places.append((charts.position(report.months, day), letter))
        notes.append({"letter": letter, "text": f"{long_date(day)}: {'; '.join(changes)}."})
    return places, notes


def is_any_shown(figures: Iterable[Figure]) -> bool:
    return any(figure.state == SHOWN for figure in figures)


def gap_note(figures: Sequence[Figure]) -> str:
    """A sentence on months without a point; empty when there are none."""
    hidden = sum(figure.state in (FEW, LOW, HIGH, HIDDEN) for figure in figures)
    missing = sum(figure.state == MISSING for figure in figures)
    notes = []
    if hidden:
        months = "måned" if hidden == 1 else "måneder"
        notes.append(f"{hidden} {months} uden punkt er skjult: {FEW_TEXT}.")
    if missing:
        notes.append(f"{missing} {'måned' if missing == 1 else 'måneder'} mangler befolkningstal.")
    return " ".join(notes)


def scale_note(lines: charts.Lines | None, common: float) -> str:
    return "Egen skala: kurven går højere op end i de fleste kommuner." if lines and lines.top > common else ""


# --- Notes -----------------------------------------------------------------------------------------------------------


def notes(report: Report) -> list[str]:
    """What a reader has to know about the figures of every page."""
    found = [
        f"Tal under {MINIMUM} personer vises ikke. En andel, der hviler på så få, skrives som en grænse "
        f"(for eksempel “under{NO_BREAK}12,5{NO_BREAK}%”), eller skjules. Er ét tal skjult, kan et andet være det for at "
        "beskytte det, så det ikke kan regnes ud af summer, gennemsnit eller landstal.",
        "Andele er afrundet til én decimal. Personer bag et 12-måneders-gennemsnit er et gennemsnit pr. måned.",
    ]
    if not report.has_population:
        found.append("Leverancen har ingen befolkningstal, så målgruppernes andele af befolkningen er ikke med.")
    elif report.has_clusters:
        found.append(
            "Andele af befolkningen sammenlignes med kommunens klynge: det simple gennemsnit af klyngens kommuner, den selv "
            "medregnet. En kommune uden klynge og alle andre nøgletal sammenlignes med hele landet."
        )
    else:
        found.append("Leverancen har ingen klynger, så alle nøgletal sammenlignes med hele landet.")
    return found
