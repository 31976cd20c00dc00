"""Remarks that move the last question in time: "the year before", "Q3?", "last year"."""

import re

from askretail.periods import find_periods
from askretail.topic import Topic

MAX_WORDS = 8  # a longer remark says more than when
_EARLIER = re.compile(
    r"\b(?:(?:the\s+)?(?:year|one)\s+(?:before|earlier|prior)|(?:the\s+)?(?:previous|prior)\s+"
    r"(?:fiscal\s+)?year|a\s+year\s+(?:before|earlier))(?:\s+that)?\b",
    re.I,
)
_LATER = re.compile(
    r"\b(?:(?:the\s+)?year\s+(?:after|later|on)|(?:the\s+)?(?:next|following)\s+(?:fiscal\s+)?year|"
    r"a\s+year\s+(?:later|on))(?:\s+that)?\b",
    re.I,
)
_STEPS = {"two": 2, "three": 3, "four": 4, "five": 5}
_STEP_WORD = re.compile(
    r"\b(two|three|four|five)\s+years\s+(before|earlier|later|after|on)\b", re.I
)
_WHEN_WORDS = frozenset(
    ("what", "was", "is", "were", "it", "they", "that", "in", "for", "of", "the")
)
_QUARTER = re.compile(
    r"(?:(?:in|for)\s+)?(?:the\s+)?(?:q\s?[1-4]|(?:first|second|third|fourth)\s+quarter)", re.I
)
_NEWEST = re.compile(
    r"^(?:in\s+)?(?:the\s+)?(?:last|past|latest|most\s+recent|current|this)\s+(?:\w+\s+)?"
    r"(?:fiscal\s+)?(?:years?|quarters?)$",
    re.I,
)
_IN = re.compile(r"\s*\b(?:in|for|of|during|at\s+the\s+end\s+of)\s*$", re.I)


def moved(rest: str, topic: Topic) -> str:
    """Return the last question at another time, "" when a remark does not ask for that."""
    if find_periods(rest) or len(rest.split()) > MAX_WORDS:
        return ""
    if _NEWEST.match(rest):
        return _at(rest, topic)
    if not topic.dated:
        return ""
    if _QUARTER.fullmatch(rest):
        bare = re.sub(r"^(?:in|for)\s+", "", rest, flags=re.I)
        return _at(f"in {bare} of fiscal {topic.dated[-1].period.year}", topic)
    step = _step(rest)
    return _stepped(topic, step) if step else ""


def _at(when: str, topic: Topic) -> str:
    """Return the last question with its period left out and another time at its end."""
    text = topic.question.rstrip("?. !")
    if topic.dated:
        start, end = topic.dated[0].start, topic.dated[-1].end
        text = f"{_IN.sub('', text[:start])}{text[end:]}"
    return f"{text} {when}?"


def _step(rest: str) -> int:
    """Return by how many years a remark moves, 0 when it says anything else."""
    for pattern, step in ((_STEP_WORD, 0), (_EARLIER, -1), (_LATER, 1)):
        found = pattern.search(rest)
        if found is None:
            continue
        left = f"{rest[: found.start()]} {rest[found.end() :]}".lower().split()
        if not set(left) <= _WHEN_WORDS:
            return 0
        return step or _worded(found)
    return 0


def _worded(found: re.Match[str]) -> int:
    """Return the years of "two years before"."""
    back = found.group(2).lower() in ("before", "earlier")
    return _STEPS[found.group(1).lower()] * (-1 if back else 1)


def _stepped(topic: Topic, step: int) -> str:
    text = topic.question
    for old in sorted(topic.dated, key=lambda d: -d.start):
        span = text[old.start : old.end]
        text = text[: old.start] + _shifted(span, old.period.year, step) + text[old.end :]
    return text


def _shifted(span: str, year: int, step: int) -> str:
    """Return the words of a period in another year.

    >>> _shifted("fiscal 2022", 2022, -1), _shifted("Q2 FY24", 2024, 1)
    ('fiscal 2021', 'Q2 FY25')
    """
    if str(year) in span:
        return span.replace(str(year), str(year + step))
    short = f"{year % 100:02}"
    return re.sub(rf"{short}(?!.*{short})", f"{(year + step) % 100:02}", span)
