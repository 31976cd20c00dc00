"""Find the tables of a page and put each row's lines together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from askretail_ingest.lines import Cell, Line
from askretail_ingest.marks import ITEM, PART, UNIT, is_headline, is_marker
from askretail_ingest.pieces import Norm
from askretail_ingest.values import is_column_head, is_date_line, is_value, is_year, numeric_tail

LABELS = 5  # lines without figures that may stand between two rows
HEADS = 9  # lines of column heads above the first row
FOOT = 1.8  # heights of a label that its figures may stand below it
SAME_EDGE = 6.0  # points between the right ends of two rows of the same columns
LONG = 110  # characters that no label exceeds
_SIGN = re.compile(r"\(\w\)")
# What no label ends in: the next line goes on with it, whatever its type and however short it is.
_GOES_ON = re.compile(r"(?:;|\(|\b(?:of|and|or|to|for|from|by|with|on|in|the|at))$", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:,|\(|—|\b(?:of|and|or|to|for|in|on|the|from|by|with|at|a|an|net|as|per))$", re.IGNORECASE
)


@dataclass
class Row:
    """The lines of one row and, column by column, what stands in them."""

    lines: list[Line]
    head: bool = False

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Return each column's lines, left to right."""
        base = max(self.lines, key=lambda line: len(line.cells))
        columns: list[list[Cell]] = [[] for _ in base.cells]
        for line in self.lines:
            for cell in line.cells:
                columns[_column(cell, base.cells)].append(cell)
        return tuple(tuple(cell.text for cell in column) for column in columns)


def _column(cell: Cell, columns: Sequence[Cell]) -> int:
    def distance(index: int) -> tuple[float, float]:
        other = columns[index]
        overlap = min(cell.x1, other.x1) - max(cell.x0, other.x0)
        return (-overlap if overlap < 0 else 0.0, abs(cell.x0 - other.x0))

    return min(range(len(columns)), key=distance)


@dataclass
class Region:
    """The lines ``start:end`` of a page, which are one table."""

    start: int
    end: int
    rows: list[Row]


def find_tables(lines: Sequence[Line], norm: Norm) -> list[Region]:
    """Return the tables of a page from the top down."""
    flags = [_is_row(index, lines, norm) for index in range(len(lines))]
    regions: list[Region] = []
    for start, end in _spans(lines, flags, norm):
        top = _with_heads(start, lines, regions[-1].end if regions else 0, end, norm)
        regions.append(Region(top, end, _rows(lines[top:end], flags[top:end], start - top)))
    return regions


def _is_row(index: int, lines: Sequence[Line], norm: Norm) -> bool:
    line = lines[index]
    cells = line.cells
    if len(cells) > 1 and is_marker(cells[0].text):
        cells = cells[1:]
    if len(cells) < 2:
        return numeric_tail(line.text) >= 2 and len(line.text) < LONG and not _sentence(line)
    if (ITEM.match(line.text) or PART.match(line.text)) and not is_value(cells[-1].text):
        return len(cells) > 2
    if is_value(cells[-1].text):
        return True
    return not _justified(index, lines, norm)


def _sentence(line: Line) -> bool:
    return line.text.endswith((".", ";")) and not is_value(line.text.split()[-1])


def _justified(index: int, lines: Sequence[Line], norm: Norm) -> bool:
    """Return whether the gaps come from stretching a line of prose to the margins."""
    line = lines[index]
    near = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    return line.x1 > norm.right - 3 and any(
        len(other.cells) == 1 and abs(other.x0 - line.x0) < 3 and len(other.text) > LONG / 2
        for other in near
    )


def _spans(lines: Sequence[Line], flags: Sequence[bool], norm: Norm) -> list[tuple[int, int]]:
    """Return where rows follow each other, with the labels between and the wraps after them."""
    spans: list[list[int]] = []
    for index, flag in enumerate(flags):
        if not flag:
            continue
        if spans and _bridged(lines, spans[-1][1], index, norm):
            spans[-1][1] = index + 1
        else:
            spans.append([index, index + 1])
    found = []
    for start, end in spans:
        values = sum(is_value(cell.text) for line in lines[start:end] for cell in line.cells)
        if sum(flags[start:end]) < 2 and values < 2:
            continue
        while end < len(lines) and not flags[end] and _wraps_after(lines[end - 1], lines[end]):
            end += 1
        found.append((start, end))
    return found


def _bridged(lines: Sequence[Line], start: int, end: int, norm: Norm) -> bool:
    """Return whether only labels stand between two rows."""
    between = lines[start:end]
    figures = _figures_begin(lines[start - 1], lines[end])
    if len(between) > LABELS or any(
        _is_text(line, norm) and (line.x1 >= figures or is_headline(line.text)) for line in between
    ):
        return False
    chain = lines[start - 1 : end + 1]
    steps = [b.top - a.bottom for a, b in pairwise(chain)]
    return all(-3 * norm.size < step < 3.2 * norm.size for step in steps)


def _figures_begin(above: Line, below: Line) -> float:
    """Return where the figures of two rows begin that end in the same column, 0 for others.

    A line that ends before them is no prose but a label, however long it is.
    """
    values = [[c for c in line.cells if is_value(c.text)] for line in (above, below)]
    if min(map(len, values)) < 2 or abs(above.x1 - below.x1) > SAME_EDGE:
        return 0.0
    return min(row[0].x0 for row in values)


def _is_text(line: Line, norm: Norm) -> bool:
    """Return whether the line is prose or a headline and not the label of a row."""
    if is_headline(line.text):
        return True
    width = norm.right - norm.left
    wide = line.x1 - line.x0 > 0.72 * width
    return wide or len(line.text) > LONG or line.text.endswith((".", ";"))


def _wraps_after(row: Line, line: Line) -> bool:
    """Return whether a line goes on with a cell of the row above it."""
    if line.top - row.bottom > 0.45 * line.size or line.top < row.top:
        return False
    below = any(abs(cell.x0 - line.x0) < 3 for cell in row.cells[1:])
    lower = line.text[:1].islower() and len(line.text) < 60 and line.x0 >= row.x0 - 1
    return below or (lower and not line.text.endswith("."))


def _with_heads(start: int, lines: Sequence[Line], floor: int, end: int, norm: Norm) -> int:
    """Return the first line of the column heads above the row at ``start``."""
    left = min(line.x0 for line in lines[start:end])
    width = max(line.x1 for line in lines[start:end]) - left
    top = start
    while top > max(floor, start - HEADS):
        line = lines[top - 1]
        aside = line.x0 > left + 0.3 * width and len(line.text) < 60
        head = is_date_line(line.text) or (
            len(line.cells) > 1
            and len(line.text) < LONG
            and all(is_column_head(cell.text) or UNIT.fullmatch(cell.text) for cell in line.cells)
        )
        unit = bool(UNIT.fullmatch(line.text)) and len(line.text) < LONG
        near = abs(lines[start].top - line.bottom) < 6 * line.size
        centred = abs(line.x0 + line.x1 - norm.left - norm.right) < 0.1 * width
        ended = line.text.endswith((":", ".", ";"))
        stacked = _stacked(line, lines[top]) and top < start
        shared = any(other is not line and other.level_with(line) for other in lines[floor:start])
        column = (aside and not centred) or (len(line.text) < 60 and (stacked or shared))
        if is_headline(line.text) or ended or not near or not (unit or head or column):
            break
        top -= 1
    return top


def _stacked(upper: Line, lower: Line) -> bool:
    """Return whether one line stands right above another in the head of one column."""
    step = lower.top - upper.top
    apart = abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2
    single = len(upper.cells) == len(lower.cells) == 1
    narrow = len(upper.text) < 30 and len(lower.text) < 30
    return single and narrow and 0 < step < 1.4 * upper.size and apart < 12


def _rows(lines: Sequence[Line], flags: Sequence[bool], heads: int) -> list[Row]:
    """Return the rows of a region; its first ``heads`` lines are known column heads."""
    rows: list[Row] = []
    for line in lines[:heads]:
        if rows and _stacked(rows[-1].lines[-1], line) and not UNIT.search(rows[-1].lines[-1].text):
            rows[-1].lines.append(line)
        else:
            rows.append(Row([line], head=True))
    body = _assemble(lines[heads:], flags[heads:])
    for row, after in pairwise(body):
        if not (_is_head(row) or _names_columns(row, after)):
            break
        row.head = True
    return rows + body


def _names_columns(row: Row, after: Row) -> bool:
    """Return whether a row has words where the next one has figures, or is bold and it is not."""
    if len(row.cells) < 2 or _figures(row):
        return False
    loud = all(line.bold for line in row.lines) and not any(line.bold for line in after.lines)
    return len(after.cells) > 1 and (loud or bool(_figures(after)))


def _figures(row: Row) -> int:
    """Return how many cells after the first hold figures; notes' signs do not count."""
    texts = [_SIGN.sub("", " ".join(cell)) for cell in row.cells[1:]]
    return sum(any(c.isdigit() for c in text) or text in ("$", "—") for text in texts)


def _is_head(row: Row) -> bool:
    texts = [" ".join(cell) for cell in row.cells]
    if any(is_value(text) and not is_year(text) and any(map(str.isdigit, text)) for text in texts):
        return False
    rest = texts[1:] if len(texts) > 1 else texts
    return all(is_column_head(text) or UNIT.search(text) for text in rest)


def _assemble(lines: Sequence[Line], flags: Sequence[bool]) -> list[Row]:
    """Put wrapped labels and cells back into their rows."""
    pitches = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top]
    pitch = median(pitches) if pitches else 0.0
    edge = _label_edge(lines, flags)
    rows: list[Row] = []
    waiting: list[Line] = []  # labels that may wrap into the row below
    for line, flag in zip(lines, flags, strict=True):
        above = waiting[-1] if waiting else None
        last = rows[-1].lines[-1] if rows else None
        if flag or (above is not None and _only_values(line) and line.x0 > above.x1):
            joined = _wrapped(waiting, line, pitch, edge)
            rows += [Row([label]) for label in waiting[: len(waiting) - joined]]
            rows.append(Row([*waiting[len(waiting) - joined :], line]))
            waiting = []
        elif above is None and last is not None and _continues(last, line, pitch, rows[-1]):
            rows[-1].lines.append(line)
        else:
            waiting.append(line)
    return rows + [Row([label]) for label in waiting]


def _label_edge(lines: Sequence[Line], flags: Sequence[bool]) -> float:
    """Return where the labels' column ends: at its longest label, short of the figures."""
    rows = [line for line, flag in zip(lines, flags, strict=True) if flag]
    figures = min((line.cells[1].x0 for line in rows if len(line.cells) > 1), default=0.0)
    labels = [line.cells[0].x1 for line in lines if line.cells[0].x1 < figures]
    return max(labels, default=max((line.cells[0].x1 for line in rows), default=0.0))


def _only_values(line: Line) -> bool:
    return all(is_value(cell.text) for cell in line.cells)


def _wrapped(labels: Sequence[Line], row: Line, pitch: float, edge: float) -> int:
    """Return how many of the labels above a row are the first lines of its label."""
    count, below = 0, row
    for label in reversed(labels):
        if not _wraps_into(label, below, pitch, edge):
            break
        count, below = count + 1, label
    return count


def _wraps_into(label: Line, below: Line, pitch: float, edge: float) -> bool:
    first = below.cells[0]
    if _only_values(below):
        # centred beside a label of two lines, or at the foot of a cell with room to spare
        years = all(is_year(cell.text) for cell in below.cells)
        aside = len(below.cells) > 1 and below.x0 > label.x1
        low = aside and not years and not label.text.endswith(":")
        return below.top - label.top < (FOOT if low else 0.7) * label.size
    if label.text.endswith(":") or below.x0 < label.x0 - 2:
        return False
    if _GOES_ON.search(label.text):
        return True
    if label.bold != below.bold:
        return False
    word = (first.text.split() or [""])[0]
    letter = (first.x1 - first.x0) / max(len(first.text), 1)
    if label.x1 + (len(word) + 1) * letter < edge - 2 and not first.text[:1].islower():
        return False  # the next word would have fitted on the label's line
    tight = below.top - label.top < 0.88 * pitch
    flush = below.x0 - label.x0 < 2  # an indented row may be one of several under the label
    return tight or flush or first.text[:1].islower() or bool(_OPEN_END.search(label.text))


def _continues(last: Line, line: Line, pitch: float, row: Row) -> bool:
    """Return whether a line without figures goes on with a cell of the row above it."""
    if line.text.endswith(":") or line.top - last.bottom > 0.6 * line.size:
        return False
    base = max(row.lines, key=lambda each: len(each.cells))
    if any(abs(cell.x0 - line.x0) < 3 for cell in base.cells[1:]):
        return True
    return line.x0 >= base.x0 - 1 and (
        line.text[:1].islower() or (line.bold == last.bold and line.top - last.top < 0.8 * pitch)
    )
