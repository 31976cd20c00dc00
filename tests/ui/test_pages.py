"""Pages of PDFs for the browser: which may be seen, and what is said with them."""

import json
import shutil
from pathlib import Path

import pytest

from askretail_ingest.pdf_boxes import page_image
from askretail_ui import pages
from askretail_ui.desk import Desk
from askretail_ui.pages import UNSURE, NoPage, shown_page

from .fake import BRIEF_PDF, BROKERAGE, CLUB, OAKMART, FakeEngine, document, served_engine


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(served_engine(tmp_path), lambda: FakeEngine(()), lambda: False)


def brief(desk: Desk) -> tuple[str, str]:
    """The id and the text of the PDF."""
    found = desk.served.documents[-1]
    return found.id, found.text


@pytest.mark.parametrize("quote", [BROKERAGE, CLUB])
def test_the_page_is_drawn_with_the_boxes_of_the_quote(desk: Desk, quote: str) -> None:
    sha, text = brief(desk)
    start = text.index(quote)
    shown = shown_page(desk, sha, 1, start, start + len(quote))
    drawn = json.loads(shown.drawn)
    expected = page_image(BRIEF_PDF, 1, quote)
    assert len(expected.boxes) == 1
    assert drawn["boxes"] == [
        {side: getattr(box, side) for side in ("left", "top", "width", "height")}
        for box in expected.boxes
    ]
    assert (drawn["pages"], shown.note) == (4, "")
    assert json.loads(shown.to_json()) == {"note": "", "page": drawn}


def test_another_page_of_the_document_has_no_box_and_no_doubt(desk: Desk) -> None:
    sha, text = brief(desk)
    start = text.index(BROKERAGE)
    shown = shown_page(desk, sha, 2, start, start + len(BROKERAGE))
    assert (json.loads(shown.drawn)["boxes"], shown.note) == ([], "")


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them(desk: Desk) -> None:
    sha, text = brief(desk)
    first = text.index("Walmart U.S.")
    second = text.index("Walmart U.S.", first + 1)
    tops = [
        json.loads(shown_page(desk, sha, 1, at, at + len("Walmart U.S.")).drawn)["boxes"][0]["top"]
        for at in (first, second)
    ]
    assert tops[0] < tops[1]


def test_a_quote_that_the_picture_does_not_show_is_not_boxed_and_the_reader_is_told(
    tmp_path: Path,
) -> None:
    other = document("other.pdf", "Birch opened a shop.\nMore.\n")
    engine = FakeEngine((other,), library=tmp_path)
    engine.originals[other.id] = BRIEF_PDF
    desk = Desk(engine, lambda: engine, lambda: False)
    shown = shown_page(desk, other.id, 1, 0, len("Birch opened a shop."))
    assert (json.loads(shown.drawn)["boxes"], shown.note) == ([], UNSURE)


@pytest.mark.parametrize("span", [(0, 0), (5, 2), (-4, 3), (0, 10**9)])
def test_offsets_that_are_no_quote_of_the_page_give_the_bare_page(
    desk: Desk, span: tuple[int, int]
) -> None:
    sha, _ = brief(desk)
    shown = shown_page(desk, sha, 1, *span)
    assert (json.loads(shown.drawn)["boxes"], shown.note) == ([], "")


@pytest.mark.parametrize("number", [0, -1, 5, 10**6])
def test_a_number_that_is_no_page_is_refused(desk: Desk, number: int) -> None:
    with pytest.raises(NoPage, match=rf"^walmart-healthcare-brief.pdf has no page {number}$"):
        shown_page(desk, brief(desk)[0], number, 0, 1)


@pytest.mark.parametrize("sha", ["", "0" * 64, "../../pyproject.toml", "/etc/passwd"])
def test_what_is_not_in_a_library_is_refused(desk: Desk, sha: str) -> None:
    with pytest.raises(NoPage, match=r"^This document is no longer in the library$"):
        shown_page(desk, sha, 1, 0, 1)


def test_a_document_that_was_removed_is_no_longer_shown(desk: Desk) -> None:
    sha, _ = brief(desk)
    shown_page(desk, sha, 1, 0, 1)
    desk.served.documents = desk.served.documents[:-1]
    with pytest.raises(NoPage, match="no longer in the library"):
        shown_page(desk, sha, 1, 0, 1)


def test_an_original_that_is_gone_is_named_with_the_way_out(desk: Desk) -> None:
    with pytest.raises(NoPage, match=r"^The original of OAKMART_2022_10K.txt is gone: ingest"):
        shown_page(desk, OAKMART.id, 1, 0, 1)


def test_a_document_of_the_own_library_is_shown_once_that_is_open(
    desk: Desk, tmp_path: Path
) -> None:
    own = served_engine(tmp_path)
    desk = Desk(FakeEngine((), sample=True), lambda: own, lambda: True)
    sha = own.documents[-1].id
    with pytest.raises(NoPage):
        shown_page(desk, sha, 1, 0, 1)
    desk.engine("own")
    assert json.loads(shown_page(desk, sha, 1, 0, 1).drawn)["pages"] == 4


def test_a_file_that_cannot_be_drawn_is_said_without_its_path(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    engine = FakeEngine(library=tmp_path)
    engine.originals[OAKMART.id] = broken
    with pytest.raises(NoPage) as caught:
        shown_page(Desk(engine, lambda: engine, lambda: False), OAKMART.id, 1, 0, 1)
    assert str(caught.value) == "This page cannot be drawn; the quote stands in its text above"


def test_a_page_that_takes_too_long_is_given_up(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copy(BRIEF_PDF, tmp_path / "slow.pdf")  # a path that was not drawn before
    sha, _ = brief(desk)
    desk.served.originals[sha] = Path(copy)  # type: ignore[attr-defined]
    monkeypatch.setattr(pages, "SECONDS", 0.001)
    with pytest.raises(NoPage, match="cannot be drawn"):
        shown_page(desk, sha, 1, 0, 1)
