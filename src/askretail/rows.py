"""A row of a table as text, taken apart into its label and figures; no character is changed."""

import re
from collections.abc import Sequence
from typing import Protocol

from askretail.nouns import Citation, Span
from askretail_ingest.cells import PIPE
from askretail_ingest.cells import cells as split

NEAR = 2  # rows shown above and below a quoted one
LONG_TITLE = 140  # characters; what is longer is a paragraph that stands above the table

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = r"(?:(?:Q[1-4]|FY|[Ff]iscal)\s?)*(?:19|20)\d\d|[$%]?\s?Change|Total"
_DATE = rf"(?:{_MONTHS})\s+\d{{1,2}},\s+(?:19|20)\d\d"
_HEADS = tuple(re.compile(rf"(.*?)((?:(?:^|\s+)(?:{kind})(?=\s|$))+)") for kind in (_YEAR, _DATE))
_HEAD = tuple(re.compile(rf"(?:{kind})(?=\s|$)") for kind in (_YEAR, _DATE))


class Quoted(Protocol):
    """A quote with what stands above it: a citation, or its footnote in an export."""

    @property
    def quote(self) -> str: ...
    @property
    def context(self) -> tuple[Span, ...]: ...


def is_row(citation: Quoted) -> bool:
    """Return whether a quote is a row of a table."""
    return PIPE in citation.quote or any(
        span.role in ("header", "unit") for span in citation.context
    )


def cells(row: str, columns: int = 0) -> tuple[str, ...]:
    """Return a row's label and its figures; of more figures than ``columns`` the first are label.

    >>> cells("Net sales $ 12,400 $ 11,800")
    ('Net sales', '$ 12,400', '$ 11,800')
    >>> cells("Accrued wages (1) 7,908 7,654", columns=2)
    ('Accrued wages (1)', '7,908', '7,654')
    """
    return tuple(cell.text for cell in split(row, columns=columns))


def heads(line: str, columns: int) -> tuple[str, ...]:
    """Return the label and the column heads in a line, empty when they do not fit the columns.

    >>> heads("Fiscal years ended January 31, 2022 2021", 2)
    ('Fiscal years ended January 31,', '2022', '2021')
    >>> heads("Year Net sales Change", 2)
    ()
    """
    if PIPE in line:
        parts = tuple(cell.strip() for cell in line.split("|"))
        return parts if len(parts) == columns + 1 else ("", *parts) * (len(parts) == columns)
    for whole, one in zip(_HEADS, _HEAD, strict=True):
        match = whole.fullmatch(line.strip())
        if match is not None:
            found = one.findall(match[2])
            if len(found) == columns:
                return (match[1].strip(), *found)
    return ()


def caption(citation: Quoted) -> str:
    """Return the title of a row's table with its unit, which many a title holds already."""
    said = [span.text for span in citation.context if span.role == "title"]
    title = " ".join(text for text in said if len(text) <= LONG_TITLE)
    units = [s.text for s in citation.context if s.role == "unit" and s.text not in title]
    return " ".join(part for part in (title, *units) if part)


def head_lines(citation: Citation) -> tuple[str, ...]:
    """Return the lines with the column heads, else the first row of years above the quote."""
    found = [span for span in citation.context if span.role == "header"]
    if found:
        return tuple(span.text for span in sorted(found, key=lambda span: span.start))
    above = _run(citation, step=-1)
    width = len(cells(citation.quote)) - 1
    return above[-1:] if above and width and _names_periods(above[-1]) else ()


def near_rows(citation: Citation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rows just above and just below a quoted one, in the order of the page."""
    known = {span.text for span in citation.context} | set(head_lines(citation))
    above = [line for line in _run(citation, step=-1)[:NEAR] if line not in known]
    below = [line for line in _run(citation, step=1)[:NEAR] if line not in known]
    return tuple(reversed(above)), tuple(below)


def same_table(one: Citation, other: Citation) -> bool:
    """Return whether two rows share their title, unit and column heads."""
    return one.document.id == other.document.id and _frame(one) == _frame(other)


def _frame(citation: Citation) -> Sequence[tuple[int, int]]:
    return [(s.start, s.end) for s in citation.context if s.role in ("title", "unit", "header")]


def _names_periods(line: str) -> bool:
    rest = cells(line)[1:]
    return bool(rest) and all(_HEAD[0].fullmatch(cell) for cell in rest)


def _run(citation: Citation, *, step: int) -> tuple[str, ...]:
    """Return the lines of as many cells that follow the quote upwards or downwards."""
    document = citation.document
    page = next(p for p in document.pages if p.number == citation.page)
    before = document.text[page.start : citation.start].rstrip("\n").split("\n")[::-1]
    after = document.text[citation.end : page.end].lstrip("\n").split("\n")
    width = len(cells(citation.quote))
    run: list[str] = []
    for line in before if step < 0 else after:
        if width < 2 or len(cells(line)) != width:
            break
        run.append(line.strip())
    return tuple(run)
