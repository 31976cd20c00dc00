from collections import Counter

import pytest

from askretail_ingest.clean import normalise, printable, tidy_spaces
from askretail_ingest.hyphen import join, vocabulary


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("oﬃce ﬂoor", "office floor"),
        ("co\u00adoperate", "cooperate"),
        ("net\u00a0sales\u2009of\t\t5", "net sales of 5"),
        ("a\x00b\x07c\ud800", "abc\ufffd"),
        ("two\x03words", "two words"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\uf0b7 first", "• first"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_what_cannot_be_seen_or_searched_is_replaced(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize("text", ["“quoted” – it’s 5 % — done", "naïve café", "e-commerce", ""])
def test_printed_words_stay_as_they_are(text: str) -> None:
    assert normalise(text) == text


def test_cleaning_twice_changes_nothing() -> None:
    once = normalise("ﬁve\u00a0 \u00a0stores \r\n \x02 open\u00ad")
    assert normalise(once) == once


def test_no_space_stands_before_a_full_stop() -> None:
    assert tidy_spaces("in 2015 , 2016 , and 2017 . Sales of .5 rose") == (
        "in 2015, 2016, and 2017. Sales of .5 rose"
    )


def test_a_broken_word_is_joined_when_the_document_knows_it() -> None:
    words = vocabulary(["the merchandise arrived"])
    assert join(["we ship merchan-", "dise early"], words) == "we ship merchandise early"


def test_a_compound_keeps_its_hyphen() -> None:
    words = vocabulary(["our omni-channel stores"])
    assert join(["an omni-", "channel grocer"], words) == "an omni-channel grocer"


def test_an_unknown_word_keeps_its_hyphen() -> None:
    assert join(["a brick-", "built shop"], Counter()) == "a brick-built shop"


def test_wrapped_lines_are_joined_by_one_space() -> None:
    assert join(["prices and/", "or wages rose—", "slowly", "in May"], Counter()) == (
        "prices and/or wages rose—slowly in May"
    )


def test_a_name_in_a_message_cannot_colour_the_terminal_or_turn_the_writing() -> None:
    assert printable("a\x1b[31m \u202egpj\n.txt") == "a?[31m ?gpj .txt"
    assert printable("Año 2023 – “Q4”.pdf") == "Año 2023 – “Q4”.pdf"
