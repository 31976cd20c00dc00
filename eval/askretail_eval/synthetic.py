"""A large library out of a smaller one: real text, and real vectors with jitter.

``python -m askretail_eval.synthetic LIBRARY OUT --passages 1000000``

Every document is taken over again and again, about companies of its own. A vector of a later round
is moved by a share of the difference of two other real vectors, so that it stays among the vectors
of real text: random ones would flatter an index. Sentence vectors and words stay as they are; so
what a search finds is measured with vectors of real questions, never with those of the library.
"""

import argparse
import hashlib
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from askretail_index.arrays import Vectors
from askretail_index.library import DATABASE
from askretail_index.schema import ADDED, SCHEMA
from askretail_index.store import Store

# Of the difference added. The cosine with the vector moved is then .90 in the mean: about that
# of a passage with its nearest neighbour in another filing.
JITTER = 0.4
BATCH = 5000

# What a column becomes in a later round: {n} is the round, a table's name what its ids grow by.
RULES: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "id": "id + {documents}",
        "sha": "again(sha, {n})",
        "path": "path || '.' || {n}",
        "metadata": "rename(metadata, {n})",
    },
    "input_words": {"input": "again(input, {n})"},
    "pages": {"id": "id + {pages}", "document": "document + {documents}"},
    "tables": {"document": "document + {documents}"},
    "passages": {
        "id": "id + {passages}",
        "document": "document + {documents}",
        "input": "again(input, {n})",
    },
}
WORDS = {
    "passage_words": ("passages", "body, head"),
    "page_words": ("pages", "body, head, furniture"),
}


def main(argv: list[str] | None = None) -> int:
    """Make the library, and say how large it became."""
    parser = argparse.ArgumentParser(prog="askretail_eval.synthetic", description=__doc__)
    parser.add_argument("library", type=Path, metavar="LIBRARY")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--passages", type=int, default=1_000_000, metavar="N")
    arguments = parser.parse_args(argv)
    passages = multiply(arguments.library, arguments.out, arguments.passages)
    sys.stdout.write(f"{arguments.out}: {passages} passages\n")
    return 0


def multiply(library: Path, out: Path, passages: int) -> int:
    """Write a library of at least so many passages, in whole rounds; return how many it has.

    Raises ``FileExistsError`` when there is one already.
    """
    if (out / DATABASE).exists():
        raise FileExistsError(f"{out} holds a library: name another folder")
    out.mkdir(parents=True, exist_ok=True)
    Store(library / DATABASE).close()  # gives an older library the tables that it lacks
    if (library / "settings.toml").is_file():
        shutil.copy(library / "settings.toml", out)
    db = _open(library / DATABASE, out / DATABASE)
    shifts = {table: _max_id(db, table) for table in ("documents", "pages", "passages")}
    rounds = -(-passages // int(db.execute("SELECT count(*) FROM old.passages").fetchone()[0]))
    for n in range(rounds):
        with db:
            _copy(db, n, {table: shift * n for table, shift in shifts.items()})
        sys.stderr.write(f"\rround {n + 1} of {rounds}")
    sys.stderr.write("\n")
    with db:
        db.execute(f"INSERT INTO words SELECT id, word, vector, inputs * {rounds} FROM old.words")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('library_id', hex(randomblob(16)))")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('stamp', hex(randomblob(16)))")
    made = int(db.execute("SELECT count(*) FROM passages").fetchone()[0])
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    return made


def _open(source: Path, target: Path) -> sqlite3.Connection:
    db = sqlite3.connect(target)
    db.execute("PRAGMA journal_mode = OFF")  # nobody misses a half-made library
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -500000")  # kB
    db.executescript(SCHEMA + ADDED)
    db.execute("ATTACH ? AS old", (str(source),))
    db.execute("INSERT INTO meta SELECT * FROM old.meta")
    db.execute(f"PRAGMA user_version = {db.execute('PRAGMA old.user_version').fetchone()[0]}")
    db.create_function("again", 2, again, deterministic=True)
    db.create_function("rename", 2, rename, deterministic=True)
    return db


def again(sha: str, n: int) -> str:
    """Return the hash that stands for another one in a round; the first keeps its own."""
    return sha if n == 0 else hashlib.sha256(f"{sha} {n}".encode()).hexdigest()


def rename(metadata: str, n: int) -> str:
    """Return metadata that is about other companies: a large library has more of them."""
    if n == 0:
        return metadata
    fields = json.loads(metadata)
    fields["companies"] = [f"{name} {n}" for name in fields["companies"]]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def _max_id(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT max(id) FROM old.{table}").fetchone()[0])


def _copy(db: sqlite3.Connection, n: int, shifts: Mapping[str, int]) -> None:
    for table, rules in RULES.items():
        names = [row[1] for row in db.execute(f"PRAGMA old.table_info({table})")]
        wanted = [rules.get(name, f'"{name}"').format(n=n, **shifts) for name in names]
        columns = ", ".join(f'"{name}"' for name in names)
        which = " WHERE current = 1" if table == "documents" else ""
        db.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(wanted)} FROM old.{table}{which}"
        )
    for table, (owner, columns) in WORDS.items():
        db.execute(
            f"INSERT INTO {table} (rowid, {columns}) "
            f"SELECT rowid + {shifts[owner]}, {columns} FROM old.{table}"
        )
    for batch in _jittered(db, n):
        db.executemany("INSERT INTO vectors VALUES (?, ?, ?)", batch)


def _jittered(db: sqlite3.Connection, n: int) -> Iterator[list[tuple[str, bytes, bytes]]]:
    """Yield the rows of vectors of a round, in batches."""
    generator = np.random.default_rng(n)
    rows = db.execute("SELECT input, vector, spans FROM old.vectors")
    while batch := rows.fetchmany(BATCH):
        vectors = np.stack([np.frombuffer(vector, np.float32) for _, vector, _ in batch])
        moved = vectors if n == 0 else jitter(vectors, generator)
        yield [
            (again(key, n), row.tobytes(), spans)
            for (key, _, spans), row in zip(batch, moved, strict=True)
        ]


def jitter(vectors: Vectors, generator: np.random.Generator) -> Vectors:
    """Return unit vectors, each moved by a share of the difference of two others."""
    one, other = (vectors[generator.permutation(len(vectors))] for _ in range(2))
    moved = vectors + np.float32(JITTER) * (one - other)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main())
