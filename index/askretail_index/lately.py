"""What was read of passages lately, kept in memory.

Every question looks at all passages of a hundred pages, and the next one on the same company at
many of them again.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

State = tuple[int, str]  # of the library: its generation, the mark of its words

MOST_BYTES = 96 << 20  # kept; the 53 filings of eval/results.md have 66 MB in all


class Blobs(NamedTuple):
    """What is stored for the input of a passage; empty where there is none yet."""

    spans: bytes  # see span_vectors.py
    text: bytes  # ids of its words, see word_vectors.py
    context: bytes  # the same of what stands in front of it


class Lately:
    """Blobs by passage, of one state of the library; all are forgotten when they are too many."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._known: dict[int, Blobs] = {}
        self._bytes = 0

    def known(self, state: State, ids: Iterable[int]) -> dict[int, Blobs]:
        """Return what is known of these passages in this state of the library."""
        if self._state != state:
            self._forget(state)
        known = self._known  # another thread may forget it meanwhile
        return {i: known[i] for i in ids if i in known}

    def keep(self, state: State, read: Mapping[int, Blobs]) -> None:
        """Keep what was read in this state of the library."""
        more = sum(len(part) for blobs in read.values() for part in blobs)
        if self._state != state or self._bytes + more > MOST_BYTES:
            self._forget(state)
        self._bytes += more
        self._known.update(read)

    def _forget(self, state: State) -> None:
        self._state, self._known, self._bytes = state, {}, 0
