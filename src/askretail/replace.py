"""Remarks that put something else into the last question: "and Amazon?", "no, 2021"."""

import re
from collections.abc import Sequence

from askretail.catalogue import Catalogue
from askretail.companies import Named, find_companies
from askretail.lexicon import find_metrics
from askretail.periods import Dated, find_periods
from askretail.phrases import capital
from askretail.refer import away
from askretail.refill import LINK, ONLY, refilled
from askretail.shift import MAX_WORDS, moved
from askretail.topic import Topic, written

LEAD = re.compile(
    r"^\s*(?:(?:ok(?:ay)?|and|but|so|now|then|also|well|sure|thanks|thank you|hello|hi|great|"
    r"right|no|sorry|actually|rather|instead|i\s+meant?|i\s+mean|what\s+about|how\s+about|what\s+of|"
    r"what\s+(?:was|is|were)\s+(?:it|that|they)(?=\s+(?:in|for|at|a\s+year|the\s+year|two|three)\b)|"
    r"the\s+same\s+(?:for|of|at|with)|same\s+(?:for|of|at|with)|do\s+the\s+same\s+for)\b[\s,:;.!-]*)+",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|may|might|"
    r"give|show|tell|list|explain|compare|describe|split|break)\b|['’](?:d|s|re)\s+(?:it|they|he|she)\b"
    r"|\bhow\s+(?:much|many)\b|^\s*(?:how|why|who|whom|whose|which|when|where|what|any|anything|anyone)\b",
    re.I,
)
_NOT = re.compile(
    r",?\s*\bnot\s+(?:for\s+|in\s+)?(?P<wrong>[\w.&'’ -]+?)\s*(?:,\s*(?:but\s+)?|\bbut\s+|$)", re.I
)
_POLITE = re.compile(r"[\s,]+(?:please|pls|then|instead|though|too|as\s+well)\s*$", re.I)
_ASKED_AGAIN = re.compile(
    r"^(?:what|how)\s+(?:is|was|were|are|did)\s+(?:(?:it|that|they|things)\s+)?"
    r"(?:(?:like|do)\s+)?|\b(?:in\s+)?(?:that|the\s+same)\s+(?:year|quarter)$",
    re.I,
)
_VERSUS = re.compile(r"^(?:vs\.?|versus)\s", re.I)
_OWN_FIGURE = re.compile(r"^(?:its|their)\s+", re.I)
_JOINS = r"['’]?s?,?\s+(?:and|or|with|to|than|vs\.?|versus)\s+"
_JOINING = frozenset(
    (
        "and",
        "or",
        "in",
        "for",
        "of",
        "the",
        "at",
        "s",
        "fiscal",
        "year",
        "years",
        "to",
        "vs",
        "versus",
        "with",
    )
)


def remark(question: str) -> str:
    """Return a question without the words that lead in or close politely: "and ... please?"."""
    rest = _NOT.sub(" ", LEAD.sub("", question, count=1)).strip(" ,?.!")
    return _POLITE.sub("", rest)


def replaced(question: str, topic: Topic, catalogue: Catalogue) -> str:
    """Return the last question with what a remark names put in, "" when it is no such remark."""
    rest = remark(question)
    shifted = moved(rest, topic)
    if shifted or not rest:
        return shifted
    for text in (rest, _ASKED_AGAIN.sub("", rest).strip(), ONLY.sub("", rest).strip()):
        named, dated = find_companies(text, catalogue), find_periods(text)
        if _only(text, named, dated):
            return _renamed(text, named, dated, topic)
    named, dated = find_companies(rest, catalogue), find_periods(rest)
    led = LEAD.match(question) or LINK.match(rest) or ONLY.match(rest)
    if led and _same_kind(rest, topic):
        rest = _OWN_FIGURE.sub("", rest)
    if not led or _VERB.search(rest) or away(rest) or len(rest.split()) > MAX_WORDS:
        return ""
    if named and topic.thing in topic.question and find_metrics(topic.own) and find_metrics(rest):
        return topic.question.replace(topic.thing, rest)
    if named:
        return "" if dated or not topic.period else f"{capital(rest)} in {topic.period}?"
    return refilled(rest, dated, topic)


def _same_kind(rest: str, topic: Topic) -> bool:
    """Return whether "its clothes" follows "make its shoes", or "its margin" a figure."""
    if find_metrics(topic.own):
        return bool(find_metrics(rest))
    return bool(topic.own) and f"its {topic.own}" in topic.question


def _only(rest: str, named: Sequence[Named], dated: Sequence[Dated]) -> bool:
    """Return whether a remark holds nothing but companies and periods."""
    if not named and not dated:
        return False
    left = list(rest)
    for start, end in [(n.start, n.end) for n in named] + [(d.start, d.end) for d in dated]:
        left[start:end] = " " * (end - start)
    words = re.findall(r"[a-z]+", "".join(left).lower().replace("'s", ""))
    return set(words) <= _JOINING


def _renamed(rest: str, named: Sequence[Named], dated: Sequence[Dated], topic: Topic) -> str:
    """Return the last question about these companies and periods instead."""
    text = topic.question
    if _VERSUS.match(rest):
        return f"{text.rstrip('?. !')} {rest}?"
    if dated:
        phrase = rest[dated[0].start : dated[-1].end]
        if topic.dated:
            start, end = topic.dated[0].start, topic.dated[-1].end
            text = text[:start] + phrase + text[end:]
        else:
            text = f"{text.rstrip('?. ')} in {phrase}?"
    if not named:
        return text
    names = " and ".join(dict.fromkeys(written(rest, one) for one in named))
    if not topic.named:
        return f"{text.rstrip('?. ')}, for {names}?"
    return _exchange(text, topic, named, names)


def _exchange(text: str, topic: Topic, named: Sequence[Named], names: str) -> str:
    """Put names in the place of the company they replace.

    That is both of a pair that one is picked from, else the one of the same house ("Whole Foods"
    for "Zappos"), else the second of a pair compared, else the first.
    """
    spelt = [re.sub(r"['’]s?$", "", topic.question[n.start : n.end]) for n in topic.named]
    pair = re.search(rf"(?<!\w){_JOINS.join(map(re.escape, spelt[:2]))}", text)
    joined = pair is not None and len(spelt) > 1
    same = [place for place, n in enumerate(topic.named) if n.company == named[0].company]
    if pair and joined and same:
        return text[: pair.start()] + names + text[pair.end() :]
    place = same[-1] if same else int(joined)
    company = topic.named[place].company
    olds = (
        [spelt[place]]
        if same
        else [one for one, n in zip(spelt, topic.named, strict=True) if n.company == company]
    )
    for old in dict.fromkeys(olds):
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: names, text)
    return text
