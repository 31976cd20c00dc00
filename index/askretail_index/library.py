"""A library on disk: its folder, its database, its model and its vectors, kept in step."""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection, OperationalError
from typing import Self

from filelock import FileLock, Timeout

from askretail_index.beside import Beside, length
from askretail_index.embed import Embedder
from askretail_index.find import original_sources, places
from askretail_index.originals import FILES, keep, original_name, sweep
from askretail_index.own_files import refuse_links
from askretail_index.pending import (
    drop_unused_vectors,
    embed_missing,
    embed_passages,
    pending_passages,
)
from askretail_index.report import Progress
from askretail_index.reranker import Reranker
from askretail_index.store import Store
from askretail_index.vectors import VectorIndex
from askretail_index.vocabulary import Vocabulary
from askretail_index.word_vectors import embed_words
from askretail_index.write import remove_document, words_changed
from askretail_ingest.chunk import CHUNKER
from askretail_ingest.errors import AskRetailError, BusyLibrary, StaleLibrary

DATABASE = "library.db"
LOCK = "ingest.lock"
WAIT_SECONDS = 10.0
EMBED_BATCH = 128  # vectors committed at a time: what a killed run loses at most

OnProgress = Callable[[Progress], None]


def is_library(folder: Path) -> bool:
    return (folder / DATABASE).is_file()


class Library:
    """Documents, passages, words and vectors under one folder."""

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        *,
        create: bool = False,
        any_maker: bool = False,
        reranker: Reranker | None = None,
    ) -> None:
        """Open a library; raises NoLibrary, or StaleLibrary when another model or chunker made it.

        With ``create`` a missing one is made; with ``any_maker`` its makers are not looked at.
        """
        self.folder = folder
        self.embedder = embedder
        self.reranker = reranker
        refuse_links(folder / name for name in (LOCK, FILES))
        self.store = Store(folder / DATABASE, create=create)
        self._vectors: tuple[int, VectorIndex] | None = None
        self._vocabulary: tuple[str, Vocabulary] | None = None
        self._opening = threading.Lock()
        if any_maker:
            return
        try:
            self._check_makers()
        except AskRetailError:
            self.close()
            raise

    @classmethod
    def open_for_rebuild(cls, folder: Path, embedder: Embedder) -> Self:
        """Open a library whoever made it, so that it can be made again."""
        return cls(folder, embedder, any_maker=True)

    def close(self) -> None:
        self.store.close()

    @property
    def vectors(self) -> VectorIndex:
        """The FAISS index of the library as it is now."""
        with self._opening:
            generation = self.store.generation()
            if self._vectors is None or self._vectors[0] != generation:
                dim = self.store.get_number("dim") or self.embedder.dim
                now = None if self._vectors is None else self._vectors[1].updated()
                now = now or VectorIndex.open(self.store, self.folder, dim)
                self._vectors = (generation, now)
            return self._vectors[1]

    def save_vectors(self) -> None:
        """Have the FAISS index of the library as it is now in its file, for the next to open it."""
        self.vectors.save(self.folder)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the library's passages as they are now."""
        with self._opening:
            words = self.store.get_meta("words")
            if self._vocabulary is None or self._vocabulary[0] != words:
                self._vocabulary = (words, Vocabulary.read(self.store))
            return self._vocabulary[1]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's lock; raises BusyLibrary when another process keeps it."""
        lock = FileLock(self.folder / LOCK, timeout=WAIT_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise BusyLibrary(
                f"{self.folder} is being written by another ingest: wait until it is done, "
                "then repeat"
            ) from error
        try:
            self.store.forget_documents()  # as another process may have left it
            yield
        finally:
            lock.release()

    def embedding(self) -> Beside:
        """Embed beside what the caller does; it holds the lock, and says when there is more."""
        return Beside(self.store, self.embedder)

    def embed_pending(self, on_progress: OnProgress | None = None) -> int:
        """Embed what has no vector yet, each distinct input once; return how many.

        Each batch is committed, so a killed run goes on where it stopped.
        """
        drop_unused_vectors(self.store)
        pending = sorted(pending_passages(self.store), key=length, reverse=True)
        if pending and on_progress is not None:  # the first batch may have to load the model
            on_progress(Progress("embed", 0, len(pending)))
        for first in range(0, len(pending), EMBED_BATCH):
            batch = pending[first : first + EMBED_BATCH]
            embed_passages(self.store, self.embedder, batch)
            if on_progress is not None:
                on_progress(Progress("embed", first + len(batch), len(pending)))
        embed_words(self.store, self.embedder)
        return len(pending)

    def embed_first(self, ids: Sequence[int]) -> None:
        """Embed those of the passages that have no vector yet, out of turn, for a question.

        A library that cannot be written to now is left as it is: words alone find what it holds.
        """
        with suppress(OperationalError):
            embed_missing(self.store, self.embedder, ids)

    def original(self, sha: str, source: str) -> Path:
        """Return where the bytes of a document are kept: its hash, with the ending it had.

        A link to elsewhere is none of ours: then the name of a file that is not there.
        """
        path = self.folder / FILES / original_name(sha, source)
        return path if not path.is_symlink() else path.with_name(f"{path.name}.link")

    def keep_original(self, path: Path, sha: str) -> None:
        """Copy a file into the library; raises UnreadableFile when it has other bytes now."""
        keep(path, sha, self.original(sha, path.name))

    def sweep(self) -> None:
        """Delete the originals that no document has; the caller holds the lock."""
        kept = {original_name(sha, source) for sha, source in original_sources(self.store)}
        sweep(self.folder / FILES, kept)

    def remove(self, names: Sequence[str]) -> list[str]:
        """Remove the documents of these file names or paths, with their older versions.

        Returns the names removed.
        """
        removed = []
        with self.writing():
            for place in places(self.store):
                if place.source in names or str(place.path) in names:
                    remove_document(self.store, place.id)
                    removed.append(place.source)
            self.sweep()
        return removed

    def gone(self, folder: Path) -> list[str]:
        """Return the paths of the documents that came from a folder and are no longer in it."""
        root = folder.resolve()
        paths = [place.path for place in places(self.store)]
        return [str(p) for p in paths if p.is_relative_to(root) and not p.is_file()]

    def rebuild_vectors(self, on_progress: OnProgress | None = None) -> int:
        """Embed every passage again with the present model; return how many distinct inputs.

        The caller holds the lock.
        """
        with self.store.transaction() as db:
            for table in ("vectors", "words", "input_words", "history"):
                db.execute(f"DELETE FROM {table}")
            words_changed(db)
            db.execute("DELETE FROM meta WHERE key = 'dim'")
            self._remember_makers(db)
        embedded = self.embed_pending(on_progress)
        dim = self.store.get_number("dim") or self.embedder.dim
        VectorIndex.build(self.store, self.folder, dim)
        self._vectors = None
        return embedded

    def _remember_makers(self, db: Connection) -> None:
        made_by = {
            "model": self.embedder.name,
            "model_sha256": self.embedder.sha256,
            "chunker": CHUNKER,
        }
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", made_by.items())
        db.execute("INSERT OR IGNORE INTO meta VALUES ('library_id', ?)", (uuid.uuid4().hex,))

    def _check_makers(self) -> None:
        if not self.store.get_meta("model_sha256"):
            with self.store.transaction() as db:
                # Two processes may make one library at the same time: the first one is its maker.
                if not self.store.get_meta("model_sha256"):
                    self._remember_makers(db)
        made_by, chunker = self.store.get_meta("model"), self.store.get_meta("chunker")
        if self.store.get_meta("model_sha256") != self.embedder.sha256:
            raise StaleLibrary(
                f"{self.folder} was made with the model {made_by}, the settings say "
                f"{self.embedder.name}: run `askretail rebuild --library {self.folder}`"
            )
        if chunker != CHUNKER:
            raise StaleLibrary(
                f"{self.folder} was made with the chunker {chunker}, this version has {CHUNKER}: "
                f"run `askretail rebuild --library {self.folder}`"
            )
