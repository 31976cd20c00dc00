"""Whether words are about the company and the period asked for."""

import pytest

from askretail.belongs import LOOK_BACK, about_company, about_period
from askretail.nouns import Asked

from .made import catalogue, document, hit

BOTH = document(
    "Walmart leads. It opened clinics.\n\nAmazon follows. It bought offices.\f"
    "Nobody is named here.",
    "Walmart",
    "Amazon",
)
OWN = document("It competes with Amazon on price.", "Walmart")
KNOWN = catalogue(BOTH, OWN)


def about(text: str, *companies: str, section: tuple[str, ...] = ()) -> bool:
    of = OWN if text in OWN.text else BOTH
    start = of.text.index(text)
    whole = hit(of, section=section)
    page = of.page_at(start).number
    placed = hit(of, text, section=section) if page != whole.page else whole
    return about_company(placed, start, start + len(text), companies, KNOWN)


def test_without_a_company_asked_for_all_words_will_do() -> None:
    assert about("It opened clinics.")


def test_a_document_about_one_company_is_about_it_whomever_its_words_name() -> None:
    assert about("It competes with Amazon on price.", "Walmart")
    assert not about("It competes with Amazon on price.", "Amazon")


def test_words_that_name_a_company_are_about_it() -> None:
    assert about("Amazon follows.", "Amazon")
    assert not about("Amazon follows.", "Walmart")


def test_words_that_name_nobody_are_about_the_nearest_name_before_them() -> None:
    assert about("It bought offices.", "Amazon")
    assert not about("It bought offices.", "Walmart")
    assert about("It opened clinics.", "Walmart", "Costco")


def test_a_name_on_the_page_before_or_too_far_back_does_not_count() -> None:
    there = "Nobody is named here."
    assert about(there, "Walmart") and about(there, "Amazon")
    assert not about(there, "Costco")
    far = document(f"Walmart leads. {'Rain fell. ' * 80}It opened clinics.", "Walmart", "Amazon")
    assert len(far.text) > LOOK_BACK + 100
    start = far.text.index("It opened")
    assert about_company(hit(far), start, len(far.text), ["Amazon"], KNOWN)


def test_where_no_words_name_anybody_the_last_heading_does() -> None:
    there = "Nobody is named here."
    assert about(there, "Amazon", section=("Walmart", "Amazon's plans"))
    assert not about(there, "Walmart", section=("Walmart", "Amazon's plans"))


@pytest.mark.parametrize(
    ("text", "head", "is_about"),
    [
        ("Sales rose in 2022.", "", True),
        ("Sales rose in 2021.", "", False),
        ("Sales rose from 2021 to 2022.", "", True),
        ("Sales | 5 | 4", "| 2022 | 2021 |", True),
        ("Sales | 5 | 4", "| 2020 | 2019 |", False),
        ("Sales in 2022 | 5", "| 2020 | 2019 |", True),  # its own words go before the head
        ("Sales rose.", "", True),  # the document's own year
        ("We aim to halve waste by 2030, from 2019.", "", True),  # the report sets it
        ("We expect to open 20 stores in 2023.", "", False),
    ],
)
def test_words_are_about_the_years_they_name_then_those_above_them_then_the_documents(
    text: str, head: str, is_about: bool
) -> None:
    of = hit(document(text, "Walmart", year=2022))
    assert about_period(text, head, of, [Asked(2022)]) is is_about
    assert about_period(text, head, of, [])
    assert about_period(text, head, of, [Asked(1999), Asked(2022)]) is is_about


def test_words_without_a_year_follow_their_document_and_an_undated_one_may_always_do() -> None:
    for year, is_about in ((2021, False), (2022, True), (None, True)):
        of = hit(document("Sales rose.", "Walmart", year=year))
        assert about_period("Sales rose.", "", of, [Asked(2022)]) is is_about


def test_an_aim_belongs_to_the_report_that_sets_it_and_to_no_other() -> None:
    of = hit(document("We aim to halve waste by 2030.", "Walmart", year=2021))
    assert not about_period(of.text, "", of, [Asked(2022)])
    assert about_period(of.text, "", of, [Asked(2021)])
