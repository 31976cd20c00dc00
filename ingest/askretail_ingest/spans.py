"""What may be quoted of a passage: its sentences or its table rows, none too long to read."""

import re
from typing import Literal

from askretail_ingest.sentences import sentences

MAX_QUOTE = 400  # characters; a table row may be longer
_CLAUSE = re.compile(r"(?<=[;:,])\s+|\s+(?=(?:and|but|which|while|because)\s)")
_SPACE = re.compile(r"\s+")

Span = tuple[int, int]


def spans(text: str, kind: Literal["prose", "table"]) -> list[Span]:
    """Return the (start, end) of each quotable part of a passage's text, in order.

    A table gives its rows, prose its sentences, of which long ones are cut at a clause.
    """
    if kind == "table":
        return _rows(text)
    return [part for start, end in sentences(text) for part in _short_enough(text, start, end)]


def _rows(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _short_enough(text: str, start: int, end: int) -> list[Span]:
    """Return the span, or its clauses joined up to MAX_QUOTE characters each."""
    if end - start <= MAX_QUOTE:
        return [(start, end)]
    clauses = [start + m.end() for m in _CLAUSE.finditer(text[start:end])]
    words = [start + m.end() for m in _SPACE.finditer(text[start:end])]
    parts, first = [], start
    while end - first > MAX_QUOTE:
        cut = _last(clauses, first) or _last(words, first) or first + MAX_QUOTE
        parts.append((first, first + len(text[first:cut].rstrip())))
        first = cut
    parts.append((first, end))
    return parts


def _last(cuts: list[int], first: int) -> int | None:
    """Return the last cut that a quote from ``first`` reaches."""
    return max((c for c in cuts if first < c <= first + MAX_QUOTE), default=None)
