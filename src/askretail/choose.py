"""The quotes that an answer shows: as many as the intent needs, if they carry an answer at all."""

from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.cite import cite
from askretail.compose import QUOTES, margin
from askretail.evidence import evidence
from askretail.joined import joined
from askretail.listed import apart, with_items, with_rows
from askretail.nouns import Citation, Reading
from askretail.quotes import Quote
from askretail.silence import is_general, probability, threshold
from askretail_index.library import Library

REPEAT_COST = 1.0  # for each quote already taken from the same document, in an overview
LEAST = 3  # quotes of an overview, however far the best stands above the others
ON_THEME = 0.85  # share of the best cosine that a quote of an overview has at least


def sure(library: Library, catalogue: Catalogue, reading: Reading, quotes: Sequence[Quote]) -> bool:
    """Return whether the quotes carry an answer."""
    limit = threshold(general=is_general(reading, catalogue))
    return probability(evidence(library, catalogue, reading, quotes)) >= limit


def chosen(library: Library, reading: Reading, quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Return the citations of the quotes that the intent needs, best first.

    Neighbours that both qualify are one quote. An overview keeps to its theme and spreads over
    documents and sections: each repeat costs a little when the next quote is taken.
    """
    floor = quotes[0].score - margin(reading.intent)
    if reading.intent == "overview":
        theme = max(q.cosine for q in quotes) * ON_THEME
        left, least, spread = [q for q in quotes if q.cosine >= theme], LEAST, REPEAT_COST
    else:
        left, least, spread = list(quotes), 0, 0.0
    taken: list[Quote] = []
    while left and len(taken) < QUOTES[reading.intent]:
        best = max(left, key=lambda q: q.score - spread * _repeats(q, taken))
        if best.score < floor and len(taken) >= least:
            break
        best = joined(best, left, floor)
        room = QUOTES[reading.intent] - len(taken)
        *first, last = with_items(best, room)
        whole = [*first, *with_rows(last, left, room - len(first))]
        taken.extend(whole)
        left = apart(left, [best, *whole])
    return tuple(cite(library, quote) for quote in taken)


def _repeats(quote: Quote, taken: Sequence[Quote]) -> int:
    """Count how often the document and the section of a quote were taken before."""
    document = sum(quote.hit.document.id == other.hit.document.id for other in taken)
    section = sum(quote.hit.section == other.hit.section for other in taken)
    return document + section
