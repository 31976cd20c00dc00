import dataclasses

import pytest

from askretail_eval.answers import is_exact, judge
from askretail_eval.questions import Gold, Question

from .made import answer, cite, document

WALMART = document(
    "walmart.pdf", "Clinics. It runs 51 health centers.", "Fees. Members pay $98 a year."
)
AMAZON = document("amazon.pdf", "It bought One Medical for $3.9 billion.")

BOTH = Question(
    id="q",
    type="comparison",
    question="?",
    evidence=((Gold("walmart", 1),), (Gold("amazon", 1),)),
    must_contain=("51", "$3.9 billion"),
)
NONE = Question(id="u", type="unanswerable", question="?")

CENTERS = cite(WALMART, "51 health centers")
FEES = cite(WALMART, "Members pay $98 a year.")
MEDICAL = cite(AMAZON, "One Medical for $3.9 billion")


def test_a_fact_that_needs_two_quotes_is_held_by_the_first_three_together() -> None:
    measures = judge(BOTH, answer("?", CENTERS, FEES, MEDICAL))
    assert (measures["fact@1"], measures["fact@3"], measures["fact@all"]) == (0.0, 1.0, 1.0)


def test_a_fact_in_the_fourth_citation_comes_too_late_for_the_first_three() -> None:
    others = [cite(WALMART, words) for words in ("Fees.", "Clinics.")]
    measures = judge(BOTH, answer("?", CENTERS, *others, MEDICAL))
    assert (measures["fact@3"], measures["fact@all"]) == (0.0, 1.0)


def test_a_fact_in_the_context_of_a_quote_counts() -> None:
    only = dataclasses.replace(BOTH, evidence=BOTH.evidence[:1], must_contain=("Clinics", "51"))
    quoted = cite(WALMART, "It runs 51 health centers.", context="Clinics.")
    assert judge(only, answer("?", quoted))["fact@1"] == 1.0


def test_pages_cited_are_compared_with_the_gold_pages() -> None:
    measures = judge(BOTH, answer("?", FEES, CENTERS, MEDICAL))
    assert measures["cited page@1"] == 0.0
    assert measures["cited page@3"] == 1.0
    assert measures["cited all@3"] == 1.0
    assert measures["on gold pages"] == pytest.approx(2 / 3)


def test_one_side_of_a_comparison_is_not_all_of_it() -> None:
    assert judge(BOTH, answer("?", CENTERS))["cited all@3"] == 0.0


def test_refusing_is_right_only_where_there_is_no_answer() -> None:
    assert judge(NONE, answer("?"))["unanswerable refused"] == 1.0
    assert judge(NONE, answer("?", CENTERS))["unanswerable refused"] == 0.0
    assert judge(BOTH, answer("?"))["answerable refused"] == 1.0
    assert judge(BOTH, answer("?", CENTERS))["answerable refused"] == 0.0


def test_of_the_refusals_those_of_unanswerable_questions_are_right() -> None:
    assert judge(NONE, answer("?"))["refusals right"] == 1.0
    assert judge(BOTH, answer("?"))["refusals right"] == 0.0
    assert "refusals right" not in judge(BOTH, answer("?", CENTERS))


def test_an_answer_in_part_is_no_refusal() -> None:
    assert judge(NONE, answer("?", CENTERS, status="partial"))["unanswerable refused"] == 0.0


def test_a_refused_question_holds_no_fact_and_cites_no_page() -> None:
    measures = judge(BOTH, answer("?"))
    assert measures["fact@all"] == measures["cited page@3"] == measures["citations"] == 0.0
    assert "exact quotes" not in measures and "on gold pages" not in measures


def test_a_question_without_facts_to_hold_has_no_measure_of_them() -> None:
    bare = dataclasses.replace(BOTH, must_contain=())
    assert not [name for name in judge(bare, answer("?", CENTERS)) if name.startswith("fact")]


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "51 health centres"},
        {"start": CENTERS.start + 1},
        {"end": CENTERS.end + 1},
        {"page": 2},
        {"page": 9},
        {"document": AMAZON},
    ],
)
def test_a_quote_that_does_not_stand_where_it_says_is_not_exact(change: dict[str, object]) -> None:
    assert is_exact(CENTERS)
    assert not is_exact(dataclasses.replace(CENTERS, **change))  # type: ignore[arg-type]


def test_context_must_stand_where_it_says_too() -> None:
    quoted = cite(WALMART, "It runs 51 health centers.", context="Clinics.")
    (span,) = quoted.context
    wrong = dataclasses.replace(quoted, context=(dataclasses.replace(span, text="Clinic."),))
    assert is_exact(quoted)
    assert not is_exact(wrong)


def test_the_share_of_exact_quotes_is_that_of_the_citations() -> None:
    wrong = dataclasses.replace(FEES, quote="Members pay $99 a year.")
    assert judge(BOTH, answer("?", CENTERS, wrong))["exact quotes"] == 0.5
