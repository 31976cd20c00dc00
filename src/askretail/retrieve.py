"""A reading to hits: candidates by meaning and by words, ranked as pages, given as passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np

from askretail.candidates import find_candidates
from askretail.catalogue import Catalogue
from askretail.clauses import clauses
from askretail.features import NAMES, Matrix, page_features
from askretail.nouns import Hit, Reading
from askretail.rank import page_scores
from askretail.rerank import RERANKED, reranked
from askretail.scope import in_scope
from askretail.sides import sides
from askretail.signals import Candidate
from askretail_index.embed import Vectors
from askretail_index.library import Library

PASSAGES_PER_PAGE = 4  # more would crowd other pages out of a ranking
PAGE_CHARS = 3500  # of a printed page; a web page or a note is one page of any length
# What counts among the passages of a page, beside the cosine.
WORDS_SHARE, NEAR_SHARE = 0.25, 0.5
PASSAGE_SHARE = 3.0  # how much a passage's own score moves it against its page's


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison, with the passages of its own."""

    name: str
    reading: Reading
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The ranking, with the question's vector and the sides that it puts beside each other."""

    hits: tuple[Hit, ...]
    vector: Vectors
    sides: tuple[Side, ...] = ()


def retrieve(
    library: Library, catalogue: Catalogue, reading: Reading, *, k: int, vector: Vectors
) -> Retrieved:
    """Return the k best passages, best first, ties to the lower passage id.

    The sides of a comparison take turns, since the best page of each is needed.
    """
    asked = asked_vectors(library, catalogue, reading, vector)
    parts = [p for p in sides(catalogue, reading) if p[1].companies or not p[1].unknown]
    if len(parts) < 2:
        return Retrieved(_best(library, catalogue, reading, k, asked), vector)
    each = tuple(
        Side(name, part, _best(library, catalogue, part, k, asked)) for name, part in parts
    )
    turns = chain.from_iterable(zip_longest(*(side.hits for side in each)))
    hits: dict[int, Hit] = {}
    for hit in turns:
        if hit is not None:
            hits.setdefault(hit.passage_id, hit)
    return Retrieved(tuple(hits.values())[:k], vector, each)


def asked_vectors(
    library: Library, catalogue: Catalogue, reading: Reading, vector: Vectors
) -> Vectors:
    """Return the vectors of a question and of each of its clauses, one a row, its own first."""
    parts = clauses(reading.standalone, catalogue)
    embed = library.embedder.embed_query
    return np.stack([vector, *(vector if p == reading.standalone else embed(p) for p in parts)])


def _best(
    library: Library, catalogue: Catalogue, reading: Reading, k: int, asked: Vectors
) -> tuple[Hit, ...]:
    candidates, features = candidate_pages(library, catalogue, reading, asked)
    if not candidates:
        return ()
    scores = page_scores(features).tolist()
    if library.reranker is None:
        return _hits(library, candidates, scores, k)
    hits = _hits(library, candidates, scores, max(k, RERANKED))
    return tuple(reranked(library.reranker, reading.standalone, hits)[:k])


def candidate_pages(
    library: Library, catalogue: Catalogue, reading: Reading, asked: Vectors
) -> tuple[list[Candidate], Matrix]:
    """Return the pages worth ranking and what the ranking looks at, one row a page.

    ``asked`` is what ``asked_vectors`` gives.
    """
    about, timely = in_scope(reading, catalogue)
    candidates = find_candidates(library, reading, asked, about, timely)
    if not candidates:
        return [], np.zeros((0, len(NAMES)))
    return candidates, page_features(library.store, catalogue, reading, candidates)


def _hits(
    library: Library, candidates: Sequence[Candidate], scores: Sequence[float], k: int
) -> tuple[Hit, ...]:
    scored: dict[int, float] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        page = library.store.document(candidate.document).pages[candidate.page - 1]
        limit = PASSAGES_PER_PAGE * -(-(page.end - page.start) // PAGE_CHARS)
        for passage_id, bonus in _best_passages(candidate, limit):
            scored[passage_id] = score + bonus
    order = sorted(scored, key=lambda i: (-scored[i], i))[:k]
    return tuple(
        Hit(
            document=library.store.document(stored.document),
            page=stored.passage.page,
            start=stored.passage.start,
            end=stored.passage.end,
            text=stored.passage.text,
            score=round(scored[stored.id], 6),
            section=stored.passage.section,
            kind=stored.passage.kind,
            passage_id=stored.id,
        )
        for stored in library.store.passages(order)
    )


def _best_passages(candidate: Candidate, limit: int) -> list[tuple[int, float]]:
    """Return the page's best passages as (id, bonus), at most ``limit``; the best's bonus is 0."""
    top = max((*candidate.bm25_passages.values(), 1e-9))
    own = {
        i: candidate.passages.get(i, 0.0)
        + WORDS_SHARE * candidate.bm25_passages.get(i, 0.0) / top
        + NEAR_SHARE * candidate.near.get(i, 0.0)
        for i in candidate.ids
    }
    order = sorted(own, key=lambda i: (-own[i], i))[:limit]
    return [(i, PASSAGE_SHARE * (own[i] - own[order[0]])) for i in order]
