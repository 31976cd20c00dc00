"""A user's word on what a document is."""

from dataclasses import replace
from pathlib import Path

import pytest

from askretail_index.doctor import examine
from askretail_index.edit import describe
from askretail_index.embed import Embedder
from askretail_index.ingest import ingest
from askretail_index.library import Library
from askretail_index.rebuild import rebuild
from askretail_index.records import metadata_to_json
from askretail_ingest.edit import EDITED, Edit
from askretail_ingest.errors import BadSetting, UnreadableFile
from askretail_ingest.nouns import Document, Period

from .made import BRIEF, NOTE, Counting, content, filled, sources

FENNEL = Edit(("Fennel Market",), "Q2 FY2024", "10q")


def known_as(library: Library, source: str) -> Document:
    documents = map(library.store.document, library.store.document_ids())
    return next(document for document in documents if document.source == source)


def said(document: Document) -> tuple[tuple[str, ...], str, str]:
    return document.companies, str(document.period), document.doc_type


def test_an_edit_goes_before_sidecar_catalogue_and_document(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "a.txt.meta.toml").write_text('companies = ["Birch"]\nperiod = "FY2020"\n')
    (tmp_path / "catalog.csv").write_text("file,companies,type\na.txt,Cedar,news\n")
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    assert said(known_as(library, "a.txt")) == (("Birch",), "FY2020", "news")
    changed = describe(library, "a.txt", FENNEL)
    assert said(changed) == (("Fennel Market",), "Q2 FY2024", "10-Q")
    assert {reason for _, reason in changed.metadata.reasons} >= {EDITED}


def test_an_edit_embeds_that_document_anew_and_no_other(tmp_path: Path, embedder: Embedder) -> None:
    counting = Counting(embedder)
    library, _ = filled(tmp_path, counting, {"a.txt": NOTE, "b.md": BRIEF})
    vectors = library.store.count("vectors")
    counting.texts.clear()
    describe(library, "a.txt", Edit(companies=("Birch",)))
    assert counting.texts
    assert all(text.startswith("Birch") for text in counting.texts)
    assert not any("locker" in text.lower() for text in counting.texts)
    assert library.store.count("vectors") == vectors
    assert examine(library.folder) == []


def test_an_edited_library_equals_one_that_was_told_so_from_the_start(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "a.txt.meta.toml").write_text(
        'companies = ["Fennel Market"]\nperiod = "Q2 FY2024"\ntype = "10-Q"\n'
    )
    told, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    (tmp_path / "a.txt.meta.toml").unlink()
    edited = Library(tmp_path / "other", embedder, create=True)
    ingest(edited, [tmp_path / "a.txt"])
    describe(edited, "a.txt", FENNEL)
    one, other = content(told), content(edited)
    for part in ("passages", "passage words", "page words", "vectors"):
        assert one[part] == other[part]


def test_an_edit_survives_a_new_version_of_the_file_and_a_rebuild(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    describe(library, "a.txt", FENNEL)
    (tmp_path / "a.txt").write_text(NOTE.replace("42", "57"))
    (tmp_path / "a.txt.meta.toml").write_text('title = "Desks"\ncompanies = ["Birch"]\n')
    assert ingest(library, [tmp_path / "a.txt"]).replaced == ("a.txt",)
    document = known_as(library, "a.txt")
    assert ("57" in document.text, document.title) == (True, "Desks")
    assert said(document) == (("Fennel Market",), "Q2 FY2024", "10-Q")
    before = content(library)
    rebuild(library)
    assert content(library) == before


def test_an_edit_survives_a_new_name_of_the_file(tmp_path: Path, embedder: Embedder) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    describe(library, "a.txt", FENNEL)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    ingest(library, [tmp_path / "b.txt"])
    assert said(known_as(library, "b.txt")) == (("Fennel Market",), "Q2 FY2024", "10-Q")


def test_a_field_left_alone_is_read_anew_and_an_empty_one_stays_empty(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"b.md": BRIEF})
    assert said(describe(library, "b.md", Edit(period=""))) == (("Fennel Market",), "None", "brief")
    (tmp_path / "b.md").write_text(BRIEF.replace("Fennel Market", "Birch"))
    ingest(library, [tmp_path / "b.md"])
    assert said(known_as(library, "b.md")) == (("Birch",), "None", "brief")


def test_the_same_period_keeps_its_end_and_the_filers_name_for_it(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    with library.store.transaction() as db:
        document = known_as(library, "a.txt")
        period = Period(2022, None, "2022-01-31", "fiscal 2022")
        metadata = replace(document.metadata, period=period)
        db.execute("UPDATE documents SET metadata = ?", (metadata_to_json(metadata),))
    library.store.forget_documents()
    assert describe(library, "a.txt", Edit(period="fiscal 2022")).period == period
    assert describe(library, "a.txt", Edit(period="2023")).period == Period(2023)


def test_a_company_that_others_are_about_is_spelled_as_there(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE, "b.md": BRIEF})
    names = ("fennel market inc", " Birch  Stores ", "", "Fennel Market")
    assert describe(library, "a.txt", Edit(names)).companies == ("Fennel Market", "Birch Stores")


def test_one_of_two_documents_of_one_name_is_named_by_its_path(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text(BRIEF)
    ingest(library, [tmp_path / "more" / "a.txt"])
    with pytest.raises(BadSetting, match=r"2 documents are called a.txt: name one by its path, /"):
        describe(library, "a.txt", FENNEL)
    path = str(tmp_path / "more" / "a.txt")
    assert "Each locker holds twelve" in describe(library, path, FENNEL).text
    assert sources(library) == ["a.txt", "a.txt"]


@pytest.mark.parametrize(
    ("name", "edit", "message"),
    [
        ("z.txt", FENNEL, r"no document 'z.txt' in .*: `askretail library` lists them"),
        ("a.txt", Edit(period="soon"), "no period 'soon': write FY2022, Q2 FY2024 or 2026-02"),
        ("a.txt", Edit(doc_type="novel"), "no type 'novel': it is one of 10-K, 10-Q, 8-K, "),
        ("a.txt", Edit(doc_type=""), "no type '': it is one of 10-K"),
        ("a.txt", Edit(("x" * 81,)), "at most 80 characters, not 81"),
    ],
)
def test_what_is_no_document_or_value_is_refused_and_changes_nothing(
    tmp_path: Path, embedder: Embedder, name: str, edit: Edit, message: str
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    before = content(library)
    with pytest.raises(BadSetting, match=message):
        describe(library, name, edit)
    assert content(library) == before


def test_a_document_whose_original_is_lost_says_what_to_do(
    tmp_path: Path, embedder: Embedder
) -> None:
    library, _ = filled(tmp_path, embedder, {"a.txt": NOTE})
    document, before = known_as(library, "a.txt"), content(library)
    library.original(document.id, "a.txt").unlink()
    with pytest.raises(UnreadableFile, match=r"a.txt: its original is lost; ingest the file again"):
        describe(library, "a.txt", FENNEL)
    assert content(library) == before
