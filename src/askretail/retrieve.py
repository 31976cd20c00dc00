"""A reading to hits: candidates by meaning and by words, ranked as pages, given as passages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from askretail.best_passages import Bonuses, best_passages
from askretail.candidates import find_candidates
from askretail.catalogue import Catalogue
from askretail.clauses import clauses
from askretail.features import NAMES, Matrix, page_features
from askretail.nouns import Hit, Reading
from askretail.rank import page_scores
from askretail.repeats import LOOKED_AT, repeats
from askretail.rerank import RERANKED, reranked
from askretail.scope import in_scope, on_no_company
from askretail.sides import sides
from askretail.signals import Candidate
from askretail.turns import in_turns
from askretail_index.embed import Vectors
from askretail_index.library import Library

HITS = 50  # passages looked at for an answer


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
    return Retrieved(tuple(in_turns([side.hits for side in each])[:k]), vector, each)


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
    wanted = k if library.reranker is None else max(k, RERANKED)
    scores = page_scores(features, general=on_no_company(reading, catalogue))
    first = np.argsort(-scores, kind="stable")[: max(wanted, LOOKED_AT)]  # no more can be hits
    candidates = [candidates[place] for place in first]
    passages = [best_passages(library.store, candidate) for candidate in candidates]
    alike = repeats(library.store, catalogue, reading, candidates, passages)
    pages = alike.settled(scores[first])
    hits = _hits(library, passages, pages.tolist(), wanted)
    if library.reranker is None:
        return hits
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
    library: Library, passages: Sequence[Bonuses], scores: Sequence[float], k: int
) -> tuple[Hit, ...]:
    scored: dict[int, float] = {}
    for best, score in zip(passages, scores, strict=True):
        for passage_id, bonus in best:
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
