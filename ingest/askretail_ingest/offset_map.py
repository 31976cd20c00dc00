"""From a page's cleaned text back to the characters that an engine read on the page.

The text has the engine's words, some joined, some in another order: columns one after the other,
the lines of a wrapped cell together. So the words of both are laid side by side, the longest runs
that they share first, as in greedy string tiling (Wise, 1993); what a page says more than once
goes where its neighbours are.
"""

import heapq
import re
import unicodedata
from bisect import bisect, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise

from askretail_ingest.clean import normalise

_HYPHEN = re.compile("[\ufffe\x02]|[-\u2011\uf02d][ \t]*[\r\n]")  # at a line's end
MOST = 3_000_000  # pairs of equal words; a page of court cases has 1,300,000
_TOKEN = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d]+|\S")  # "4.5" and "12,400" are one


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a figure or a sign: the letters that every reading of it has, and their places."""

    letters: str
    places: tuple[int, ...]

    def __add__(self, other: "_Token") -> "_Token":
        """Return both as one word, an f at their seam once."""
        seam = self.letters.endswith("f") and other.letters.startswith("f")
        places = self.places + other.places[seam:]
        return _Token(self.letters + other.letters[seam:], places)


def offset_map(text: str, read: str) -> dict[int, int]:
    r"""Return where in ``read`` each visible character of ``text`` stands, if that is sure.

    >>> offset_map("a well-known shop", "a well-\nknown shop")[8]
    9
    >>> offset_map("stores 5 total online 5 total", "stores 5\ntotal\nonline 5\ntotal")[24]
    24
    >>> offset_map("sales", "sales 5 sales 7")
    {}
    """
    wanted = list(_tokens(text))
    found = list(_joined(_tokens(read), read, wanted, text))
    home = _Tiling([one.letters for one in wanted], [one.letters for one in found]).home()
    places = {
        mine: its
        for place, there in home.items()
        for mine, its in zip(wanted[place].places, found[there].places, strict=True)
    }
    for place, char in enumerate(text):  # the second f of two, which no word above has
        if char == "f" and place not in places and place - 1 in places:
            before = places[place - 1]
            places[place] = before + read.startswith("f", before + 1)
    return places


def _tokens(text: str) -> Iterator[_Token]:
    pairs = [(letter, place) for place, char in enumerate(text) for letter in letters_of(char)]
    # pdfium loses the second f of some slanted types; the reader puts it back (see lost.py).
    once = [pairs[n] for n in range(len(pairs)) if n == 0 or pairs[n][0] + pairs[n - 1][0] != "ff"]
    places = [place for _, place in once]
    for match in _TOKEN.finditer("".join(letter for letter, _ in once)):
        yield _Token(match[0], tuple(places[match.start() : match.end()]))


@cache
def letters_of(char: str) -> str:
    """Return what two readings of a page agree on in a character; spaces and hyphens are one."""
    plain = unicodedata.normalize("NFKD", normalise(char))
    seen = "".join(c for c in plain if not unicodedata.combining(c))
    return " " if seen in ("-", "\n") else seen


def _joined(
    tokens: Iterator[_Token], read: str, wanted: Sequence[_Token], text: str
) -> Iterator[_Token]:
    """Yield the words, as one those that the text joins: at a hyphen, or where an f was lost."""
    known = {token.letters for token in wanted}
    apart = {f"{a.letters}{text[a.places[-1] + 1]}{b.letters}" for a, b in pairwise(wanted)}
    last: _Token | None = None
    for token in tokens:
        if last is None:
            last = token
            continue
        broken = _HYPHEN.search(read, last.places[-1] + 1, token.places[0])
        torn = broken or last.letters.endswith("f")
        kept = f"{last.letters}{'-' if broken else ' '}{token.letters}"
        if torn and (last + token).letters in known and kept not in apart:
            last += token
        else:
            yield last
            last = token
    if last is not None:
        yield last


@dataclass
class _Tiling:
    """Two rows of words, and which of the first are already laid on which of the second."""

    wanted: Sequence[str]
    found: Sequence[str]
    laid: dict[int, int] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)  # the keys of ``laid``, ascending
    used: set[int] = field(default_factory=set)

    def home(self) -> dict[int, int]:
        """Return for each word of the first row the one that it is in the second."""
        if self._pairs() > MOST:
            return {}
        runs = [(-length, i, j) for i, j, length in self._runs() if length > 1]
        heapq.heapify(runs)
        while runs:
            length = -runs[0][0]
            level: list[tuple[int, int]] = []
            while runs and -runs[0][0] == length:
                _, i, j = heapq.heappop(runs)
                level.append((i, j))
            self._lay(level, length)
            for i, j in level:
                for start, size in self._free(i, j, length):
                    if 1 < size < length:
                        heapq.heappush(runs, (-size, i + start, j + start))
        self._lay(list(self._single()), 1)
        return self.laid

    def _pairs(self) -> int:
        often = Counter(self.found)
        return sum(often[word] for word in self.wanted)

    def _single(self) -> Iterator[tuple[int, int]]:
        """Yield the words that are left, each with the places where it may stand."""
        free = defaultdict[str, list[int]](list)
        for j, word in enumerate(self.found):
            if j not in self.used:
                free[word].append(j)
        for i, word in enumerate(self.wanted):
            if i not in self.laid:
                yield from ((i, j) for j in free.get(word, ()))

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """Yield where both rows have the same words, each run as long as it goes."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for j, word in enumerate(self.found):
            places[word].append(j)
        open_runs: dict[int, int] = {}  # where a run goes on in the second row -> its length
        for i in range(len(self.wanted) + 1):
            here = places[self.wanted[i]] if i < len(self.wanted) else []
            longer = {j + 1: open_runs.pop(j, 0) + 1 for j in here}
            yield from ((i - length, j - length, length) for j, length in open_runs.items())
            open_runs = longer

    def _lay(self, level: Sequence[tuple[int, int]], length: int) -> None:
        """Lay the runs of one length, in the order of the text, each next to its neighbours."""
        for i, group in groupby(level, key=lambda run: run[0]):
            places = [j for _, j in group if self._whole(i, j, length)]
            if not places or (len(places) > 1 and not self.laid and not self._as_often(level)):
                continue
            j = min(places, key=lambda place: (self._strays(i, place, length), place))
            for step in range(length):
                self.laid[i + step] = j + step
                insort(self.order, i + step)
                self.used.add(j + step)

    @staticmethod
    def _as_often(level: Sequence[tuple[int, int]]) -> bool:
        return len({i for i, _ in level}) >= len({j for _, j in level})

    def _strays(self, i: int, j: int, length: int) -> int:
        """Return by how many words a run would stand off from the nearest that are laid."""
        at = bisect(self.order, i)
        near = (*self.order[max(at - 1, 0) : at], *self.order[at : at + 1])
        return min((abs(j - i - self.laid[other] + other) for other in near), default=0)

    def _whole(self, i: int, j: int, length: int) -> bool:
        return all(i + n not in self.laid and j + n not in self.used for n in range(length))

    def _free(self, i: int, j: int, length: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a run, from where and how long, that are laid in neither row."""
        start = 0
        for n in range(length + 1):
            if n == length or i + n in self.laid or j + n in self.used:
                if n > start:
                    yield start, n - start
                start = n + 1
