"""The same passage in a company's filings of several years: one page speaks for all of them.

Much of a filing is printed again the year after. Without this the first ten pages of a ranking are
two pages, each of five years. The newest goes first unless a period is asked for, the others fall
behind what says something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from askretail.best_passages import Bonuses
from askretail.catalogue import Catalogue
from askretail.features import Matrix
from askretail.nouns import Reading
from askretail.signals import Candidate
from askretail_index.blobs import blobs_of
from askretail_index.store import Store
from askretail_index.vocabulary import WORD_ID

LOOKED_AT = 40  # pages of a ranking; 25-60 measured alike
SAME = 0.5  # share of the words of two passages that both have; .4-.5 measured best of .4-.7
BEHIND = 2.0  # by how much each further page that says the same falls; 1-3 measured alike

Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Repeats:
    """What tells which pages say the same; one entry a page in each."""

    documents: tuple[int, ...]
    companies: tuple[tuple[str, ...], ...]
    years: tuple[int, ...]  # all 0 where none goes before another
    words: tuple[Ids, ...]  # of the passage that speaks for the page

    def settled(self, scores: Matrix) -> Matrix:
        """Return the scores with one page of each that say the same in front of the others."""
        order = np.argsort(-scores, kind="stable")[:LOOKED_AT].tolist()
        settled, same = scores.copy(), self._same(order)
        left = np.ones(len(order), dtype=bool)
        for first in range(len(order)):
            if left[first]:
                alike = np.flatnonzero(same[first] & left)
                left[alike] = False
                pages = [order[place] for place in alike]
                fallen = scores[pages] - BEHIND * np.arange(len(pages))
                settled[sorted(pages, key=lambda page: -self.years[page])] = fallen
        return settled

    def _same(self, pages: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Return which of these pages say the same; each does as it does itself."""
        sizes = np.array([len(self.words[page]) for page in pages], dtype=np.intp)
        flat = np.concatenate([np.zeros(0, np.int32), *(self.words[page] for page in pages)])
        known, places = np.unique(flat, return_inverse=True)
        holds = np.zeros((len(pages), len(known)), dtype=np.float32)
        holds[np.repeat(np.arange(len(pages)), sizes), places] = 1
        both = holds @ holds.T
        alike = both >= SAME * np.maximum(sizes[:, None] + sizes - both, 1)
        names = [self.companies[page] for page in pages]
        filings = np.array([self.documents[page] for page in pages])
        apart = filings[:, None] != filings
        related = [[bool(one) and one == other for other in names] for one in names]
        repeated = alike & apart & np.array(related, dtype=bool).reshape(apart.shape)
        return np.asarray(repeated | np.eye(len(pages), dtype=bool))


def repeats(
    store: Store,
    catalogue: Catalogue,
    reading: Reading,
    candidates: Sequence[Candidate],
    passages: Sequence[Bonuses],
) -> Repeats:
    """Return what tells which candidates say the same; ``passages`` are those of each."""
    entries = {entry.id: entry for entry in catalogue.entries}
    filed = [entries[candidate.document] for candidate in candidates]
    leads = [best[0][0] if best else 0 for best in passages]  # no passage has the id 0
    blobs = blobs_of(store, leads)
    packed = [blobs[i].text if i in blobs else b"" for i in leads]
    return Repeats(
        documents=tuple(entry.id for entry in filed),
        companies=tuple(entry.companies for entry in filed),
        years=tuple(0 if reading.periods else entry.year or 0 for entry in filed),
        words=tuple(np.unique(np.frombuffer(one, WORD_ID)) for one in packed),
    )
