"""A chip taken away or exchanged changes the words that are searched and the reading itself."""

import pytest

from askretail.assistant import Assistant
from askretail.catalogue import Catalogue
from askretail.change import changed, reworded
from askretail.nouns import Asked, Change, Reading
from askretail.reading import read_question

ROWS = [
    ("What is Walmart's capex?", ("Walmart", "Amazon"), "What is Amazon's capex?"),
    ("What is Walmart's capex?", ("Walmart", ""), "What is the capex?"),
    ("What does Walmart say on theft?", ("Walmart", ""), "What does the company say on theft?"),
    ("How high is capex at Walmart?", ("Walmart", ""), "How high is capex?"),
    ("Sam's Club capex and Walmart sales", ("Walmart", "Nike"), "Nike capex and Nike sales"),
    ("Compare Walmart and Amazon on capex", ("Walmart", ""), "Compare Amazon on capex"),
    ("Compare Walmart and Amazon on capex", ("Amazon", ""), "Compare Walmart on capex"),
    (
        "Compare Walmart and Amazon on capex",
        ("Amazon", "Nike"),
        "Compare Walmart and Nike on capex",
    ),
    ("Nike revenue in fiscal 2023?", ("FY2023", "FY2022"), "Nike revenue in FY2022?"),
    ("Nike revenue in fiscal 2023?", ("FY2023", ""), "Nike revenue?"),
    ("2023 revenue of Nike", ("FY2023", ""), "Revenue of Nike"),
    ("Nike in 2022 and in 2023", ("FY2023", ""), "Nike in 2022"),
    ("Nike revenue from 2021 to 2023", ("FY2022", ""), "Nike revenue from FY2021 and FY2023"),
    ("Best Buy comps in Q2 FY24", ("Q2 FY2024", "Q1 FY2024"), "Best Buy comps in Q1 FY2024"),
    ("How does Aldi sell online?", ("Aldi", "Nike"), "How does Nike sell online?"),
    ("How high is Nike's margin?", ("FY2023", "FY2022"), "How high is Nike's margin?"),
]


@pytest.mark.parametrize(("question", "change", "expected"), ROWS)
def test_the_words_of_a_question_follow_the_chip(
    filings: Catalogue, question: str, change: tuple[str, str], expected: str
) -> None:
    assert reworded(question, (Change(*change),), filings) == expected


def test_several_changes_are_made_at_once(filings: Catalogue) -> None:
    changes = (Change("Walmart", "Nike"), Change("FY2022"))
    assert reworded("Walmart's capex in 2022", changes, filings) == "Nike's capex"


def test_what_the_words_only_imply_is_changed_in_the_reading(filings: Catalogue) -> None:
    question = "Nike capex last year"
    reading = read_question(question, question, filings)
    assert reading.chips == ("Nike", "FY2023", "capex")
    other = changed(reading, (Change("FY2023", "FY2022"), Change("capex")))
    assert (other.periods, other.metrics) == ((Asked(2022),), ())
    assert other.changes == (Change("FY2023", "FY2022"), Change("capex"))


def test_a_type_can_be_exchanged() -> None:
    reading = Reading("q", "q", doc_types=("10-K",), statements=("balance sheet",))
    other = changed(reading, (Change("10-K", "10-Q"), Change("balance sheet")))
    assert (other.doc_types, other.statements) == (("10-Q",), ())


@pytest.mark.model
def test_an_answer_follows_the_change_and_a_follow_up_goes_on_from_it(
    assistant: Assistant,
) -> None:
    question = "What does Walmart say about prescriptions?"
    answer = assistant.ask(question, changes=(Change("Walmart", "Amazon"),))
    assert answer.question == question
    assert answer.standalone == "What does Amazon say about prescriptions?"
    assert answer.reading.companies == ("Amazon",)
    assert {c.document.source for c in answer.citations} == {"amazon-care.md"}
