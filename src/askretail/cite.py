"""A quote to a citation: its place, and the context it needs to stand alone."""

from askretail.listed import announced_by, is_item
from askretail.nouns import Citation, Role, Span
from askretail.quote_features import LEANS
from askretail.quotes import Quote
from askretail_index.library import Library
from askretail_ingest.nouns import Document, Page, Table
from askretail_ingest.sentences import sentences

_NAMED_PLACES = ("slide ", "sheet ")  # labels that say themselves what they are
NEIGHBOUR_REACH = 600  # characters looked back for the sentence before


def cite(library: Library, quote: Quote) -> Citation:
    """Return the citation of a quote; every part of it is a slice of its document."""
    document, hit = quote.hit.document, quote.hit
    page = document.page_at(quote.start)
    return Citation(
        document=document,
        page=page.number,
        label=", ".join(filter(None, (_label(library, quote, page), _engine(document, page)))),
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


def _label(library: Library, quote: Quote, page: Page) -> str:
    """Return the finer place: the row of a sheet, the slide, or the page number as printed."""
    table = _table(library, quote) if quote.hit.kind == "table" else None
    place = dict(table.places).get(quote.start) if table is not None else None
    return place or page_label(page)


def page_label(page: Page) -> str:
    """Return what a page calls itself, "" where that is its number."""
    if not page.label or page.label == str(page.number):
        return ""
    return page.label if page.label.startswith(_NAMED_PLACES) else f"printed {page.label}"


def _engine(document: Document, page: Page) -> str:
    """Return how the words of a page were got, where they may hold errors that the page has not."""
    return "read by OCR" if page.number in document.metadata.scanned else ""


def _table(library: Library, quote: Quote) -> Table | None:
    stored = library.store.passages([quote.hit.passage_id])
    if not stored or stored[0].passage.table is None:
        return None
    return library.store.table(stored[0].document, stored[0].passage.table)


def _table_spans(library: Library, quote: Quote) -> list[Span]:
    table = _table(library, quote)
    if table is None:
        return []
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
    """Return the sentence that announces an item, or the one before a quote that leans on it."""
    if is_item(quote.text):
        place = announced_by(document, quote.start)
        return [_span(document, "neighbour", *place)] if place is not None else []
    if not LEANS.match(quote.text):
        return []
    page = document.page_at(quote.start)
    first = max(page.start, quote.start - NEIGHBOUR_REACH)
    before = [span for span in sentences(document.text, first, quote.start) if span[0] > first]
    return [_span(document, "neighbour", *before[-1])] if before else []


def _span(document: Document, role: Role, start: int, end: int) -> Span:
    page = document.page_at(start).number
    return Span(role, page, start, end, document.text[start:end])
