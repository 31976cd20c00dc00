"""Sentences that stand side by side and both answer, as one quote."""

from collections.abc import Iterable
from dataclasses import replace

from askretail.listed import is_item
from askretail.quote_features import LEANS
from askretail.quotes import Quote
from askretail_ingest.spans import MAX_QUOTE


def joined(quote: Quote, others: Iterable[Quote], floor: float) -> Quote:
    """Return a quote with its neighbours, on either side, that score ``floor`` or more.

    Only sentences of one paragraph or items of one list are joined, and only up to ``MAX_QUOTE``
    characters: the quote stays one slice, with no word in it that is not worth quoting.
    """
    fit = [other for other in others if other.score >= floor and _may_join(quote, other)]
    whole = quote
    while (found := next((w for o in fit if (w := _with(whole, o)) is not None), None)) is not None:
        whole = found
    return whole


def _may_join(quote: Quote, other: Quote) -> bool:
    """Return whether both are prose of one text, and a quote that stands alone still would."""
    prose = quote.hit.kind != "table" and other.hit.kind != "table"
    leans = other.start < quote.start and LEANS.match(other.text) is not None
    return prose and not leans and quote.hit.document.id == other.hit.document.id


def _with(quote: Quote, other: Quote) -> Quote | None:
    """Return both as one quote; None if they are no neighbours or too long together."""
    first, last = sorted((quote, other), key=lambda q: q.start)
    text = quote.hit.document.text
    gap = text[first.end : last.start]
    beside = gap.isspace() and (gap == "\n" if is_item(last.text) else "\n" not in gap)
    if first.end > last.start or not beside or last.end - first.start > MAX_QUOTE:
        return None
    both = first.words | last.words
    return replace(
        quote, start=first.start, end=last.end, text=text[first.start : last.end], words=both
    )
