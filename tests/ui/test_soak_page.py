"""The soak speaks to the page as the page's own script does; a new page must not mute it."""

from pathlib import Path

import pytest

from askretail_eval.soak_page import Failed, Page

from .fake import served_engine


@pytest.fixture
def page(address: str) -> Page:
    return Page(int(address.rpartition(":")[2]))


def test_a_visitor_gets_the_answer_of_the_endpoint(page: Page, tmp_path: Path) -> None:
    assert page.ask("members", ()) == served_engine(tmp_path).ask("members").to_dict()
    assert page.ask("and Elm Stores?", ["Oakmart"])["standalone"] == "Oakmart and Elm Stores?"


def test_a_refusal_is_a_failure_that_says_so(page: Page) -> None:
    with pytest.raises(Failed, match="an error instead of an answer"):
        page.ask(" ", ())


def test_an_upload_waits_for_its_report(page: Page) -> None:
    shown = page.upload([("one.txt", b"Stores opened."), ("two.txt", b"Stores closed.")])
    assert [shown.count(word) for word in ("one", "two", "ar-loaded")] == [1, 1, 2]
