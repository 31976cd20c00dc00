"""The cell where a filer prints a measure by itself, for a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from askretail.books import Entered, covers
from askretail.figure_data import Formula
from askretail.nouns import Asked
from askretail.own_figure import Place
from askretail.statement import Row, Statement, fold_caption, read_unit, whole_year
from askretail_index.library import Library
from askretail_ingest.cells import Cell, cells, in_columns
from askretail_ingest.columns import Column, read_columns
from askretail_ingest.nouns import Document, Table

FAR = 10  # times as much or as little: the next unit is a thousand times off
FLOW = "income statement"  # measures are printed for spans of time


@dataclass(frozen=True, slots=True)
class Near:
    """What we work out of a document: the measure, its period, its value, and one of its cells."""

    formula: Formula
    period: Asked
    value: Decimal
    beside: Entered


def enter_own(library: Library, near: Near, places: Sequence[Place]) -> Entered | None:
    """Return the cell in rows that print the measure for its period; None when they differ."""
    found = []
    for place in places:
        table = _table(library, near.beside.document_id, place[0])
        if table is not None:
            found += _entered(near, place, table)
    return found[0] if found and len({one.amount for one in found}) == 1 else None


def _table(library: Library, document_id: int, at: int) -> Table | None:
    """Return the table that a row begins in."""
    page = library.store.document(document_id).page_at(at).number
    for stored in library.store.passages_of(document_id, page):
        passage = stored.passage
        if passage.start <= at < passage.end and passage.table is not None:
            return library.store.table(document_id, passage.table)
    return None


def _entered(near: Near, place: Place, table: Table) -> list[Entered]:
    beside, document = near.beside, near.beside.document
    columns = _columns(document, table)
    label, *figures = cells(document.text[slice(*place)], place[0])
    filled = in_columns(tuple(figures), len(columns)) if columns else ()
    heads = [head for head in (table.unit, *table.header) if head is not None]
    scale = read_unit(document.text, heads)[1]
    one = scale or beside.statement.scale
    row = Row(fold_caption(label.text), "", *place, filled)
    kept = Statement(FLOW, 0, place, None, (), one, beside.statement.mark, columns, (row,))
    made = []
    for cell, column in zip(filled, columns, strict=False):
        amount = _amount(cell, near.formula, one) if covers(column, FLOW, near.period) else None
        # A table without a unit is in that of the statements if that brings it near.
        sure = scale is not None or near.formula.unit != "money"
        if amount is not None and (sure or FAR * abs(amount) > abs(near.value) > abs(amount) / FAR):
            made.append(
                Entered(
                    near.formula.name,
                    near.period,
                    amount,
                    document,
                    beside.document_id,
                    kept,
                    row,
                    cell,
                    column,
                )
            )
    return made


def _columns(document: Document, table: Table) -> tuple[Column, ...]:
    lines = [document.text[start:end] for start, end in table.header]
    return whole_year(FLOW, read_columns(lines, document.period), document.period)


def _amount(cell: Cell, formula: Formula, scale: Decimal) -> Decimal | None:
    """Return dollars, a ratio or days; a share as a part of one."""
    if cell.value is None or (formula.unit == "money" and cell.is_share):
        return None
    if formula.unit == "money":
        return cell.value * scale
    if formula.unit in ("percent", "share"):
        return cell.value / 100 if cell.is_share else None
    return cell.value
