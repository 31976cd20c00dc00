"""Comparing wordings: content words, overlap, near-duplicates, boilerplate."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from askretail.data_files import read_data, texts
from askretail_index.lexical import stop_words

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SUFFIX = re.compile(r"(?:ies|ing|ed|es|s|ly)$")
MIN_STEM = 4  # "sales" and "sale" meet, "gas" keeps its s
REMEMBERED = 1 << 14  # words or sentences: many come up again in the next question


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """Return a word without its common endings; enough to let plural and singular meet."""
    shorter = _SUFFIX.sub("", word)
    return shorter if len(shorter) >= MIN_STEM else word


@lru_cache(maxsize=REMEMBERED)
def content_words(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning."""
    plain = stop_words()
    words = (w.lower() for w in _TOKEN.findall(text))
    return frozenset(stem(w) for w in words if w not in plain and len(w) > 1)


def standing(wanted: Collection[str], text: str) -> list[tuple[int, int]]:
    """Return where the words stand in a text whose stems are wanted, in order."""
    found = _TOKEN.finditer(text)
    return [match.span() for match in found if stem(match[0].lower()) in wanted]


def overlap(wanted: Collection[str], text: str) -> float:
    """Return the share of the wanted stems that stand in a text, 0 when none is wanted."""
    if not wanted:
        return 0.0
    there = content_words(text)
    return sum(word in there for word in wanted) / len(wanted)


def alike(one: frozenset[str], other: frozenset[str], *, share: float = 0.8) -> bool:
    """Return whether two sets of words are nearly the same (Jaccard)."""
    both = len(one & other)
    union = len(one) + len(other) - both
    return union > 0 and both / union >= share


@lru_cache(maxsize=1)
def _boilerplate() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{p})" for p in texts(read_data("boilerplate.toml")["patterns"]))
    )


@lru_cache(maxsize=REMEMBERED)
def is_boilerplate(sentence: str) -> bool:
    """Return whether a sentence is a legal formula, a reference or a line of contents."""
    return _boilerplate().search(sentence.lower()) is not None


def is_apparatus(section: Sequence[str]) -> bool:
    """Return whether a section path ends under a heading such as Sources or Signatures."""
    headings = texts(read_data("boilerplate.toml")["sections"])
    return bool(section) and section[-1].strip(" .:").lower() in headings
