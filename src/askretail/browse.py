"""Passages for a few words: those that hold more of the words first, else as search ranks them."""

from collections.abc import Sequence

from askretail.nouns import Hit
from askretail.text import content_words

POOL = 60  # hits looked through: as many as are asked of each search in ``candidates.py``


def by_words(hits: Sequence[Hit], words: str) -> tuple[Hit, ...]:
    """Return the hits, those with more of the words first; among equals their order stays."""
    wanted = content_words(words)
    return tuple(sorted(hits, key=lambda hit: -len(wanted & content_words(hit.text))))
