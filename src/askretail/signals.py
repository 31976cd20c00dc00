"""A page with what each search says of it, whichever search brought it up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from askretail.near import Nearness, near_passages
from askretail_index.embed import Vectors
from askretail_index.lexical import PASSAGE_WEIGHTS
from askretail_index.library import Library
from askretail_index.span_vectors import best_cosines

PAGES = ("page_words", "1.0, 1.0, 0.5")
TITLED_PAGES = ("page_words", "1.0, 2.0, 0.5")
PASSAGES = ("passage_words", ", ".join(map(str, PASSAGE_WEIGHTS)))

Place = tuple[int, int]  # document row, page number


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
class WordQueries:
    """FTS5 expressions of a question, each with more words than the one before."""

    plain: str  # its own words
    rich: str  # and what filings print for its metrics
    wide: str  # and what they print for its other wordings


def complete(library: Library, pages: Pages, asked: Vectors, words: WordQueries) -> None:
    """Fill in what meaning and words say of every candidate.

    The first row of ``asked`` is the vector of the question, the others are those of its clauses.
    """
    rows = _page_rows(library, pages)
    for row, score in _scores(library, TITLED_PAGES, words.rich, list(rows)):
        pages[rows[row]].bm25_page = score
    for row, score in _scores(library, TITLED_PAGES, words.wide, list(rows)):
        pages[rows[row]].bm25_wide = score
    for row, score in _scores(library, PAGES, words.plain, list(rows)):
        pages[rows[row]].bm25_plain = score
    places = _passage_places(library, pages)
    for passage, cosine in library.vectors.cosines(asked[0], list(places)):
        pages[places[passage]].passages[passage] = cosine
    _add_sentences(pages, places, best_cosines(library.store, list(places), asked))
    for passage, score in _scores(library, PASSAGES, words.plain, list(places)):
        pages[places[passage]].bm25_passages[passage] = score
    for passage, score in _scores(library, PASSAGES, words.wide, list(places)):
        page = pages[places[passage]]
        page.bm25_wide_passage = max(page.bm25_wide_passage, score)


def come_near(library: Library, near: Nearness, candidates: Iterable[Candidate]) -> None:
    """Fill in how far the words of each candidate say what the question says."""
    pages = list(candidates)
    found = near_passages(library, near, [i for page in pages for i in page.ids])
    for page in pages:
        parts = {i: found[i] for i in page.ids if i in found}
        page.near = {i: near.share(part) for i, part in parts.items()}
        if parts:
            page.near_page = near.share(np.max(list(parts.values()), axis=0))


def _page_rows(library: Library, pages: Pages) -> dict[int, Place]:
    """Return the place of each candidate by its row id."""
    rows = library.store.db.execute(
        "SELECT id, document, number FROM pages WHERE (document, number) IN "
        f"(VALUES {_marks(pages)})",
        _values(pages),
    )
    return {row["id"]: (row["document"], row["number"]) for row in rows}


def _passage_places(library: Library, pages: Pages) -> dict[int, Place]:
    """Return the place of each passage of the candidates, and note the section of their first."""
    rows = library.store.db.execute(
        "SELECT id, document, page, section FROM passages "
        f"WHERE (document, page) IN (VALUES {_marks(pages)}) ORDER BY id DESC",
        _values(pages),
    )
    places: dict[int, Place] = {}
    for row in rows:
        place = places[row["id"]] = (row["document"], row["page"])
        pages[place].section = row["section"]
    return places


def _marks(pages: Pages) -> str:
    return ",".join(["(?, ?)"] * len(pages))


def _values(pages: Pages) -> list[int]:
    return [value for place in pages for value in place]


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


def _scores(
    library: Library, index: tuple[str, str], match: str, ids: Sequence[int]
) -> list[tuple[int, float]]:
    """Return the BM25 of these rows for a query; rows without any of the words are left out."""
    if not match or not ids:
        return []
    name, weights = index
    within = ",".join(str(i) for i in ids)
    # "+": checked row by row; without it SQLite runs the whole match again for every row
    rows = library.store.db.execute(
        f"SELECT rowid AS id, bm25({name}, {weights}) AS cost FROM {name} "
        f"WHERE {name} MATCH ? AND +rowid IN ({within})",
        (match,),
    )
    return [(row["id"], -float(row["cost"])) for row in rows]
