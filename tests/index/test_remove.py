from pathlib import Path

from askretail_index.doctor import examine
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library

from .made import BRIEF, NOTE, content, filled, originals, sources


def test_a_removed_document_leaves_nothing_behind(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    before, kept = content(library), originals(library)
    (tmp_path / "b.md").write_text(BRIEF)
    ingest(library, [tmp_path / "b.md"])
    assert content(library) != before
    assert library.remove(["b.md"]) == ["b.md"]
    assert (content(library), originals(library)) == (before, kept)
    assert library.store.count("pages") == 1
    assert library.vectors.size == library.store.count("passages")
    assert examine(library.folder) == []


def test_a_removed_document_takes_its_older_versions_along(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.txt": BRIEF})
    for text in ("An older word.", "A newer word."):
        (tmp_path / "a.txt").write_text(text)
        ingest(library, [tmp_path / "a.txt"])
    assert len(originals(library)) == 4
    library.remove(["a.txt"])
    assert list(originals(library).values()) == [BRIEF.encode()]
    assert library.store.count("documents") == 1
    assert b"An older word" not in (library.folder / "library.db").read_bytes()


def test_a_renamed_document_is_removed_with_the_versions_of_its_old_name(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": "An older word."})
    (tmp_path / "a.txt").write_text(NOTE)
    ingest(library, [tmp_path / "a.txt"])
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    ingest(library, [tmp_path / "b.txt"])
    assert library.remove(["b.txt"]) == ["b.txt"]
    assert (library.store.count("documents"), originals(library)) == (0, {})


def test_vectors_and_originals_that_others_use_stay(tmp_path: Path, embedder: Embedder) -> None:
    text = "---\ntitle: Twin\ncompanies: [Fennel Market]\n---\n\nEqual words stand in both.\n"
    library, _ = filled(tmp_path, embedder, {"a.md": text, "b.md": f"{text}\n"})
    vectors = library.store.count("vectors")
    library.remove(["a.md"])
    assert library.store.count("vectors") == vectors > 0
    nearest = library.vectors.search(embedder.embed_query("Equal words stand in both"), 9)
    assert len(nearest) == library.store.count("passages") > 0
    assert sources(library) == ["b.md"]


def test_a_document_is_removed_by_its_path_and_an_unknown_name_removes_nothing(
    library: Library, documents: Path
) -> None:
    assert library.remove(["nothing.txt"]) == []
    assert library.remove([str(documents / "note.txt")]) == ["note.txt"]
    assert sources(library) == ["brief.md", "page.html", "paper.pdf"]


def test_an_original_that_no_document_has_is_swept_away(library: Library, documents: Path) -> None:
    stray = library.folder / "files" / ("0" * 64 + ".part")
    stray.write_text("half a file")
    ingest(library, [documents])
    assert not stray.exists()
    assert len(originals(library)) == 4
