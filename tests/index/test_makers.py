import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from askretail_index import library as library_module
from askretail_index.doctor import examine
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.rebuild import rebuild
from askretail_index.report import Skip
from askretail_ingest.errors import BadSetting, NoLibrary, StaleLibrary

from .made import Counting, content, make_library, originals


@pytest.fixture
def other_model(embedder: Any) -> Embedder:
    made: Embedder = replace(embedder, name="other-words", dim=256)
    return made


def test_no_library_says_how_to_make_one(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(NoLibrary, match="holds no library: run `askretail ingest PATH` first"):
        Library(tmp_path / "none", embedder)
    assert not (tmp_path / "none").exists()


def test_another_model_is_refused_with_both_names_and_the_command_that_mends_it(
    library: Library, other_model: Embedder
) -> None:
    with pytest.raises(StaleLibrary) as caught:
        Library(library.folder, other_model)
    assert str(caught.value) == (
        f"{library.folder} was made with the model hashed-words, the settings say other-words: "
        f"run `askretail rebuild --library {library.folder}`"
    )


def test_the_same_name_with_other_weights_is_another_model(library: Library, embedder: Any) -> None:
    with pytest.raises(StaleLibrary):
        Library(library.folder, replace(embedder, dim=128))


def test_a_rebuild_with_another_model_mends_the_library(
    library: Library, documents: Path, tmp_path: Path, other_model: Embedder
) -> None:
    report = rebuild(Library.open_for_rebuild(library.folder, other_model))
    assert report.loaded == ("brief.md", "note.txt", "page.html", "paper.pdf")
    assert report.embedded == report.passages == library.store.count("vectors")
    opened = Library(library.folder, other_model)
    fresh = make_library(tmp_path / "fresh", other_model)
    ingest(fresh, [documents])
    assert content(opened) == content(fresh)
    vector = other_model.embed_query("parcels in a locker")
    scores = [s for _, s in opened.vectors.search(vector, 9)]
    assert scores == [s for _, s in fresh.vectors.search(vector, 9)]
    assert examine(opened.folder) == []


def test_a_rebuild_with_the_same_model_changes_nothing(library: Library) -> None:
    before, kept = content(library), originals(library)
    rebuild(Library.open_for_rebuild(library.folder, library.embedder))
    assert (content(library), originals(library)) == (before, kept)


def test_a_rebuild_keeps_metadata_though_the_catalogue_is_gone(
    tmp_path: Path, documents: Path, embedder: Embedder
) -> None:
    (documents / "catalog.csv").write_text("file,companies,type\nnote.txt,Fennel Market,news\n")
    library = make_library(tmp_path / "library", embedder)
    ingest(library, [documents])
    before = content(library)
    shutil.rmtree(documents)
    rebuild(library)
    assert content(library) == before
    store = library.store
    note = next(d for d in map(store.document, store.document_ids()) if d.source == "note.txt")
    assert (note.companies, note.doc_type) == (("Fennel Market",), "news")


def test_a_rebuild_keeps_the_passages_of_a_document_whose_original_is_lost(
    library: Library, other_model: Embedder
) -> None:
    store = library.store
    note = next(d for d in map(store.document, store.document_ids()) if d.source == "note.txt")
    library.original(note.id, note.source).unlink()
    before = content(library)["passages"]
    report = rebuild(Library.open_for_rebuild(library.folder, other_model))
    assert [skip.name for skip in report.skipped] == ["note.txt"]
    opened = Library(library.folder, other_model)
    assert sorted(map(str, content(opened)["passages"])) == sorted(map(str, before))
    assert opened.vectors.size == opened.store.count("passages")


def test_a_rebuild_keeps_superseded_versions(library: Library, documents: Path) -> None:
    store = library.store
    old = next(d for d in map(store.document, store.document_ids()) if d.source == "note.txt")
    (documents / "note.txt").write_text("Another note about the desk.")
    ingest(library, [documents])
    rebuild(library)
    assert library.store.version(old.id) == old
    assert library.original(old.id, old.source).is_file()


def test_a_rebuild_that_stopped_half_way_is_refused_until_it_is_repeated(
    library: Library, other_model: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "CHUNKER", "other")

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(Library.open_for_rebuild(library.folder, other_model), on_progress=stop)
    with pytest.raises(StaleLibrary):
        Library(library.folder, other_model)
    rebuild(Library.open_for_rebuild(library.folder, other_model))
    assert examine(Library(library.folder, other_model).folder) == []


def test_another_chunker_is_refused_with_the_command_that_mends_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_with = library.store.get_meta("chunker")
    monkeypatch.setattr(library_module, "CHUNKER", "paragraphs-9")
    with pytest.raises(
        StaleLibrary,
        match=f"made with the chunker {made_with}, this version has paragraphs-9: "
        "run `askretail rebuild",
    ):
        Library(library.folder, library.embedder)
    rebuild(Library.open_for_rebuild(library.folder, library.embedder))
    assert Library(library.folder, library.embedder).vectors.size > 0


def test_another_schema_is_refused(library: Library) -> None:
    library.store.db.execute("PRAGMA user_version = 99")
    with pytest.raises(StaleLibrary, match="has schema 99, this version reads 2: ingest"):
        Library(library.folder, library.embedder)


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(
    tmp_path: Path, embedder: Embedder, create: bool
) -> None:
    (tmp_path / "library.db").write_text("These are the words of a letter. " * 100)
    with pytest.raises(StaleLibrary, match=r"is not a library of askretail .*: move it away"):
        Library(tmp_path, embedder, create=create)
    assert (tmp_path / "library.db").read_text().startswith("These are the words")


def test_a_database_of_another_program_is_refused_and_left_as_it_is(
    tmp_path: Path, embedder: Embedder
) -> None:
    with sqlite3.connect(tmp_path / "library.db") as db:
        db.execute("CREATE TABLE letters (words TEXT)")
    db.close()
    with pytest.raises(StaleLibrary, match="is not a library of askretail"):
        Library(tmp_path, embedder)
    with sqlite3.connect(tmp_path / "library.db") as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master")]
    db.close()
    assert names == ["letters"]


def test_a_file_where_the_folder_should_be_is_a_bad_setting(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "library").write_text("a file")
    with pytest.raises(BadSetting, match=r"cannot be made .*: name another --library"):
        Library(tmp_path / "library", embedder, create=True)


def test_a_folder_in_place_of_the_database_is_a_bad_setting(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(BadSetting, match="cannot be opened"):
        Library(tmp_path, embedder, create=True)


def test_a_library_whose_making_stopped_before_it_knew_its_maker_is_finished(
    library: Library, documents: Path
) -> None:
    library.store.db.execute("DELETE FROM meta WHERE key = 'model_sha256'")
    opened = Library(library.folder, library.embedder)
    assert opened.store.get_meta("model_sha256") == library.embedder.sha256
    assert len(ingest(opened, [documents]).unchanged) == 4


def test_opening_a_library_embeds_nothing_and_asks_the_model_for_no_size(
    library: Library, embedder: Embedder
) -> None:
    class NoModel(Counting):
        @property
        def dim(self) -> int:
            raise AssertionError("loads the model")

    opened = Library(library.folder, NoModel(embedder))
    assert opened.vectors.size == library.vectors.size


def test_a_rebuild_reports_what_it_skipped_by_name_and_reason(library: Library) -> None:
    store = library.store
    paper = next(d for d in map(store.document, store.document_ids()) if d.source == "paper.pdf")
    library.original(paper.id, paper.source).write_bytes(b"%PDF-1.4 and no more")
    (skip,) = rebuild(library).skipped
    assert skip.name == "paper.pdf"
    assert skip.reason.startswith("paper.pdf")


def test_a_rebuild_takes_no_altered_original_for_the_document(library: Library) -> None:
    store, before = library.store, content(library)
    note = next(d for d in map(store.document, store.document_ids()) if d.source == "note.txt")
    library.original(note.id, note.source).write_text("Other words.")
    assert rebuild(library).skipped == (
        Skip("note.txt", "note.txt: its original changed; ingest the file again"),
    )
    assert sorted(map(str, content(library)["passages"])) == sorted(map(str, before["passages"]))
