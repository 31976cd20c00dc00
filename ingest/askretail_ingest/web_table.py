"""HTML tables: rows of cells, and whether the table is one at all or only a layout."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from askretail_ingest.assemble import looks_like_header

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Words = Callable[["LexborNode"], str]  # the visible words of a node
Hidden = Callable[["LexborNode"], bool]

_BEFORE = re.compile(r"[$€£¥(]+|US\$")
_AFTER = re.compile(r"[)%]+|pts?|bps|\)\s?%", re.IGNORECASE)
_HEADER_ROWS = 4  # more are no heads but data without figures
_PROSE_CHARS = 400  # a cell this long is a column of a page, not a value


class Row(NamedTuple):
    """The cells of a row in their columns; ``head`` when the page marks it as column heads."""

    cells: list[str]
    head: bool


def read_rows(table: "LexborNode", words: Words, hidden: Hidden) -> list[Row]:
    """Return the rows that have visible words."""
    rows: list[Row] = []
    for node in table.css("tr"):
        parent = node.parent
        if hidden(node) or (parent is not None and hidden(parent)):
            continue
        cells: list[str] = []
        marked = True
        cell = node.child
        while cell is not None:
            if cell.tag in ("td", "th") and not hidden(cell):
                marked = marked and cell.tag == "th"
                cells.append(" ".join(words(cell).split()))
            cell = cell.next
        if any(cells):
            rows.append(Row(cells, marked or (parent is not None and parent.tag == "thead")))
    return rows


def is_layout(rows: Sequence[Row]) -> bool:
    """True when the table only places text: one column, or columns of prose."""
    if max((sum(map(bool, row.cells)) for row in rows), default=0) < 2:
        return True
    return len(rows) == 1 and any(len(cell) > _PROSE_CHARS for cell in rows[0].cells)


def header_rows(rows: Sequence[Row]) -> int:
    """Return how many of the first rows hold column heads."""
    marked = _leading(rows, lambda row: row.head)
    if marked:
        return min(marked, len(rows) - 1)
    if not any(_has_figures(row) for row in rows):
        return 0
    titles = 1 if rows[0].cells[0] and not any(rows[0].cells[1:]) else 0
    count = _leading(rows[titles:], lambda row: looks_like_header(row.cells))
    return titles + count if 0 < count <= _HEADER_ROWS else 0


def squeeze(rows: Sequence[Row]) -> list[list[str]]:
    """Return the rows as printed: signs joined to their figures, spacer columns gone.

    Filings spread a figure over three cells, "$", "1,234" and ")"; a table without such cells
    keeps its inner empty cells, for there they mean that a value is missing.
    """
    spread = sum(1 for row in rows for cell in row.cells if _is_sign(cell))
    empty = sum(1 for row in rows for cell in row.cells if not cell)
    styled = spread > 0 or empty * 2 > sum(len(row.cells) for row in rows)
    width = max(len(row.cells) for row in rows)
    used = [any(i < len(row.cells) and row.cells[i] for row in rows) for i in range(width)]
    if styled:
        return [_join_signs([cell for cell in row.cells if cell]) for row in rows]
    return [[cell for cell, keep in zip(row.cells, used, strict=False) if keep] for row in rows]


def _join_signs(cells: list[str]) -> list[str]:
    joined: list[str] = []
    prefix = ""
    for cell in cells:
        if _BEFORE.fullmatch(cell):
            prefix += cell
        elif joined and not prefix and _AFTER.fullmatch(cell):
            joined[-1] += cell
        else:
            joined.append(prefix + cell)
            prefix = ""
    return [*joined, prefix] if prefix else joined


def _is_sign(cell: str) -> bool:
    return bool(cell) and bool(_BEFORE.fullmatch(cell) or _AFTER.fullmatch(cell))


def _has_figures(row: Row) -> bool:
    return any(any(ch.isdigit() for ch in cell) for cell in row.cells[1:])


def _leading(rows: Sequence[Row], holds: Callable[[Row], bool]) -> int:
    for count, row in enumerate(rows):
        if not holds(row):
            return count
    return len(rows)
