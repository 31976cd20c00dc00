"""What is put side by side, and which period each side gets."""

import pytest

from askretail.catalogue import Catalogue
from askretail.nouns import Asked
from askretail.reading import read_question
from askretail.sides import sides


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Compare Costco and Walmart on membership fees", ("Costco", "Walmart")),
        ("How do the subscriptions of Best Buy and CVS work?", ("Best Buy", "CVS Health")),
        ("Does a fee help at Costco and at Best Buy?", ("Costco", "Best Buy")),
        ("2019 ad budgets: Kraft Heinz against General Mills?", ("Kraft Heinz", "General Mills")),
        ("Who leans harder on Walmart, PepsiCo or Kraft Heinz?", ("PepsiCo", "Kraft Heinz")),
        ("Compare Costco and Aldi on membership fees", ("Costco", "Aldi")),
        ("How did Nike's margin change from 2018 to 2022?", ("FY2018", "FY2022")),
        ("nike stores in the us, fy18 v fy23", ("FY2018", "FY2023")),
        ("How much did Nike earn in 2018 and in 2023?", ("FY2018", "FY2023")),
    ],
)
def test_companies_or_periods_stand_side_by_side(
    filings: Catalogue, question: str, names: tuple[str, ...]
) -> None:
    assert tuple(
        name for name, _ in sides(filings, read_question(question, question, filings))
    ) == (names)


@pytest.mark.parametrize(
    "question",
    [
        "What is Walmart's healthcare strategy?",
        "How much of General Mills' sales went to Walmart?",
        "What was Nike's revenue in fiscal 2022 and 2023?",  # one row shows both years
        "Did Amazon buy a pharmacy?",
    ],
)
def test_one_subject_has_no_sides(filings: Catalogue, question: str) -> None:
    assert sides(filings, read_question(question, question, filings)) == []


def test_a_company_keeps_the_year_that_stands_behind_its_name(filings: Catalogue) -> None:
    question = "Compare Amazon's 2022 capex with Best Buy's FY23 capex"
    found = sides(filings, read_question(question, question, filings))
    assert {name: part.periods for name, part in found} == {
        "Amazon": (Asked(2022),),
        "Best Buy": (Asked(2023),),
    }


def test_a_side_is_read_as_about_its_company_alone(filings: Catalogue) -> None:
    question = "Compare Costco and Aldi on membership fees"
    known, unknown = (
        part for _, part in sides(filings, read_question(question, question, filings))
    )
    assert (known.companies, known.unknown) == (("Costco",), ())
    assert (unknown.companies, unknown.unknown) == ((), ("Aldi",))
