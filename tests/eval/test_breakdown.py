"""Questions are told apart by the companies and types of the documents that answer them."""

from dataclasses import replace

from askretail_eval.breakdown import breakdowns
from askretail_eval.questions import Gold, Question
from askretail_eval.record import Record
from askretail_ingest.nouns import Document

from .made import document

HEAD = ("n", "page all@1", "page all@5", "page all@10", "fact@3", "answerable refused")


def filed(source: str, doc_type: str, *companies: str) -> Document:
    made = document(source, "text")
    return replace(made, metadata=replace(made.metadata, companies=companies, doc_type=doc_type))


DOCUMENTS = (filed("fig.pdf", "10-K", "Fig"), filed("oak.txt", "news", "Oak"))


def asked(number: int, *docs: str) -> Question:
    return Question(f"q{number}", "fact", "?", evidence=tuple((Gold(doc, 1),) for doc in docs))


def record(number: int, found: float, system: str = "askretail") -> Record:
    return Record(f"q{number}", "fact", system, "?", {"page all@1": found, "page all@5": 1.0})


QUESTIONS = (
    *(asked(n, "fig") for n in range(4)),
    *(asked(n, "oak") for n in range(4, 7)),
    *(asked(n, "fig", "oak") for n in range(7, 10)),
)


def test_each_company_and_each_type_has_the_mean_of_its_own_questions() -> None:
    found = (1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    records = [record(n, value) for n, value in enumerate(found)]
    companies, types = breakdowns(QUESTIONS, [*records, record(0, 0.0, "dense")], DOCUMENTS)
    assert companies.head == ("company", *HEAD)
    assert companies.rows == (
        ("Fig", "4", ".75", "1.00", "", "", ""),
        ("Oak", "3", ".33", "1.00", "", "", ""),
        ("several", "3", ".00", "1.00", "", "", ""),
    )
    assert [row[:3] for row in types.rows] == [
        ("10-K", "4", ".75"),
        ("news", "3", ".33"),
        ("several", "3", ".00"),
    ]


def test_a_group_of_two_questions_and_a_single_group_are_left_out() -> None:
    records = [record(n, 1.0) for n in range(6)]
    assert breakdowns(QUESTIONS[:6], records, DOCUMENTS) == []


def test_questions_without_evidence_are_in_no_group() -> None:
    bare = [Question(f"q{n}", "unanswerable", "?") for n in range(5)]
    assert breakdowns(bare, [record(n, 1.0) for n in range(5)], DOCUMENTS) == []
