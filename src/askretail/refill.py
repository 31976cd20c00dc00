"""Remarks that name another thing: "and for clothing?", "and Canada?", "by segment?"."""

import re
from collections.abc import Sequence

from askretail.lexicon import find_metrics
from askretail.periods import Dated, find_periods
from askretail.phrases import capital, chunks, place_in
from askretail.topic import Topic

LINK = re.compile(
    r"^(?P<word>about|for|in|on|at|of|from|by|with|outside|within|under|through)\s+", re.I
)
ONLY = re.compile(r"^(?:only|just|mostly|mainly|especially|including|excluding|except)\b", re.I)
_IS_A = re.compile(
    r"\s*(?:is|are|was|were)\s+(?P<thing>(?!there\b|it\b|this\b|that\b)[\w-]+(?:\s+[\w-]+)?)\s+an?\s+\w+",
    re.I,
)
_SWAPPED = frozenset(("about", "for", "in", "on", "at", "of", "from"))  # "by segment" is added


def refilled(rest: str, dated: Sequence[Dated], topic: Topic) -> str:
    """Return the last question with its like replaced, or with the remark behind it."""
    bare = topic.question.rstrip("?. !")
    link = LINK.match(rest)
    thing = re.sub(r"^(?:the|a|an)\s+", "", rest[link.end() :] if link else rest)
    word = link.group("word").lower() if link else ""
    if ONLY.match(rest):
        return f"{bare}, {rest}?"
    spot = None if dated or (link and word not in _SWAPPED) else _spot(bare, word, thing, topic)
    if spot is None:
        return f"{bare} {rest}?" if link else f"{bare}, regarding {rest}?"
    start, end = spot
    return f"{bare[:start]}{capital(thing) if _is_place(thing) else thing}{bare[end:]}?"


def _spot(text: str, word: str, thing: str, topic: Topic) -> tuple[int, int] | None:
    """Return where in the last question the like of a thing stands, None when nowhere.

    A figure takes the place of a figure, a country that of a country; "for Signify" that of "for
    Oak Street"; "for clothing" that of "Nike's shoes", unless those are a figure.
    """
    own = text.find(topic.own) if topic.own else -1
    mine = (own, own + len(topic.own)) if own >= 0 else None
    if find_metrics(thing) and find_metrics(topic.own):
        return mine
    if _is_place(thing):
        return place_in(text) or _linked(text, word)
    if not word:
        return _classed(text) or _last(text, topic)
    return _linked(text, word) or (None if find_metrics(topic.own) else mine)


def _classed(text: str) -> tuple[int, int] | None:
    """Return where the thing stands that a question puts in a class: "Is chili a stew"."""
    asked = _IS_A.match(text)
    return asked.span("thing") if asked else None


def _is_place(text: str) -> bool:
    return place_in(capital(text)) == (0, len(text))


def _linked(text: str, word: str) -> tuple[int, int] | None:
    """Return where the phrase stands that the same preposition joins to the end of a text."""
    same = re.search(rf"\b(?:{word}|of)\s+(?:the\s+)?(?P<phrase>\w[\w&'’ -]*?)\s*$", text, re.I)
    parts = list(chunks(same.group("phrase"))) if same else []
    if not parts or find_periods(parts[-1]):
        return None
    start = text.rindex(parts[-1])
    return start, start + len(parts[-1])


def _last(text: str, topic: Topic) -> tuple[int, int] | None:
    """Return where a text ends in a thing that is no figure, company, period or possession."""
    parts = list(chunks(text))
    last = parts[-1] if parts else ""
    start = len(text) - len(last)
    ends = [*(one.end for one in topic.named), *(one.end for one in topic.dated)]
    taken = max(ends, default=0) > start or re.search(r"['’]s?\s+$", text[:start])
    if not last or taken or not text.endswith(f" {last}") or find_metrics(last):
        return None
    return start, len(text)
