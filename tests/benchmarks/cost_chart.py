"""What a night costs against the size of the archive, drawn as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from dedupe_figures import MOST_NEAR_RATIO, MOST_STAGE_RATIO, DedupeReport, Spread

_WIDTH, _HEIGHT = 860, 400
_PANEL_WIDTH, _PANEL_HEIGHT, _TOP = 330, 220, 104
_LEFTS = (64, 490)
_STEPS = (1, 2, 5)
_STYLE = """
    text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2933; }
    .title { font-size: 17px; font-weight: 600; }
    .panel { font-size: 14px; font-weight: 600; }
    .quiet { fill: #616e7c; font-size: 12px; }
    .grid { stroke: #e4e7eb; stroke-width: 1; }
    .axis { stroke: #9aa5b1; stroke-width: 1; }
    .limit { stroke: #9aa5b1; stroke-width: 1.5; stroke-dasharray: 5 4; }
    .limit-text { fill: #616e7c; font-size: 12px; }
    .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
    .spread { stroke-width: 1.5; }
    .value { font-weight: 600; text-anchor: middle; }
"""


def write_chart(path: Path, report: DedupeReport) -> None:
    """Write the chart of the nights of a report to `path`.

    Two panels, both from zero: CPU seconds of the whole stage and of the near search, medians of the rounds with their
    least and most, and a dashed line at what the cost against the largest archive may be.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_svg(report)) + "\n", encoding="utf-8")


def _svg(report: DedupeReport) -> Iterator[str]:
    sizes = sorted(report.nights or {})
    rounds = len((report.nights or {})[sizes[0]])
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" role="img" aria-labelledby="title described">'
    )
    title = "What recognising repeats costs a night, against the size of the archive"
    under = (
        f"CPU seconds for {report.night_articles:,} articles; the last 30 nights are the same in every archive; "
        + (f"median of {rounds} rounds, bars from least to most" if rounds > 1 else "one round")
    )
    yield f'<title id="title">{title}</title><desc id="described">{under}</desc><style>{_STYLE}</style>'
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    yield f'<text class="title" x="24" y="34">{title}</text><text class="quiet" x="24" y="56">{under}</text>'
    panels = (
        ("Whole stage", "cpu_seconds", MOST_STAGE_RATIO, "#0b69a3"),
        ("Search for near texts alone", "near_cpu_seconds", MOST_NEAR_RATIO, "#b44d12"),
    )
    for left, (name, key, limit, colour) in zip(_LEFTS, panels, strict=True):
        points = [(size, report.of_night(size, key)) for size in sizes]
        measured = [(size, found) for size, found in points if found is not None]
        yield f'<text class="panel" x="{left - 40}" y="{_TOP - 18}">{name}</text>'
        if len(measured) == len(points):
            yield from _panel(left, measured, limit, colour)
        else:
            yield f'<text class="quiet" x="{left}" y="{_TOP + 40}">not measured</text>'
    yield "</svg>"


def _panel(left: int, points: list[tuple[int, Spread]], limit: float, colour: str) -> Iterator[str]:
    largest = points[-1][0]
    bound = points[0][1].median * limit
    step = _step(max(bound, *(found.most for _, found in points)) * 1.12)
    top = step * -(-max(bound, *(found.most for _, found in points)) * 1.12 // step)

    def x(size: float) -> float:
        return left + _PANEL_WIDTH * size / largest

    def y(seconds: float) -> float:
        return _TOP + _PANEL_HEIGHT * (1 - seconds / top)

    right, floor = left + _PANEL_WIDTH, _TOP + _PANEL_HEIGHT
    for number in range(round(top / step) + 1):
        level = y(number * step)
        yield f'<line class="grid" x1="{left}" x2="{right}" y1="{level:.1f}" y2="{level:.1f}"/>'
        yield f'<text class="quiet" x="{left - 8}" y="{level + 4:.1f}" text-anchor="end">{number * step:g} s</text>'
    yield f'<line class="axis" x1="{left}" x2="{right}" y1="{floor}" y2="{floor}"/>'
    yield f'<line class="limit" x1="{left}" x2="{right}" y1="{y(bound):.1f}" y2="{y(bound):.1f}"/>'
    words = escape(f"bound: {limit:g} times the smallest")
    yield f'<text class="limit-text" x="{left + 6}" y="{y(bound) - 6:.1f}">{words}</text>'
    line = " ".join(f"{x(size):.1f},{y(found.median):.1f}" for size, found in points)
    yield f'<polyline class="line" stroke="{colour}" points="{line}"/>'
    for size, found in points:
        at = x(size)
        yield (
            f'<line class="spread" stroke="{colour}" x1="{at:.1f}" x2="{at:.1f}" y1="{y(found.least):.1f}" '
            f'y2="{y(found.most):.1f}"/>'
        )
        yield f'<circle cx="{at:.1f}" cy="{y(found.median):.1f}" r="4" fill="{colour}"/>'
        yield f'<text class="value" x="{at:.1f}" y="{y(found.least) + 20:.1f}">{found.median:.3g}</text>'
        yield f'<text class="quiet" x="{at:.1f}" y="{floor + 20}" text-anchor="middle">{_short(size)}</text>'
    middle = left + _PANEL_WIDTH / 2
    yield f'<text class="quiet" x="{middle}" y="{floor + 42}" text-anchor="middle">articles archived</text>'


def _step(top: float) -> float:
    """A round number of which four to eight reach `top`."""
    unit = 10.0**-6
    while True:
        for factor in _STEPS:
            if top / (factor * unit) <= 6:
                return factor * unit
        unit *= 10


def _short(count: int) -> str:
    return f"{count / 1_000_000:g} M" if count >= 1_000_000 else f"{count / 1_000:g} k"
