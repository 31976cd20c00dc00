"""Which of the companies that a question names it puts side by side.

Names stand in lists: "Costco, Walmart and Nike", "at Nike and at Foot Locker", "Costco vs Walmart".
What stands alone after a preposition ("sales to Walmart") is what the others are asked about.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from askretail.companies import Named
from askretail.periods import find_periods

_ASKED = r"(?:what|how\s+(?:much|many)?|which|who|why|when|where)\b(?:\s+[a-z]+){0,3}?"
_PLACED = r"(?:at|in|for|of|by|from|to|on|about|with|those|that)"
_SMALL = rf"(?:{_PLACED}|does|did|do|is|was|has|had)"
_COMPARED = r"(?:compared|comparing|relative|next|similar|as\s+opposed)\s+(?:with|to)"
# What stands between two names of one list.
_BETWEEN = re.compile(
    rf"(?:['’]s?)?\s*(?:/|[,;]|[,;]?\s*(?:and|or|&|vs?\.?|versus|with|against|than|{_COMPARED}))"
    rf"\s*(?:{_PLACED}\s+)*",
    re.I,
)
# What joins a name to the list although other words stand between: "... and what does Amazon".
_GOES_ON = re.compile(
    rf"\b(?:and|or|but|&|vs?\.?|versus|against)\s+(?:{_ASKED}\s+)?(?:{_SMALL}\s+)*$", re.I
)
# A company after one of these is sold to, leaned on, bought from or spoken of.
_OBJECT = re.compile(r"\b(?P<word>on|to|from|through|via|by|with|about)\s+$", re.I)
_RELATES = re.compile(
    r"\b(?:compar\w+|relative|next|similar|differ\w*|contrast\w*|opposed|close[rs]?|beside)"
    r"(?:\s+\w+){0,2}\s+(?:to|with|from|by)\s+$",
    re.I,
)
_COMPARE = re.compile(r"\b(?:compar\w+|contrast\w*|set|put|match\w*)\b", re.I)
_WHO = re.compile(r"^\W*(?:and\s+)?(?:who|which)\b(?!\s+of\s+[A-Z])", re.I)
_OR = re.compile(r"\bor\b", re.I)

Run = tuple[Named, ...]


def subjects(named: Sequence[Named], text: str) -> tuple[str, ...]:
    """Return the companies to put side by side, in order of appearance."""
    runs = [run for whole in _runs(named, text) for run in _parted(whole, text)]
    objects = [run for run in runs if _is_object(run, runs, text)]
    kept = [run for run in runs if run not in objects] or runs
    return tuple(dict.fromkeys(one.company for run in kept for one in run))


def joined(named: Sequence[Named], text: str) -> bool:
    """Return whether companies stand side by side in the words: "at Nike and at Foot Locker"."""
    return all(
        one.company != other.company
        and (_one_list(one, other, text) or _GOES_ON.search(text[one.end : other.start]))
        for one, other in pairwise(named)
    )


def _runs(named: Sequence[Named], text: str) -> list[Run]:
    """Return the names in lists of those that nothing but commas and small words parts."""
    runs: list[Run] = []
    for one in named:
        if runs and _one_list(runs[-1][-1], one, text):
            runs[-1] = (*runs[-1], one)
        else:
            runs.append((one,))
    return runs


def _one_list(one: Named, other: Named, text: str) -> bool:
    between = text[one.end : other.start]
    if _BETWEEN.fullmatch(between):
        return True
    dated = find_periods(between)  # "Nike in 2022, Foot Locker in 2021"
    bare = re.sub(r"^\s*(?:in|for|of|at)?\s*", "", between[: dated[0].start] if dated else between)
    return bool(dated) and not bare and _BETWEEN.fullmatch(between[dated[-1].end :]) is not None


def _parted(run: Run, text: str) -> list[Run]:
    """Return a list in two where its first name is what the others are asked about.

    "Which leans more on Walmart, General Mills or PepsiCo?" compares the last two.
    """
    if len(run) < 3 or not _WHO.match(text) or not _OR.search(text[run[-2].end : run[-1].start]):
        return [run]
    comma = text[run[0].end : run[1].start].rstrip().endswith(",")
    return [run[:1], run[1:]] if comma and _OBJECT.search(text[: run[0].start]) else [run]


def _is_object(run: Run, runs: Sequence[Run], text: str) -> bool:
    """Return whether what a list names is sold to or leaned on by what the others name."""
    before = text[: run[0].start]
    found = _OBJECT.search(before)
    if found is None or len(runs) == 1 or _RELATES.search(before):
        return False
    listed = any(len(other) > 1 for other in runs if other != run)
    return listed or found["word"].lower() not in ("to", "with") or not _COMPARE.search(before)
