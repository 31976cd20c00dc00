"""The stored vectors of sentences and the words of passages, from memory or from the database."""

from collections.abc import Sequence

from askretail_index.lately import Blobs
from askretail_index.records import readable
from askretail_index.store import SQL_BATCH, Store


def blobs_of(store: Store, ids: Sequence[int]) -> dict[int, Blobs]:
    """Return the blobs of those of the passages that have a vector, in the order given."""
    state = store.generation(), store.get_meta("words")
    known = store.lately.known(state, ids)
    missing = [i for i in ids if i not in known]
    if missing:
        read = _read(store, missing)
        store.lately.keep(state, read)
        known |= read
    return {i: known[i] for i in ids if i in known}


def _read(store: Store, ids: Sequence[int]) -> dict[int, Blobs]:
    found: dict[int, Blobs] = {}
    for first in range(0, len(ids), SQL_BATCH):
        batch = ids[first : first + SQL_BATCH]
        marks = ",".join("?" * len(batch))
        rows = store.db.execute(
            "SELECT p.id, v.spans, ifnull(w.text, x''), ifnull(w.context, x'') FROM passages p "
            "JOIN vectors v USING (input) LEFT JOIN input_words w USING (input) "
            f"WHERE p.id IN ({marks})",
            batch,
        )
        found.update((passage, _checked(Blobs(*blobs))) for passage, *blobs in rows)
    return found


def _checked(blobs: Blobs) -> Blobs:
    with readable("sentence vectors and words"):
        if not all(isinstance(part, bytes) for part in blobs):
            raise TypeError("not bytes")
    return blobs
