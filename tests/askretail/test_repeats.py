"""What is printed again every year takes one place in a ranking; its newest printing goes first."""

from collections.abc import Sequence

import numpy as np
import pytest

from askretail.repeats import BEHIND, LOOKED_AT, Repeats

SEAS = (1, 2, 3, 4)  # ids of words
SEAS_AGAIN = (2, 3, 4, 5)  # three of five are shared
HALF_OTHER = (3, 4, 8, 9)  # two of six are
LAND = (6, 7, 8)


def made(*pages: tuple[int, str, int, Sequence[int]]) -> Repeats:
    """Return the repeats of pages, each with its document, company, year and words."""
    documents, companies, years, words = zip(*pages, strict=True)
    return Repeats(
        documents,
        tuple((name,) if name else () for name in companies),
        years,
        tuple(np.array(sorted(ids), dtype=np.int32) for ids in words),
    )


def settled(of: Repeats, *scores: float) -> list[float]:
    return [round(score, 6) for score in of.settled(np.array(scores)).tolist()]


def test_the_newest_of_pages_that_say_the_same_goes_first_and_the_others_fall_behind() -> None:
    of = made(
        (1, "Oak", 2019, SEAS), (2, "Oak", 2023, SEAS_AGAIN), (3, "Oak", 2021, SEAS),
        (4, "Oak", 2018, LAND),
    )  # fmt: skip
    assert settled(of, 9, 7, 8, 5) == [7 - 2 * BEHIND, 9, 8 - BEHIND, 5]


def test_without_years_the_best_goes_first() -> None:
    of = made((1, "Oak", 0, SEAS), (2, "Oak", 0, SEAS_AGAIN))
    assert settled(of, 7, 9) == [7 - BEHIND, 9]


@pytest.mark.parametrize(
    "other",
    [
        (2, "Elm", 2023, SEAS),  # another company
        (1, "Oak", 2019, SEAS),  # the same filing
        (2, "Oak", 2023, HALF_OTHER),
        (2, "Oak", 2023, ()),  # its words are not known yet
    ],
)
def test_what_is_no_repeat_keeps_its_score(other: tuple[int, str, int, Sequence[int]]) -> None:
    assert settled(made((1, "Oak", 2019, SEAS), other), 9, 7) == [9, 7]


def test_texts_about_no_company_are_no_repeats() -> None:
    assert settled(made((1, "", 2019, SEAS), (2, "", 2023, SEAS)), 9, 7) == [9, 7]


def test_a_page_repeats_what_leads_not_what_follows_it() -> None:
    chain = made(
        (1, "Oak", 0, (1, 2, 3, 4)), (2, "Oak", 0, (2, 3, 4, 5)), (3, "Oak", 0, (4, 5, 6, 3)),
    )  # fmt: skip
    assert settled(chain, 9, 8, 7) == [9, 8 - BEHIND, 7]  # the third is like the second alone


def test_only_the_first_pages_are_looked_at() -> None:
    many = [(n, "Oak", 0, (n,)) for n in range(10, 10 + LOOKED_AT)]
    of = made((1, "Oak", 0, SEAS), *many, (2, "Oak", 2023, SEAS))
    scores = np.arange(len(many) + 2, 0, -1.0)
    assert of.settled(scores).tolist() == scores.tolist()
    assert made((1, "Oak", 0, SEAS)).settled(np.zeros(1)).tolist() == [0]
