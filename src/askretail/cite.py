"""A quote to a citation: its place, and the context it needs to stand alone."""

import re

from askretail.nouns import Citation, Role, Span
from askretail.quotes import Quote
from askretail_index.library import Library
from askretail_ingest.nouns import Document
from askretail_ingest.sentences import sentences

# A sentence that opens so leans on the one before it.
_LEANS = re.compile(
    r"^(?:this|these|those|such|it|its|they|their|he|she|however|in addition|as a result|"
    r"the (?:increase|decrease|decline|change|growth)s?)\b",
    re.IGNORECASE,
)
NEIGHBOUR_REACH = 600  # characters looked back for the sentence before


def cite(library: Library, quote: Quote) -> Citation:
    """Return the citation of a quote; every part of it is a slice of its document."""
    document, hit = quote.hit.document, quote.hit
    page = document.page_at(quote.start)
    return Citation(
        document=document,
        page=page.number,
        label=f"printed {page.label}" if page.label and page.label != str(page.number) else "",
        section=hit.section,
        quote=document.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        context=_context(library, quote),
        score=round(quote.score, 6),
    )


def _context(library: Library, quote: Quote) -> tuple[Span, ...]:
    document = quote.hit.document
    spans = []
    if quote.hit.kind == "table":
        spans.extend(_table_spans(library, quote))
    else:
        spans.extend(_neighbour(document, quote))
    if not any(span.role == "title" for span in spans):
        spans = [*_heading(document, quote), *spans]
    return tuple(spans)


def _table_spans(library: Library, quote: Quote) -> list[Span]:
    stored = library.store.passages([quote.hit.passage_id])
    if not stored or stored[0].passage.table is None:
        return []
    table = library.store.table(stored[0].document, stored[0].passage.table)
    spans: list[Span] = []
    if table.title is not None:
        spans.append(_span(quote.hit.document, "title", *table.title))
    if table.unit is not None:
        spans.append(_span(quote.hit.document, "unit", *table.unit))
    spans.extend(_span(quote.hit.document, "header", *place) for place in table.header)
    return spans


def _heading(document: Document, quote: Quote) -> list[Span]:
    if not quote.hit.section:
        return []
    heading = quote.hit.section[-1]
    start = document.text.rfind(heading, 0, quote.start)
    return [] if start < 0 else [_span(document, "heading", start, start + len(heading))]


def _neighbour(document: Document, quote: Quote) -> list[Span]:
    """Return the sentence before, for a quote that leans on it."""
    if not _LEANS.match(quote.text):
        return []
    page = document.page_at(quote.start)
    first = max(page.start, quote.start - NEIGHBOUR_REACH)
    before = [span for span in sentences(document.text, first, quote.start) if span[0] > first]
    return [_span(document, "neighbour", *before[-1])] if before else []


def _span(document: Document, role: Role, start: int, end: int) -> Span:
    page = document.page_at(start).number
    return Span(role, page, start, end, document.text[start:end])
