"""An index brought up to date in place: it finds what one made anew finds, and costs no making."""

import shutil
from pathlib import Path

import pytest

from askretail_index import vector_file
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.vector_file import make_record
from askretail_index.vectors import VectorIndex

from .made import filled

QUESTIONS = ("parcels in a locker", "coffee by the door", "line 7 of note 3", "a note of nothing")
DIM = 512


def note(number: int, word: str = "coffee") -> str:
    lines = (f"Line {n} of note {number} is about {word} by the door." for n in range(12))
    return "\n\n".join((f"Note {number}", *lines)) + "\n"


@pytest.fixture
def shelf(tmp_path: Path, embedder: Embedder) -> Library:
    """A library of twenty notes whose index has been written."""
    made, _ = filled(tmp_path, embedder, {f"{n}.txt": note(n) for n in range(20)})
    made.save_vectors()
    return made


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of passages of every index that was made from nothing."""
    made: list[int] = []
    exact = VectorIndex._exact.__func__  # type: ignore[attr-defined]

    def noted(cls: type, store: object, dim: int) -> VectorIndex:
        index: VectorIndex = exact(cls, store, dim)
        made.append(index.size)
        return index

    monkeypatch.setattr(VectorIndex, "_exact", classmethod(noted))
    return made


def change(library: Library) -> None:
    """Add a note, replace one and remove one."""
    folder = library.folder.parent
    (folder / "new.txt").write_text(note(77, "parcels in a locker"))
    (folder / "3.txt").write_text(note(3, "umbrellas"))
    ingest(library, [folder / "new.txt", folder / "3.txt"])
    assert library.remove(["5.txt"]) == ["5.txt"]


def found(library: Library) -> list[list[tuple[int, float]]]:
    vectors = map(library.embedder.embed_query, QUESTIONS)
    return [library.vectors.search(vector, 1000) for vector in vectors]


def anew(library: Library) -> list[list[tuple[int, float]]]:
    """What an index finds that is made from nothing, in a copy of the library."""
    copy = library.folder.with_name("copy")
    shutil.copytree(library.folder, copy)
    (copy / "vectors.faiss").unlink()
    other = Library(copy, library.embedder)
    try:
        return found(other)
    finally:
        other.close()
        shutil.rmtree(copy)


def test_an_updated_index_finds_what_one_made_anew_finds(
    shelf: Library, embedder: Embedder, built: list[int]
) -> None:
    before = found(shelf)
    change(shelf)
    now = found(shelf)
    assert built == []  # in memory: passages were taken out and put in
    assert now != before
    assert found(Library(shelf.folder, embedder)) == now
    assert built == []  # from the file of before the change
    assert anew(shelf) == now
    assert built == [shelf.vectors.size]


def test_the_file_of_an_updated_index_is_of_the_library_as_it_is(
    shelf: Library, embedder: Embedder
) -> None:
    change(shelf)
    old = (shelf.folder / "vectors.faiss").read_bytes()
    wanted = make_record(shelf.store, DIM)
    assert vector_file.find_index(shelf.folder, wanted) is None
    shelf.save_vectors()
    assert vector_file.find_index(shelf.folder, wanted) is not None
    assert (shelf.folder / "vectors.faiss").read_bytes() != old


def test_a_search_under_way_goes_on_in_the_index_that_it_began_with(shelf: Library) -> None:
    vector = shelf.embedder.embed_query(QUESTIONS[0])
    begun = shelf.vectors
    before = begun.search(vector, 1000)
    change(shelf)
    assert shelf.vectors is not begun
    assert begun.search(vector, 1000) == before


def test_killed_between_index_and_record_the_next_one_makes_both_again(
    shelf: Library, embedder: Embedder, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(shelf)

    def killed(path: Path, data: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(vector_file, "replace_file", killed)
        with pytest.raises(KeyboardInterrupt):
            shelf.save_vectors()
    assert found(Library(shelf.folder, embedder)) == anew(shelf)
    assert built[0] == shelf.vectors.size


def test_a_change_of_much_makes_the_index_anew(
    shelf: Library, embedder: Embedder, built: list[int]
) -> None:
    _ = shelf.vectors
    folder = shelf.folder.parent
    for n in range(20, 30):
        (folder / f"{n}.txt").write_text(note(n))
    ingest(shelf, [folder / f"{n}.txt" for n in range(20, 30)])
    assert found(shelf) == anew(shelf)
    assert built[0] == shelf.vectors.size


def test_an_index_older_than_what_is_remembered_is_made_anew(
    shelf: Library, embedder: Embedder, built: list[int]
) -> None:
    change(shelf)
    shelf.store.db.execute("DELETE FROM history")
    assert found(Library(shelf.folder, embedder)) == anew(shelf)
    assert built[0] == shelf.vectors.size


def test_words_in_memory_are_read_again_when_words_change_and_not_before(
    shelf: Library, embedder: Embedder
) -> None:
    first = shelf.vocabulary
    shelf.remove(["5.txt"])
    assert shelf.vocabulary is first
    new = shelf.folder.parent / "new.txt"
    new.write_text(note(1, "zebras"))
    ingest(shelf, [new])
    assert "zebras" in shelf.vocabulary.rows
    assert "zebras" not in first.rows
