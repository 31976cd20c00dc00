"""Put a document together, block by block and page by page, with offsets that hold."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from askretail_ingest.clean import normalise
from askretail_ingest.nouns import Block, BlockKind, Draft, Page, Table

Cells = Sequence[str]
Span = tuple[int, int]
Placed = tuple[int, str]  # where a line starts, and the line

_UNIT = re.compile(
    r"\([^()]*\b(?:in|of)\s+(?:millions|thousands|billions|percent|U\.?S\.? dollars)[^()]*\)"
    r"|\b(?:dollars |amounts |shares )?in (?:millions|thousands|billions)\b[^.|]*",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(rf"\(.*\)|{_UNIT.pattern}", re.IGNORECASE)
_CAPTION_CHARS = 240  # a longer line above a table is prose, not its title


class Assembly:
    """A document under construction; give it blocks in reading order, then ``finish``."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._headings: list[tuple[int, str]] = []  # (level, text), outermost first
        self._heading: Block | None = None  # the last one
        self._lines: dict[int, str] = {}  # where a block starts, and its text
        self._pages: list[Page] = []
        self._first = 0  # number of the first block of the page under construction
        self._page_start = 0

    @property
    def empty(self) -> bool:
        return not self._blocks

    @property
    def opening(self) -> str:
        """The heading that the document begins with, or ""."""
        first = self._blocks[0] if self._blocks else None
        return self._line(first) if first and first.kind == "heading" else ""

    def heading(self, text: str, level: int) -> None:
        """Add a heading; a lower level stands higher, any integers will do."""
        line = one_line(text)
        if not line:
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, line))
        self._add("heading", line)

    def paragraph(self, text: str) -> None:
        self._add("paragraph", one_line(text))

    def item(self, text: str) -> None:
        self._add("item", one_line(text))

    def footnote(self, text: str) -> None:
        self._add("footnote", one_line(text))

    def table(
        self,
        rows: Iterable[Cells],
        *,
        header: int,
        caption: str = "",
        places: Sequence[str] = (),
    ) -> None:
        """Add a table, a block a row; its first ``header`` rows hold the column heads.

        ``places`` says where each row stands in its file, if the format has names for that.
        """
        lines = [(row_line(row), place) for row, place in zip_longest(rows, places, fillvalue="")]
        lines = [(line, place) for line, place in lines if line]
        if not lines:
            return
        self.paragraph(caption)
        title, unit_line = self._above_table()
        rows_at: list[Placed] = []
        named: list[Placed] = []
        for line, place in lines:
            self._add("row", line, table=len(self._tables))
            rows_at.append((self._blocks[-1].start, line))
            if place:
                named.append((self._blocks[-1].start, place))
        heads = tuple((at, at + len(line)) for at, line in rows_at[: min(header, len(lines) - 1)])
        above = [placed for placed in (unit_line, title) if placed]
        unit = _unit([*above, *rows_at][: header + 3])
        self._tables.append(Table(_span(title), unit, heads, tuple(named)))

    def end_page(self, label: str = "", *, furniture: str = "") -> None:
        """Close the page under construction, with its sections; what comes next is on a new one."""
        start = self._length if self._fresh else self._page_start
        number = len(self._pages) + 1
        self._pages.append(Page(number, label, start, self._length, one_line(furniture)))
        self._first = len(self._blocks)
        self._headings.clear()
        self._heading = None

    def finish(self, hints: Iterable[tuple[str, str]] = (), *, furniture: str = "") -> Draft:
        """Return the document; without any ``end_page`` it is one page."""
        if not self._fresh or not self._pages:
            self.end_page(furniture=furniture)
        kept = tuple((key, one_line(value)) for key, value in hints if one_line(value))
        text = "".join(self._parts)
        return Draft(text, tuple(self._pages), tuple(self._blocks), tuple(self._tables), kept)

    @property
    def _fresh(self) -> bool:
        """True while nothing stands on the page under construction."""
        return self._first == len(self._blocks)

    def _add(self, kind: BlockKind, line: str, *, table: int | None = None) -> None:
        if not line:
            return
        if self._blocks:
            self._write("\n\n" if self._fresh else _gap(self._blocks[-1], kind, table))
        if self._fresh:
            self._page_start = self._length
        start = self._length
        self._write(line)
        section = tuple(text for _, text in self._headings)
        self._blocks.append(Block(kind, start, self._length, section, table))
        self._lines[start] = line
        if kind == "heading":
            self._heading = self._blocks[-1]

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _above_table(self) -> tuple[Placed | None, Placed | None]:
        """Return the title of a table that comes next, and the line that gives its unit."""
        above = [
            block
            for block in self._blocks[max(self._first, len(self._blocks) - 2) :]
            if _can_title(block)
        ]
        unit: Placed | None = None
        if above and above[-1] is self._blocks[-1] and _UNIT_LINE.fullmatch(self._line(above[-1])):
            unit = (above[-1].start, self._line(above.pop()))
        elif above and above[-1] is not self._blocks[-1]:
            above = []
        nearest = above[-1] if above else self._heading
        return (nearest.start, self._line(nearest)) if nearest else None, unit

    def _line(self, block: Block) -> str:
        return self._lines[block.start]


def one_line(text: str) -> str:
    """Return the text clean and on one line."""
    return " ".join(normalise(text).split())


def row_line(cells: Cells) -> str:
    """Return the cells as "a | b | c", without empty cells at either end."""
    texts = [one_line(cell).replace(" | ", " / ") for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    while texts and not texts[0]:
        texts.pop(0)
    return " | ".join(texts).replace("|  |", "| |")


def looks_like_header(cells: Cells) -> bool:
    """True when no cell after the first holds a figure; years and dates are no figures."""
    tail = [cell.strip() for cell in cells[1:] if cell.strip()]
    return bool(tail) and not any(_FIGURE.search(_YEAR.sub("", cell)) for cell in tail)


_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b|\bQ[1-4]\b|\bFY(?:\d\d)?\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")


def _can_title(block: Block) -> bool:
    short = block.end - block.start <= _CAPTION_CHARS
    return block.kind == "heading" or (block.kind == "paragraph" and short)


def _span(placed: Placed | None) -> Span | None:
    return (placed[0], placed[0] + len(placed[1])) if placed else None


def _unit(places: list[Placed]) -> Span | None:
    for start, line in places:
        found = _UNIT.search(line)
        if found:
            return start + found.start(), start + found.end()
    return None


def _gap(last: Block, kind: BlockKind, table: int | None) -> str:
    same_run = last.kind == kind and kind in ("item", "row") and last.table == table
    return "\n" if same_run or last.kind == "heading" else "\n\n"
