import re
from pathlib import Path

import pytest

from askretail_index.doctor import examine
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.rebuild import rebuild
from askretail_ingest.errors import NoLibrary, StaleLibrary


def original(library: Library, source: str) -> Path:
    store = library.store
    found = next(d for d in map(store.document, store.document_ids()) if d.source == source)
    return library.original(found.id, source)


def test_a_sound_library_has_no_faults(library: Library) -> None:
    _ = library.vectors
    assert examine(library.folder) == []


def test_a_changed_text_is_found_and_a_rebuild_mends_it(library: Library) -> None:
    library.store.db.execute(
        "UPDATE documents SET text = replace(text, '42', '43') WHERE source = 'note.txt'"
    )
    (fault,) = examine(library.folder)
    assert re.fullmatch(r"note.txt: passage \d+ changed its words: run `askretail rebuild`", fault)
    rebuild(library)
    assert examine(library.folder) == []


def test_a_passage_off_its_page_is_found(library: Library) -> None:
    library.store.db.execute(
        "UPDATE passages SET page = 7 WHERE id = (SELECT min(id) FROM passages)"
    )
    (fault,) = examine(library.folder)
    assert re.fullmatch(r"brief.md: passage \d+ leaves its page: run `askretail rebuild`", fault)


FIRST = "(SELECT min(id) FROM passages)"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            f"UPDATE passages SET tbl = 77 WHERE id = {FIRST}",
            r"brief.md: passage \d+ is of a table that is not there",
        ),
        (
            f"UPDATE passages SET kind = 'odd' WHERE id = {FIRST}",
            r"brief.md: passage \d+ is of no kind that we know",
        ),
        (
            f"UPDATE passage_words SET body = 'other' WHERE rowid = {FIRST}",
            r"brief.md: passage \d+ is indexed by other words",
        ),
        (
            """UPDATE pages SET "end" = "end" + 90 WHERE id = (SELECT min(id) FROM pages)""",
            r"brief.md: page 1 leaves the text",
        ),
        (
            "UPDATE tables SET spans = replace(spans, '[[', '[[9')",
            r"brief.md: table 0 leaves the text",
        ),
        (
            "UPDATE tables SET spans = '{'",
            r"the tables of a document in the library cannot be read \(.*\)",
        ),
    ],
)
def test_what_does_not_hang_together_is_found_and_a_rebuild_mends_it(
    library: Library, change: str, fault: str
) -> None:
    library.store.db.execute(change)
    (found,) = examine(library.folder)
    assert re.match(f"{fault}: run `askretail rebuild`", found)
    library.store.forget_documents()
    rebuild(library)
    assert examine(library.folder) == []


def test_parts_of_a_document_that_is_gone_are_one_fault(library: Library) -> None:
    db = library.store.db
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM documents WHERE source = 'note.txt'")
    assert examine(library.folder) == [
        f"{library.folder / 'library.db'}: holds parts of documents that are gone: "
        "move it away and ingest the documents again"
    ]


@pytest.mark.parametrize(("harm", "what"), [("unlink", "is gone"), ("write", "changed")])
def test_a_lost_or_altered_original_is_found_and_an_ingest_mends_it(
    library: Library, documents: Path, harm: str, what: str
) -> None:
    path = original(library, "note.txt")
    if harm == "unlink":
        path.unlink()
    else:
        path.write_text("other words")
    assert examine(library.folder) == [f"note.txt: its original {what}: ingest the file again"]
    ingest(library, [documents])
    assert examine(library.folder) == []
    assert path.read_bytes() == (documents / "note.txt").read_bytes()


def test_missing_vectors_are_counted_and_an_ingest_mends_them(
    library: Library, documents: Path
) -> None:
    library.store.db.execute(
        "DELETE FROM vectors WHERE input IN (SELECT input FROM vectors ORDER BY input LIMIT 2)"
    )
    assert examine(library.folder) == [
        "2 passages have no vector yet: run `askretail ingest` again"
    ]
    ingest(library, [documents])
    assert examine(library.folder) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [("substr(vector, 1, 100)", "size than the model's"), ("zeroblob(2048)", "length than 1")],
)
def test_wrong_vectors_are_counted_and_a_rebuild_mends_them(
    library: Library, change: str, what: str
) -> None:
    library.store.db.execute(
        f"UPDATE vectors SET vector = {change} WHERE input = (SELECT min(input) FROM vectors)"
    )
    assert examine(library.folder) == [f"1 vectors have another {what}: run `askretail rebuild`"]
    rebuild(Library.open_for_rebuild(library.folder, library.embedder))
    assert examine(library.folder) == []


@pytest.mark.parametrize("change", ["substr(spans, 1, 100)", "zeroblob(length(spans) + 1)"])
def test_torn_sentence_vectors_are_counted_and_a_rebuild_mends_them(
    library: Library, change: str
) -> None:
    library.store.db.execute(
        f"UPDATE vectors SET spans = {change} WHERE input = (SELECT min(input) FROM vectors)"
    )
    assert examine(library.folder) == [
        "1 rows of sentence vectors have another size than the model's: run `askretail rebuild`"
    ]
    rebuild(Library.open_for_rebuild(library.folder, library.embedder))
    assert examine(library.folder) == []


@pytest.mark.parametrize("kind", ["passage", "page"])
def test_missing_words_are_counted_and_a_rebuild_mends_them(library: Library, kind: str) -> None:
    library.store.db.execute(
        f"DELETE FROM {kind}_words WHERE rowid = (SELECT min(rowid) FROM {kind}_words)"
    )
    stored = library.store.count(f"{kind}s")
    assert examine(library.folder) == [
        f"{stored - 1} {kind}s indexed by words, {stored} stored: run `askretail rebuild`"
    ]
    rebuild(library)
    assert examine(library.folder) == []


def test_an_altered_index_file_is_found_and_the_next_question_mends_it(
    library: Library,
) -> None:
    _ = library.vectors
    path = library.folder / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert examine(library.folder) == [f"{path}: altered or gone: the next question makes it again"]
    _ = Library(library.folder, library.embedder).vectors
    assert examine(library.folder) == []


def test_a_damaged_database_is_one_fault_with_its_repair(library: Library) -> None:
    path = library.folder / "library.db"
    library.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data) - 4096, 8192):
        data[page : page + 200] = bytes(200)
    path.write_bytes(data)
    (fault,) = examine(library.folder)
    assert fault.startswith(f"{path}: damaged (")
    assert fault.endswith("): move it away and ingest the documents again")


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        examine(tmp_path)
    (tmp_path / "library.db").write_text("These are the words of a letter. " * 100)
    with pytest.raises(StaleLibrary, match="move it away"):
        examine(tmp_path)


def test_unknown_words_are_counted_and_an_ingest_mends_them(
    library: Library, documents: Path
) -> None:
    library.store.db.execute("DELETE FROM input_words")
    passages = library.store.count("passages")
    _ = library.vectors
    assert examine(library.folder) == [
        f"the words of {passages} passages are not known yet: run `askretail ingest` again"
    ]
    ingest(library, [documents])
    _ = library.vectors
    assert examine(library.folder) == []
