"""A figure that the question states picks the sentence that has it."""

import doctest

import pytest

from askretail import stated
from askretail.stated import stated_first

from .made import document, hit, quote

TEXTS = ("Sales increased 18%, driven by stores.", "Sales increased 22 percent, driven by apps.")


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(stated).failed == 0


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("What drove the 22% increase in sales?", (1, 0)),
        ("What drove the 18% increase in sales?", (0, 1)),
        ("What drove the 90% increase in sales?", (0, 1)),
        ("What drove the increase in sales in 2022?", (0, 1)),
    ],
)
def test_the_sentence_with_the_figure_of_the_question_comes_first(
    question: str, order: tuple[int, int]
) -> None:
    quotes = [quote(hit(document(text, "Nike")), text) for text in TEXTS]
    found = stated_first(question, quotes)
    assert [one.text for one in found] == [TEXTS[place] for place in order]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
