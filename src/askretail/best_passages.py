"""The passages that speak for a page."""

from askretail.signals import Candidate
from askretail_index.store import Store

PASSAGES_PER_PAGE = 4  # more would crowd other pages out of a ranking
PAGE_CHARS = 3500  # of a printed page; a web page or a note is one page of any length
# What counts among the passages of a page, beside the cosine.
WORDS_SHARE, NEAR_SHARE = 0.25, 0.5
PASSAGE_SHARE = 3.0  # how much a passage's own score moves it against its page's

Bonuses = list[tuple[int, float]]  # id of a passage -> what it adds to the score of its page


def best_passages(store: Store, candidate: Candidate) -> Bonuses:
    """Return the page's best passages, best first, whose bonus is 0; a long page has more."""
    page = store.document(candidate.document).pages[candidate.page - 1]
    limit = PASSAGES_PER_PAGE * -(-(page.end - page.start) // PAGE_CHARS)
    top = max((*candidate.bm25_passages.values(), 1e-9))
    own = {
        i: candidate.passages.get(i, 0.0)
        + WORDS_SHARE * candidate.bm25_passages.get(i, 0.0) / top
        + NEAR_SHARE * candidate.near.get(i, 0.0)
        for i in candidate.ids
    }
    order = sorted(own, key=lambda i: (-own[i], i))[:limit]
    return [(i, PASSAGE_SHARE * (own[i] - own[order[0]])) for i in order]
