"""What the embedder still has to read, each distinct input once; and vectors of no more use."""

import hashlib
from collections.abc import Sequence

from askretail_index.embed import Vectors
from askretail_index.fit import embedder_text
from askretail_index.store import Store
from askretail_index.write import next_generation


def pending_inputs(store: Store) -> list[str]:
    """Return the distinct embedder inputs that have no vector yet."""
    rows = store.db.execute(
        "SELECT min(p.id) AS id FROM passages p LEFT JOIN vectors v USING (input) "
        "WHERE v.input IS NULL GROUP BY p.input ORDER BY 1"
    )
    stored = store.passages([row["id"] for row in rows])
    return [embedder_text(s.context, s.passage.text) for s in stored]


def put_vectors(store: Store, inputs: Sequence[str], vectors: Vectors) -> None:
    """Store the vectors of embedder inputs, one row each."""
    rows = [
        (hashlib.sha256(text.encode()).hexdigest(), vector.tobytes())
        for text, vector in zip(inputs, vectors, strict=True)
    ]
    with store.transaction() as db:
        db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        next_generation(db)


def drop_unused_vectors(store: Store) -> None:
    """Delete the vectors that no passage uses any more."""
    with store.transaction() as db:
        db.execute("DELETE FROM vectors WHERE input NOT IN (SELECT input FROM passages)")
