"""A library made again from its kept originals: after a new model, chunker or reader."""

from pathlib import Path

from askretail_index.library import Library, OnProgress
from askretail_index.report import IngestReport, Progress, Skip
from askretail_index.write import add_document
from askretail_ingest.chunk import chunk
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Document, Parsed
from askretail_ingest.read import read


def rebuild(library: Library, *, on_progress: OnProgress | None = None) -> IngestReport:
    """Read every original again, keep its metadata, embed everything with the present model.

    A document whose original cannot be read keeps the passages it has and is reported.
    """
    store, loaded, skipped = library.store, [], []
    numbers = store.document_ids()
    with library.writing():
        for done, number in enumerate(numbers, start=1):
            row = store.db.execute("SELECT * FROM documents WHERE id = ?", (number,)).fetchone()
            old = store.document(number)
            try:
                parsed = _read_again(library, old)
            except UnreadableFile as error:
                skipped.append(Skip(old.source, str(error)))
                continue
            embedder = library.embedder
            passages = chunk(parsed, count=embedder.count, max_pieces=embedder.max_pieces)
            add_document(store, parsed, passages, Path(row["path"]), told=row["told"])
            loaded.append(old.source)
            if on_progress is not None:
                on_progress(Progress("parse", done, len(numbers), old.source))
    embedded = library.rebuild_vectors(on_progress)
    return IngestReport(
        loaded=tuple(loaded),
        skipped=tuple(skipped),
        passages=store.count("passages"),
        embedded=embedded,
    )


def _read_again(library: Library, old: Document) -> Parsed:
    parsed = read(library.original(old.id, old.source))
    document = parsed.document
    kept = Document(document.id, old.source, document.text, document.pages, old.metadata)
    return Parsed(kept, parsed.blocks, parsed.tables)
