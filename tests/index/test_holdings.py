"""What a library holds, and how far each document is indexed."""

import os
from pathlib import Path

import pytest

from askretail_index.embed import Embedder
from askretail_index.holdings import Holding, holdings
from askretail_index.ingest import ingest
from askretail_index.library import Library

from .made import BRIEF, NOTE, filled, write_documents


def states(library: Library) -> list[tuple[str, int, int, bool, bool]]:
    return [
        (h.document.source, h.passages, h.embedded, h.current, h.changed) for h in holdings(library)
    ]


def test_each_document_is_listed_with_its_path_and_its_passages(
    library: Library, documents: Path
) -> None:
    found = holdings(library)
    assert [holding.path for holding in found] == sorted(documents.iterdir())
    assert all(h.passages == h.embedded > 0 for h in found)
    store = library.store
    assert [h.passages for h in found] == [len(store.passages_of(n)) for n in store.document_ids()]


def test_documents_without_vectors_yet_are_counted_passage_by_passage(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.md": BRIEF})
    note, brief = (h.passages for h in holdings(library))
    with library.store.transaction() as db:
        db.execute("DELETE FROM vectors WHERE input = (SELECT input FROM passages WHERE id = 1)")
    assert states(library) == [
        ("a.txt", note, note - 1, True, False),
        ("b.md", brief, brief, True, False),
    ]


def test_a_file_of_other_bytes_has_changed_and_one_that_is_gone_has_not(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.txt": BRIEF, "c.txt": NOTE + "c"})
    (tmp_path / "a.txt").write_text(NOTE.replace("42", "57"))  # as long as before
    later = library.original(holdings(library)[0].document.id, "a.txt").stat().st_mtime + 5
    os.utime(tmp_path / "a.txt", (later, later))
    (tmp_path / "b.txt").unlink()
    assert [h.changed for h in holdings(library)] == [True, False, False]
    (tmp_path / "a.txt").write_text(NOTE)
    os.utime(tmp_path / "a.txt", (later, later))  # written anew with the same bytes
    (tmp_path / "c.txt").write_text("longer " + NOTE)
    assert [h.changed for h in holdings(library)] == [False, False, True]


def test_a_superseded_version_is_listed_last_without_passages(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.txt": BRIEF})
    (tmp_path / "a.txt").write_text(NOTE.replace("42", "57"))
    ingest(library, [tmp_path / "a.txt"])
    assert [(name, current) for name, _, _, current, _ in states(library)] == [
        ("b.txt", True),
        ("a.txt", True),
        ("a.txt", False),
    ]
    old: Holding = holdings(library)[-1]
    assert ("42" in old.document.text, old.passages, old.changed) == (True, 0, False)


@pytest.mark.parametrize("names", [(), ("note.txt",)])
def test_an_empty_library_holds_nothing(
    tmp_path: Path, embedder: Embedder, names: tuple[str, ...]
) -> None:
    library = Library(tmp_path / "library", embedder, create=True)
    folder = write_documents(tmp_path / "documents")
    ingest(library, [folder / name for name in names])
    assert [h.document.source for h in holdings(library)] == list(names)
