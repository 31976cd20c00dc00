"""The pages worth ranking: whatever meaning or words bring up, with the signals of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from askretail.lexicon import metrics, statements
from askretail.nouns import Reading
from askretail_index.embed import Vectors
from askretail_index.lexical import page_places, search_pages, search_passages, word_query
from askretail_index.library import Library
from askretail_index.span_vectors import best_cosines

DEPTH = 60  # of each ranking; deeper ones add pages that never reach the top twenty

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
    section: str = ""  # of its first passage

    @property
    def cosines(self) -> list[float]:
        return sorted(self.passages.values(), reverse=True)


def find_candidates(
    library: Library, reading: Reading, vector: Vectors, about: Sequence[int], timely: Sequence[int]
) -> list[Candidate]:
    """Return the candidate pages in order of place, every passage of each with its cosine."""
    store = library.store
    pages: dict[Place, Candidate] = {}

    def at(place: Place) -> Candidate:
        return pages.setdefault(place, Candidate(*place))

    plain = word_query(reading.standalone)
    rich = word_query(reading.standalone, printed_words(reading))
    scopes = [timely] if list(timely) == list(about) else [timely, about]
    for scope in scopes:
        nearest = library.vectors.search(vector, DEPTH, within=store.passage_ranges(scope))
        worded = search_passages(store, plain, DEPTH, documents=scope)
        for stored in store.passages([i for i, _ in (*nearest, *worded)]):
            at((stored.document, stored.passage.page))
        best = search_pages(store, rich, DEPTH, documents=scope)
        for place in page_places(store, [i for i, _ in best]).values():
            at(place)
    _complete(library, pages, vector, plain.match, rich.match)
    return [pages[place] for place in sorted(pages)]


def printed_words(reading: Reading) -> tuple[str, ...]:
    """Return what filings print for the metrics asked for, and the titles of their statements."""
    known, parts = metrics(), statements()
    prints = [phrase for name in reading.metrics for phrase in known[name].prints]
    names = (*reading.statements, *(known[name].statement for name in reading.metrics))
    heads = [head for name in dict.fromkeys(names) if name in parts for head in parts[name].heads]
    return tuple(dict.fromkeys((*prints, *heads)))


def _complete(
    library: Library, pages: dict[Place, Candidate], vector: Vectors, plain: str, rich: str
) -> None:
    """Fill in every signal of every candidate, also those that another search brought up."""
    store = library.store
    if not pages:
        return
    marks = ",".join(["(?, ?)"] * len(pages))
    values = [value for place in pages for value in place]
    rows = store.db.execute(
        f"SELECT id, document, number FROM pages WHERE (document, number) IN (VALUES {marks})",
        values,
    )
    row_ids = {row["id"]: (row["document"], row["number"]) for row in rows}
    for row_id, score in _scores(library, "page_words", "1.0, 2.0, 0.5", rich, list(row_ids)):
        pages[row_ids[row_id]].bm25_page = score
    for row_id, score in _scores(library, "page_words", "1.0, 1.0, 0.5", plain, list(row_ids)):
        pages[row_ids[row_id]].bm25_plain = score
    query = (
        "SELECT id, document, page, section FROM passages "
        f"WHERE (document, page) IN (VALUES {marks}) ORDER BY id DESC"
    )
    places: dict[int, Place] = {}
    for row in store.db.execute(query, values):
        place = places[row["id"]] = (row["document"], row["page"])
        pages[place].section = row["section"]
    for passage_id, cosine in library.vectors.cosines(vector, list(places)):
        pages[places[passage_id]].passages[passage_id] = cosine
    for passage_id, cosine in best_cosines(store, list(places), vector).items():
        pages[places[passage_id]].sentences[passage_id] = cosine
    for passage_id, score in _scores(library, "passage_words", "1.0, 0.6", plain, list(places)):
        pages[places[passage_id]].bm25_passages[passage_id] = score


def _scores(
    library: Library, index: str, weights: str, match: str, ids: Sequence[int]
) -> list[tuple[int, float]]:
    """Return the BM25 of these rows for a query; rows without any of the words are left out."""
    if not match or not ids:
        return []
    within = ",".join(str(i) for i in ids)
    # "+": checked row by row; without it SQLite runs the whole match again for every row
    rows = library.store.db.execute(
        f"SELECT rowid AS id, bm25({index}, {weights}) AS cost FROM {index} "
        f"WHERE {index} MATCH ? AND +rowid IN ({within})",
        (match,),
    )
    return [(row["id"], -float(row["cost"])) for row in rows]
