"""What a reader in another process hands over."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from askretail_index import apart
from askretail_index.embed import Embedder
from askretail_index.handover import Refusal, heard, told
from askretail_index.ingest import ingest
from askretail_index.rebuild import rebuild
from askretail_ingest.find import find_files
from askretail_ingest.nouns import Block, Draft, Page, Table
from askretail_ingest.read import read_draft

from .made import NOTE, make_library

SAMPLE = Path(str(files("askretail_ingest") / "sample"))
TEXT = "Sales \U0001f6d2 \x00 in millions\n5"
ALL = Draft(
    TEXT,
    (Page(1, "iv", 0, len(TEXT), "Mill Ltd."), Page(2, "", len(TEXT), len(TEXT))),
    (
        Block("heading", 0, 5, ("Sales",)),
        Block("row", 6, len(TEXT), ("Sales", "Mills"), 0),
        Block("footnote", 6, 7, ("Sales",)),
    ),
    (Table((0, 5), (10, 21), ((6, 9), (9, 12)), ((6, "Sales!B7"),)), Table()),
    (("title", "Mill"), ("title", "Mill | Site")),
    (1,),
    (2,),
)


def test_a_draft_comes_through_whole() -> None:
    assert heard(told(ALL)) == ALL
    assert heard(told(replace(ALL, hints=(("title", "\ud800"),)))).hints == (("title", "\ud800"),)


@pytest.mark.parametrize("path", find_files([SAMPLE]), ids=lambda path: path.suffix)
def test_every_format_of_the_sample_comes_through_whole(path: Path) -> None:
    draft = read_draft(path)
    assert heard(told(draft)) == draft


def test_the_words_of_a_refusal_come_through_and_are_no_draft() -> None:
    assert heard(told(Refusal("a.pdf: nö"))) == Refusal("a.pdf: nö")


@pytest.mark.parametrize(
    "data",
    [b"", b"\x80\x05K\x01.", b"[]", b"null", b"{}", json.dumps({"text": "a"}).encode()],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        heard(data)


def test_pages_that_nobody_read_are_told_and_pages_of_ocr_are_kept_through_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    def scanned(path: Path) -> Draft:
        return replace(read_draft(path), scanned=(1,), unread=(2, 5))

    monkeypatch.setattr(apart, "draft_apart", scanned)
    (tmp_path / "note.txt").write_text(NOTE)
    library = make_library(tmp_path / "library", embedder)
    report = ingest(library, [tmp_path / "note.txt"])
    assert (report.loaded, report.complete) == (("note.txt",), True)
    assert [(skip.name, skip.reason) for skip in report.unread] == [
        (
            "note.txt",
            "2 pages have no text layer; pip install 'askretail[ocr]', "
            "then remove it and ingest it again",
        )
    ]
    for _ in range(2):
        (number,) = library.store.document_ids()
        assert library.store.document(number).metadata.scanned == (1,)
        rebuild(library)
