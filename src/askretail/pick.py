"""Companies picked from those named before: "the other one", "the latter", "both"."""

import re
from collections.abc import Sequence

from askretail.topic import Topic

_OTHER = re.compile(
    r"\bthe\s+other\s+(?:one|company|retailer|chain|firm)\b|\bthe\s+other(?=\s*[?.]|$)", re.I
)
_ALONE = r"(?=\s*[?.,]|\s*$|\s+(?:is|was|do|does|did|has|in|for|at|or|and)\b)"
_FORMER = re.compile(rf"\bthe\s+former\b{_ALONE}", re.I)
_LATTER = re.compile(rf"\bthe\s+latter\b{_ALONE}", re.I)
_COMPARE = re.compile(r"^\s*(?:and\s+)?(?:please\s+)?compare\s+\w+(?:\s+\w+){0,2}\W*$", re.I)
_TWO = re.compile(r"\b(?P<of>of\s+)?(?:both(?:\s+of\s+them)?|the\s+two(?:\s+of\s+them)?)\b", re.I)
_ONE_OF_THEM = re.compile(
    r"(?:(?<=\bany )|(?<=\beach )|(?<=\beither )|(?<=\bneither ))(?P<of>of\s+)them\b", re.I
)
_THEM = re.compile(r"\b(?P<of>of\s+)?(?:them|they)\b", re.I)


def one_of(text: str, topics: Sequence[Topic]) -> str:
    """Return a question with companies put for the words that pick among them."""
    pair = _pair(topics)
    if len(pair) == 2 and (_FORMER.search(text) or _LATTER.search(text)):
        return _LATTER.sub(lambda _: pair[1], _FORMER.sub(lambda _: pair[0], text))
    if _OTHER.search(text):
        other = _other(topics)
        return _OTHER.sub(lambda _: other, text, count=1) if other else text
    both = _TWO.search(text)
    if both is None:
        both = (_THEM if len(topics[-1].companies) == 2 else _ONE_OF_THEM).search(text)
    if both and len(pair) == 2:
        put = f"{both.group('of') or ''}{' and '.join(pair)}{text[both.end() :]}".rstrip("?. !")
        on = f" on {topics[-1].own}" if _COMPARE.match(text) and topics[-1].own else ""
        return f"{text[: both.start()]}{put}{on}?"
    return text


def _pair(topics: Sequence[Topic]) -> tuple[str, ...]:
    """Return the two companies last named: in one question, else in the last two."""
    last = topics[-1].companies
    if len(last) == 1 and len(topics) > 1:
        last = tuple(dict.fromkeys((*topics[-2].companies, *last)))
    return last


def _other(topics: Sequence[Topic]) -> str:
    """Return the company last named that the last question did not begin with."""
    said = [name for topic in reversed(topics) for name in topic.companies]
    return next((name for name in said if name != said[0]), "")
