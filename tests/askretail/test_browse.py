"""What is looked at for a few words: the words decide, then the ranking."""

from dataclasses import replace

from askretail.browse import by_words
from askretail.nouns import Hit

from .test_verify import REPORT, document

TEXTS = ("Sales grew.", "A private matter.", "Private labels grew.", "A label.", "Private label.")


def test_passages_with_more_of_the_words_come_first_else_in_their_order() -> None:
    first = Hit(document(REPORT), 1, 0, 1, "", 1.0)
    hits = [replace(first, text=text) for text in TEXTS]
    found = [hit.text for hit in by_words(hits, "the private label")]
    assert found == [TEXTS[2], TEXTS[4], TEXTS[1], TEXTS[3], TEXTS[0]]
