"""A library on disk: its folder, its database, its model and its vectors, kept in step."""

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from askretail_index.embed import Embedder
from askretail_index.report import Progress
from askretail_index.store import Store
from askretail_index.vectors import VectorIndex
from askretail_index.write import pending_inputs, put_vectors, remove_document
from askretail_ingest.chunk import CHUNKER
from askretail_ingest.errors import BusyLibrary, StaleLibrary

DATABASE = "library.db"
FILES = "files"  # the originals, each under its sha-256
LOCK = "ingest.lock"
WAIT_SECONDS = 10.0
EMBED_BATCH = 128  # vectors committed at a time: what a killed run loses at most

OnProgress = Callable[[Progress], None]


def is_library(folder: Path) -> bool:
    return (folder / DATABASE).is_file()


class Library:
    """Documents, passages, words and vectors under one folder."""

    def __init__(self, folder: Path, embedder: Embedder, *, create: bool = False) -> None:
        """Open a library; raises NoLibrary, or StaleLibrary when another model or chunker made it.

        With ``create`` a missing one is made.
        """
        self.folder = folder
        self.embedder = embedder
        self.store = Store(folder / DATABASE, create=create)
        self._vectors: tuple[int, VectorIndex] | None = None
        if not self.store.get_meta("model_sha256"):
            self._remember_makers()
        self._check_makers()

    @classmethod
    def open_for_rebuild(cls, folder: Path, embedder: Embedder) -> Self:
        """Open a library whoever made it, so that it can be made again."""
        library = cls.__new__(cls)
        library.folder, library.embedder, library._vectors = folder, embedder, None
        library.store = Store(folder / DATABASE)
        return library

    def close(self) -> None:
        self.store.close()

    @property
    def vectors(self) -> VectorIndex:
        """The FAISS index of the library as it is now."""
        generation = self.store.generation()
        if self._vectors is None or self._vectors[0] != generation:
            dim = int(self.store.get_meta("dim") or self.embedder.dim)
            self._vectors = (generation, VectorIndex.open(self.store, self.folder, dim))
        return self._vectors[1]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's lock; raises BusyLibrary when another process keeps it."""
        lock = FileLock(self.folder / LOCK, timeout=WAIT_SECONDS)
        try:
            with lock:
                yield
        except Timeout as error:
            raise BusyLibrary(
                f"{self.folder} is being written by another ingest: wait until it is done, "
                "then repeat"
            ) from error

    def embed_pending(self, on_progress: OnProgress | None = None) -> int:
        """Embed what has no vector yet, each distinct input once; return how many.

        Each batch is committed, so a killed run goes on where it stopped.
        """
        inputs = sorted(pending_inputs(self.store), key=len, reverse=True)
        if inputs and not self.store.get_meta("dim"):
            self.store.set_meta("dim", str(self.embedder.dim))
        for first in range(0, len(inputs), EMBED_BATCH):
            batch = inputs[first : first + EMBED_BATCH]
            put_vectors(self.store, batch, self.embedder.embed_passages(batch))
            if on_progress is not None:
                on_progress(Progress("embed", first + len(batch), len(inputs)))
        return len(inputs)

    def original(self, sha: str, source: str) -> Path:
        """Return where the bytes of a document are kept: its hash, with the ending it had."""
        return self.folder / FILES / f"{sha}{Path(source).suffix.lower()}"

    def keep_original(self, path: Path, sha: str) -> None:
        target = self.original(sha, path.name)
        if target.is_file():
            return
        target.parent.mkdir(exist_ok=True)
        temporary = target.with_name(f"{sha}.part")
        shutil.copyfile(path, temporary)
        temporary.replace(target)

    def remove(self, names: Sequence[str]) -> list[str]:
        """Remove the documents of these file names or paths; return the names removed."""
        removed = []
        with self.writing():
            for document_id in self.store.document_ids():
                row = self.store.db.execute(
                    "SELECT source, path, sha FROM documents WHERE id = ?", (document_id,)
                ).fetchone()
                if row["source"] in names or row["path"] in names:
                    remove_document(self.store, document_id)
                    self._drop_original(row["sha"], row["source"])
                    removed.append(str(row["source"]))
        return removed

    def rebuild_vectors(self, on_progress: OnProgress | None = None) -> int:
        """Embed every passage again with the present model; return how many distinct inputs."""
        with self.writing():
            with self.store.transaction() as db:
                db.execute("DELETE FROM vectors")
                db.execute("DELETE FROM meta WHERE key IN ('dim', 'model', 'model_sha256')")
            self._remember_makers()
            embedded = self.embed_pending(on_progress)
            dim = int(self.store.get_meta("dim") or self.embedder.dim)
            VectorIndex.build(self.store, self.folder, dim)
            self._vectors = None
        return embedded

    def _drop_original(self, sha: str, source: str) -> None:
        row = self.store.db.execute("SELECT 1 FROM documents WHERE sha = ?", (sha,)).fetchone()
        if row is None:
            self.original(sha, source).unlink(missing_ok=True)

    def _remember_makers(self) -> None:
        self.store.set_meta("model", self.embedder.name)
        self.store.set_meta("model_sha256", self.embedder.sha256)
        self.store.set_meta("chunker", CHUNKER)
        if not self.store.get_meta("library_id"):
            self.store.set_meta("library_id", uuid.uuid4().hex)

    def _check_makers(self) -> None:
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
