"""Cleaned text laid back on what an engine read: which of two equal words is meant, and where."""

import time

import pytest

from askretail_ingest.offset_map import offset_map


def behind(text: str, read: str) -> str:
    """What the engine read where each character of the text stands, "·" for those without."""
    places = offset_map(text, read)
    return "".join(
        char if char.isspace() else read[places[n]] if n in places else "·"
        for n, char in enumerate(text)
    )


def place(text: str, read: str, words: str, nth: int = 0) -> int:
    """Where in ``read`` the nth such words of the text begin."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return offset_map(text, read)[start]


def test_each_character_has_its_own_place() -> None:
    read = "Net sales rose\r\nto 612 in 2023."
    text = "Net sales rose to 612 in 2023."
    assert behind(text, read) == text
    assert place(text, read, "to") == read.index("to")


def test_a_word_that_was_broken_over_two_lines_has_the_places_of_both_parts() -> None:
    read = "our omni\ufffechannel and in-\r\nstore offer, e-\r\ncommerce apart"
    text = "our omnichannel and instore offer, e-commerce apart"
    places = offset_map(text, read)
    assert [read[places[n]] for n, char in enumerate(text) if n in places] == list(
        text.replace(" ", "").replace("-", "")
    )
    assert place(text, read, "channel") == read.index("channel")
    assert place(text, read, "store") == read.index("store")


def test_ligatures_accents_and_a_lost_f_have_places() -> None:
    read = "The o\ufb03ce of ered caf\u00e9 staf an e\u0301clair, ef ect and effect"
    text = "The office offered caf\u00e9 staff an \u00e9clair, effect and effect"
    assert behind(text, read) == (
        "The o\ufb03\ufb03\ufb03ce offered caf\u00e9 staff an eclair, effect and effect"
    )


def test_rows_that_repeat_keep_their_order() -> None:
    rows = ["Total 5 7", "Stores 1 2", "Total 5 7", "Online 3 4", "Total 5 7"]
    text, read = "\n".join(rows), "\r\n".join(rows)
    firsts = [place(text, read, "Total", nth) for nth in range(3)]
    assert firsts == [0, 23, 46]


def test_lines_of_wrapped_cells_are_found_though_the_text_has_them_column_by_column() -> None:
    heads = "Gross\r\n{0}\r\nNet\r\n{0}\r\n"
    read = f"{heads.format('Assets')}Cash 5 7\r\n{heads.format('Debts')}Loans 5 7"
    text = "Gross Assets Net Assets\nCash 5 7\nGross Debts Net Debts\nLoans 5 7"
    assert behind(text, read) == text
    assert place(text, read, "Gross", 1) == read.index("Gross", 1)
    assert place(text, read, "Net", 1) == read.rindex("Net")
    assert place(text, read, "5 7", 1) == read.rindex("5 7")


def test_what_left_the_text_is_not_taken_for_what_stayed() -> None:
    read = "Fennel Market 12\r\nSales\r\nFennel Market 12 grew.\r\nFennel Market 12"
    text = "Sales\n\nFennel Market 12 grew."
    assert place(text, read, "Fennel") == read.index("Fennel", 5)


def test_words_without_neighbours_that_stand_twice_have_no_place() -> None:
    assert offset_map("Net sales", "Net sales 5 Net sales 7") == {}
    assert place("Net sales 7", "Net sales 5 Net sales 7", "Net") == 12


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5 stores", "The 45 shops"),
        ("5", "The 4.5 shops"),
        ("12", "sold $ 12,400 of it"),
        ("202", "in 2021 1 shop"),
        ("store", "storeships"),
        ("Net sales", ""),
        ("", "Net sales"),
        ("\ud800", "Net sales"),
    ],
)
def test_a_part_of_a_word_or_of_a_figure_is_not_the_word(text: str, read: str) -> None:
    assert offset_map(text, read) == {}


def test_a_page_of_one_word_ten_thousand_times_does_not_hang() -> None:
    page = "x " * 10_000
    started = time.process_time()
    assert offset_map(page, page) == {}
    assert time.process_time() - started < 5
