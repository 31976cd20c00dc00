"""What single parts cost: ``python -m askretail_eval.bench_parts LIBRARY [--out FILE]``.

The figures behind the limits in the code: how many word pieces are read at once, how many rows are
scored by their words, and what a document costs that is added to a library (to a copy of it). One
thread, medians of several runs.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from askretail_eval import report
from askretail_eval.bench_figures import value_table
from askretail_eval.machine import code, machine
from askretail_eval.soak import note
from askretail_eval.table import Table

TITLE = "Parts"
RUNS = 5
PASSAGES = 64  # the longest of the library, for reading
AT_ONCE = (256, 1024, 8192)  # word pieces
COMMON = ("sales", "company", "year", "net", "million", "including", "tax", "stock", "value")

Values = list[tuple[str, list[float]]]


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables, renew the section of a results file."""
    parser = argparse.ArgumentParser(description="Measure what single parts cost.")
    parser.add_argument(
        "library", type=Path, metavar="LIBRARY", help="of tens of thousand passages"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="renew a section of FILE")
    parser.add_argument("--note", action="append", default=[], help="to stand with the figures")
    given = parser.parse_args(arguments)
    os.environ["OMP_NUM_THREADS"] = "1"  # read when torch and FAISS are loaded, which is below
    tables = [
        value_table("Open a model", opened(), "seconds"),
        value_table(f"Read one of {PASSAGES} long passages", read(given.library), "ms"),
        value_table("A row in the index of words", rows(given.library), "us"),
        value_table("A document added, vectors of the others kept", added(given.library), "ms"),
    ]
    _write(given.out, given.note, tables)
    return 0


def _write(out: Path | None, notes: Sequence[str], tables: Sequence[Table]) -> None:
    facts = [("machine", machine()), ("code", code()), ("threads", "1")]
    facts += [("note", one) for one in notes]
    report.publish(out, TITLE, facts, tables)


def timed(work: Callable[[], object], unit: float = 1.0) -> list[float]:
    """Return how long a work takes each time, in parts of a second."""
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * unit)
    return took


def opened() -> Values:
    """Return the seconds to open the packaged model, by onnxruntime and as it comes."""
    from askretail_index.models import find_model
    from askretail_index.onnx_file import onnx_path
    from askretail_index.open_model import open_onnx
    from askretail_index.torch_model import TorchModel

    folder = find_model()
    return [
        ("onnxruntime", timed(lambda: open_onnx(folder, onnx_path(folder)))),
        ("sentence-transformers (most: with its import)", timed(lambda: TorchModel(folder.path))),
    ]


def read(library: Path) -> Values:
    """Return the milliseconds a passage, by how many word pieces are read at once."""
    from askretail_eval.bench_own import inputs
    from askretail_index import onnx_model
    from askretail_index.embed import load_embedder

    texts = sorted(inputs(library), key=len, reverse=True)[:PASSAGES]
    embedder, kept = load_embedder(), onnx_model.PIECES_AT_ONCE
    found: Values = []
    for pieces in AT_ONCE:
        onnx_model.PIECES_AT_ONCE = pieces
        took = timed(lambda: embedder.embed_passages(texts), 1000 / len(texts))
        found.append((f"{pieces:,} word pieces at once", took))
    onnx_model.PIECES_AT_ONCE = kept
    return found


def rows(library: Path) -> Values:
    """Return the microseconds a row: scored, and looked up where another document is meant."""
    from askretail_index.lexical import any_of
    from askretail_index.library import DATABASE
    from askretail_index.store import Store

    store = Store(library / DATABASE)
    match = any_of(COMMON)
    count = "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?"
    n = int(store.db.execute(count, (match,)).fetchone()[0])
    best = (
        "SELECT rowid, bm25(passage_words) AS cost FROM passage_words WHERE passage_words MATCH ?"
    )
    few = f" AND +rowid IN (SELECT id FROM passages WHERE document = {store.document_ids()[0]})"
    return [
        (what, timed(lambda q=query: store.db.execute(q, (match,)).fetchall(), 1e6 / n))  # type: ignore[misc]
        for what, query in (
            (f"scored ({n:,} rows)", f"{best} ORDER BY cost LIMIT 60"),
            ("passed over for another document", f"{best}{few} ORDER BY cost LIMIT 60"),
        )
    ]


def added(library: Path) -> Values:
    """Return the milliseconds that the index of vectors takes for one more document."""
    from askretail_index.embed import load_embedder
    from askretail_index.ingest import ingest
    from askretail_index.library import Library
    from askretail_index.vectors import VectorIndex

    found: Values = [("in memory", []), ("and in its file", []), ("made anew", [])]
    with tempfile.TemporaryDirectory() as folder:
        copy, text = Path(folder) / "library", Path(folder) / "note.txt"
        shutil.copytree(library, copy)
        opened = Library(copy, load_embedder())
        works: tuple[Callable[[], object], ...] = (
            lambda: opened.vectors,
            opened.save_vectors,
            lambda: VectorIndex.build(opened.store, copy, opened.embedder.dim),
        )
        for run in range(RUNS):
            _ = opened.vectors
            text.write_text(note(run, 0), "utf-8")
            ingest(opened, [text])
            for (_, took), work in zip(found, works, strict=True):
                start = time.perf_counter()
                work()
                took.append(1000 * (time.perf_counter() - start))
        opened.close()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
