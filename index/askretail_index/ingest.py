"""Files into a library: parse, then one transaction a document, then vectors in batches."""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from askretail_index.apart import draft_apart, read_ahead
from askretail_index.edit import with_edits
from askretail_index.find import Place, at_path, known_companies, with_bytes
from askretail_index.library import Library, OnProgress
from askretail_index.originals import changed, hash_file
from askretail_index.report import IngestReport, Outcome, Progress, Skip
from askretail_index.write import add_document, supersede
from askretail_ingest.catalog import read_catalog, read_sidecar
from askretail_ingest.chunk import chunk
from askretail_ingest.clean import printable
from askretail_ingest.errors import BadSetting, UnreadableFile
from askretail_ingest.nouns import Draft
from askretail_ingest.read import check_name, find_files, no_text_layer, read


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is now: its bytes, and what the catalogue and the sidecar say of it."""

    path: Path
    sha: str
    told: str


@dataclass(slots=True)
class _Outcome:
    """The report while it is being written."""

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    duplicate: list[Skip] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    unread: list[Skip] = field(default_factory=list)

    def add(self, kind: Outcome, name: str, reason: str) -> None:
        if kind in ("duplicate", "skipped"):
            getattr(self, kind).append(Skip(name, reason))
        else:
            getattr(self, kind).append(name)
            if reason:
                self.unread.append(Skip(name, reason))


def ingest(
    library: Library, paths: Sequence[Path | str], *, on_progress: OnProgress | None = None
) -> IngestReport:
    """Take files, folders and globs into a library; a bad file becomes a line of the report.

    Raises UnreadableFile for a path that is not there, BusyLibrary when another ingest runs.
    """
    files = find_files(paths)
    outcome = _Outcome()
    with library.writing():
        with library.embedding() as beside:
            looked = read_ahead(_look(files), lambda file: _to_read(library, file))
            for done, (path, (file, draft)) in enumerate(zip(files, looked, strict=True), start=1):
                name, reason = path.name, ""
                try:
                    kind, reason = _take(library, file, draft)
                except UnreadableFile as error:
                    kind, name, reason = "skipped", printable(path.name), str(error)
                outcome.add(kind, name, reason)
                beside.more()
                if on_progress is not None:
                    on_progress(Progress("parse", done, len(files), name, kind, reason))
        library.sweep()
        embedded = beside.embedded + library.embed_pending(on_progress)
    return IngestReport(
        loaded=tuple(outcome.loaded),
        unchanged=tuple(outcome.unchanged),
        replaced=tuple(outcome.replaced),
        duplicate=tuple(outcome.duplicate),
        skipped=tuple(outcome.skipped),
        unread=tuple(outcome.unread),
        passages=library.store.count("passages"),
        embedded=embedded,
    )


def _look(files: Sequence[Path]) -> Iterator[_File | UnreadableFile]:
    """Yield each file with its hashes, or why it cannot be taken."""
    for path in files:
        try:
            check_name(path)
            place = path.resolve()
            yield _File(place, hash_file(place), _hash_told(place))
        except (UnreadableFile, BadSetting) as error:
            yield UnreadableFile(str(error))


def _to_read(library: Library, file: _File | UnreadableFile) -> Path | None:
    """Return the path of a file that is new or changed, as far as can be said before its turn."""
    if isinstance(file, UnreadableFile) or _is_unchanged(file, at_path(library.store, file.path)):
        return None
    return file.path if with_bytes(library.store, file.sha, but=file.path) is None else None


def _take(
    library: Library, file: _File | UnreadableFile, draft: Future[Draft] | None
) -> tuple[Outcome, str]:
    """Return what became of a file, and why."""
    if isinstance(file, UnreadableFile):
        raise file
    here = at_path(library.store, file.path)
    if _is_unchanged(file, here):
        library.keep_original(file.path, file.sha)
        return "unchanged", ""
    twin = with_bytes(library.store, file.sha, but=file.path)
    if twin is not None and _is_still_there(library, twin):
        supersede(library.store, file.path)
        return "duplicate", f"same bytes as {twin.source}"
    read_now = draft_apart(file.path) if draft is None else draft.result()
    _store(library, file, read_now, here, twin)
    unread = no_text_layer(read_now.unread) if read_now.unread else ""
    return ("loaded" if here is None and twin is None else "replaced"), unread


def _store(
    library: Library, file: _File, draft: Draft, here: Place | None, moved: Place | None
) -> None:
    embedder, store = library.embedder, library.store
    parsed = read(file.path, known=known_companies(store), draft=draft)
    if parsed.document.id != file.sha:
        raise changed(file.path)
    parsed = with_edits(library, parsed, here, moved)
    passages = chunk(parsed, count=embedder.count, max_pieces=embedder.max_pieces)
    library.keep_original(file.path, file.sha)
    add_document(
        store,
        parsed,
        passages,
        file.path,
        embedder=embedder,
        told=file.told,
        moved_from=None if moved is None else moved.path,
    )


def _is_unchanged(file: _File, here: Place | None) -> bool:
    return here is not None and (here.sha, here.told) == (file.sha, file.told)


def _is_still_there(library: Library, twin: Place) -> bool:
    """Tell whether the other file still holds these bytes; if not, it was renamed to this one.

    Files within the library were uploaded, and do not stay where they came from.
    """
    if twin.path.is_relative_to(library.folder.resolve()):
        return True
    return twin.path.is_file() and hash_file(twin.path) == twin.sha


def _hash_told(path: Path) -> str:
    """Return the hash of what the catalogue and the sidecar say of a file."""
    told = (read_catalog(path.parent).get(path.name), read_sidecar(path))
    return hashlib.sha256(repr(told).encode()).hexdigest()
