"""The sources beside the chat: a card a quote, the quote marked inside its context."""

from collections.abc import Callable, Sequence
from html import escape

from askretail.nouns import Answer, Citation, Span, Turn
from askretail.rows import is_row
from askretail_ingest.nouns import Document
from askretail_ingest.picture import ENDINGS as PICTURES
from askretail_ui.escape import counted, day, shown
from askretail_ui.render import place
from askretail_ui.shelf import coverage_html
from askretail_ui.tabular import in_context_html

AROUND = 220  # characters of the paragraph shown on each side of a quote that brings no neighbours
WIDE = 900  # characters on each side in the text that a reader opens


Note = Callable[[Document], str]  # what is to be said of a document today, "" for nothing


def nothing(document: Document) -> str:
    """Return no note."""
    return ""


def sources_html(turns: Sequence[Turn], note: Note = nothing) -> str:
    """Return the cards of a conversation: the last answer's open, earlier ones folded."""
    answered = [(n, turn.answer) for n, turn in enumerate(turns, start=1) if turn.answer]
    if not answered:
        return empty_html()
    last = answered[-1]
    earlier = "".join(_earlier(n, answer, note) for n, answer in reversed(answered[:-1]))
    folded = f'<div class="ar-earlier"><h2>Earlier in this conversation</h2>{earlier}</div>'
    return f'<div class="ar-sources">{_group(*last, note)}{folded if earlier else ""}</div>'


def empty_html() -> str:
    """Return what stands in the panel before the first answer."""
    return (
        '<div class="ar-sources ar-empty"><p><b>Sources appear here.</b></p>'
        "<p>Every statement in an answer is quoted word for word, with its document and page. "
        "Follow a number such as [1] to the quote in its context.</p></div>"
    )


def start_html(documents: Sequence[Document]) -> str:
    """Return the panel of a new conversation: what it is for, and whom the library is about."""
    return f"{empty_html()}{coverage_html(documents)}"


def loading_html() -> str:
    """Return the shape of cards to come."""
    bones = '<div class="ar-bone"></div>' * 2
    return f'<div class="ar-sources" role="status" aria-label="Looking for sources">{bones}</div>'


def card_html(
    citation: Citation,
    *,
    card: str,
    number: int | None,
    back: str = "",
    note: Note = nothing,
    name: str = "",
    inside: str = "",
) -> str:
    """Return one card. ``card`` is its id, ``back`` names the answer that its link leads to.

    ``inside`` stands in place of the quote in its context.
    """
    document = citation.document
    badge = f'<span class="ar-number">{number}</span>' if number else ""
    name = name or (f"Source {number}" if number else "Closest passage")
    return (
        f'<article class="ar-card" id="{escape(card)}" tabindex="-1" aria-label="{name}">'
        f'<div class="ar-card-head">{badge}<span class="ar-title">{shown(document.title)}</span>'
        f'</div><p class="ar-place">{_tags(document)}{_place(citation)}</p>'
        f"{_said(note(document))}{inside or context_html(citation)}"
        f'<div class="ar-actions">{_more(citation)}{_back(back)}'
        f'<a class="ar-original" href="/original/{escape(document.id)}" target="_blank" '
        f'rel="noopener">Open the original</a>'
        f'<span class="ar-file">{shown(document.source)}</span></div></article>'
    )


def _said(note: str) -> str:
    return f'<p class="ar-changed">{shown(note)}</p>' if note else ""


def _back(back: str) -> str:
    return f'<a class="ar-back" href="#{escape(back)}">Back to the answer</a>' if back else ""


def context_html(citation: Citation) -> str:
    """Return the quote marked, with what it needs to stand alone around it."""
    if is_row(citation):
        return f'<div class="ar-context">{in_context_html(citation)}</div>'
    before, after = _around(citation)
    quote = f"{shown(before)}<mark>{shown(citation.quote)}</mark>{shown(after)}"
    return f'<div class="ar-context"><p class="ar-prose">{quote}</p></div>'


def _around(citation: Citation) -> tuple[str, str]:
    """Return the text before and after a quote: its neighbours, else of its paragraph."""
    near = _in_order([span for span in citation.context if span.role == "neighbour"])
    if near:
        before = "".join(f"{span.text} " for span in near if span.end <= citation.start)
        return before, "".join(f" {span.text}" for span in near if span.start >= citation.end)
    return _paragraph_around(citation)


def _paragraph_around(citation: Citation) -> tuple[str, str]:
    """Return what the quote's own paragraph says before and after it; a line is a paragraph."""
    document = citation.document
    page = next(p for p in document.pages if p.number == citation.page)
    first = document.text.rfind("\n", page.start, citation.start) + 1 or page.start
    last = document.text.find("\n", citation.end, page.end)
    last = page.end if last < 0 else last
    start, end = max(first, citation.start - AROUND), min(last, citation.end + AROUND)
    before = document.text[start : citation.start]
    after = document.text[citation.end : end]
    # A word cut in two by the window is left out; an ellipsis says that the paragraph goes on.
    if start > first:
        before = "… " + before.partition(" ")[2]
    if end < last:
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _in_order(spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: span.start)


def _tags(document: Document) -> str:
    words = [document.doc_type, *([str(document.period)] if document.period else [])]
    return "".join(f'<span class="ar-tag">{shown(word)}</span>' for word in words)


def _place(citation: Citation) -> str:
    """Return whose document it is, the page, the section and the dates."""
    document = citation.document
    parts = (
        ("company", ", ".join(document.companies) or document.metadata.publisher),
        ("page", f"page {place(citation)}"),
        ("section", " › ".join(part for part in citation.section if part != document.title)),
        (
            "date",
            f"to {day(document.period.end)}" if document.period and document.period.end else "",
        ),
        ("date", f"published {day(document.published)}" if document.published else ""),
    )
    return "".join(
        f'<span class="ar-at-{name}">{shown(text)}</span>' for name, text in parts if text
    )


def _more(citation: Citation) -> str:
    """Return what opens the page of a PDF, or more of the text of any other document."""
    document = citation.document
    if not document.source.lower().endswith((".pdf", *PICTURES)):
        return _passage(citation)
    return (
        f'<button type="button" class="ar-show" aria-expanded="false" data-page="{citation.page}" '
        f'data-document="{escape(document.id)}" data-start="{citation.start}" '
        f'data-end="{citation.end}">Show the page</button>'
    )


def _passage(citation: Citation) -> str:
    document = citation.document
    page = next(p for p in document.pages if p.number == citation.page)
    start = max(page.start, document.text.rfind("\n", 0, max(0, citation.start - WIDE)) + 1)
    end = document.text.find("\n", citation.end + WIDE)
    end = page.end if end < 0 else min(end, page.end)
    before, after = document.text[start : citation.start], document.text[citation.end : end]
    quote = f"{shown(before)}<mark>{shown(citation.quote)}</mark>{shown(after)}"
    return f'<details class="ar-passage"><summary>Show the text</summary><p>{quote}</p></details>'


def _group(turn: int, answer: Answer, note: Note) -> str:
    cards = _cards(turn, answer, note)
    if not cards:
        return '<div class="ar-empty"><p><b>No sources.</b></p><p>Nothing was quoted.</p></div>'
    head = "Sources" if answer.citations else "Closest passages"
    asked = f'<p class="ar-note">for “{shown(answer.question)}”</p>'
    return f'<div class="ar-cards"><h2>{head}</h2>{asked}{cards}</div>'


def _earlier(turn: int, answer: Answer, note: Note) -> str:
    count = counted(len(answer.citations or answer.nearest), "quote")
    return (
        f"<details><summary>{shown(answer.question)} <span>{count}</span></summary>"
        f'<div class="ar-cards">{_cards(turn, answer, note)}</div></details>'
    )


def _cards(turn: int, answer: Answer, note: Note) -> str:
    back = f"turn-{turn}"
    if answer.citations:
        return "".join(
            card_html(citation, card=f"src-{turn}-{n}", number=n, back=back, note=note)
            for n, citation in enumerate(answer.citations, start=1)
        )
    return "".join(
        card_html(citation, card=f"near-{turn}-{n}", number=None, back=back, note=note)
        for n, citation in enumerate(answer.nearest, start=1)
    )
