"""What a library still has of a document that was quoted."""

from pathlib import Path

from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.versions import Versions, versions
from askretail_ingest.nouns import Document

from .made import NOTE

CHANGED = NOTE.replace("42", "57")


def test_a_quoted_version_comes_with_the_one_in_its_place(
    library: Library, documents: Path
) -> None:
    ingest(library, [documents])
    old = next(d for d in all_documents(library) if d.source == "note.txt")
    assert versions(library.store, old.id, "note.txt") == Versions(old, old)

    (documents / "note.txt").write_text(CHANGED)
    ingest(library, [documents])
    new = next(d for d in all_documents(library) if d.source == "note.txt")
    assert versions(library.store, old.id, "note.txt") == Versions(old, new)
    assert versions(library.store, new.id, "note.txt") == Versions(new, new)


def test_unknown_bytes_are_looked_for_by_the_name_of_their_file(
    library: Library, documents: Path
) -> None:
    ingest(library, [documents])
    note = next(d for d in all_documents(library) if d.source == "note.txt")
    assert versions(library.store, "0" * 64, "note.txt") == Versions(None, note)
    assert versions(library.store, "0" * 64, "none.txt") == Versions(None, None)


def test_a_removed_document_leaves_nothing(library: Library, documents: Path) -> None:
    ingest(library, [documents])
    note = next(d for d in all_documents(library) if d.source == "note.txt")
    library.remove(["note.txt"])
    assert versions(library.store, note.id, "note.txt") == Versions(None, None)


def all_documents(library: Library) -> list[Document]:
    return [library.store.document(number) for number in library.store.document_ids()]
