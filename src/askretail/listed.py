"""Lists in prose: the sentence that announces one, and the items that say it.

"The decrease was primarily due to:" answers nothing without its items, and an item little
without that sentence. A table that a sentence announces is such a list.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from askretail.quotes import Quote
from askretail_ingest.nouns import Document
from askretail_ingest.sentences import BULLETS, sentences
from askretail_ingest.spans import MAX_QUOTE

Place = tuple[int, int]

PIECES = 3  # quotes that one list may fill: about a thousand characters of items
REACH = 4000  # characters looked back for the sentence that announces a list

_NUMBER = r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|\([ivx]{1,4}\))\s"
_ITEM = re.compile(rf"\s*([{BULLETS}][^\n{BULLETS}]*)|\s*\n({_NUMBER}[^\n]*)")
_LAST_ITEM = re.compile(rf"(?:[{BULLETS}][^\n{BULLETS}]*|(?<=\n){_NUMBER}[^\n]*)\Z")
_OPENS_ITEM = re.compile(rf"[{BULLETS}]|{_NUMBER}")


def is_item(text: str) -> bool:
    """Return whether a quote is an item of a list: "• Lower costs", "2. Grow abroad"."""
    return bool(_kind(text))


def _kind(text: str) -> str:
    """Return "bullet", "number" or, for what is no item, ""."""
    if _OPENS_ITEM.match(text) is None:
        return ""
    return "bullet" if text[0] in BULLETS else "number"


def items_after(document: Document, end: int) -> list[Place]:
    """Return the places of the items that follow ``end`` on its page, in order."""
    page = document.page_at(end - 1)
    found: list[Place] = []
    while (item := _ITEM.match(document.text, end, page.end)) is not None:
        start, end = item.span(item.lastindex or 0)
        found.append((start, start + len(document.text[start:end].rstrip())))
    return found


def announced_by(document: Document, start: int) -> Place | None:
    """Return the place of the sentence that announces the list of the item at ``start``."""
    page = document.page_at(start)
    first = max(page.start, start - REACH)
    before = document.text[first:start].rstrip()
    while (item := _LAST_ITEM.search(before)) is not None:
        before = before[: item.start()].rstrip()
    said = sentences(document.text, first, first + len(before))
    if not said or not before.endswith(":") or said[-1][0] == first > page.start:  # cut
        return None
    lead = document.text[slice(*said[-1])]
    return None if _kind(lead) == _kind(document.text[start : start + 8]) else said[-1]


def with_items(quote: Quote, room: int) -> list[Quote]:
    """Return a quote, and if it announces a list, its items with it: ``room`` quotes at most.

    The first goes on as far as whole items fit into ``MAX_QUOTE`` characters, so do the others.
    """
    if quote.hit.kind == "table" or not quote.text.endswith(":"):
        return [quote]
    document = quote.hit.document
    pieces: list[Place] = [(quote.start, quote.end)]
    for start, end in items_after(document, quote.end):
        if end - pieces[-1][0] <= MAX_QUOTE:
            pieces[-1] = (pieces[-1][0], end)
        elif end - start <= MAX_QUOTE:
            pieces.append((start, end))
        else:  # cut, an item would not say what it means
            break
    return [_at(quote, place) for place in pieces[: min(room, PIECES)]]


def with_rows(quote: Quote, others: Sequence[Quote], room: int) -> list[Quote]:
    """Return a quote, and if a table follows that it announces, the best of its rows in order.

    Rows that come with the quote as the title of their table need it no second time.
    """
    if quote.hit.kind == "table" or not quote.text.endswith(":"):
        return [quote]
    text = quote.hit.document.text
    rows = [
        other
        for other in others
        if other.hit.kind == "table"
        and other.hit.document.id == quote.hit.document.id
        and other.hit.page == quote.hit.page
        and not text[quote.end : max(quote.end, other.hit.start)].strip()
        and other.start >= quote.end
    ]
    titled = bool(rows) and quote.text in rows[0].head
    best = sorted(rows[: min(room, PIECES) - (not titled)], key=lambda row: row.start)
    return best if titled else [quote, *best]


def apart(quotes: Sequence[Quote], taken: Sequence[Quote]) -> list[Quote]:
    """Return the quotes of which no word stands in one of the taken."""
    return [
        quote
        for quote in quotes
        if not any(
            quote.hit.document.id == other.hit.document.id
            and quote.start < other.end
            and other.start < quote.end
            for other in taken
        )
    ]


def _at(quote: Quote, place: Place) -> Quote:
    start, end = place
    return replace(quote, start=start, end=end, text=quote.hit.document.text[start:end])
