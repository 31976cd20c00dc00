"""Questions to go on with: of other companies, other years, other themes, each one answered."""

import pytest

from askretail.assistant import Assistant
from askretail.nouns import EVERYTHING, Answer, Filters
from askretail.suggest import Next

pytestmark = pytest.mark.model

CARE = "What is Walmart's healthcare strategy?"


@pytest.fixture(scope="module")
def sample() -> Assistant:
    return Assistant.open_sample()


def offered_by(sample: Assistant, answer: Answer, filters: Filters = EVERYTHING) -> list[Next]:
    return [one for one in sample.next_questions(answer, filters=filters) if one is not None]


def test_the_same_is_asked_of_other_companies_and_more_of_this_one(sample: Assistant) -> None:
    offered = offered_by(sample, sample.ask(CARE))
    same = {one.same_of: one.question for one in offered if one.same_of}
    assert same["Amazon"] == "What is Amazon's healthcare strategy?"
    assert "Walmart" not in same
    others = [one.question for one in offered if not one.same_of]
    assert others and all("Walmart" in question for question in others)


def test_every_question_offered_is_answered(sample: Assistant) -> None:
    for one in offered_by(sample, sample.ask(CARE)):
        assert sample.ask(one.question).status == "answered", one


def test_the_year_before_is_offered_where_a_year_was_asked_for(sample: Assistant) -> None:
    answer = sample.ask("What were membership fees at Costco in fiscal 2022?")
    assert Next("What were membership fees at Costco in FY2021?") in offered_by(sample, answer)


def test_filters_hold_for_what_is_offered(sample: Assistant) -> None:
    only = Filters(companies=("Walmart",), doc_types=("brief",))
    offered = offered_by(sample, sample.ask(CARE, filters=only), filters=only)
    for one in offered:
        found = sample.ask(one.question, filters=only)
        assert found.status == "answered"
        assert {c.document.doc_type for c in found.citations} == {"brief"}


def test_a_comparison_offers_the_same_of_nobody(sample: Assistant) -> None:
    answer = sample.ask("Compare Walmart and Amazon on healthcare")
    assert [one for one in offered_by(sample, answer) if one.same_of] == []
