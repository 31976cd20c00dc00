import doctest

import pytest

from askretail_eval import match
from askretail_eval.match import holds_fact, holds_quote, longest_run


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(match).failed == 0


def test_line_ends_hyphens_and_case_do_not_hide_a_quote() -> None:
    text = "Our omni-\nchannel SALES rose 12 %\nto $ 3.9 billion, a record."
    assert holds_quote(text, "omnichannel sales rose 12% to $3.9 billion")


def test_a_quote_that_a_passage_cuts_counts_from_four_fifths_of_its_words_on() -> None:
    quote = "one two three four five six seven eight nine ten"
    assert holds_quote("zero one two three four five six seven eight", quote)
    assert not holds_quote("zero one two three four five six seven", quote)


def test_the_words_of_a_quote_in_pieces_are_not_the_quote() -> None:
    quote = "one two three four five six seven eight nine ten"
    assert not holds_quote("six seven eight nine ten one two three four five", quote)


def test_a_short_quote_does_not_stand_inside_a_longer_number() -> None:
    assert holds_quote("it grew 53 % in all", "53%")
    assert not holds_quote("it grew 153% in all", "53%")


def test_an_empty_quote_is_held_by_nothing() -> None:
    assert not holds_quote("anything", "…")


def test_the_longest_run_may_start_anywhere() -> None:
    assert longest_run(["a", "b", "c", "d", "e"], ["x", "c", "d", "e", "y", "b"]) == 3
    assert longest_run([], ["a"]) == 0


@pytest.mark.parametrize(
    ("text", "entry", "held"),
    [
        ("about $ 3.9 billion in cash", "$3.9 billion", True),
        ("about $3.9\nbillion in cash", "$3.9 billion", True),
        ("a share of 153%", "53%", False),
        ("a share of 53 %", "53%", True),
        ("12.7 and 35.0", "12", False),
        ("1,312,689 units", "12,689", False),
        ("(12,689) (35,044)", "12.7|12,689", True),
        ("sold in Bangladesh", "Bang", False),
        ("the Bang drinks", "Bang", True),
        ("Best Buy’s plan", "best buy's", True),
        ("it was 31.5.", "31.5", True),
        ("it was 31.55", "31.5", False),
        ("anything", "", False),
    ],
)
def test_a_fact_stands_by_itself_and_spelling_does_not_matter(
    text: str, entry: str, held: bool
) -> None:
    assert holds_fact([text], [entry]) is held


def test_every_entry_is_needed_and_the_texts_may_share_them() -> None:
    assert holds_fact(["General Mills: 20 percent", "PepsiCo: 14%"], ["20 percent", "14%"])
    assert not holds_fact(["General Mills: 20 percent"], ["20 percent", "14%"])


def test_a_fact_is_not_put_together_across_two_texts() -> None:
    assert not holds_fact(["about $3.9", "billion"], ["$3.9 billion"])
