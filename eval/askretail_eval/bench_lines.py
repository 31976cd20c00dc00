"""Lines over sizes as SVG: both axes by powers of ten, black on white for any theme."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 760, 380  # pixels
LEFT, RIGHT, TOP, BOTTOM = 60, 210, 40, 40
COLOURS = ("#1d5c4d", "#c0392b", "#2c5aa0", "#b8860b", "#6b4c9a")
NAME_STEP = 16  # between names at the ends of lines, so that none covers another

Points = Sequence[tuple[float, float]]


def lines(title: str, series: Mapping[str, Points]) -> str:
    """Return a line for each name; every value must be above 0."""
    xs = _powers([x for points in series.values() for x, _ in points])
    ys = _powers([y for points in series.values() for _, y in points])
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="8" y="18" font-weight="bold">{escape(title)}</text>',
    ]
    for power in range(xs[0], xs[1] + 1):
        x = _x(10**power, xs)
        drawn += [_rule(x, TOP, x, HEIGHT - BOTTOM), _text(x, HEIGHT - 16, 10**power, "middle")]
    for power in range(ys[0], ys[1] + 1):
        y = _y(10**power, ys)
        drawn += [_rule(LEFT, y, WIDTH - RIGHT, y), _text(LEFT - 8, y + 4, 10**power, "end")]
    taken: list[float] = []
    for number, (name, points) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = " ".join(f"{_x(x, xs):.1f},{_y(y, ys):.1f}" for x, y in points)
        drawn.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        end = _free(_y(points[-1][1], ys) + 4, taken)
        drawn.append(
            f'<text x="{WIDTH - RIGHT + 8}" y="{end:.1f}" fill="{colour}">'
            f"{escape(name)}: {points[-1][1]:,.0f}</text>"
        )
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten that hold the values between them, two different ones."""
    low = floor(log10(min(values)))
    return low, max(ceil(log10(max(values))), low + 1)


def _x(value: float, powers: tuple[int, int]) -> float:
    share = (log10(value) - powers[0]) / (powers[1] - powers[0])
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(value: float, powers: tuple[int, int]) -> float:
    share = (log10(value) - powers[0]) / (powers[1] - powers[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, value: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#555">{value:,.7g}</text>'


def _free(y: float, taken: list[float]) -> float:
    """Return the place nearest below or at ``y`` where no name stands yet, and take it."""
    while any(abs(y - other) < NAME_STEP for other in taken):
        y += 1
    taken.append(y)
    return y
