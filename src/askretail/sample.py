"""The sample library: built once a version, in the cache folder, from the shipped documents."""

import hashlib
from importlib import metadata, resources
from pathlib import Path

from filelock import FileLock

from askretail.settings import cache_folder
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library, OnProgress, is_library
from askretail_index.schema import ADDED, SCHEMA_VERSION
from askretail_ingest.chunk import CHUNKER

LIBRARIES = "sample"


def sample_documents() -> Path:
    """Return the folder of the shipped sample documents."""
    return Path(str(resources.files("askretail_ingest") / "sample"))


def sample_library(embedder: Embedder, on_progress: OnProgress | None = None) -> Path:
    """Return the folder of the sample library, built under a lock when it is not there yet."""
    root = cache_folder() / LIBRARIES
    root.mkdir(parents=True, exist_ok=True)
    folder = root / _version(embedder)
    done = folder / "complete"
    with FileLock(root / f"{folder.name}.lock"):
        if not (is_library(folder) and done.is_file()):
            library = Library(folder, embedder, create=True)
            ingest(library, [sample_documents()], on_progress=on_progress)
            _ = library.vectors  # written beside the database now, not at the first question
            library.close()
            done.touch()
    return folder


def is_sample(folder: Path) -> bool:
    return folder.parent == cache_folder() / LIBRARIES


def _version(embedder: Embedder) -> str:
    """Return a name that changes with the program, the documents and the model."""
    digest = hashlib.sha256(f"{embedder.sha256} {CHUNKER} {SCHEMA_VERSION} {ADDED}".encode())
    for path in sorted(sample_documents().iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return f"{metadata.version('askretail')}-{digest.hexdigest()[:12]}"
