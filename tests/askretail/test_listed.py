"""A sentence that announces a list comes with its items, an item with that sentence."""

import pytest

from askretail.listed import announced_by, apart, is_item, items_after, with_items, with_rows
from askretail_ingest.nouns import Document

from .made import document, hit, quote

LEAD = "Margins fell due to:"
LONG = "x" * 390
BULLETS = document(
    f"Why.\n\nSales rose. {LEAD}\n\n• Higher freight; and\n• Markdowns.\n\nThen rain."
)
NUMBERS = document("We have two pillars:\n\n1. Grow abroad;\n2. Serve at home.\n\nWe hire.")
LONGER = document(f"It costs more:\n• Oil.\n• {LONG}\n• Wheat.\n• Salt.\n")
TABLE = document(
    "Buybacks were as follows:\n\nIn millions 2022 2021\nShares 13.5 5.0\nPaid 877 301\n\nEnd: no."
)


def test_a_sentence_that_announces_a_list_is_quoted_with_its_items() -> None:
    (whole,) = with_items(quote(hit(BULLETS, LEAD), LEAD), room=4)
    assert whole.text == f"{LEAD}\n\n• Higher freight; and\n• Markdowns."
    assert whole.text == BULLETS.text[whole.start : whole.end]


def test_numbered_items_are_a_list_too() -> None:
    (whole,) = with_items(quote(hit(NUMBERS), "We have two pillars:"), room=4)
    assert whole.text == "We have two pillars:\n\n1. Grow abroad;\n2. Serve at home."


def test_a_long_list_goes_on_in_quotes_of_whole_items() -> None:
    texts = [q.text for q in with_items(quote(hit(LONGER), "It costs more:"), room=4)]
    assert texts == ["It costs more:\n• Oil.", f"• {LONG}", "• Wheat.\n• Salt."]
    assert all(len(text) <= 400 for text in texts)


def test_a_list_fills_no_more_quotes_than_there_is_room_for() -> None:
    lead = quote(hit(LONGER), "It costs more:")
    assert [len(with_items(lead, room)) for room in (1, 2, 3, 9)] == [1, 2, 3, 3]


def test_a_list_ends_with_its_page_and_before_an_item_too_long_to_quote() -> None:
    paged = document("It costs more:\n• Oil.\f• Of the next page.")
    assert items_after(paged, len("It costs more:")) == [(15, 21)]
    huge = document(f"It costs more:\n• Oil.\n• {LONG}{LONG}\n• Salt.\n")
    assert [q.text for q in with_items(quote(hit(huge), "It costs more:"), 4)] == [
        "It costs more:\n• Oil."
    ]


def test_a_sentence_that_announces_nothing_is_quoted_as_it_is() -> None:
    plain = quote(hit(BULLETS), "Sales rose.")
    assert with_items(plain, 4) == [plain]
    assert with_rows(plain, [], 4) == [plain]


@pytest.mark.parametrize(
    ("of", "item", "lead"),
    [
        (BULLETS, "• Higher freight; and", LEAD),
        (BULLETS, "• Markdowns.", LEAD),
        (NUMBERS, "2. Serve at home.", "We have two pillars:"),
        (document("Not a lead.\n• Alone."), "• Alone.", None),
        (document("Items:\n(7) One was defeated:\n(8) Another."), "(8) Another.", "Items:"),
    ],
)
def test_an_item_knows_what_announces_it(of: Document, item: str, lead: str | None) -> None:
    place = announced_by(of, of.text.index(item))
    assert (None if place is None else of.text[slice(*place)]) == lead


@pytest.mark.parametrize("text", ["• Oil", "1. Oil", "2) Oil", "(3) Oil", "(a) Oil", "(iv) Oil"])
def test_items_are_known_by_how_they_open(text: str) -> None:
    assert is_item(text)


@pytest.mark.parametrize("text", ["Oil", "A. Smith", "3.5 percent", "(in millions)", "2022. A", ""])
def test_other_sentences_are_no_items(text: str) -> None:
    assert not is_item(text)


def test_a_sentence_that_announces_a_table_is_quoted_with_its_rows_in_order() -> None:
    rows = hit(TABLE, TABLE.text[27:].split("\n\n")[0], kind="table")
    lead = quote(hit(TABLE, "Buybacks were as follows:"), "Buybacks were as follows:")
    paid, shares = quote(rows, "Paid 877 301"), quote(rows, "Shares 13.5 5.0")
    assert with_rows(lead, [paid, shares], room=3) == [lead, shares, paid]
    assert with_rows(lead, [paid, shares], room=2) == [lead, paid]
    far = quote(hit(TABLE, "End: no."), "End:")
    assert with_rows(far, [paid, shares], room=3) == [far]


def test_rows_under_the_sentence_as_their_title_need_it_no_second_time() -> None:
    rows = hit(TABLE, TABLE.text[27:].split("\n\n")[0], kind="table")
    lead = quote(hit(TABLE, "Buybacks were as follows:"), "Buybacks were as follows:")
    paid = quote(rows, "Paid 877 301", head="Buybacks were as follows: 2022 2021")
    assert with_rows(lead, [paid], room=1) == [paid]


def test_what_is_quoted_already_is_left_out() -> None:
    whole = with_items(quote(hit(BULLETS), LEAD), room=4)
    item, other = quote(hit(BULLETS), "• Markdowns."), quote(hit(BULLETS), "Then rain.")
    assert apart([item, other], whole) == [other]
