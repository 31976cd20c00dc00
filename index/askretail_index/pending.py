"""What the embedder still has to read, each distinct input once; and vectors of no more use."""

from collections.abc import Sequence

from askretail_index.embed import Embedder
from askretail_index.fit import embedder_text
from askretail_index.records import Stored
from askretail_index.span_vectors import pack
from askretail_index.store import Store
from askretail_index.write import input_hash, next_generation
from askretail_ingest.spans import spans


def pending_passages(store: Store) -> list[Stored]:
    """Return a passage for each distinct embedder input that has no vector yet."""
    rows = store.db.execute(
        "SELECT min(p.id) AS id FROM passages p LEFT JOIN vectors v USING (input) "
        "WHERE v.input IS NULL GROUP BY p.input ORDER BY 1"
    )
    return store.passages([row["id"] for row in rows])


def embed_passages(store: Store, embedder: Embedder, stored: Sequence[Stored]) -> None:
    """Store the vectors of passages and of what may be quoted of each, in one transaction."""
    texts = [embedder_text(s.context, s.passage.text) for s in stored]
    places = [spans(s.passage.text, s.passage.kind) for s in stored]
    shifts = [len(text) - len(s.passage.text) for text, s in zip(texts, stored, strict=True)]
    shifted = [
        [(start + shift, end + shift) for start, end in within]
        for within, shift in zip(places, shifts, strict=True)
    ]
    vectors, parts = embedder.embed_with_spans(texts, shifted)
    rows = [
        (input_hash(s.context, s.passage.text), vector.tobytes(), pack(within, part))
        for s, vector, within, part in zip(stored, vectors, places, parts, strict=True)
    ]
    with store.transaction() as db:
        db.execute("INSERT OR IGNORE INTO meta VALUES ('dim', ?)", (str(vectors.shape[1]),))
        db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        next_generation(db)


def embed_missing(store: Store, embedder: Embedder, ids: Sequence[int]) -> None:
    """Store the vectors of those of the passages that have none."""
    marks = ",".join("?" * len(ids))
    rows = store.db.execute(
        "SELECT min(p.id) AS id FROM passages p LEFT JOIN vectors v USING (input) "
        f"WHERE v.input IS NULL AND p.id IN ({marks}) GROUP BY p.input ORDER BY 1",
        list(ids),
    ).fetchall()
    if rows:
        embed_passages(store, embedder, store.passages([row["id"] for row in rows]))


def drop_unused_vectors(store: Store) -> None:
    """Delete the vectors that no passage uses any more."""
    with store.transaction() as db:
        db.execute("DELETE FROM vectors WHERE input NOT IN (SELECT input FROM passages)")
