"""What an index of lists finds of the nearest, by how many of its lists it reads.

Asked are the shipped questions; questions made of the library's words, on which the library itself
tries its index; and sentences of the library, which flatter it. All against every vector there is.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from askretail_eval.questions import load_shipped
from askretail_eval.table import Table
from askretail_index.arrays import Vectors
from askretail_index.embed import load_embedder
from askretail_index.library import Library
from askretail_index.recall import TOP, ExactTop
from askretail_index.store import Store
from askretail_index.trial_questions import trial_questions
from askretail_index.vector_rows import sample, sentence_vectors, vector_blocks, vector_ids
from askretail_index.vectors import MEASURED, VectorIndex

SEED = 5  # another one than the library's own trial
PROBES = (16, 32, 64, 128, 256, 512, 1024)
QUESTIONS, TRIALS, SENTENCES = "questions", "made of words", "sentences"
MS, LISTS = "ms", "lists"
DIFFERENT = "different"  # in thousandths, as facts are whole numbers
THOUSANDTHS = 1000

Values = dict[str, list[float]]


def recall(store: Path) -> tuple[Values, dict[str, int]]:
    """Return the recall@10 of each kind by lists read, the milliseconds, and what stands still.

    That is: how many of each kind, and how many of the ten nearest are different passages.
    """
    library = Library(store, load_embedder())
    asked = _asked(library)
    exact = {kind: ExactTop(rows) for kind, rows in asked.items()}
    for ids, vectors in vector_blocks(library.store, library.embedder.dim):
        for one in exact.values():
            one.add(ids, vectors)
    facts = {kind: len(rows) for kind, rows in asked.items()}
    nearest = exact[QUESTIONS].ids
    places = [different(library.store, row) for row in nearest]
    facts[DIFFERENT] = round(THOUSANDTHS * sum(places) / len(places))
    index, values = library.vectors, Values()
    for probes in sorted({p for p in PROBES if p < index.facts.lists} | {index.facts.probes}):
        values.setdefault(LISTS, []).append(probes)
        took: list[float] = []
        for kind, rows in asked.items():
            found = [_timed(index.reading(probes), row, took) for row in rows]
            values.setdefault(kind, []).append(exact[kind].recall(found))
        values.setdefault(MS, []).append(1000 * median(took))
    return values, facts


def _asked(library: Library) -> dict[str, Vectors]:
    generator, dim = np.random.default_rng(SEED), library.embedder.dim
    ids = sample(vector_ids(library.store), MEASURED, generator)
    return {
        QUESTIONS: np.stack([library.embedder.embed_query(one.full) for one in load_shipped()]),
        TRIALS: trial_questions(library.store, ids, dim, generator),
        SENTENCES: sentence_vectors(library.store, ids, dim),
    }


def _timed(index: VectorIndex, vector: Vectors, took: list[float]) -> list[int]:
    start = time.perf_counter()
    found = [i for i, _ in index.search(vector, TOP)]
    took.append(time.perf_counter() - start)
    return found


def different(store: Store, ids: Sequence[int]) -> int:
    """Return how many of the passages are different ones, the copies of one counted once."""
    marks = ",".join(str(int(i)) for i in ids)
    query = (
        'SELECT count(*) FROM (SELECT DISTINCT d.source, p.page, p.start, p."end" FROM passages p '
        f"JOIN documents d ON d.id = p.document WHERE p.id IN ({marks}))"
    )
    return int(store.db.execute(query).fetchone()[0])


def recall_table(values: Values, facts: dict[str, int]) -> Table:
    """Return a row for each number of lists read."""
    kinds = (QUESTIONS, TRIALS, SENTENCES)
    columns = [values[kind] for kind in kinds]
    rows = tuple(
        (f"{lists:,.0f}", *(f"{share:.3f}" for share in shares), f"{ms:.1f}")
        for lists, ms, *shares in zip(values[LISTS], values[MS], *columns, strict=True)
    )
    head = ("lists read", *(f"{kind} ({facts[kind]})" for kind in kinds), "ms, median")
    return Table("Found of the ten nearest", head, rows)
