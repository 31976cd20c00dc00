"""Embedding beside the reading of files."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from askretail_index import beside
from askretail_index.embed import Embedder, Spans, Vectors
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.report import Progress

from .made import Counting, content, make_library

SECONDS = 20.0


@pytest.fixture
def notes(tmp_path: Path) -> list[Path]:
    """Three files of several passages each; the last two have one paragraph in common."""
    paths = []
    for number, shop in enumerate(("Fennel", "Quince", "Sorrel")):
        same = "Every desk is open from eight to eight. " * 12 if number else ""
        text = "\n\n".join(
            f"{shop} desk {word} grew by {n} points. " * 12
            for n, word in enumerate(("north", "south", "east", "west"))
        )
        path = tmp_path / f"{number}.md"
        path.write_text(f"# {shop} report\n\n{text}\n\n# Hours\n\n{same}\n")
        paths.append(path)
    return paths


def test_the_first_files_have_vectors_while_later_ones_are_read(
    tmp_path: Path, embedder: Embedder, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "BATCH", 2)
    library = make_library(tmp_path / "library", embedder)
    seen: list[int] = []

    def wait_for_vectors(progress: Progress) -> None:
        if progress.stage == "parse" and progress.done == 1:
            until = time.monotonic() + SECONDS
            while library.store.count("vectors") < 2 and time.monotonic() < until:
                time.sleep(0.01)
            seen.extend((library.store.count("vectors"), library.store.count("documents")))

    report = ingest(library, notes, on_progress=wait_for_vectors)
    assert seen[0] >= 2
    assert seen[1] == 1
    assert report.embedded == library.store.count("vectors")
    assert library.vectors.size == library.store.count("passages")


def test_beside_or_afterwards_the_library_is_the_same_and_nothing_is_embedded_twice(
    tmp_path: Path, embedder: Embedder, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    afterwards = make_library(tmp_path / "afterwards", embedder)
    ingest(afterwards, notes)
    monkeypatch.setattr(beside, "BATCH", 1)
    counting = Counting(embedder)
    library = make_library(tmp_path / "library", counting)
    report = ingest(library, notes)
    assert content(library) == content(afterwards)
    assert len(counting.texts) == len(set(counting.texts)) == report.embedded


class Failing(Counting):
    """An embedder that fails, and notes in which thread."""

    threads: Sequence[str] = ()

    def embed_with_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Vectors, list[Vectors]]:
        self.threads = (*self.threads, threading.current_thread().name)
        raise ValueError("the model is broken")


def test_what_fails_beside_ends_the_ingest(
    tmp_path: Path, embedder: Embedder, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "BATCH", 1)
    failing = Failing(embedder)
    library = make_library(tmp_path / "library", failing)

    def wait(progress: Progress) -> None:
        until = time.monotonic() + SECONDS
        while not failing.threads and time.monotonic() < until:
            time.sleep(0.01)

    with pytest.raises(ValueError, match="the model is broken"):
        ingest(library, notes, on_progress=wait)
    assert [name.split("_")[0] for name in failing.threads] == ["beside"]
    mended = Library(library.folder, embedder)
    ingest(mended, notes)
    assert mended.vectors.size == mended.store.count("passages")


def test_an_ingest_that_is_stopped_leaves_no_thread_at_work(
    tmp_path: Path, embedder: Embedder, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "BATCH", 1)
    library = make_library(tmp_path / "library", embedder)

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(library, notes, on_progress=stop)
    assert [t.name for t in threading.enumerate() if t.name.startswith("beside")] == []
