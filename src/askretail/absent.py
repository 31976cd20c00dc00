"""Topics that a question asks about and that the documents never touch on.

"What does Walmart say about drones?" has no answer where no document of Walmart has the word, nor
what is printed for it, and where no word of what was found comes near. What is nearest then is
about something else, however well it fits the rest of the question.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from askretail.catalogue import Catalogue
from askretail.data_files import read_data, texts
from askretail.near import bare_nearness, question_words
from askretail.nouns import Reading
from askretail.officeholder import office_of
from askretail.phrases import relational, vague, verbs
from askretail.quotes import Quote
from askretail.scope import in_scope
from askretail.text import stem
from askretail.thesaurus import printed_for
from askretail_index.lexical import count_passages
from askretail_index.library import Library
from askretail_index.word_vectors import meaningful

# Nearness below which words stay apart: "drones" and "robots" have .34, "tablets" and "pills" .44.
FAR = 0.35
PART = 0.5  # of the words of a topic that is asked for by name: "animal testing" is not "testing"
# What follows these is the topic itself: "say anything about", "is there a word on", "mention".
_NAMED = re.compile(
    r"\b(?:say|says|said|write|writes|tell|tells|disclose[sd]?|reports?|speaks?|talks?|comments?|"
    r"anything|something|word|mention|information|policy|position|view|stance)"
    r"(?:\s+\w+){0,3}?\s+(?:about|on|of|regarding|concerning)\s+(?P<on>.+)"
    r"|\b(?:mention|mentions|mentioned|discuss|discusses|discussed)\s+(?P<bare>.+)",
    re.I,
)
_PARTS = re.compile(r",|\b(?:and|or)\b", re.I)
# Others are put in plain words ("letting people go"), which no document may have either.
TOPICAL = ("yes_no", "overview")
# A verb follows "who", and what ends in "ed" is one: neither names a topic.
_VERB = re.compile(r"^\W*(?:and\s+)?(?:who|which\s+\w+)\s+\w+|\b\w+ed\b", re.I)


def absent_topic(
    library: Library, catalogue: Catalogue, reading: Reading, quotes: Sequence[Quote]
) -> tuple[str, ...]:
    """Return the words of the topic that the documents never touch on; none if they may."""
    named = _NAMED.search(reading.standalone)
    if not quotes or office_of(reading, catalogue):  # titles are printed in too many ways
        return ()
    if named is None and reading.intent not in TOPICAL:
        return ()
    parts = _topic(reading, named)
    words = [word for part in parts for word in part]
    strange = _unprinted(library, catalogue, reading, words)
    least = PART if named else 1.0
    if not _missing(parts, strange, least):
        return ()
    far = _far(library, strange, quotes)
    return tuple(far) if _missing(parts, far, least) else ()


def untold(absent: Sequence[str], reading: Reading) -> tuple[str, ...]:
    """Say what the documents never touch on, as a reason for silence."""
    whose = f" of {' and '.join(reading.companies)}" if reading.companies else ""
    words = " and ".join(f"“{word}”" for word in absent)
    return (*reading.relaxed, f"no document{whose} speaks of {words}") if absent else ()


def _topic(reading: Reading, named: re.Match[str] | None) -> list[list[str]]:
    """Return the words that name what a question is about, in the parts that "and" joins."""
    text = (named["on"] or named["bare"]) if named else _VERB.sub("", reading.standalone)
    asked = [w for w in question_words(reading) if stem(w) not in _asking()]
    pieces = [set(meaningful(piece)) for piece in _PARTS.split(text)]
    return [part for piece in pieces if (part := [w for w in asked if w in piece])]


def _missing(parts: Sequence[Sequence[str]], words: Sequence[str], least: float) -> bool:
    """Return whether at least that share of each part is among the words."""
    there = [sum(word in words for word in part) / len(part) for part in parts]
    return bool(there) and min(there) >= least


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    """Return the stems of words that ask and say nothing of what is asked about."""
    data = read_data("intents.toml")
    listed = (*texts(data["generic"]), *texts(data["asking"]))
    return frozenset(stem(w) for w in (*listed, *verbs(), *vague(), *relational()))


def _unprinted(
    library: Library, catalogue: Catalogue, reading: Reading, words: Sequence[str]
) -> list[str]:
    """Return the words that no document asked has, nor what is printed for them."""
    about, _ = in_scope(reading, catalogue)
    printed = printed_for(reading.standalone)
    forms = {
        word: (word, *(p for say, ps in printed.items() if word in meaningful(say) for p in ps))
        for word in words
    }
    counts = count_passages(library.store, [f for each in forms.values() for f in each], about)
    return [word for word, each in forms.items() if not any(counts[form] for form in each)]


def _far(library: Library, words: Sequence[str], quotes: Sequence[Quote]) -> list[str]:
    """Return the words that no word of the passages found comes near."""
    near = bare_nearness(library, tuple(words))
    passages = {q.hit.passage_id: f"{q.head} {q.hit.text}" for q in quotes}
    best = np.max([near.of_text(text) for text in passages.values()], axis=0)
    return [word for word, value in zip(words, best.tolist(), strict=True) if value < FAR]
