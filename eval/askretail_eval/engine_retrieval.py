"""What the text of each PDF engine is worth to the plain searches.

``python -m askretail_eval.engine_retrieval SETS LIBRARY FILINGS [--results FILE]``: the named sets
in the folder SETS, asked of thousand-character chunks of three texts of the same pages: ours, as
the LIBRARY holds it, and those of pdfium and pypdf, as they give the PDFs in the folder FILINGS.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from askretail_eval import report
from askretail_eval.baseline import Baselines
from askretail_eval.cache import CachedEmbedder, default_path
from askretail_eval.chunk import CHUNK_CHARS, Chunk, cut, cut_page, stem
from askretail_eval.command import commit, note
from askretail_eval.fidelity_pdf import pdfium_pages, pypdf_pages
from askretail_eval.interval import RESAMPLES, SEED, bootstrap
from askretail_eval.named_sets import load_named
from askretail_eval.questions import Question
from askretail_eval.record import Record, values
from askretail_eval.run import check_documents, theirs
from askretail_eval.systems import open_library
from askretail_eval.table import Table
from askretail_index.embed import Embedder, load_embedder
from askretail_ingest.errors import BadSetting
from askretail_ingest.nouns import Document

SECTION = "engines"
ENGINES = {"pdfium": pdfium_pages, "pypdf": pypdf_pages}
OURS = "askretail"
MEASURES = {
    "retail-strategy": ("page all@1", "page all@5", "page all@10"),
    "financebench": ("page hit@1", "page hit@5", "page hit@20"),
    "tenk": ("page hit@1", "page hit@5", "page hit@10"),
}


def chunks_of(engine: str, documents: Sequence[Document], pdfs: Sequence[Path]) -> Iterator[Chunk]:
    """Yield the chunks of every document: of its PDF by the engine, of our text without a PDF."""
    paths = {path.name: path for path in pdfs}
    for document in documents:
        path = paths.get(document.source)
        if path is None or engine == OURS:
            yield from cut([document])
            continue
        note(f"{engine}: {document.source}")
        for number, text in enumerate(ENGINES[engine](path), start=1):
            for piece in cut_page(text):
                yield Chunk(stem(document.source), number, piece)


def plain(engine: str, chunks: Sequence[Chunk], embedder: Embedder) -> Baselines:
    """Return the plain searches over the chunks, saying how far their vectors are."""

    def progress(done: int, total: int) -> None:
        note(f"{engine}: {done}/{total} vectors")

    return Baselines.build(chunks, embedder, default_path(), progress=progress)


def asked(engine: str, questions: Sequence[Question], searches: Baselines) -> list[Record]:
    """Return the records of the three plain searches over one engine's text."""
    return [
        record
        for name, search in searches.searches().items()
        for record in theirs(questions, f"{name}, {engine}", search)
    ]


def table(name: str, records: Sequence[Record]) -> Table:
    """Return a row for every search and text, with the measures that the set is judged by."""
    systems = dict.fromkeys(record.system for record in records)
    rows = []
    for system in systems:
        given = [record for record in records if record.system == system]
        figures = [bootstrap(values(given, measure)) for measure in MEASURES[name]]
        rows.append((system, str(figures[0].n), *map(str, figures)))
    return Table(name, ("search, text", "n", *MEASURES[name]), tuple(sorted(rows)))


def measured(
    sets: Path, documents: Sequence[Document], filings: Path, embedder: Embedder
) -> list[Table]:
    """Return a table for each named set; raises BadSetting when a document is missing."""
    questions = {name: load_named(name, sets) for name in MEASURES}
    check_documents([one for group in questions.values() for one in group], documents)
    pdfs = sorted(filings.glob("*.pdf"))
    if not pdfs:
        raise BadSetting(f"{filings}: holds no PDF; name the folder of the library's documents")
    records: dict[str, list[Record]] = {name: [] for name in MEASURES}
    for engine in (OURS, *ENGINES):
        searches = plain(engine, list(chunks_of(engine, documents, pdfs)), embedder)
        for name, group in questions.items():
            records[name] += asked(engine, group, searches)
    return [table(name, found) for name, found in records.items()]


def main(arguments: Sequence[str]) -> int:
    """Measure and write the tables."""
    made = argparse.ArgumentParser(
        prog="python -m askretail_eval.engine_retrieval", description=__doc__
    )
    made.add_argument("sets", type=Path, help="folder of the named sets")
    made.add_argument("library", type=Path, help="library of the documents they rest on")
    made.add_argument("filings", type=Path, help="folder of the PDFs that the library was made of")
    made.add_argument("--results", type=Path, help="Markdown file whose section is renewed")
    given = made.parse_args(arguments)
    embedder = CachedEmbedder(load_embedder(), default_path())
    with open_library(given.library) as assistant:
        tables = measured(given.sets, assistant.documents, given.filings, embedder)
    note("")
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(given.results)}"),
        (
            "searches",
            f"chunks of {CHUNK_CHARS} characters of each page, {embedder.name} by exact "
            "dot product, SQLite FTS5 BM25, and their reciprocal rank fusion",
        ),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
    ]
    report.publish(given.results, SECTION, facts, tables)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
