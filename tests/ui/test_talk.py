"""Which conversation a page's turns belong to; nothing that was kept is ever written over."""

from dataclasses import replace
from pathlib import Path

import pytest

from askretail.conversations import Conversations, Listed
from askretail.nouns import Turn
from askretail.verifying import Checked, Verdict
from askretail_ui.talk import Talk, kept, label, notice_html

from .fake import FakeEngine
from .test_render import HOSTILE, words


@pytest.fixture
def store(tmp_path: Path) -> Conversations:
    return FakeEngine(library=tmp_path).conversations


def turn(question: str) -> Turn:
    return Turn(question, FakeEngine().ask(question))


def questions(store: Conversations) -> list[list[str]]:
    """The questions of each conversation, the oldest conversation first."""
    numbers = sorted(one.id for one in store.listed())
    return [[t.question for t in store.turns(number)] for number in numbers]


def after(store: Conversations, *steps: tuple[Turn, ...], talk: Talk | None = None) -> Talk:
    """What a page holds after it has shown these turns, one after another."""
    talk = talk or Talk()
    for turns in steps:
        talk = kept(store, talk, "served", turns)
    return talk


A, B, C, D = map(turn, "abcd")


def test_a_conversation_is_written_as_it_grows(store: Conversations) -> None:
    talk = after(store, (), (A,), (A, B), (A, B))
    assert (talk.first, talk.turns) == (0, (A, B))
    assert questions(store) == [["a", "b"]]


def test_turns_that_the_page_forgot_stay(store: Conversations) -> None:
    talk = after(store, (A,), (A, B), (B, C), (C, D))
    assert talk.first == 2
    assert questions(store) == [["a", "b", "c", "d"]]


def test_a_new_conversation_is_another_one(store: Conversations) -> None:
    after(store, (A, B), (), (C,), (C, D))
    assert questions(store) == [["a", "b"], ["c", "d"]]


def test_the_only_question_asked_again_takes_its_own_place(store: Conversations) -> None:
    again = replace(A)
    after(store, (A,), (), (again,), (again, B))
    assert questions(store) == [["a", "b"]]


def test_the_first_of_several_asked_in_a_new_conversation_leaves_them(
    store: Conversations,
) -> None:
    after(store, (A,), (A, B), (), (replace(A),))
    assert questions(store) == [["a", "b"], ["a"]]


def test_a_question_taken_back_leaves_its_conversation(store: Conversations) -> None:
    after(store, (A, B, C), (A, C), (A, C, D))
    assert questions(store) == [["a", "c", "d"]]


def test_another_library_is_another_conversation(store: Conversations, tmp_path: Path) -> None:
    own = FakeEngine(library=tmp_path / "own").conversations
    talk = after(store, (A,))
    talk = kept(own, talk, "own", (B,))
    assert (questions(store), questions(own)) == ([["a"]], [["b"]])
    kept(store, talk, "served", (B, C))
    assert questions(store) == [["a"], ["b", "c"]]


def test_two_pages_in_one_conversation_lose_nothing(store: Conversations) -> None:
    both = after(store, (A,))
    after(store, (A, B), talk=both)
    other = after(store, (A, C), talk=both)
    after(store, (A, C, D), talk=other)
    assert questions(store) == [["a", "b"], ["a", "c", "d"]]


def test_a_conversation_deleted_meanwhile_begins_anew(store: Conversations) -> None:
    talk = after(store, (A,), (A, B), (B, C))
    store.delete(talk.id or 0)
    assert after(store, (B, C, D), talk=talk).first == 0
    assert questions(store) == [["b", "c", "d"]]


def test_a_line_of_the_list_has_name_time_and_size() -> None:
    listed = Listed(1, "Growth", 2, "", "2026-11-25T12:00:00+00:00")
    assert label(listed).startswith("Growth · 2")
    assert label(listed).endswith(" · 2 questions")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_changed_is_told_as_text(text: str) -> None:
    gone = Checked(1, "gone", f"the library has no {text}", text, 1, text)
    shown = notice_html(Verdict((gone, replace(gone, outcome="unchanged"))))
    assert words(shown).count(text) == 3
    assert shown.count("<li>") == 1
    assert notice_html(Verdict((replace(gone, outcome="unchanged"),))) == ""
