"""Clicks become questions asked again: what is kept, what is put right."""

import pytest

from askretail.nouns import Change, Filters, Turn
from askretail.suggest import Next
from askretail_ui.acts import Act, Again, again, read_act, turn_of
from askretail_ui.after import next_html
from askretail_ui.chips import chips_of
from askretail_ui.conversation import steps, stopped
from askretail_ui.filter_bar import choices_html, filters_of, summary

from .fake import FakeEngine
from .test_render import words

ASKED = "Oakmart members in 2022"


@pytest.fixture
def turns(engine: FakeEngine) -> tuple[Turn, ...]:
    return (Turn(ASKED, engine.ask(ASKED)), Turn("sales", engine.ask("sales")))


def test_a_message_of_the_page_becomes_an_act() -> None:
    assert read_act('{"turn": 2, "chip": 0, "to": "Amazon"}') == Act(2, 0, "Amazon")
    assert read_act('{"turn": 1}') == Act(1)


@pytest.mark.parametrize("sent", ["", "[]", "{}", '{"turn": "1"}', '{"turn": 1, "to": 3}'])
def test_any_other_message_is_refused(sent: str) -> None:
    with pytest.raises(ValueError, match=r"act|Expecting"):
        read_act(sent)


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_turn_that_is_not_there_is_refused(turns: tuple[Turn, ...], number: int) -> None:
    with pytest.raises(ValueError, match=f"turn must be 1 to 2, not {number}"):
        turn_of(turns, Act(number))


def test_the_last_question_gives_way_when_it_is_asked_again(turns: tuple[Turn, ...]) -> None:
    assert again(turns, Act(2)) == Again(turns[:1], "sales")


def test_an_earlier_question_is_asked_at_the_end_as_it_stands_alone(
    turns: tuple[Turn, ...],
) -> None:
    assert again(turns, Act(1, 0, "Elm Stores")) == Again(
        turns, ASKED, (Change("Oakmart", "Elm Stores"),)
    )


def test_changes_add_up_over_several_clicks(engine: FakeEngine) -> None:
    turns: tuple[Turn, ...] = (Turn(ASKED, engine.ask(ASKED)),)
    asked = Again(turns, ASKED)
    for chip, to in (("FY2022", "FY2021"), ("10-K", ""), ("FY2021", "FY2020")):
        last = turns[-1].answer
        assert last is not None
        place = [one.text for one in chips_of(last.reading)].index(chip)
        asked = again(turns, Act(1, place, to))
        *_, view = steps(engine, asked)
        turns = view.turns
    assert asked.changes == (Change("10-K"), Change("FY2022", "FY2020"))


def test_filters_reach_the_engine_and_are_shown(engine: FakeEngine) -> None:
    *_, view = steps(engine, Again((), "members"), filters=Filters(("Oakmart",)))
    answer = view.turns[0].answer
    assert answer is not None
    assert answer.reading.filters == Filters(("Oakmart",))
    assert "only Oakmart" in words(view.messages[-1].html)


def test_a_stopped_question_stays_with_a_way_to_ask_it_again(turns: tuple[Turn, ...]) -> None:
    view = stopped(turns, "members")
    assert words(view.messages[-2].html) == "members"
    assert words(view.messages[-1].html) == "Stopped.Ask again"
    assert view.turns == turns


def test_the_fields_of_the_bar_become_filters() -> None:
    chosen = filters_of([["Oakmart"], None, ["10-K", "10-Q"], []])
    assert chosen == Filters(("Oakmart",), (), ("10-K", "10-Q"))
    assert summary(chosen) == "Filters: only Oakmart · 10-K · 10-Q"
    assert summary(Filters()) == "Filters: all documents may answer"


def test_choices_with_markup_stay_data() -> None:
    html = choices_html(Filters(('"><script>alert(1)</script>',)))
    assert "<script" not in html
    assert html.count('"') == 2


def test_questions_to_go_on_with_stay_text() -> None:
    hostile = '"><script>alert(1)</script>'
    html = next_html((Next(hostile, hostile), Next(hostile)))
    assert "<script" not in html
    assert html.count("<button") == 2
    assert next_html(()) == ""
