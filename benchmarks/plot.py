"""Lines on two logarithmic scales, as SVG that needs nothing else."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

Point = tuple[float, float]

WIDTH: Final = 860
HEIGHT: Final = 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 250, 44, 52
_COLOURS: Final = (
    "#0b6e4f",
    "#08a045",
    "#6bbf59",
    "#c8553d",
    "#005f99",
    "#4f9dd0",
    "#222222",
    "#b8860b",
    "#8e44ad",
    "#d35d90",
    "#7f8c8d",
    "#a0522d",
    "#2aa198",
)
_OURS: Final = "tandem"
"""Lines whose names begin so are thick and whole, the others thin and broken."""


def draw(lines: Mapping[str, Sequence[Point]], *, title: str, x_name: str, y_name: str) -> str:
    """Return a chart with a line for each name; coordinates are above 0."""
    points = [point for line in lines.values() for point in line]
    frame = _Frame(points)
    body = [
        *_axes(frame, title=title, x_name=x_name, y_name=y_name),
        *(
            part
            for number, (name, line) in enumerate(lines.items())
            for part in _line(frame, sorted(line), number=number, name=name)
        ),
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(title)}" font-family="sans-serif" font-size="13">'
    )
    return "\n".join(
        [head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', *body, "</svg>", ""]
    )


class _Frame:
    """Where values lie on the page."""

    def __init__(self, points: Sequence[Point]) -> None:
        xs, ys = zip(*points, strict=True) if points else ((1.0, 10.0), (1.0, 10.0))
        self.xs, self.ys = _decades(xs), _decades(ys)

    def x(self, value: float) -> float:
        return round(_LEFT + _share(value, self.xs) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - _BOTTOM - _share(value, self.ys) * (HEIGHT - _TOP - _BOTTOM), 1)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low = math.floor(math.log10(min(values)))
    return low, max(math.ceil(math.log10(max(values))), low + 1)


def _share(value: float, decades: tuple[int, int]) -> float:
    return (math.log10(value) - decades[0]) / (decades[1] - decades[0])


def _axes(frame: _Frame, *, title: str, x_name: str, y_name: str) -> Iterator[str]:
    left, right = frame.x(10.0 ** frame.xs[0]), frame.x(10.0 ** frame.xs[1])
    top, bottom = frame.y(10.0 ** frame.ys[1]), frame.y(10.0 ** frame.ys[0])
    yield f'<text x="{left}" y="22" font-size="16">{escape(title)}</text>'
    for decade in range(frame.xs[0], frame.xs[1] + 1):
        x = frame.x(10.0**decade)
        yield f'<path d="M{x} {top}V{bottom}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{_tick(decade)}</text>'
    for decade in range(frame.ys[0], frame.ys[1] + 1):
        y = frame.y(10.0**decade)
        yield f'<path d="M{left} {y}H{right}" stroke="#ddd"/>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{_tick(decade)}</text>'
    middle = (left + right) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(x_name)}</text>'
    across = (top + bottom) / 2
    yield (
        f'<text x="16" y="{across}" text-anchor="middle"'
        f' transform="rotate(-90 16 {across})">{escape(y_name)}</text>'
    )


def _tick(decade: int) -> str:
    return f"{10**decade:,}" if decade >= 0 else f"{10.0**decade:.{-decade}f}"


def _line(frame: _Frame, line: Sequence[Point], *, number: int, name: str) -> Iterator[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    pen = (
        'stroke-width="3"'
        if name.startswith(_OURS)
        else 'stroke-width="1.5" stroke-dasharray="6 3"'
    )
    style = f'stroke="{colour}" {pen}'
    path = "L".join(f"{frame.x(x)} {frame.y(y)}" for x, y in line)
    yield f'<path d="M{path}" fill="none" {style}/>'
    for x, y in line:
        yield f'<circle cx="{frame.x(x)}" cy="{frame.y(y)}" r="3" fill="{colour}"/>'
    key = _TOP + 12 + 20 * number
    start = WIDTH - _RIGHT + 14
    yield f'<path d="M{start} {key}h26" {style}/>'
    yield f'<text x="{start + 34}" y="{key + 4}">{escape(name)}</text>'
