"""Documents, hits and answers made by hand, so that every measure can be worked out."""

from collections.abc import Sequence
from dataclasses import dataclass

from askretail.nouns import Answer, Citation, Hit, Point, Reading, Span, Status
from askretail_ingest.nouns import Document, Metadata, Page


def document(source: str, *pages: str) -> Document:
    """Return a document whose pages have these texts."""
    made = []
    start = 0
    for number, text in enumerate(pages, start=1):
        made.append(Page(number, "", start, start + len(text)))
        start += len(text)
    return Document(source, source, "".join(pages), tuple(made), Metadata(source))


def cite(of: Document, quote: str, *, context: str = "") -> Citation:
    """Return the citation of words that stand in the document."""
    start = of.text.index(quote)
    spans: tuple[Span, ...] = ()
    if context:
        at = of.text.index(context)
        spans = (Span("heading", of.page_at(at).number, at, at + len(context), context),)
    page = of.page_at(start).number
    return Citation(of, page, "", (), quote, start, start + len(quote), spans)


def answer(question: str, *cited: Citation, status: Status | None = None) -> Answer:
    """Return an answer with one point, or a refusal when nothing is cited."""
    decided = status or ("answered" if cited else "not_found")
    points = (Point("", "", cited),) if cited else ()
    return Answer(question, decided, "", Reading(question, question), points)


@dataclass
class Fake:
    """A system that returns whole pages holding a word of the question, first page first.

    It answers with the first such page, and a follow-up is read with the question before it.
    """

    documents: tuple[Document, ...]

    def search(self, question: str, k: int = 10, history: Sequence[str] = ()) -> tuple[Hit, ...]:
        words = " ".join([*history[-1:], question]).lower().replace("?", "").split()
        hits = [
            Hit(of, page.number, page.start, page.end, text, 1.0)
            for of in self.documents
            for page in of.pages
            if any(word in (text := of.text[page.start : page.end]).lower() for word in words)
        ]
        return tuple(hits[:k])

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        hits = self.search(question, 1, history)
        return answer(question, *(cite(hit.document, hit.text) for hit in hits))
