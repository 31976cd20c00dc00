"""A sheet of cells to titles, tables and notes, whatever program wrote it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from askretail_ingest.assemble import Assembly
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.values import is_value, is_year

MAX_CELLS = 2_000_000  # filled ones in a file; the largest sheets that people read have thousands
_HEADER_ROWS = 3  # more rows without figures are data
_HEAD_CHARS = 80
_TITLE_CHARS = 120
_NOTE = re.compile(r"\(?(?:\*+|[†‡]|\d{1,2}\)|[a-z]\)|notes?\b|sources?\b|see\b)", re.IGNORECASE)
_UNIT = re.compile(r"\(?[^()]{0,60}\bin (?:U\.?S\.? )?(?:millions|thousands|billions)\b.*", re.I)
_SECTION_LEVEL = 2  # the sheet's own name is level 1


class Row(NamedTuple):
    """The printed cells of one row from the first column on, and its number in the file."""

    number: int
    cells: Sequence[str]
    merged: Sequence[range] = ()  # places in cells that belong to the cell on their left

    def continues(self, at: int) -> bool:
        """True for a place that is part of the cell on its left."""
        return any(at in span for span in self.merged)


class Part(NamedTuple):
    """Rows without a gap between them: those columns of a block that belong together."""

    first: int  # the column that its leftmost cells stand in, from 0
    rows: list[Row]


class Budget:
    """How many filled cells a file may still have."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = MAX_CELLS

    def spend(self, cells: Sequence[str]) -> None:
        """Count the filled cells of a row; raises ``UnreadableFile`` when they are too many."""
        self._left -= sum(map(bool, cells))
        if self._left < 0:
            raise UnreadableFile(f"{self._name}: more than {MAX_CELLS:,} filled cells; split it")


Place = Callable[[int, int], str]  # row and column (from 1) to what the program calls that cell


@dataclass(slots=True)
class _Table:
    """A table under construction: a gap of empty rows does not end it."""

    first: int  # its leftmost column, from 0
    rows: list[Row]
    heads: int


def add_grid(assembly: Assembly, rows: Iterable[Row], place: Place) -> None:
    """Add the cells of a sheet: lone lines as titles or notes, the rest as tables."""
    table: _Table | None = None
    for part in _parts(rows):
        lead, body, notes = _shape(part)
        heads = _heads(body)
        if table is not None and heads == 0 and _goes_on(table, part.first, lead, body):
            table.rows += [*lead, *body]
        else:
            _flush(assembly, table, place)
            _add_lines(assembly, lead)
            table = _Table(part.first, body, heads) if body else None
        if notes:
            _flush(assembly, table, place)
            table = None
        for note in notes:
            assembly.footnote(note.cells[0])
    _flush(assembly, table, place)


def _parts(rows: Iterable[Row]) -> Iterator[Part]:
    for empty, run in groupby(rows, key=lambda row: not any(row.cells)):
        if not empty:
            yield from _side_by_side(list(run))


def _side_by_side(rows: list[Row]) -> Iterator[Part]:
    """Yield the tables that stand beside each other; an empty column alone parts no table."""
    width = max(len(row.cells) for row in rows)
    used = [any(i < len(row.cells) and row.cells[i] for row in rows) for i in range(width)]
    runs = [list(run) for filled, run in groupby(range(width), used.__getitem__) if filled]
    columns: list[list[int]] = []
    for run in runs:
        if columns and not _starts_table(rows, run):
            columns[-1] += run
        else:
            columns.append(run)
    for chosen in columns:
        cut = [_cut(row, chosen) for row in rows]
        yield Part(chosen[0], [row for row in cut if any(row.cells)])


def _cut(row: Row, chosen: list[int]) -> Row:
    merged = [range(at, at + 1) for at, column in enumerate(chosen) if row.continues(column)]
    return Row(row.number, [_cell(row, column) for column in chosen], merged)


def _starts_table(rows: list[Row], run: list[int]) -> bool:
    """True when the first of these columns names rows: it holds words, not figures."""
    cells = [_cell(row, run[0]) for row in rows]
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if not is_value(cell)]
    return len(words) > 1 and 2 * len(words) > len(filled) and len(run) > 1


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _shape(part: Part) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the lone lines above a table, the table, and the notes below it."""
    rows = part.rows
    lone = [bool(row.cells[0]) and not any(row.cells[1:]) for row in rows]
    if all(lone):
        return rows, [], []
    start = lone.index(False)
    end = len(rows)
    while end > start and lone[end - 1] and _is_note(rows[end - 1].cells[0]):
        end -= 1
    return rows[:start], rows[start:end], rows[end:]


def _is_note(text: str) -> bool:
    return len(text) > _HEAD_CHARS or bool(_NOTE.match(text))


def _heads(rows: Sequence[Row]) -> int:
    """Return how many of the first rows hold column heads."""
    if len(rows) < 2:
        return 0
    if not any(is_value(cell) for row in rows for cell in row.cells[1:]):
        filled = [cell for cell in rows[0].cells if cell and len(cell) <= _HEAD_CHARS]
        return int(len(filled) == len(rows[0].cells) > 2)
    count = 0
    while count < len(rows) - 1 and _is_head(rows[count].cells):
        count += 1
    return count if count <= _HEADER_ROWS else 1


def _is_head(cells: Sequence[str]) -> bool:
    tail = [cell for cell in cells[1:] if cell]
    return bool(tail) and all(
        len(cell) <= _HEAD_CHARS and (is_year(cell) or not is_value(cell)) for cell in tail
    )


def _goes_on(table: _Table, first: int, lead: list[Row], body: list[Row]) -> bool:
    """True when rows below a gap are more of the table above it: its columns, no title."""
    width = len(table.rows[0].cells)
    names = all(len(row.cells[0]) <= _HEAD_CHARS and len(lead) < 2 for row in lead)
    fits = first == table.first and bool(body) and len(body[0].cells) <= width
    return table.heads > 0 and names and fits


def _flush(assembly: Assembly, table: _Table | None, place: Place) -> None:
    if table is not None and table.rows:
        cells = [list(row.cells) for row in table.rows]
        for row in range(table.heads - 1):
            cells[row] = _spread(table.rows[row], cells[table.heads - 1])
        places = [place(row.number, table.first + 1) for row in table.rows]
        assembly.table(cells, header=table.heads, places=places)


def _spread(row: Row, below: list[str]) -> list[str]:
    """Repeat a head over the columns that it spans: those with heads of their own below.

    A file that says nothing of merged cells leaves only to guess: as far as the next head.
    """
    spread = list(row.cells[:1])
    for at in range(1, len(row.cells)):
        spans = row.continues(at) if row.merged else at > 1 and not row.cells[at]
        spread.append(spread[at - 1] if spans and below[at] else row.cells[at])
    return spread


def _add_lines(assembly: Assembly, rows: list[Row]) -> None:
    for number, row in enumerate(rows):
        text = row.cells[0]
        if number == 0 and _is_title(text):
            assembly.heading(text, _SECTION_LEVEL)
        else:
            assembly.paragraph(text)


def _is_title(text: str) -> bool:
    closed = text.endswith((".", ":", ";", ","))
    plain = not (closed or is_value(text) or _NOTE.match(text) or _UNIT.fullmatch(text))
    return plain and len(text) <= _TITLE_CHARS
