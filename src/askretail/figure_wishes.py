"""How a question wants a figure shown: decimals, millions, percent."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBERS = {"zero": 0, "no": 0, "one": 1, "a": 1, "two": 2, "three": 3, "four": 4}
_DECIMALS = re.compile(
    r"\b(?:please\s+)?(?:round(?:ed|ing)?|correct|given|answer)?\s*"
    r"(?:your\s+|the\s+)?(?:answer|result|value|it)?\s*(?:off\s+)?to\s+(?:the\s+nearest\s+)?"
    r"(zero|no|one|a|two|three|four|\d)\s+(?:decimals?|dp)\b(?:\s+(?:places?|points?))?"
)
_WHOLE = re.compile(
    r"\bround(?:ed)?\b[\w\s]{0,20}\bto\s+the\s+nearest\s+(?:whole|integer|full)"
    r"(?:\s+(?:number|percent|million))?"
)
_DOLLARS = r"(?:usd|us\$|u\.s\.\s+dollars|us\s+dollars|dollars)"
_SCALE = re.compile(
    rf"\b(?:in|as|expressed in)\s+(?:units?\s+of\s+)?(?:{_DOLLARS}|\$)?\s*(?:in\s+)?"
    rf"(thousand|million|billion)s?\b(?:\s+of)?(?:\s+{_DOLLARS})?"
)
_MONEY = re.compile(rf"\b(?:in|as)\s+{_DOLLARS}\b")
_PERCENT = re.compile(
    r"\b(?:in|as)\s+(?:units?\s+of\s+)?(?:an?\s+)?(?:%|(?:percents?|percentages?)\b)"
    r"(?:\s+(?:points?|terms))?(?!\s+of\b)"
)
_TIMES = {"thousand": Decimal(10) ** 3, "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a question says of the form of its answer."""

    decimals: int | None = None
    scale: Decimal | None = None  # dollars of one unit
    percent: bool = False


def take_wishes(text: str) -> tuple[str, Wishes]:
    """Return a lower-case text without its wishes, of the same length, and the wishes.

    >>> take_wishes("capex in usd millions")[1].scale
    Decimal('1000000')
    """
    decimals: int | None = None
    scale: Decimal | None = None
    percent = False
    for match in _DECIMALS.finditer(text):
        decimals = _NUMBERS[match[1]] if match[1] in _NUMBERS else int(match[1])
    if _WHOLE.search(text):
        decimals = 0
    for match in _SCALE.finditer(text):
        scale = _TIMES[match[1]]
    percent = _PERCENT.search(text) is not None
    for form in (_DECIMALS, _WHOLE, _SCALE, _MONEY, _PERCENT):
        text = form.sub(lambda match: " " * len(match[0]), text)
    return text, Wishes(decimals, scale, percent)
