"""Sentences side by side that both answer are one quote."""

from dataclasses import replace

import pytest

from askretail.joined import joined
from askretail.quotes import Quote

from .made import document, hit, quote

TEXT = document(
    "Sales rose. Prices rose too. Costs fell.\n\nNew part. • Loose.\n• First item;\n• Second item."
)
LONG = document(f"{'a ' * 120}one. {'b ' * 120}two.")


def made(text: str, score: float = 1.0) -> Quote:
    return replace(quote(hit(TEXT), text), score=score)


@pytest.mark.parametrize(
    ("one", "others", "whole"),
    [
        ("Sales rose.", ["Prices rose too."], "Sales rose. Prices rose too."),
        ("Prices rose too.", ["Sales rose."], "Sales rose. Prices rose too."),
        ("Sales rose.", ["Costs fell.", "Prices rose too."], TEXT.text.split("\n")[0]),
        ("Sales rose.", ["Costs fell."], "Sales rose."),
        ("Costs fell.", ["New part."], "Costs fell."),
        ("• First item;", ["• Second item."], "• First item;\n• Second item."),
        ("Sales rose.", ["Sales rose."], "Sales rose."),
    ],
)
def test_neighbours_of_one_paragraph_or_list_are_joined(
    one: str, others: list[str], whole: str
) -> None:
    result = joined(made(one), [made(other) for other in others], floor=0.5)
    assert result.text == whole
    assert result.text == TEXT.text[result.start : result.end]


def test_a_neighbour_below_the_floor_is_left_out() -> None:
    pair = [made("Prices rose too.", 0.4), made("Costs fell.", 2.0)]
    assert joined(made("Sales rose."), pair, floor=0.5).text == "Sales rose."


def test_a_quote_stays_within_its_length() -> None:
    one, two = LONG.text.split(". ")
    first, second = quote(hit(LONG), f"{one}."), quote(hit(LONG), two)
    assert joined(first, [second], floor=0.0) == first


def test_rows_of_a_table_stay_rows() -> None:
    rows = document("Sales 12 11 Costs 9 8")
    table = hit(rows, kind="table")
    first, second = quote(table, "Sales 12 11"), quote(table, "Costs 9 8")
    assert joined(first, [second], floor=0.0) == first


def test_a_sentence_that_leans_on_another_is_not_put_in_front() -> None:
    text = document("Nike sells shoes. It grew. Nike sells shirts.")
    first, grew, last = (quote(hit(text), f"{s}.") for s in text.text.rstrip(".").split(". "))
    assert joined(last, [grew], floor=0.0) == last
    assert joined(first, [grew], floor=0.0).text == "Nike sells shoes. It grew."
