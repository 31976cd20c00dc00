import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from askretail_index import library as library_module
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_ingest.errors import BusyLibrary

from .made import BRIEF, NOTE, content, filled, sources

MAKES_A_LIBRARY = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import HashedWords
from askretail_index.library import Library
print("ready", flush=True)
sys.stdin.readline()
print(Library(Path(sys.argv[2]), HashedWords(), create=True).store.get_meta("library_id"))
"""


def test_an_ingest_that_cannot_wait_any_longer_says_that_another_one_runs(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    (tmp_path / "b.md").write_text(BRIEF)
    monkeypatch.setattr(library_module, "WAIT_SECONDS", 0.05)
    with FileLock(library.folder / library_module.LOCK):
        for act in (lambda: ingest(library, [tmp_path / "b.md"]), lambda: library.remove(["a"])):
            with pytest.raises(BusyLibrary, match="is being written by another ingest: wait"):
                act()
        assert sources(library) == ["a.txt"]
    assert ingest(library, [tmp_path / "b.md"]).loaded == ("b.md",)


def test_an_ingest_waits_for_another_one_to_end(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    (tmp_path / "b.md").write_text(BRIEF)
    lock = FileLock(library.folder / library_module.LOCK, thread_local=False)
    lock.acquire()
    threading.Timer(0.3, lock.release).start()
    assert ingest(library, [tmp_path / "b.md"]).loaded == ("b.md",)


def test_a_failed_ingest_gives_the_lock_back(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "b.md").write_text(BRIEF)
    with pytest.raises(KeyboardInterrupt):
        ingest(library, [tmp_path / "b.md"], on_progress=stop)
    other = Library(library.folder, embedder)
    assert ingest(other, [tmp_path / "b.md"]).unchanged == ("b.md",)
    assert other.vectors.size == other.store.count("passages")


def test_a_library_open_elsewhere_sees_what_another_one_wrote(
    tmp_path: Path, embedder: Embedder
) -> None:
    writer, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    reader = Library(writer.folder, embedder)
    assert "42 in spring" in reader.store.document(reader.store.document_ids()[0]).text
    assert reader.vectors.size == writer.vectors.size
    (tmp_path / "a.txt").write_text(BRIEF)
    ingest(writer, [tmp_path / "a.txt"])
    nearest = reader.vectors.search(embedder.embed_query("twelve parcels"), 1)
    assert "twelve parcels" in reader.store.passages([nearest[0][0]])[0].passage.text
    assert reader.vectors.size == reader.store.count("passages")


def test_ids_are_never_given_twice(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.md": BRIEF})
    store = library.store
    documents = set(store.document_ids())
    passages = {s.id for number in documents for s in store.passages_of(number)}
    library.remove(["b.md"])
    ingest(library, [tmp_path / "b.md"])
    assert max(store.document_ids()) > max(documents)
    assert min(s.id for s in store.passages_of(store.document_ids()[-1])) > max(passages)


def test_processes_that_make_one_library_at_the_same_time_all_open_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKES_A_LIBRARY, str(Path(__file__).parents[1])]
    started = [
        subprocess.Popen(
            [*command, str(tmp_path / "library")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for child in started:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    names = {child.communicate("go\n")[0] for child in started}
    assert [child.returncode for child in started] == [0, 0, 0]
    assert len(names) == 1


def test_threads_that_ask_at_once_get_the_same_nearest_passages(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.md": BRIEF})
    vector = embedder.embed_query("parcels at the desk")

    def ask(_: int) -> list[tuple[int, float]]:
        return library.vectors.search(vector, 4)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(24)))
    assert answers == [library.vectors.search(vector, 4)] * 24
    assert sorted(p.name for p in library.folder.glob("vectors.*")) == [
        "vectors.faiss",
        "vectors.json",
    ]


def test_a_run_in_two_parts_ends_in_the_content_of_one(tmp_path: Path, embedder: Embedder) -> None:
    whole, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.md": BRIEF})
    parts = Library(tmp_path / "parts", embedder, create=True)
    for name in ("a.txt", "b.md"):
        ingest(parts, [tmp_path / name])
    assert content(parts) == content(whole)
