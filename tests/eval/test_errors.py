"""The page of questions that went wrong."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from askretail.assistant import Assistant
from askretail_eval.errors import errors_page, is_wrong
from askretail_eval.questions import Question, load_shipped
from askretail_eval.record import Record
from askretail_eval.run import ours
from askretail_eval.systems import open_sample

GOOD = Record("q", "fact", "askretail", "?", {"page all@5": 1.0, "fact@all": 1.0})


@pytest.mark.parametrize(
    ("measures", "wrong"),
    [
        ({}, False),
        ({"page all@5": 0.0}, True),
        ({"fact@all": 0.0}, True),
        ({"unanswerable refused": 0.0}, True),
        ({"unanswerable refused": 1.0}, False),
        ({"answerable refused": 1.0}, True),
    ],
)
def test_a_question_is_wrong_without_its_pages_its_facts_or_the_right_refusal(
    measures: dict[str, float], wrong: bool
) -> None:
    assert is_wrong(replace(GOOD, measures={**GOOD.measures, **measures})) == wrong


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    with open_sample() as opened:
        yield opened


def of_type(kind: str) -> Question:
    return next(question for question in load_shipped() if question.type == kind)


def test_the_page_shows_the_reading_the_gold_and_what_each_group_gave(assistant: Assistant) -> None:
    question = replace(of_type("number"), must_contain=("a fact that nobody states",))
    page = errors_page("set", [question], ours([question], assistant), assistant)
    gold = question.evidence[0][0]
    assert "set: 1 of 1 questions went wrong" in page
    assert f"read as: {question.question.split()[0]}" in page
    assert f"wanted: {gold.doc} p. {gold.page}" in page
    assert '<tr class="gold">' in page
    assert "<th>meaning of sentences</th>" in page


def test_what_went_right_is_left_out_and_markup_in_a_question_is_text(assistant: Assistant) -> None:
    odd = Question("x", "unanswerable", "What does <b>Walmart</b> say of its health centers?")
    page = errors_page("set", [odd], ours([odd], assistant), assistant)
    assert "&lt;b&gt;Walmart&lt;/b&gt;" in page and "<b>" not in page
    right = [replace(GOOD, id=odd.id)]
    assert "0 of 1 questions went wrong" in errors_page("set", [odd], right, assistant)
