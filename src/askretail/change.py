"""A reading put right: companies and periods in the words of the question, the rest beside them.

The words change too, because search reads them: without Walmart in the reading, the name in the
question would still bring up Walmart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from askretail.catalogue import Catalogue
from askretail.companies import find_companies
from askretail.nouns import Asked, Change, Reading
from askretail.periods import asked_periods, find_periods
from askretail.phrases import capital

_BEFORE = re.compile(
    r"[\s,]*\b(?:(?:as\s+of|in|for|during|of|by|at|from|to|on|through|since|about)\s+)"
    r"(?:(?:fiscal|the|year)\s+)*$",
    re.I,
)
_JOIN = (
    r"\s*(?:,\s*)?(?:\b(?:and|or|vs\.?|versus|with|than|to|against|compared\s+(?:to|with))\b|,)\s*"
)
_JOINED_BEFORE = re.compile(rf"{_JOIN}$", re.I)
_JOINED_AFTER = re.compile(rf"^(?:['’]s?)?{_JOIN}", re.I)
_POSSESSIVE = re.compile(r"^['’]s?(?=\s)")

Part = tuple[int, int, str]  # start, end and what takes its place


def reworded(question: str, changes: Sequence[Change], catalogue: Catalogue) -> str:
    """Return a question with the companies and periods of ``changes`` exchanged or left out."""
    wanted = {change.chip: change.to for change in changes}
    named = find_companies(question, catalogue)
    companies = {one.company for one in named}
    text = question
    for one in reversed(named):
        if one.company in wanted:
            others = len(companies) > 1
            place = (one.start, one.end, wanted[one.company])
            text = _exchanged(text, place, joined=others, stand_in="the company")
    spans: dict[tuple[int, int], list[str]] = {}
    for dated in find_periods(text):
        spans.setdefault((dated.start, dated.end), []).append(str(dated.period))
    for (start, end), periods in sorted(spans.items(), reverse=True):
        if not wanted.keys().isdisjoint(periods):
            kept = [wanted.get(period, period) for period in periods]
            new = " and ".join(dict.fromkeys(filter(None, kept)))
            text = _exchanged(text, (start, end, new), joined=len(spans) > 1)
    return text if text == question else capital(_tidy(text))


def changed(reading: Reading, changes: Sequence[Change]) -> Reading:
    """Return a reading without the chips of ``changes``, or with others in their place."""
    if not changes:
        return reading
    wanted = {change.chip: change.to for change in changes}

    def put_right(chips: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (wanted.get(chip, chip) for chip in chips))))

    periods = put_right(tuple(map(str, reading.periods)))
    return replace(
        reading,
        companies=tuple(name for name in reading.companies if name not in wanted),
        periods=tuple(p for text in periods for p in _asked(text)),
        doc_types=put_right(reading.doc_types),
        metrics=put_right(reading.metrics),
        statements=put_right(reading.statements),
        changes=tuple(changes),
    )


def merged(changes: Sequence[Change], new: Change) -> tuple[Change, ...]:
    """Return changes with one more; a chip that a change brought in goes back to what it was for.

    >>> merged([Change("FY2022", "FY2021")], Change("FY2021", "FY2020"))
    (Change(chip='FY2022', to='FY2020'),)
    """
    before = [change for change in changes if change.to != new.chip]
    chips = [change.chip for change in changes if change.to == new.chip] or [new.chip]
    return (*before, *(Change(chip, new.to) for chip in chips if chip != new.to))


def _asked(text: str) -> tuple[Asked, ...]:
    return asked_periods(text)[:1]


def _exchanged(text: str, part: Part, *, joined: bool, stand_in: str = "") -> str:
    """Return the text with a part exchanged; one that goes takes along what tied it in."""
    start, end, new = part
    before, after = text[:start], text[end:]
    if new:
        return f"{before}{new}{after}"
    if joined and (link := _JOINED_AFTER.match(after)):
        return before + after[link.end() :]
    if joined and (link := _JOINED_BEFORE.search(before)):
        return before[: link.start()] + after
    if owner := _POSSESSIVE.match(after):
        return f"{before}the{after[owner.end() :]}"
    if tie := _BEFORE.search(before):
        kept = before[: tie.start()]
        return (_JOINED_BEFORE.sub("", kept) if joined else kept) + after
    return before + (stand_in if re.match(r"\s+[a-z]", after) else "") + after


def _tidy(text: str) -> str:
    return re.sub(r"\s+([?.,!;:])", r"\1", " ".join(text.split()))
