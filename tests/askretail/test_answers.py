"""What an answer promises, whatever the question."""

import json

import pytest

from askretail.assistant import Assistant
from askretail.nouns import Answer, Hit, Reading, Turn

QUESTIONS = (
    "How does Walmart bring care closer to shoppers with clinics?",
    "How much did Costco earn in membership fees in 2022?",
    "Compare Walmart and Amazon on groceries",
    "How did Costco's membership fees change from 2021 to 2022?",
    "Who delivers prescriptions to the door?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_and_its_context_stand_word_for_word_on_their_page(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.citations
    for citation in answer.citations:
        text = citation.document.text
        assert text[citation.start : citation.end] == citation.quote
        page = citation.document.pages[citation.page - 1]
        assert page.number == citation.page
        assert page.start <= citation.start < citation.end <= page.end
        for span in citation.context:
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_answer(assistant: Assistant, question: str) -> None:
    first, second = (assistant.ask(question).to_dict() for _ in range(2))
    first.pop("timings"), second.pop("timings")
    assert json.dumps(first) == json.dumps(second)


def test_a_number_comes_as_its_row_with_title_and_column_heads(assistant: Assistant) -> None:
    answer = assistant.ask("How much did Costco earn in membership fees in 2022?")
    best = answer.citations[0]
    assert best.quote == "Membership fees | $4,224 | $3,877"
    assert [span.text for span in best.context if span.role == "header"] == ["2022 | 2021"]


def test_a_comparison_gives_each_company_its_own_group(assistant: Assistant) -> None:
    answer = assistant.ask("Compare Walmart and Amazon on groceries")
    assert [point.group for point in answer.points] == ["Walmart", "Amazon"]
    for point in answer.points:
        assert all(point.group in citation.quote for citation in point.citations)


def test_a_company_without_documents_is_named_as_missing(assistant: Assistant) -> None:
    answer = assistant.ask("How many stores does Aldi run?")
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert "no Aldi document in this library" in answer.lead


def test_one_side_missing_makes_a_comparison_partial(assistant: Assistant) -> None:
    answer = assistant.ask("Compare Costco and Aldi on membership fees")
    assert answer.status == "partial"
    assert [(p.group, bool(p.citations)) for p in answer.points] == [
        ("Costco", True),
        ("Aldi", False),
    ]


def test_what_the_documents_do_not_say_is_not_found_with_the_nearest_miss(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Which zoo animals eat purple bicycles?")
    assert answer.status == "not_found"
    assert answer.lead.startswith("The documents do not say")


def test_a_follow_up_is_answered_for_the_new_company(assistant: Assistant) -> None:
    first = assistant.ask("What is Walmart's pharmacy strategy?")
    answer = assistant.ask("And Amazon's?", [Turn(first.question, first)])
    assert answer.standalone == "What is Amazon's pharmacy strategy?"
    assert {c.document.source for c in answer.citations} <= {"amazon-care.md", "rivals.txt"}


def test_a_bare_question_serves_as_history(assistant: Assistant) -> None:
    answer = assistant.ask("And Amazon's?", ["What is Walmart's pharmacy strategy?"])
    assert answer.standalone == "What is Amazon's pharmacy strategy?"


def test_the_stages_are_the_reading_the_hits_and_the_answer(assistant: Assistant) -> None:
    reading, hits, answer = assistant.stages("What does Costco charge members?")
    assert isinstance(reading, Reading)
    assert reading.companies == ("Costco",)
    assert isinstance(hits, tuple)
    assert all(isinstance(hit, Hit) for hit in hits)
    assert isinstance(answer, Answer)
    assert [name for name, _ in answer.timings] == ["read", "retrieve", "answer"]


def test_hits_come_best_first_and_are_slices_of_their_documents(assistant: Assistant) -> None:
    hits = assistant.search("prescriptions delivered to the door", k=5)
    assert hits[0].document.source == "amazon-care.md"
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert all(h.document.text[h.start : h.end] == h.text for h in hits)


@pytest.mark.parametrize(
    "question", ["", "   ", "\x00", "x" * 3000], ids=["none", "blank", "null", "long"]
)
def test_a_text_that_is_no_question_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(ValueError, match="the question"):
        assistant.ask(question)


@pytest.mark.parametrize(
    "question", ['"', "AND OR NOT", "body:x*", "(((", "\ud800 costco fees", "💳 costco fees?"]
)
def test_odd_characters_in_a_question_do_no_harm(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status in ("answered", "partial", "not_found")


def test_the_answer_prints_each_quote_with_its_file_and_page(assistant: Assistant) -> None:
    answer = assistant.ask("What does Costco charge members?")
    printed = str(answer)
    for citation in answer.citations:
        assert f"“{citation.quote}”" in printed
        assert f"({citation.document.source}), page {citation.page}" in printed


def test_json_numbers_the_citations_in_order_of_appearance(assistant: Assistant) -> None:
    answer = assistant.ask("Compare Walmart and Amazon on groceries")
    value = json.loads(json.dumps(answer.to_dict()))
    quotes = [citation["quote"] for citation in value["citations"]]
    assert quotes == [citation.quote for citation in answer.citations]
    assert [c["number"] for c in value["citations"]] == list(range(1, len(quotes) + 1))
    for point, made in zip(value["points"], answer.points, strict=True):
        assert [quotes[n - 1] for n in point["citations"]] == [c.quote for c in made.citations]


def test_suggested_questions_name_companies_of_the_library(assistant: Assistant) -> None:
    for question in assistant.suggestions(3):
        assert any(name in question for name in ("Walmart", "Amazon", "Costco"))
