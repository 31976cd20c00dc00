import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askretail_ingest.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sales rose. Costs fell.", ["Sales rose.", "Costs fell."]),
        ("Who buys? Nobody! Fine.", ["Who buys?", "Nobody!", "Fine."]),
        ("Sales were $3.9 billion. Costs fell.", ["Sales were $3.9 billion.", "Costs fell."]),
        ("Acme Co., Inc. opened a store.", ["Acme Co., Inc. opened a store."]),
        ("It is Acme, Inc. The store is new.", ["It is Acme, Inc.", "The store is new."]),
        ("The U.S. Government acted.", ["The U.S. Government acted."]),
        ("We sell in the U.S. In May we grew.", ["We sell in the U.S.", "In May we grew."]),
        ("Mr. J. C. Doe vs. St. Paul won.", ["Mr. J. C. Doe vs. St. Paul won."]),
        ("It cost approx. 5 dollars, e.g. Rent.", ["It cost approx. 5 dollars, e.g. Rent."]),
        ("We met on Jan. 5 in No. 7 Road.", ["We met on Jan. 5 in No. 7 Road."]),
        ("It cites 142 S. Ct. 457 (2021).", ["It cites 142 S. Ct. 457 (2021)."]),
        ("Item 7. Management's Discussion", ["Item 7. Management's Discussion"]),
        ("Item 1A. Risk Factors", ["Item 1A. Risk Factors"]),
        ("See Note 12. The rest follows.", ["See Note 12.", "The rest follows."]),
        ("1. First point. 2. Second point.", ["1. First point.", "2. Second point."]),
        ('He said "We won." Then he left.', ['He said "We won."', "Then he left."]),
        ("(It was late.) We left.", ["(It was late.)", "We left."]),
        ("Sales rose.(1) Costs fell.", ["Sales rose.(1)", "Costs fell."]),
        ("We ended in 2022. Sales rose.", ["We ended in 2022.", "Sales rose."]),
        ("Buy: • apples • pears", ["Buy:", "• apples", "• pears"]),
        ("One line\nanother line", ["One line", "another line"]),
        ("Contents . . . . . . 12", ["Contents . . . . . . 12"]),
        ("Wait... Then go.", ["Wait...", "Then go."]),
        ("A mark that opens (. Then go.", ["A mark that opens (. Then go."]),
        ("sold by walmart.com and others", ["sold by walmart.com and others"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_a_text_is_split_where_a_reader_would_split_it(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted


def test_offsets_count_from_the_start_of_the_whole_text() -> None:
    text = "Skip this. Sales rose. Costs fell. Not this."
    assert sentences(text, 11, 34) == [(11, 22), (23, 34)]


def test_an_end_beyond_the_text_means_its_end() -> None:
    assert sentences("Sales rose.", 0, 999) == [(0, 11)]


_PIECES = st.sampled_from(
    [
        *"aB1.!?\n •”’)(\t…",
        "Inc. ",
        "U.S. ",
        "Item 7. ",
        "$3.9",
        "The ",
        "\u00a0",
        "\u3000",
        "é",
        "中。",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_spans_are_ordered_disjoint_and_hold_every_visible_character(text: str) -> None:
    spans = sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        at = end
    assert not text[at:].strip()


def test_segmenting_is_fast_enough_for_a_library() -> None:
    paragraph = (
        "Comparable sales rose because traffic at our stores in the U.S. improved and because the "
        "average ticket grew with inflation in food categories. Margins fell by 30 basis points.\n"
    )
    text = paragraph * 6000
    began = time.process_time()
    found = sentences(text)
    seconds = time.process_time() - began
    assert len(found) == 12000
    assert len(text) / seconds > 1_500_000  # characters a second; real prose runs 5 million
