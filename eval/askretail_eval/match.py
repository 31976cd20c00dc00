"""When a text holds a gold quote, and when it holds a fact: spelling and layout set aside."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

SHARE = 0.8  # of a quote's words in one run: what a cut passage or a lost footnote mark leaves
_WORD = re.compile(r"[^\W_]+|[$%]")


@lru_cache(maxsize=4096)  # a ranking is compared with every gold quote of its question
def fold(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text: letters and digits, and each $ and % by itself.

    >>> fold("Net sales: $ 3.9 billion, 12 %")
    ('net', 'sales', '$', '3', '9', 'billion', '12', '%')
    """
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower()
    return tuple(_WORD.findall(plain))


def holds_quote(text: str, quote: str) -> bool:
    """Say whether a text holds a quote, or at least ``SHARE`` of its words in one unbroken run.

    Words that only a line end or a hyphen splits count as equal.
    """
    wanted, given = fold(quote), fold(text)
    if not wanted:
        return False
    if _holds_joined(given, wanted):
        return True
    least = SHARE * len(wanted)
    shared = (Counter(wanted) & Counter(given)).total()  # cheap, and never below the run
    return shared >= least and longest_run(wanted, given) >= least


def _holds_joined(given: Sequence[str], wanted: Sequence[str]) -> bool:
    """Say whether ``wanted``, joined, begins and ends at ends of words of ``given``, joined."""
    ends = {0, *accumulate(len(word) for word in given)}
    whole, part = "".join(given), "".join(wanted)
    start = whole.find(part)
    while start >= 0:
        if start in ends and start + len(part) in ends:
            return True
        start = whole.find(part, start + 1)
    return False


def longest_run(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the length of the longest run of words that both lists hold.

    >>> longest_run(["a", "b", "c", "d"], ["x", "b", "c", "a"])
    2
    """
    best = 0
    above = [0] * (len(second) + 1)
    for word in first:
        row = [0] * (len(second) + 1)
        for column, other in enumerate(second, start=1):
            if word == other:
                row[column] = above[column - 1] + 1
        best = max(best, *row)
        above = row
    return best


def holds_fact(texts: Iterable[str], must_contain: Iterable[str]) -> bool:
    """Say whether the texts together hold every entry; "a|b" takes either.

    An entry stands by itself: "53%" is not in "153%", and "12" not in "12.7".
    """
    folded = [_plain(text) for text in texts]
    return all(
        any(_stands_in(_plain(either), text) for either in entry.split("|") for text in folded)
        for entry in must_contain
    )


def _stands_in(entry: str, text: str) -> bool:
    if not entry:
        return False
    before = r"(?<![\d])(?<!\d[.,])" if entry[0].isdigit() else r"(?<!\w)"
    after = r"(?!\d|[.,]\d)" if entry[-1].isdigit() else r"(?!\w)" if entry[-1].isalpha() else ""
    return re.search(before + re.escape(entry) + after, text) is not None


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-"})


def _plain(text: str) -> str:
    """Lower case, plain quotes and dashes, single spaces, none inside "$ 5" and "5 %"."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(_PLAIN).lower()
    plain = re.sub(r"\s+", " ", plain).strip()
    return re.sub(r"(?<=\d) (?=%)|(?<=\$) (?=\d)", "", plain)
