"""Small documents, libraries over them, and everything that a library says of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from askretail_index.embed import Embedder, Spans, Vectors
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.report import IngestReport

NOTE = """Stores note

Pickup points grew to 42 in spring. Shoppers fetch their orders at a desk by the door.

The desk is open from eight to eight. Nobody waits for more than five minutes.
"""
BRIEF = """---
title: Lockers brief
companies: [Fennel Market]
type: brief
period: FY2023
---

# Lockers brief

## Lockers

Each locker holds twelve parcels. The café beside it sells coffee to those who wait.

Table 1. Lockers (in thousands)

| | 2023 | 2022 |
|---|---|---|
| Lockers in use | 18 | 11 |
| Parcels | 940 | 610 |
"""
PAGE = """<!DOCTYPE html><html><head><title>Returns page</title></head><body>
<h1>Returns page</h1><h2>Rules</h2><p>Goods come back within thirty days. Bring a receipt.</p>
<h2>Costs</h2><p>Returns by post cost four dollars. Returns at a store are free.</p></body></html>
"""
PDF_PAGES = (
    ("Shrink paper", "Theft took two percent of sales. Cameras watch the doors of every store."),
    (),  # an empty page
    ("Outlook", "Managers expect less theft next year. Tags on jackets are to stop thieves."),
)


class Counting:
    """An embedder that notes every passage, and every word, it was given to embed."""

    def __init__(self, inner: Embedder) -> None:
        self.inner = inner
        self.texts: list[str] = []
        self.words: list[str] = []

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def sha256(self) -> str:
        return self.inner.sha256

    @property
    def dim(self) -> int:
        return self.inner.dim

    @property
    def max_pieces(self) -> int:
        return self.inner.max_pieces

    def count(self, text: str) -> int:
        return self.inner.count(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.words.extend(texts)
        return self.inner.embed_passages(texts)

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        self.texts.extend(texts)
        return self.inner.embed_with_spans(texts, spans)

    def embed_query(self, text: str) -> Vectors:
        return self.inner.embed_query(text)


def write_documents(folder: Path) -> Path:
    """Write one document of each kind, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "brief.md").write_text(BRIEF, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    write_pdf(folder / "paper.pdf", PDF_PAGES)
    return folder


def write_pdf(path: Path, pages: Sequence[Sequence[str]]) -> Path:
    """Write a PDF whose pages have these paragraphs, one a line."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=True)
    for paragraphs in pages:
        for number, words in enumerate(paragraphs):
            canvas.drawString(72, 720 - 40 * number, words)
        canvas.showPage()
    canvas.save()
    return path


def make_library(folder: Path, embedder: Embedder) -> Library:
    return Library(folder, embedder, create=True)


def filled(folder: Path, embedder: Embedder, texts: dict[str, str]) -> tuple[Library, IngestReport]:
    """Return a library in ``folder/library`` over these texts by file name, and its report."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = make_library(folder / "library", embedder)
    return library, ingest(library, [folder / name for name in texts])


def content(library: Library) -> dict[str, Any]:
    """Return all that a library says, without row ids: two with equal content answer alike."""
    store, db = library.store, library.store.db
    rows = db.execute("SELECT id, path, current, told FROM documents ORDER BY current, id")
    documents = [(store.document(row["id"]), *tuple(row)[1:]) for row in rows]
    tables = db.execute("SELECT number, spans FROM tables ORDER BY document, number")
    return {
        "documents": documents,
        "tables": [tuple(row) for row in tables],
        "passages": [
            (store.document(number).id, stored.passage, stored.context)
            for number in store.document_ids()
            for stored in store.passages_of(number)
        ],
        "passage words": _words(library, "body, head", "passage_words"),
        "page words": _words(library, "body, head, furniture", "page_words"),
        "vectors": {row[0]: row[1] for row in db.execute("SELECT input, vector FROM vectors")},
    }


def originals(library: Library) -> dict[str, bytes]:
    """Return the bytes of the kept originals by their name."""
    return {path.name: path.read_bytes() for path in (library.folder / "files").iterdir()}


def sources(library: Library) -> list[str]:
    store = library.store
    return [store.document(number).source for number in store.document_ids()]


def _words(library: Library, columns: str, table: str) -> list[tuple[str, ...]]:
    rows = library.store.db.execute(f"SELECT {columns} FROM {table} ORDER BY rowid")
    return [tuple(row) for row in rows]


def sales_notes() -> dict[str, str]:
    """Return twenty notes on sales by file name; spring stands in eight, lockers in three."""
    return {
        f"{n:02}.txt": f"Note {n}\n\nSales grew by {n} points"
        f"{' in spring' if n < 8 else ''}{' of lockers' if n % 7 == 0 else ''}.\n"
        for n in range(20)
    }
