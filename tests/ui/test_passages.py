"""Passages found by a few words: in their order, as text, the words marked."""

import pytest

from askretail_ui.passages import found_html, marked

from .fake import FakeEngine
from .test_render import HOSTILE, words


def test_words_are_marked_in_any_of_their_forms() -> None:
    wanted = frozenset({"member", "club"})
    assert marked("Members of the club; remember", wanted) == (
        "<mark>Members</mark> of the <mark>club</mark>&#59; remember"
    )


def test_passages_come_in_order_with_their_places(engine: FakeEngine) -> None:
    shown = found_html("theft members", engine.search("theft members"))
    assert shown.index('id="found-1"') < shown.index('id="found-2"')
    assert shown.count('aria-label="Passage 1"') == 1
    text = words(shown)
    assert text.startswith(
        "2 passages of 2 documents for “theft members”, those with your words first."
    )
    assert "page 1, printed i" in text
    assert "Elm Stores names theft as its largest cost risk." in text
    assert "<mark>theft</mark>" in shown and "<mark>Members</mark>" in shown
    assert "Back to the answer" not in text


def test_that_no_passage_has_the_words_is_said(engine: FakeEngine) -> None:
    near = found_html("loyalty", engine.search("members"))
    assert "None of them has your words" in words(near)
    assert "No passage found." in words(found_html("loyalty", ()))


@pytest.mark.parametrize("text", HOSTILE)
def test_words_and_passages_with_markup_stay_text(text: str) -> None:
    assert words(marked(text, frozenset({"script", "img"}))) == text
    assert words(found_html(text, ())).count(text) == 0
