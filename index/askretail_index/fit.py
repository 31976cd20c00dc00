"""The context of a passage, no longer than the embedder reads together with the passage."""

import re
from bisect import bisect_right
from collections.abc import Callable

Count = Callable[[str], int]


def embedder_text(context: str, text: str) -> str:
    """Return what the embedder reads: the context line, then the passage."""
    return f"{context}\n{text}"


def fit_context(context: str, text: str, *, count: Count, max_pieces: int) -> str:
    """Return the words of a context, from its first, that the embedder can read with the text.

    The passage itself is never cut here: the chunker has left room for its context.
    """
    if count(embedder_text(context, text)) <= max_pieces:
        return context
    ends = [0, *(word.end() for word in re.finditer(r"\S+", context))]
    fitting = bisect_right(
        ends, max_pieces, key=lambda end: count(embedder_text(context[:end], text))
    )
    return context[: ends[max(fitting - 1, 0)]]
