"""A library made again from its kept originals: after a new model, chunker or reader."""

from dataclasses import replace

from askretail_index.apart import read_ahead
from askretail_index.find import Place, places
from askretail_index.library import Library, OnProgress
from askretail_index.report import IngestReport, Progress, Skip
from askretail_index.write import add_document
from askretail_ingest.chunk import chunk
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Draft, Metadata, Parsed
from askretail_ingest.read import read


def rebuild(library: Library, *, on_progress: OnProgress | None = None) -> IngestReport:
    """Read every original again, keep its metadata, embed everything with the present model.

    A document whose original cannot be read keeps the passages it has and is reported.
    """
    loaded, skipped = [], []
    with library.writing():
        all_places = places(library.store)
        drafts = read_ahead(all_places, lambda place: library.original(place.sha, place.source))
        for done, (place, draft) in enumerate(drafts, start=1):
            try:
                kept = library.store.document(place.id).metadata
                store_again(library, place, None if draft is None else draft.result(), kept)
                loaded.append(place.source)
            except UnreadableFile as error:
                name = library.original(place.sha, place.source).name
                skipped.append(Skip(place.source, str(error).replace(name, place.source)))
            if on_progress is not None:
                on_progress(Progress("parse", done, len(all_places), place.source))
        library.sweep()
        embedded = library.rebuild_vectors(on_progress)
    return IngestReport(
        loaded=tuple(loaded),
        skipped=tuple(skipped),
        passages=library.store.count("passages"),
        embedded=embedded,
    )


def store_again(library: Library, place: Place, draft: Draft | None, metadata: Metadata) -> None:
    """Store a document anew, as its original is read now and as ``metadata`` describes it."""
    parsed = _read_again(library, place, draft, metadata)
    embedder = library.embedder
    passages = chunk(parsed, count=embedder.count, max_pieces=embedder.max_pieces)
    add_document(library.store, parsed, passages, place.path, embedder=embedder, told=place.told)


def _read_again(library: Library, place: Place, draft: Draft | None, metadata: Metadata) -> Parsed:
    parsed = read(library.original(place.sha, place.source), draft=draft)
    if parsed.document.id != place.sha:
        raise UnreadableFile(f"{place.source}: its original changed; ingest the file again")
    metadata = replace(metadata, scanned=parsed.document.metadata.scanned)
    kept = replace(parsed.document, source=place.source, metadata=metadata)
    return replace(parsed, document=kept)
