"""Documents, hits and readings made by hand, so that every feature can be worked out."""

from collections.abc import Sequence
from typing import Literal

from askretail.catalogue import Catalogue, make_catalogue
from askretail.nouns import Hit, Reading
from askretail.quotes import Quote
from askretail.text import content_words
from askretail_ingest.nouns import Document, Metadata, Page, Period


def document(
    text: str,
    *companies: str,
    year: int | None = None,
    quarter: int | None = None,
    doc_type: str = "10-K",
) -> Document:
    """Return a document; a form feed in its text begins a new page."""
    pages, start = [], 0
    for number, part in enumerate(text.split("\f"), start=1):
        pages.append(Page(number, "", start, start + len(part)))
        start += len(part) + 1
    period = None if year is None else Period(year, quarter)
    metadata = Metadata("A title", companies, period=period, doc_type=doc_type)
    return Document(text[:20], "made.pdf", text, tuple(pages), metadata)


def catalogue(*documents: Document) -> Catalogue:
    """Return the catalogue of documents, their rows counted from 1."""
    return make_catalogue(enumerate(documents, start=1))


def hit(
    of: Document,
    text: str = "",
    *,
    section: tuple[str, ...] = (),
    kind: Literal["prose", "table"] = "prose",
    score: float = 1.0,
) -> Hit:
    """Return the hit of words that stand in a document, of all of it without words."""
    start = of.text.index(text)
    end = start + len(text or of.text)
    page = of.page_at(start).number
    return Hit(of, page, start, end, of.text[start:end], score, section, kind)


def quote(of: Hit, text: str, *, cosine: float = 0.5, head: str = "", timely: bool = True) -> Quote:
    """Return the quote of words that stand in a hit."""
    start = of.document.text.index(text, of.start)
    words = content_words(text)
    return Quote(of, start, start + len(text), text, 1.0, cosine, head, timely, words)


def column(features: Sequence[Sequence[float]], names: Sequence[str], name: str) -> list[float]:
    """Return one feature of every row, rounded so that it can be compared."""
    return [round(float(row[names.index(name)]), 6) for row in features]


def reading(question: str, **fields: object) -> Reading:
    return Reading(question, question, **fields)  # type: ignore[arg-type]
