"""A page with what each search says of it, whichever search brought it up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from askretail.near import Nearness, near_passages
from askretail_index.embed import Vectors
from askretail_index.lexical import WordQuery
from askretail_index.library import Library
from askretail_index.page_places import Place, first_sections, page_rows, passages_on
from askretail_index.span_vectors import best_cosines
from askretail_index.store import Store
from askretail_index.word_scores import (
    PAGES,
    PASSAGES,
    TITLED_PAGES,
    Index,
    RowScores,
    Scores,
    row_scores,
)


@dataclass(slots=True)
class Candidate:
    """A page with what each search said of it; 0 where a search did not bring it up."""

    document: int
    page: int
    passages: dict[int, float] = field(default_factory=dict)  # id -> cosine
    sentences: dict[int, float] = field(default_factory=dict)  # id -> cosine of its best sentence
    bm25_passages: dict[int, float] = field(default_factory=dict)
    bm25_page: float = 0.0  # words of the question and of the lexicon, titles weighted
    bm25_plain: float = 0.0  # words of the question alone
    bm25_wide: float = 0.0  # also what is printed for other wordings of the question
    bm25_wide_passage: float = 0.0  # the same of its best passage
    clauses: float = 0.0  # mean over the question's clauses of the cosine of the best sentence
    near: dict[int, float] = field(default_factory=dict)  # id -> share of the question's words
    near_page: float = 0.0  # the same for all of its passages together
    section: str = ""  # of its first passage

    @property
    def cosines(self) -> list[float]:
        return sorted(self.passages.values(), reverse=True)

    @property
    def ids(self) -> tuple[int, ...]:
        """Its passages, also those that only words brought up."""
        return tuple(dict.fromkeys((*self.passages, *self.bm25_passages)))


Pages = Mapping[Place, Candidate]


@dataclass(frozen=True, slots=True)
class Wordings:
    """A question in words to search for, each time with more of them."""

    plain: WordQuery  # its own words
    rich: WordQuery  # and what filings print for its metrics
    wide: WordQuery  # and what they print for its other wordings


class Words:
    """What the words of a question say of the pages and passages of some documents."""

    def __init__(self, store: Store, asked: Wordings, documents: Sequence[int]) -> None:
        self._store, self._asked = store, asked
        self.passages = RowScores(store, PASSAGES, asked.plain, documents)
        self.pages = RowScores(store, TITLED_PAGES, asked.rich, documents)

    def add_to(self, pages: Pages, rows: Mapping[int, Place], places: Mapping[int, Place]) -> None:
        """Note it in every candidate; ``rows`` are those of pages, ``places`` of passages."""
        asked, ids = self._asked, list(places)
        page, passage = self.pages.of(list(rows)), self.passages.of(ids)
        wide = page if asked.wide == asked.rich else self._of(TITLED_PAGES, asked.wide, rows)
        best = passage if asked.wide == asked.plain else self._of(PASSAGES, asked.wide, places)
        plain = self._of(PAGES, asked.plain, rows)
        for row, place in rows.items():
            pages[place].bm25_page = page.get(row, 0.0)
            pages[place].bm25_wide = wide.get(row, 0.0)
            pages[place].bm25_plain = plain.get(row, 0.0)
        for i, place in places.items():
            if i in passage:
                pages[place].bm25_passages[i] = passage[i]
            pages[place].bm25_wide_passage = max(pages[place].bm25_wide_passage, best.get(i, 0.0))

    def _of(self, index: Index, query: WordQuery, ids: Mapping[int, Place]) -> Scores:
        return row_scores(self._store, index, query, list(ids))


def complete(library: Library, pages: Pages, asked: Vectors, words: Words) -> None:
    """Fill in what meaning and words say of every candidate.

    The first row of ``asked`` is the vector of the question, the others are those of its clauses.
    """
    store = library.store
    rows, places = page_rows(store, pages), passages_on(store, pages)
    for place, section in first_sections(store, places).items():
        pages[place].section = section
    for passage, cosine in library.vectors.cosines(asked[0], list(places)):
        pages[places[passage]].passages[passage] = cosine
    _add_sentences(pages, places, best_cosines(store, list(places), asked))
    words.add_to(pages, rows, places)


def come_near(library: Library, near: Nearness, candidates: Iterable[Candidate]) -> None:
    """Fill in how far the words of each candidate say what the question says."""
    pages = list(candidates)
    found = near_passages(library, near, [i for page in pages for i in page.ids])
    for page in pages:
        parts = {i: found[i] for i in page.ids if i in found}
        page.near = {i: near.share(part) for i, part in parts.items()}
        if parts:
            page.near_page = near.share(np.max(list(parts.values()), axis=0))


def _add_sentences(
    pages: Pages, places: Mapping[int, Place], cosines: Mapping[int, Vectors]
) -> None:
    best: dict[Place, Vectors] = {}
    for passage, each in cosines.items():
        place = places[passage]
        pages[place].sentences[passage] = float(each[0])
        best[place] = np.maximum(best.get(place, each), each)
    for place, each in best.items():
        pages[place].clauses = float(each[1:].mean() if len(each) > 1 else each[0])
