"""A cell of a statement as an input of a figure: cited by its row, with what stands above it."""

from collections.abc import Sequence
from dataclasses import replace

from askretail.books import Entered
from askretail.cite import cite
from askretail.figure_data import formulas
from askretail.nouns import Citation, Hit, Input, Role, Span
from askretail.quotes import Quote
from askretail_index.library import Library
from askretail_ingest.nouns import Document


def cite_cells(library: Library, entered: Sequence[Entered]) -> tuple[Input, ...]:
    """Return the inputs for cells, each with the citation of its row."""
    return tuple(
        Input(
            label=one.line,
            period=_period(one),
            shown=one.cell.text,
            value=one.amount,
            citation=_citation(library, one),
            start=one.cell.start,
            end=one.cell.end,
        )
        for one in entered
    )


def _period(one: Entered) -> str:
    """Return the period, with its last day where the filer numbers the year in another way."""
    period = one.document.period
    named = "".join(c for c in period.name if c.isdigit()) if period is not None else ""
    differs = period is not None and len(named) == 4 and named != str(period.year)
    return (
        f"{one.period} (ended {one.column.end})" if differs and one.column.end else str(one.period)
    )


def _citation(library: Library, one: Entered) -> Citation:
    made = cite_row(library, one.document_id, one.row.start, one.row.end)
    if one.line in formulas():  # a row of some other table, which knows its own head
        return made
    return replace(made, context=_context(one.document, one))


def cite_row(library: Library, document_id: int, start: int, end: int) -> Citation:
    """Return the citation of a row of a document, wherever it stands."""
    document = library.store.document(document_id)
    page = document.page_at(start).number
    passages = library.store.passages_of(document_id, page)
    around = [p for p in passages if p.passage.start < end and start < p.passage.end]
    if not around:  # a row that no passage holds, such as one without words
        return Citation(document, page, "", (), document.text[start:end], start, end)
    passage = around[0]
    inner = passage.passage
    hit = Hit(
        document, inner.page, inner.start, inner.end, inner.text, 0.0, inner.section, inner.kind,
        passage.id,
    )  # fmt: skip
    text = document.text[start:end]
    return cite(library, Quote(hit, start, end, text, 0.0, 0.0, "", True, frozenset()))


def _context(document: Document, one: Entered) -> tuple[Span, ...]:
    """Return the title, the unit and the column heads of the statement, as slices.

    A unit that stands in front of the years is part of their line.
    """
    statement = one.statement
    spans = [_span(document, "title", statement.title)]
    unit = statement.unit
    if unit is not None and not any(s <= unit[0] and unit[1] <= e for s, e in statement.heads):
        spans.append(_span(document, "unit", unit))
    spans.extend(_span(document, "header", place) for place in statement.heads)
    return tuple(spans)


def _span(document: Document, role: Role, place: tuple[int, int]) -> Span:
    start, end = place
    return Span(role, document.page_at(start).number, start, end, document.text[start:end])
