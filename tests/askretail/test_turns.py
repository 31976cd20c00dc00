"""Sides that are put beside each other take turns in a ranking, page by page."""

from dataclasses import replace

from askretail.nouns import Hit
from askretail.turns import in_turns

from .made import document, hit

OAK = document("Tea.\fMilk.\fRain.", "Oak")


def on(page: int, passage: int) -> Hit:
    return replace(hit(OAK, ("Tea.", "Milk.", "Rain.")[page - 1]), passage_id=passage)


def test_the_side_that_has_shown_the_fewest_pages_goes_next() -> None:
    one = [on(1, 1), on(1, 2), on(1, 3), on(2, 4)]
    two = [on(3, 5), on(2, 6), on(1, 7)]
    # 1: page 1; 5: page 3; 2, 3 on page 1 again, 4 opens page 2; then the other side alone
    assert [h.passage_id for h in in_turns([one, two])] == [1, 5, 2, 3, 4, 6, 7]


def test_what_two_sides_share_is_a_turn_of_both_but_shown_once() -> None:
    one, two = [on(1, 1), on(2, 2)], [on(1, 1), on(3, 3)]
    assert [h.passage_id for h in in_turns([one, two])] == [1, 2, 3]
    assert in_turns([[], []]) == []
