"""The three statements of a document as rows with their periods, read from its text alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from askretail.data_files import read_data, section
from askretail_ingest.cells import Cell, beside_shares, cells, figures, in_columns
from askretail_ingest.columns import Column, is_head, read_columns
from askretail_ingest.nouns import Document, Page, Period

MAX_LINES = 160  # of one statement; the longest seen, with its notes on cash paid, has 90
MAX_TITLE = 160  # characters of a line that can be a title
MAX_ROW = 600  # characters; what is longer is a paragraph, and slow to take apart
UNIT_LINES = 8  # below the title, where the unit stands
OTHER = "other"  # a statement that is none of the three, and ends the one above

_SCALES = {
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "000": Decimal(10) ** 3,
}
_UNIT = re.compile(
    r"\([^()\n|]{0,60}?\b(?P<inside>thousand|million|billion)s?\b[^()\n|]*\)"
    r"|(?:[$\w]+ ){0,4}in (?P<bare>thousand|million|billion)s\b(?:, except [a-z ]+)?"
    r"|\(?\$?000'?s\)?",
    re.I,
)
_MONEY = re.compile(r"[$€£]")
_KEYWORDS = ("statement", "balance sheet")
_WHO = r"(?:[\w.,&'’()/ -]{0,70}? )?"
_NOT_OURS = re.compile(
    r"\b(?:analysis|consolidating|certain|parent|selected|notes?|see|our|the (?:following|table)"
    r"|data|pro forma|supplemental|schedule|item \d+|index|and|of|in|to)\b(?!.{0,4}\bsubsidiar)",
)
_TAIL = (
    r"(?: ?[-–—] ?)?"
    r"(?: ?\(?(?:continued|unaudited|audited|cont'd|in millions.*|dollars.*|amounts.*)\)?)*"
)
_END = re.compile(
    r"(?:the accompanying|see (?:accompanying )?notes?|refer to notes|notes to )", re.I
)
_JOINS = re.compile(
    r"(?:\b(?:of|to|and|by|before|for|from|on|in|the|attributable|less|net|at|including)|[,(/–—-])$",
    re.I,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_UNBRACKET = re.compile(r"[^a-z0-9$&'. ]+")
_MARK = re.compile(r"(?<=[a-z]) \d{1,2}$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement: ``document.text[start:end]``; one cell for each column."""

    caption: str  # folded: see ``fold_caption``
    part: str  # the caption of the part it stands in, folded; "" for none
    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement on one page; every place is a (start, end) of the document's text."""

    kind: str
    page: int
    title: tuple[int, int]
    unit: tuple[int, int] | None
    heads: tuple[tuple[int, int], ...]
    scale: Decimal
    mark: str  # "$", or "" where the statement prints none
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def statements_of(document: Document) -> tuple[Statement, ...]:
    """Return the statements of a document in order; what leaves a doubt is left out."""
    titles = list(_titles(document.text))
    ends = [start for start, _, _ in titles[1:]] + [len(document.text)] * bool(titles)
    found: list[Statement] = []
    for (start, end, kind), until in zip(titles, ends, strict=True):
        if kind != OTHER:
            page = document.page_at(start)
            found += _read(document, page, kind, (start, end), min(until, page.end))
    mark = next((statement.mark for statement in found if statement.mark), "")
    return tuple(s if s.mark else replace(s, mark=mark) for s in found)


def fold_caption(text: str) -> str:
    """Return a caption in lower case, without brackets and what they hold, commas and marks.

    >>> fold_caption("Property, plant and equipment — net"), fold_caption("Net income/(loss)")
    ('property plant and equipment net', 'net income')
    """
    lower = text.lower().replace("’", "'")
    bare = _BRACKETS.sub(" ", _BRACKETS.sub(" ", lower)).replace("/ loss", " ")
    words = " ".join(_UNBRACKET.sub(" ", bare).split()).strip(" .")
    return _MARK.sub("", words)


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = section(read_data("figures.toml"), "statements")
    return tuple(
        (kind, re.compile(rf"(?P<who>{_WHO})(?:{pattern}){_TAIL}"))
        for kind, pattern in table.items()
    )


def _titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lines that head a statement, with its kind, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # letters whose small form is two
        long = {ord(c): " " for c in set(text) if len(c.lower()) != 1}
        lower = text.translate(long).lower()
    lines = set()
    for word in _KEYWORDS:
        at = lower.find(word)
        while at >= 0:
            start = lower.rfind("\n", 0, at) + 1
            end = lower.find("\n", at)
            end = len(lower) if end < 0 else end
            start += len(lower[start:end]) - len(lower[start:end].lstrip())
            if end - start <= MAX_TITLE:
                lines.add((start, end))
            at = lower.find(word, end)
    for start, end in sorted(lines):
        kind = _kind(" ".join(lower[start:end].replace("’", "'").split()))
        if kind:
            yield start, end, kind


def _kind(line: str) -> str:
    for kind, pattern in _heads():
        match = pattern.fullmatch(line)
        if match and not _NOT_OURS.search(match["who"]):
            return kind
    return ""


def _read(
    document: Document, page: Page, kind: str, title: tuple[int, int], until: int
) -> Iterator[Statement]:
    """Yield the statement below a title, once more where its columns change on the way."""
    heads: list[tuple[int, int]] = []
    rows: list[_Line] = []
    for line in _lines(document.text, title[1], until):
        head = is_head(line.text)
        if head and rows:  # the columns begin anew
            yield from _made(document, page, kind, title, heads, rows)
            heads, rows = [], []
        if not rows and (head or not line.cells):
            heads.append((line.start, line.end))
        else:
            rows.append(line)
    yield from _made(document, page, kind, title, heads, rows)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    label: str
    cells: tuple[Cell, ...]  # the figures


def _lines(text: str, start: int, until: int) -> Iterator[_Line]:
    for _ in range(MAX_LINES):
        if start >= until:
            return
        end = text.find("\n", start, until)
        end = until if end < 0 else end
        line = text[start:end]
        if _END.match(line):
            return
        if line.strip():
            yield _line(line, start)
        start = end + 1


def _line(text: str, start: int) -> _Line:
    """Return a line with its label and figures; one of words, or of a paragraph, has none."""
    end = start + len(text)
    if len(text) > MAX_ROW:
        return _Line(start, end, text, text, ())
    only = figures(text, start)
    label, *rest = (Cell(start, start, ""), *only) if only else cells(text, start)
    numbers = any(cell.value is not None for cell in rest)
    return _Line(start, end, text, label.text, tuple(rest) if numbers else ())


def _made(
    document: Document,
    page: Page,
    kind: str,
    title: tuple[int, int],
    heads: Sequence[tuple[int, int]],
    lines: Sequence[_Line],
) -> Iterator[Statement]:
    texts = [document.text[start:end] for start, end in heads]
    columns = whole_year(kind, read_columns(texts, document.period), document.period)
    unit, scale = read_unit(document.text, [title, *heads])
    shares = sum(text.count("%") for text in texts) >= len(columns)
    rows = tuple(_rows(lines, len(columns), shares)) if columns and scale else ()
    if not rows or scale is None:
        return
    mark = next((m[0] for line in lines for c in line.cells if (m := _MONEY.search(c.text))), "")
    named = tuple(h for h, text in zip(heads, texts, strict=True) if is_head(text))
    yield Statement(kind, page.number, title, unit, named, scale, mark, columns, rows)


def whole_year(kind: str, columns: tuple[Column, ...], period: Period | None) -> tuple[Column, ...]:
    """Return the columns with the span that a statement of a whole year leaves unsaid."""
    if kind == "balance sheet" or period is None or period.quarter is not None:
        return columns
    return tuple(
        Column(c.year, c.quarter, "year", c.end) if not c.span and c.quarter is None else c
        for c in columns
    )


def read_unit(
    text: str, places: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int] | None, Decimal | None]:
    """Return where a unit stands in the first of the places that has one, and its dollars."""
    for start, end in places[: UNIT_LINES + 1]:
        match = _UNIT.search(text, start, end)
        if match:
            word = (match["inside"] or match["bare"] or "000").lower()
            return match.span(), _SCALES[word]
    return None, None


def _rows(lines: Sequence[_Line], columns: int, shares: bool) -> Iterator[Row]:
    """Yield the rows that have a figure for each column, with the captions of broken lines.

    ``shares``: whether the heads say that a percentage stands beside each figure.
    """
    part, above = "", ""  # the caption of the part, and a line without figures just above
    start = 0  # of that line
    for line in lines:
        broken = bool(above) and _JOINS.search(above) is not None
        if not line.cells:
            start = start if broken else line.start
            above = f"{above} {line.text.strip()}" if broken else line.text.strip()
            if above.endswith(":") or not _JOINS.search(above):
                part = fold_caption(above)
            continue
        begin, label = line.start, line.label
        if above and (broken or not label):
            begin, label = start, f"{above} {label}".strip()
        above = ""
        filled = in_columns(line.cells, columns)
        if not filled and shares:
            filled = beside_shares(line.cells, columns)
        if filled and label and all(cell.value is not None for cell in filled):
            yield Row(fold_caption(label), part, begin, line.end, filled)
