"""A conversation grows stage by stage, and its turns stay on the server."""

import pytest

from askretail.nouns import Turn
from askretail_ingest.errors import AskRetailError
from askretail_ui.acts import Again
from askretail_ui.conversation import MAX_QUESTION, MAX_TURNS, broken, steps, view

from .fake import FakeEngine
from .test_render import words


def test_an_answer_comes_in_four_steps(engine: FakeEngine) -> None:
    views = list(steps(engine, Again((), "Oakmart members in 2022")))
    texts = [words(v.messages[-1].html) for v in views]
    assert texts[:3] == [
        "Reading the question",
        "Read as OakmartFY202210-KSearching",
        "Read as OakmartFY202210-KFound 2 passages in 2 documents.Choosing quotes",
    ]
    assert "“" not in texts[2]
    assert "Oakmart on members" in texts[3]
    assert "Searching" not in texts[3]
    assert ['role="status"' in v.sources for v in views] == [True, True, True, False]


def test_only_the_last_step_has_the_new_turn(engine: FakeEngine) -> None:
    views = list(steps(engine, Again((), "members")))
    assert [len(v.turns) for v in views] == [0, 0, 0, 1]
    assert views[-1].turns[0] == Turn("members", engine.ask("members"))


def test_a_follow_up_gets_the_turns_before_it(engine: FakeEngine) -> None:
    *_, first = steps(engine, Again((), "members"))
    *_, second = steps(engine, Again(first.turns, "and Oakmart?"))
    assert engine.histories == [(), first.turns]
    assert [m.role for m in second.messages] == ["user", "assistant"] * 2
    assert "Understood as: members and Oakmart?" in words(second.messages[-1].html)
    assert 'id="src-2-1"' in second.sources


@pytest.mark.parametrize("question", ["", "  \n", "\x00", "\ud800"])
def test_a_question_without_words_changes_nothing(engine: FakeEngine, question: str) -> None:
    turns = (Turn("members", engine.ask("members")),)
    assert list(steps(engine, Again(turns, question))) == [view(turns)]


def test_a_question_that_is_too_long_is_refused_with_both_lengths(engine: FakeEngine) -> None:
    (only,) = steps(engine, Again((), "x" * (MAX_QUESTION + 1)))
    assert f"2,001 characters: shorten it to {MAX_QUESTION:,}" in words(only.messages[-1].html)
    assert only.turns == ()
    assert engine.histories == []


def test_an_error_is_said_and_leaves_the_turns_as_they_were(engine: FakeEngine) -> None:
    turns = (Turn("members", engine.ask("members")),)
    engine.fault = AskRetailError("the library was made with another model: run <rebuild>")
    *_, last = steps(engine, Again(turns, "sales"))
    assert words(last.messages[-1].html) == (
        "That did not work. the library was made with another model: run <rebuild>Ask again"
    )
    assert last.turns == turns
    assert 'id="src-1-1"' in last.sources


def test_an_error_that_nobody_foresaw_is_not_hidden(engine: FakeEngine) -> None:
    engine.fault = ZeroDivisionError("4711")
    with pytest.raises(ZeroDivisionError):
        list(steps(engine, Again((), "sales")))
    shown = broken((), "sales")
    assert [words(m.html)[:20] for m in shown.messages] == ["sales", "That did not work. S"]
    assert "4711" not in shown.messages[-1].html


def test_the_oldest_turns_are_forgotten(engine: FakeEngine) -> None:
    turns = tuple(Turn(f"q{n}", engine.ask("members")) for n in range(MAX_TURNS))
    *_, last = steps(engine, Again(turns, "sales"))
    assert [turn.question for turn in last.turns] == [
        *(f"q{n}" for n in range(1, MAX_TURNS)),
        "sales",
    ]
