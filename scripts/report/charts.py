"""The charts, as inline SVG.

Line charts come in two sizes. The Vega-Lite layers of each are put together with Altair and compiled once (`templates`);
a chart then only swaps its data in. Lines, points and grid are drawn by Vega; axes and words are set here, because
letting Vega measure words takes four fifths of the time of a report, and none of them needs to be measured. Coordinates
come from the rounded figures of disclosure.py, so a chart says no more than its table.

Axes: x is the index of the month shown (0 is the first), y a share of 1, drawn as a part of the axis (`Lines.top`). Sizes
are in pixels at natural size; on the page a chart fills the width it is given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from scripts.report.danish import NO_BREAK, SHORT_MONTHS, number, short_month

OWN, OTHER, LIMIT, FAINT = "#0b4f8a", "#6b6f76", "#b3261e", "#9dbfdc"
MET, MET_AREA = "#2f7d4f", "#e6f1ea"
MUTED, GRID, AXIS = "#565d66", "#e3e6ea", "#9aa1a9"
LABEL_GAP = 27  # pixels from one end label to the next: a label has two lines
TICKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True)
class Size:
    """Plot size and the room around it for axes and labels, in pixels."""

    width: int
    height: int
    left: int = 38
    right: int = 104
    top: int = 20
    bottom: int = 24

    @property
    def box(self) -> tuple[int, int]:
        """Width and height with the room around the plot."""
        return self.left + self.width + self.right, self.top + self.height + self.bottom


GOAL_SIZE = Size(300, 190)
INDICATOR_SIZE = Size(218, 118)
MAP_SIZE = Size(380, 330, left=50, right=20, top=22, bottom=46)


@dataclass
class Lines:
    """What a line chart shows. Values have three decimals; None is a month that is not shown.

    own_text, other_text: the last value of each line as it is written.
    top: the share at the end of the y axis, at or above all values. markers: (position on the x axis, letter) of rule
    changes. limits: the limit month by month.
    """

    months: tuple[date, ...]
    own: Sequence[float | None]
    own_name: str
    own_text: str
    other: Sequence[float | None]
    other_name: str
    other_text: str
    top: float
    monthly: Sequence[float] | None = None
    limits: Sequence[float | None] = ()
    markers: Sequence[tuple[float, str]] = ()


@dataclass
class Point:
    """A municipality on the overview chart: its two shares, and how it is drawn."""

    x: float
    y: float
    kind: str
    label: str = ""


# --- Axes ------------------------------------------------------------------------------------------------------------


def top_of(values: Sequence[float]) -> float:
    """The end of an axis from 0 that holds the values, at a tick."""
    highest = max(values, default=0.1) or 0.1
    fitting = (step * count for step in TICKS for count in (2, 3, 4) if step * count >= min(1.0, highest * 1.02) - 1e-9)
    return min(1.0, min(round(top, 6) for top in fitting))


def tick_step(top: float) -> float:
    """The distance of ticks that divides the axis into two to four parts."""
    return next(step for step in TICKS if any(abs(step * count - top) < 1e-6 for count in (4, 3, 2, 1)))


def ticks(top: float) -> list[float]:
    """Tick positions from 0 to the top."""
    step = tick_step(top)
    return [round(step * index, 6) for index in range(int(top / step + 1e-6) + 1)]


def tick_texts(values: Sequence[float]) -> list[str]:
    """Ticks as percentages, with a decimal only when one needs it."""
    decimals = 1 if any(round(value * 1000) % 10 for value in values) else 0
    return [f"{number(value * 100, decimals)}{NO_BREAK}%" for value in values]


def _month_texts(months: Sequence[date]) -> dict[int, str]:
    """Labels of the x axis at each January and July, with the year at January."""
    texts = {}
    for index, month in enumerate(months):
        if month.month == 1:
            texts[index] = f"{SHORT_MONTHS[0]} {month.year}"
        elif month.month == 7:
            texts[index] = "juli"
    return texts or {0: short_month(months[0])}


def position(months: Sequence[date], day: date) -> float:
    """The place of a day on the x axis: a month's figure stands at its first day."""
    first = months[0]
    return (day.year - first.year) * 12 + day.month - first.month + (day.day - 1) / 31


# --- Line charts -----------------------------------------------------------------------------------------------------


@cache
def templates(months: tuple[date, ...]) -> dict[Size, str]:
    """The Vega specification of each size of line chart, without data, as JSON."""
    import vl_convert

    return {
        size: json.dumps(vl_convert.vegalite_to_vega(_configured(_line_layers(size, months)).to_dict()))
        for size in (GOAL_SIZE, INDICATOR_SIZE)
    }


def _line_layers(size: Size, months: tuple[date, ...]) -> Any:
    """The Altair layers of a line chart; its data sets are those of `_chart_data`."""
    import altair as alt

    x = alt.X("x:Q", scale=alt.Scale(domain=[0, max(1, len(months) - 1)], nice=False, zero=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    colours = alt.Scale(domain=["own", "other"], range=[OWN, OTHER])
    colour = alt.Color("s:N", scale=colours, legend=None)
    width = alt.StrokeWidth("s:N", scale=alt.Scale(domain=["own", "other"], range=[2.6, 1.6]), legend=None)

    def layer(name: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(name))

    return alt.layer(
        layer("grid").mark_rule(color=GRID).encode(y=y),
        layer("markers").mark_rule(color=MUTED, strokeDash=[1, 3]).encode(x=x),
        layer("limits")
        .mark_line(interpolate="step-after", color=LIMIT, strokeWidth=1.5, strokeDash=[6, 3])
        .encode(x=x, y=y),
        layer("monthly").mark_point(size=14, filled=True, color=FAINT, opacity=1).encode(x=x, y=y),
        layer("lines")
        .mark_line(strokeJoin="round", strokeCap="round", invalid="break-paths-show-path-domains")
        .encode(x=x, y=y, color=colour, strokeWidth=width),
        layer("dots").mark_point(size=34, filled=True, opacity=1).encode(x=x, y=y, color=colour),
    ).properties(width=size.width, height=size.height)


def _configured(chart: Any) -> Any:
    return (
        chart.configure(background="transparent", padding=0).configure_view(stroke=None).configure_axis(gridColor=GRID)
    )


def line_chart(specification: str, size: Size, lines: Lines, label: str) -> Markup:
    """A line chart as SVG; specification: that of `templates` for the size, label: its text alternative."""
    import vl_convert

    vega = json.loads(specification)
    heights = [
        [None if value is None else _height(value, lines) for value in values] for values in (lines.own, lines.other)
    ]
    values = _chart_data(lines, *heights)
    for data in vega["data"]:
        if data["name"] in values:
            data["values"] = values[data["name"]]
    return _picture(_drawing(vl_convert.vega_to_svg(vega)), size, _texts(lines, size, *heights), label)


def _height(share: float, lines: Lines) -> float:
    """A share as a part of the y axis."""
    return min(1.0, share / lines.top)


def _chart_data(lines: Lines, own: list[float | None], other: list[float | None]) -> dict[str, list[dict]]:
    """The rows of each data set. own, other: the lines as parts of the y axis."""
    # The comparison is one line, also across a month that is not shown; an own month that is not shown is a gap.
    rows = [{"x": x, "y": y, "s": "other"} for x, y in enumerate(other) if y is not None]
    rows += [{"x": x, "y": y, "s": "own"} for x, y in enumerate(own)]
    known = {x for x, y in enumerate(own) if y is not None}
    dots = [{"x": x, "y": other[x], "s": "other"} for x in _last(other)]
    dots += [{"x": x, "y": own[x], "s": "own"} for x in sorted(known) if x in _last(own) or not known & {x - 1, x + 1}]
    return {
        "grid": [{"y": _height(step, lines)} for step in ticks(lines.top)],
        "lines": rows,
        "dots": dots,
        "monthly": [{"x": x, "y": _height(share, lines)} for x, share in enumerate(lines.monthly or [])],
        "limits": [{"x": x, "y": _height(limit, lines)} for x, limit in enumerate(lines.limits) if limit is not None],
        "markers": [{"x": x} for x, _ in lines.markers],
    }


def _last(values: Sequence[float | None]) -> list[int]:
    """The place of the last value, or nothing."""
    return [x for x, value in enumerate(values) if value is not None][-1:]


def _texts(lines: Lines, size: Size, own: list[float | None], other: list[float | None]) -> str:
    """All words of a line chart, and its x axis."""
    step = size.width / max(1, len(lines.months) - 1)
    values = ticks(lines.top)
    words = [
        _text(-6, (1 - _height(value, lines)) * size.height + 4, text, "axis end")
        for value, text in zip(values, tick_texts(values))
    ]
    months = _month_texts(lines.months)
    words += [_text(x * step, size.height + 17, text, "axis middle") for x, text in months.items()]
    marks = "".join(f"M{x * step:.1f},{size.height}v4" for x in months)
    words.append(f'<path d="M0,{size.height}h{size.width}{marks}" stroke="{AXIS}"/>')
    words += [
        _text(x, -6, letter, "letter middle")
        for x, letter in _apart([(x * step, letter) for x, letter in lines.markers])
    ]
    for x, limit in _limit_starts(lines.limits):
        height = (1 - _height(limit, lines)) * size.height - 6
        words.append(_text(x * step + 3, height, f"grænse {limit_text(limit)}", "limit"))
    return "".join(words + _end_labels(lines, size, own, other))


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{style}">{escape(text)}</text>'


def limit_text(limit: float) -> str:
    """A limit in percent, with a decimal only when it has one."""
    return f"{number(limit * 100, 0 if round(limit * 1000) % 10 == 0 else 1)}{NO_BREAK}%"


def _limit_starts(limits: Sequence[float | None]) -> list[tuple[int, float]]:
    """Where each stretch of one limit starts that is long enough to carry a label, and the limit."""
    starts = []
    start = 0
    for x in range(1, len(limits) + 1):
        if x == len(limits) or limits[x] != limits[start]:
            if limits[start] is not None and (x - start >= 6 or x - start == len(limits)):
                starts.append((start, limits[start]))
            start = x
    return starts


def _apart(markers: Sequence[tuple[float, str]], gap: float = 13) -> list[tuple[float, str]]:
    """Letters moved to the right where they would touch; places in pixels."""
    placed: list[tuple[float, str]] = []
    for x, letter in markers:
        placed.append((max(x, placed[-1][0] + gap) if placed else x, letter))
    return placed


def _end_labels(lines: Lines, size: Size, own: list[float | None], other: list[float | None]) -> list[str]:
    """Value and name at the end of both lines, moved apart so that they do not cover each other."""
    ends = []
    named = ((own, lines.own_text, lines.own_name, "own"), (other, lines.other_text, lines.other_name, "other"))
    for heights, text, name, style in named:
        for x in _last(heights):
            late = short_month(lines.months[x]) if x < len(heights) - 1 else ""
            ends.append([(1 - heights[x]) * size.height, text, late, name, style])
    ends.sort(key=lambda end: end[0])
    if len(ends) == 2 and ends[1][0] - ends[0][0] < LABEL_GAP:
        middle = (ends[0][0] + ends[1][0]) / 2
        ends[0][0], ends[1][0] = middle - LABEL_GAP / 2, middle + LABEL_GAP / 2
    if ends:
        shift = min(0.0, size.height - 8 - ends[-1][0]) or max(0.0, 4 - ends[0][0])
        for end in ends:
            end[0] += shift
    x = size.width + 8
    labels = []
    for y, value, late, name, style in ends:
        value_text = escape(value) + (Markup('<tspan class="late" dx="3">{}</tspan>').format(late) if late else "")
        labels.append(_text(x, y + 1, value_text, f"{style} value") + _text(x, y + 14, name, style))
    return labels


# --- Overview chart --------------------------------------------------------------------------------------------------


def overview_chart(points: Sequence[Point], limits: tuple[float, float], names: tuple[str, str], label: str) -> Markup:
    """Municipalities by their two shares, with both limits. names: what the axes show; label: the text alternative."""
    import altair as alt
    import vl_convert

    tops = _map_tops(points, limits)
    x, y = (
        channel(
            field,
            scale=alt.Scale(domain=[0, top], nice=False),
            axis=alt.Axis(title=None, values=ticks(top), labels=False, domain=False, ticks=False),
        )
        for channel, field, top in ((alt.X, "x:Q", tops[0]), (alt.Y, "y:Q", tops[1]))
    )

    def layer(rows: list[dict]) -> alt.Chart:
        return alt.Chart(alt.InlineData(rows))

    rule = {"color": LIMIT, "strokeDash": [6, 3], "strokeWidth": 1.5}
    kinds = ["met", "missed"]
    chart = alt.layer(
        layer([{"x": 0, "y": 0, "x2": limits[0], "y2": limits[1]}])
        .mark_rect(color=MET_AREA, opacity=1)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        layer([{"x": limits[0]}]).mark_rule(**rule).encode(x=x),
        layer([{"y": limits[1]}]).mark_rule(**rule).encode(y=y),
        layer([{"x": point.x, "y": point.y, "k": point.kind} for point in points])
        .mark_point(size=46, filled=True, opacity=0.85, stroke="white", strokeWidth=0.7)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("k:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=None),
            color=alt.Color("k:N", scale=alt.Scale(domain=kinds, range=[MET, LIMIT]), legend=None),
        ),
    ).properties(width=MAP_SIZE.width, height=MAP_SIZE.height)
    svg = vl_convert.vegalite_to_svg(_configured(chart).to_dict())
    return _picture(_drawing(svg), MAP_SIZE, _map_texts(points, limits, tops, names), label)


def _map_texts(
    points: Sequence[Point], limits: tuple[float, float], tops: tuple[float, float], names: tuple[str, str]
) -> str:
    """All words of the overview chart."""
    width, height = MAP_SIZE.width, MAP_SIZE.height
    words = []
    for value, text in zip(ticks(tops[0]), tick_texts(ticks(tops[0]))):
        words.append(_text(value / tops[0] * width, height + 17, text, "axis middle"))
    for value, text in zip(ticks(tops[1]), tick_texts(ticks(tops[1]))):
        words.append(_text(-6, (1 - value / tops[1]) * height + 4, text, "axis end"))
    words.append(_text(width / 2, height + 38, names[0], "title middle"))
    words.append(
        f'<text transform="translate({-MAP_SIZE.left + 12},{height / 2}) rotate(-90)" class="title middle">'
        f"{escape(names[1])}</text>"
    )
    words.append(_text(limits[0] / tops[0] * width, -6, f"grænse {limit_text(limits[0])}", "limit middle"))
    words.append(_text(4, (1 - limits[1] / tops[1]) * height - 6, f"grænse {limit_text(limits[1])}", "limit"))
    for point in points:
        if point.label:
            words.append(
                _text(point.x / tops[0] * width + 8, (1 - point.y / tops[1]) * height + 4, point.label, "name")
            )
    return "".join(words)


def keep_outer_labels(points: Sequence[Point], limits: tuple[float, float], most: int = 6) -> None:
    """Keep the names of the points farthest beyond the limits, as many as have room; the others lose theirs."""
    x_top, y_top = _map_tops(points, limits)

    def place(x: float, y: float) -> tuple[float, float]:
        return x / x_top * MAP_SIZE.width, y / y_top * MAP_SIZE.height

    taken: list[tuple[float, float, float]] = []
    edge = place(*limits)
    for point in sorted(points, key=lambda point: -max(point.x / limits[0], point.y / limits[1])):
        x, y = place(point.x, point.y)
        end = x + 12 + 6.8 * len(point.label)
        others = [place(other.x, other.y) for other in points if other is not point]
        crowded = (
            (x <= edge[0] and y <= edge[1])
            or any(abs(y - other_y) < 14 and x < other_end and end > other_x for other_x, other_end, other_y in taken)
            or any(x < other_x < end and abs(other_y - y) < 9 for other_x, other_y in others)
            or x < edge[0] < end
            or abs(y - edge[1]) < 9
            or end > MAP_SIZE.width + MAP_SIZE.right
        )
        if len(taken) == most or crowded:
            point.label = ""
        else:
            taken.append((x, end, y))


def _map_tops(points: Sequence[Point], limits: tuple[float, float]) -> tuple[float, float]:
    """The ends of both axes of the overview chart."""
    return (
        top_of([point.x for point in points] + [limits[0] * 1.2]),
        top_of([point.y for point in points] + [limits[1] * 1.2]),
    )


# --- SVG -------------------------------------------------------------------------------------------------------------

NOISE = re.compile(
    r' (?:aria-[a-z]+|role|pointer-events|class|stroke-miterlimit|opacity="1")(?:="[^"]*")?'
    r'|<path [^>]*d="(?:M0,0h0v0h0Z)?"[^>]*/>|<g[^>]*></g>|<g[^>]*/>'
)


def _drawing(svg: str) -> str:
    """What Vega drew, from the plot's upper left corner, without what only its own tools read."""
    start = svg.index('<g class="mark-group role-frame root"')
    slim = svg[start : svg.rindex("</g></svg>")]
    while (slimmer := NOISE.sub("", slim)) != slim:
        slim = slimmer
    return slim


def _picture(drawing: str, size: Size, texts: str, label: str) -> Markup:
    """A drawing with its words, in a view box with room for axes and labels."""
    width, height = size.box
    return Markup(
        f'<svg viewBox="{-size.left} {-size.top} {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}" fill="none" xmlns="http://www.w3.org/2000/svg">{drawing}{texts}</svg>'
    )


def sparkline(own: Sequence[float | None], other: Sequence[float | None], width: int = 84, height: int = 22) -> Markup:
    """A small line of whole numbers without axes: own in colour, comparison in grey; empty without two own months."""
    values = [value for value in (*own, *other) if value is not None]
    if sum(value is not None for value in own) < 2:
        return Markup("")
    low, high = min(values), max(values)
    spread = (high - low) or 1
    steps = max(1, len(own) - 1)

    def point(x: int, value: float) -> str:
        return f"{2 + x * (width - 6) / steps:.1f},{2 + (high - value) * (height - 4) / spread:.1f}"

    def path(series: Sequence[float | None], bridged: bool) -> str:
        text, pen_up = "", True
        for x, value in enumerate(series):
            if value is None:
                pen_up = pen_up or not bridged
                continue
            text += ("M" if pen_up else "L") + point(x, value)
            pen_up = False
        return text

    last = max(x for x, value in enumerate(own) if value is not None)
    x, y = point(last, own[last]).split(",")
    return Markup(
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<path d="{path(other, True)}" fill="none" stroke="{OTHER}" stroke-width="1"/>'
        f'<path d="{path(own, False)}" fill="none" stroke="{OWN}" stroke-width="1.8"/>'
        f'<circle cx="{x}" cy="{y}" r="2.4" fill="{OWN}"/></svg>'
    )
