"""Files into a library: parse, then one transaction a document, then vectors in batches."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Row

from askretail_index.library import Library, OnProgress
from askretail_index.report import IngestReport, Progress, Skip
from askretail_index.write import add_document
from askretail_ingest.catalog import read_catalog, read_sidecar
from askretail_ingest.chunk import chunk
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.read import find_files, read


@dataclass(slots=True)
class _Outcome:
    """The report while it is being written."""

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    duplicate: list[Skip] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)


def ingest(
    library: Library, paths: Sequence[Path | str], *, on_progress: OnProgress | None = None
) -> IngestReport:
    """Take files, folders and globs into a library; a bad file becomes a line of the report.

    Raises UnreadableFile for a path that is not there, BusyLibrary when another ingest runs.
    """
    files = find_files(paths)
    outcome = _Outcome()
    with library.writing():
        for index, path in enumerate(files, start=1):
            try:
                _take(library, path, outcome)
            except UnreadableFile as error:
                outcome.skipped.append(Skip(path.name, str(error)))
            if on_progress is not None:
                on_progress(Progress("parse", index, len(files), path.name))
        embedded = library.embed_pending(on_progress)
    return IngestReport(
        loaded=tuple(outcome.loaded),
        unchanged=tuple(outcome.unchanged),
        replaced=tuple(outcome.replaced),
        duplicate=tuple(outcome.duplicate),
        skipped=tuple(outcome.skipped),
        passages=library.store.count("passages"),
        embedded=embedded,
    )


def _take(library: Library, path: Path, outcome: _Outcome) -> None:
    path = path.resolve()
    sha, told = _hash_file(path), _hash_told(path)
    here = _current(library, "path = ?", str(path))
    if here is not None and (here["sha"], here["told"]) == (sha, told):
        outcome.unchanged.append(path.name)
        return
    twin = _current(library, "sha = ?", sha)
    if twin is not None and here is None:
        outcome.duplicate.append(Skip(path.name, f"same bytes as {twin['source']}"))
        return
    parsed = read(path, known=_known_companies(library))
    embedder = library.embedder
    passages = chunk(parsed, count=embedder.count, max_pieces=embedder.max_pieces)
    library.keep_original(path, sha)
    add_document(library.store, parsed, passages, path, told=told)
    (outcome.loaded if here is None else outcome.replaced).append(path.name)


def _current(library: Library, where: str, value: str) -> Row | None:
    query = f"SELECT sha, told, source FROM documents WHERE current = 1 AND {where}"
    row: Row | None = library.store.db.execute(query, (value,)).fetchone()
    return row


def _known_companies(library: Library) -> tuple[str, ...]:
    store = library.store
    documents = (store.document(number) for number in store.document_ids())
    return tuple(dict.fromkeys(name for d in documents for name in d.companies))


def _hash_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def _hash_told(path: Path) -> str:
    """Return the hash of what the catalogue and the sidecar say of a file."""
    told = (read_catalog(path.parent).get(path.name), read_sidecar(path))
    return hashlib.sha256(repr(told).encode()).hexdigest()
