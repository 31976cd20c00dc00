"""A file to a document: the one way in, whatever the format."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from askretail_ingest.catalog import Catalog, read_catalog, read_sidecar
from askretail_ingest.draft import bytes_of, check_name, no_text_layer, read_draft
from askretail_ingest.find import find_files
from askretail_ingest.metadata import describe
from askretail_ingest.nouns import Document, Draft, Parsed

__all__ = ["check_name", "find_files", "no_text_layer", "read", "read_draft"]


def read(
    path: Path,
    *,
    catalog: Catalog | None = None,
    known: Sequence[str] = (),
    draft: Draft | None = None,
) -> Parsed:
    """Return the file as a document with its layout; raises ``UnreadableFile``.

    ``catalog`` gives rows by file name; without one the folder's own ``catalog.csv`` is read.
    ``known`` are company names of other documents, which help to tell whom a text is about.
    ``draft`` is what ``read_draft`` made of this file, perhaps in another process.
    """
    data = bytes_of(path)
    draft = read_draft(path) if draft is None else draft
    rows = read_catalog(path.parent) if catalog is None else catalog
    names = [name for row in rows.values() for name in row.companies]
    metadata = describe(
        path,
        draft,
        rows.get(path.name),
        read_sidecar(path),
        known=tuple(dict.fromkeys([*known, *names])),
    )
    metadata = replace(metadata, scanned=draft.scanned)
    identity = hashlib.sha256(data).hexdigest()
    document = Document(identity, path.name, draft.text, draft.pages, metadata)
    return Parsed(document, draft.blocks, draft.tables)
