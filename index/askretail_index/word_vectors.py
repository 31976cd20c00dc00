"""Which words each passage has, and a vector of each word: how near two wordings are.

A question says "shops" and "headcount" where a filing prints "stores" and "employees". The vector
of a passage does not always show it; those of the words, read one by one, do.
"""

from collections.abc import Sequence
from sqlite3 import Connection, Row

import numpy as np

from askretail_index.embed import Embedder
from askretail_index.lexical import stop_words
from askretail_index.store import SQL_BATCH, Store
from askretail_index.words import spelled
from askretail_index.write import words_changed

BATCH = 512  # passages whose words are stored in one transaction
MAX_WORD = 40  # characters; longer ones are addresses and accidents

Ids = dict[str, int]


def embed_words(store: Store, embedder: Embedder) -> None:
    """Store the words of every embedded passage that lack them, each word embedded once."""
    with store.transaction() as db:
        gone = db.execute("DELETE FROM input_words WHERE input NOT IN (SELECT input FROM vectors)")
    pending = _pending(store)
    for first in range(0, len(pending), BATCH):
        _store_batch(store, embedder, pending[first : first + BATCH])
    if pending or gone.rowcount > 0:
        _count(store)


def _pending(store: Store) -> list[int]:
    """Return a passage for each embedded input whose words are not known yet."""
    rows = store.db.execute(
        "SELECT min(p.id) AS id FROM passages p JOIN vectors USING (input) "
        "WHERE p.input NOT IN (SELECT input FROM input_words) GROUP BY p.input ORDER BY 1"
    )
    return [row["id"] for row in rows]


def _store_batch(store: Store, embedder: Embedder, ids: Sequence[int]) -> None:
    inputs = _inputs(store, ids)
    parts = [
        (inputs[s.id], meaningful(s.passage.text), meaningful(s.context))
        for s in store.passages(list(ids))
    ]
    known = known_words(store, [w for _, *both in parts for words in both for w in words])
    unknown = list(dict.fromkeys(w for _, *b in parts for ws in b for w in ws if w not in known))
    vectors = embedder.embed_passages(unknown) if unknown else np.zeros((0, 0), np.float32)
    with store.transaction() as db:
        for word, vector in zip(unknown, vectors, strict=True):
            known[word] = _add_word(db, word, vector.astype(np.float16).tobytes())
        rows = [(key, _pack(text, known), _pack(context, known)) for key, text, context in parts]
        db.executemany("INSERT OR REPLACE INTO input_words VALUES (?, ?, ?)", rows)
        words_changed(db)


def meaningful(text: str) -> list[str]:
    """Return the words of a text that say something, in order."""
    return [w for w in spelled(text) if len(w) <= MAX_WORD and w not in stop_words()]


def known_words(store: Store, words: Sequence[str]) -> Ids:
    """Return the ids of those of the words that are stored."""
    found: Ids = {}
    distinct = list(dict.fromkeys(words))
    for first in range(0, len(distinct), SQL_BATCH):
        batch = distinct[first : first + SQL_BATCH]
        marks = ",".join("?" * len(batch))
        rows = store.db.execute(f"SELECT id, word FROM words WHERE word IN ({marks})", batch)
        found.update((row["word"], row["id"]) for row in rows)
    return found


def _inputs(store: Store, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for first in range(0, len(ids), SQL_BATCH):
        batch = ids[first : first + SQL_BATCH]
        marks = ",".join("?" * len(batch))
        rows: list[Row] = store.db.execute(
            f"SELECT id, input FROM passages WHERE id IN ({marks})", batch
        ).fetchall()
        found.update((row["id"], row["input"]) for row in rows)
    return found


def _add_word(db: Connection, word: str, vector: bytes) -> int:
    cursor = db.execute("INSERT INTO words (word, vector, inputs) VALUES (?, ?, 0)", (word, vector))
    return int(cursor.lastrowid or 0)


def _pack(words: Sequence[str], ids: Ids) -> bytes:
    return np.array(sorted(ids[word] for word in words), dtype="<i4").tobytes()


def _count(store: Store) -> None:
    """Count anew how many inputs hold each word: rare words say more."""
    rows = store.db.execute("SELECT text FROM input_words").fetchall()
    held = np.frombuffer(b"".join(row["text"] for row in rows), dtype="<i4")
    ids, counts = np.unique(held, return_counts=True)
    with store.transaction() as db:
        db.execute("UPDATE words SET inputs = 0")
        pairs = zip(counts.tolist(), ids.tolist(), strict=True)
        db.executemany("UPDATE words SET inputs = ? WHERE id = ?", pairs)
        words_changed(db)
