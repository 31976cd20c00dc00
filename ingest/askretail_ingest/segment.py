"""Part the lines of a document into pieces: tables first, then what stands between them."""

from collections.abc import Sequence

from askretail_ingest.compose import TableParts
from askretail_ingest.lines import Line
from askretail_ingest.marks import UNIT
from askretail_ingest.norm import local
from askretail_ingest.paragraphs import group
from askretail_ingest.pieces import Norm, Piece
from askretail_ingest.tables import Region, find_tables

TITLE_REACH = 4  # pieces above a table among which its title stands
LEAD_IN = 300  # characters of a sentence with a colon that may serve as a title


def segment(
    number: int, lines: Sequence[Line], norm: Norm, tables: list[TableParts]
) -> list[Piece]:
    """Return the pieces of a page; adds its tables to ``tables``."""
    norm = local(norm, lines)
    pieces: list[Piece] = []
    at = 0
    for region in find_tables(lines, norm):
        pieces += group(number, lines[at : region.start], norm, after_table=at > 0)
        pieces += _table(number, region, tables)
        at = region.end
    return pieces + group(number, lines[at:], norm, after_table=at > 0)


def _table(number: int, region: Region, tables: list[TableParts]) -> list[Piece]:
    parts = TableParts()
    pieces = []
    for row in region.rows:
        piece = Piece("row", number, row.lines, row.cells, len(tables))
        pieces.append(piece)
        if row.head:
            parts.heads.append(piece)
    tables.append(parts)
    return pieces


def name_tables(pages: Sequence[Sequence[Piece]], tables: list[TableParts]) -> None:
    """Find the title of every table; one that goes on from the last page is one with it."""
    last: int | None = None  # the table at the end of the page before
    for pieces in pages:
        for index, piece in enumerate(pieces):
            first = piece.table is not None and (
                index == 0 or pieces[index - 1].table != piece.table
            )
            if piece.table is None or not first:
                continue
            parts = tables[piece.table]
            parts.title, parts.near = _title(pieces[:index])
            if index == 0 and last is not None and parts.title is None:
                if _goes_on(parts, tables[last]):
                    _join(pieces, piece.table, last)
                else:
                    _inherit(parts, tables[last])
        ends = [piece for piece in pieces if piece.kind != "footnote"]
        last = ends[-1].table if ends else None

    _drop_unused(pages, tables)


def _goes_on(parts: TableParts, earlier: TableParts) -> bool:
    """Return whether a table has no column heads of its own, or those of the earlier one again."""
    own, others = (
        [head.plain for head in each.heads if not UNIT.fullmatch(head.plain)]
        for each in (parts, earlier)
    )
    return not own or own == others


def _join(pieces: Sequence[Piece], table: int, earlier: int) -> None:
    for piece in pieces:
        if piece.table == table:
            piece.table = earlier


def _drop_unused(pages: Sequence[Sequence[Piece]], tables: list[TableParts]) -> None:
    """Leave out the tables that have gone into others, and number the rest anew."""
    rows = [piece for pieces in pages for piece in pieces if piece.table is not None]
    kept = sorted({piece.table for piece in rows if piece.table is not None})
    numbers = {old: new for new, old in enumerate(kept)}
    for piece in rows:
        piece.table = None if piece.table is None else numbers[piece.table]
    tables[:] = [tables[old] for old in kept]


def _inherit(parts: TableParts, earlier: TableParts) -> None:
    parts.title = earlier.title
    if not parts.heads:
        parts.heads = earlier.heads
    parts.near = [*earlier.heads, *earlier.near]


def _title(above: Sequence[Piece]) -> tuple[Piece | None, list[Piece]]:
    """Return the title among the pieces above a table, and all that may hold its unit."""
    near: list[Piece] = []
    for piece in reversed(above[-TITLE_REACH:]):
        near.append(piece)
        unit_only = bool(UNIT.fullmatch(piece.plain))
        if piece.kind == "heading" and not unit_only:
            return piece, near
        if piece.kind == "row":
            return None, near[:-1]
        if piece.plain.endswith(":") and len(piece.plain) <= LEAD_IN:
            return piece, near
        if not unit_only and len(piece.plain) > LEAD_IN:
            break
    return None, near
