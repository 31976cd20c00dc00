"""The context of a passage, no longer than the embedder reads together with the passage."""

import re
from bisect import bisect_right
from collections.abc import Callable

from askretail_ingest.chunk import RESERVED_PIECES
from askretail_ingest.context import context_line, table_head
from askretail_ingest.nouns import Parsed, Passage

SEAM = 4  # pieces more that a tokenizer may need where context and passage meet; ours needs none

Count = Callable[[str], int]


class Contexts:
    """The contexts of a document's passages; many passages share one, which is counted once."""

    def __init__(self, parsed: Parsed, *, count: Count, max_pieces: int) -> None:
        self._parsed = parsed
        self._count = count
        self._max_pieces = max_pieces
        self._fits: dict[str, bool] = {}  # beside any passage

    def whole(self, passage: Passage) -> str:
        """Return the context line, with the head of the passage's table on a line of its own."""
        line = context_line(self._parsed.document.metadata, passage.section)
        head = "" if passage.table is None else table_head(self._parsed, passage.table)
        return f"{line}\n{head}" if head else line

    def fitted(self, whole: str, text: str) -> str:
        """Return what the embedder reads of a whole context in front of a passage's text."""
        if whole not in self._fits:
            self._fits[whole] = self._count(whole) + SEAM <= RESERVED_PIECES
        if self._fits[whole]:  # so much the chunker has left to it
            return whole
        return fit_context(whole, text, count=self._count, max_pieces=self._max_pieces)


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
