"""The hits of several sides in one ranking."""

from collections import deque
from collections.abc import Sequence

from askretail.nouns import Hit


def in_turns(sides: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Return the hits of all sides, each once: whoever has shown the fewest pages goes next.

    Turns of hits would let a side go under whose passages stand together on few pages.
    """
    left = [deque(hits) for hits in sides]
    shown: list[set[tuple[str, int]]] = [set() for _ in sides]
    found: dict[int, Hit] = {}
    while any(left):
        turn = min((n for n, hits in enumerate(left) if hits), key=lambda n: len(shown[n]))
        hit = left[turn].popleft()
        shown[turn].add((hit.document.id, hit.page))
        found.setdefault(hit.passage_id, hit)
    return list(found.values())
