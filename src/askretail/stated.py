"""A figure that a question states itself: "What drove the 22% increase?" is about that one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from askretail.quotes import Quote

LIFT = 1.0  # of score above the best: what is merely near does not come along
FIRST = 20  # quotes looked through: what is further down is about something else
_FIGURE = re.compile(
    r"\$\s?\d[\d,.]*\d|\$\s?\d|\b\d[\d,.]*\s?(?:%|percent\b|basis points\b|million\b|billion\b)"
)


def stated_first(question: str, quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes with those first that hold every figure which the question states."""
    figures = {_folded(figure) for figure in _FIGURE.findall(question)}
    if not figures:
        return list(quotes)
    best = quotes[0].score if quotes else 0.0
    lifted = [
        replace(quote, score=best + LIFT + quote.score / 1000)
        for quote in quotes[:FIRST]
        if figures <= {_folded(figure) for figure in _FIGURE.findall(quote.text)}
    ]
    places = {(quote.hit.passage_id, quote.start, quote.text) for quote in lifted}
    rest = [q for q in quotes if (q.hit.passage_id, q.start, q.text) not in places]
    return [*lifted, *rest]


def _folded(figure: str) -> str:
    """Return a figure as it compares: "22 percent" is "22%", "$ 5 billion" is "$5billion".

    >>> _folded("22 percent"), _folded("$ 5"), _folded("0.50 %")
    ('22%', '$5', '0.50%')
    """
    return re.sub(r"\s", "", figure.lower()).replace("percent", "%")
