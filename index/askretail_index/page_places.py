"""On which page a row stands, and which rows stand on a page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from sqlite3 import Row

from askretail_index.store import SQL_BATCH, Store

Place = tuple[int, int]  # document row, page number
Places = dict[int, Place]


def page_places(store: Store, ids: Sequence[int]) -> Places:
    """Return the place of each of these page rows."""
    return _to_places(_by_id(store, "SELECT id, document, number FROM pages", ids))


def passage_places(store: Store, ids: Sequence[int]) -> Places:
    """Return the place of each of these passages."""
    return _to_places(_by_id(store, "SELECT id, document, page FROM passages", ids))


def page_rows(store: Store, places: Collection[Place]) -> Places:
    """Return the rows of the pages at these places, each with its place."""
    query = "SELECT id, document, number FROM pages WHERE (document, number)"
    return _to_places(_at(store, query, places))


def passages_on(store: Store, places: Collection[Place]) -> Places:
    """Return the passages of the pages at these places, each with its place, the last first."""
    query = "SELECT id, document, page FROM passages WHERE (document, page)"
    return _to_places(sorted(_at(store, query, places), key=itemgetter(0), reverse=True))


def first_sections(store: Store, passages: Mapping[int, Place]) -> dict[Place, str]:
    """Return, for each page, the section of the first of its passages, as stored."""
    firsts: dict[Place, int] = {}
    for passage, place in passages.items():
        firsts[place] = min(passage, firsts.get(place, passage))
    rows = _by_id(store, "SELECT id, section FROM passages", list(firsts.values()))
    return {passages[passage]: section for passage, section in rows}


def _to_places(rows: Iterable[Row]) -> Places:
    return {row: (document, page) for row, document, page in rows}


def _by_id(store: Store, select: str, ids: Sequence[int]) -> list[Row]:
    found: list[Row] = []
    for first in range(0, len(ids), SQL_BATCH):
        batch = ids[first : first + SQL_BATCH]
        marks = ",".join("?" * len(batch))
        found += store.db.execute(f"{select} WHERE id IN ({marks})", batch)
    return found


def _at(store: Store, select: str, places: Collection[Place]) -> list[Row]:
    listed = ",".join(f"({document}, {page})" for document, page in places)
    return store.db.execute(f"{select} IN (VALUES {listed})").fetchall()
