"""Measure what is usual in a document: the body's size, pitch, margins and face."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from askretail_ingest.lines import Line, Sheet
from askretail_ingest.pieces import Norm

SAMPLES = 4  # steps between lines that show how a page is set
PROSE = 60  # characters that make a line count as prose


def measure(sheets: Sequence[Sheet]) -> Norm:
    """Return the document's norms, taken from its lines of prose."""
    prose = [line for sheet in sheets for line in sheet.lines if _is_prose(line)]
    prose = prose or [line for sheet in sheets for line in sheet.lines]
    size = _mode((line.size for line in prose), 0.5, 10.0)
    pitches = (
        below.top - above.top
        for sheet in sheets
        for above, below in pairwise(sheet.lines)
        if _is_prose(above) and 0 < below.top - above.top < 2.2 * size
    )
    return Norm(
        size=size,
        pitch=_mode(pitches, 0.5, 1.2 * size),
        left=_mode((line.x0 for line in prose), 2, 0.0),
        right=_mode((line.x1 for line in prose), 10, 500.0),
        face=Counter(line.face for line in prose).most_common(1)[0][0] if prose else "",
    )


def local(norm: Norm, lines: Sequence[Line]) -> Norm:
    """Return the norms with the pitch of one page, where it has prose of its own."""
    steps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if _is_prose(above)
        and abs(above.size - norm.size) < 0.5
        and 0 < below.top - above.top < 2.2 * norm.size
    ]
    pitch = _mode(steps, 0.5, norm.pitch)
    enough = sum(abs(step - pitch) < 0.5 for step in steps) >= SAMPLES
    return replace(norm, pitch=pitch) if enough else norm


def emphasise(sheets: Sequence[Sheet], norm: Norm) -> list[Sheet]:
    """Take another face for bold where font names do not tell ("F1", "F2")."""
    lines = [line for sheet in sheets for line in sheet.lines]
    if any(line.bold for line in lines) or not norm.face:
        return list(sheets)
    return [
        replace(sheet, lines=tuple(_bold_if_other(line, norm) for line in sheet.lines))
        for sheet in sheets
    ]


def _bold_if_other(line: Line, norm: Norm) -> Line:
    other = bool(line.face) and line.face != norm.face and not line.italic
    return replace(line, bold=True) if other else line


def _is_prose(line: Line) -> bool:
    return len(line.cells) == 1 and len(line.text) >= PROSE


def _mode(values: Iterable[float], step: float, default: float) -> float:
    counts = Counter(round(value / step) for value in values)
    return counts.most_common(1)[0][0] * step if counts else default
