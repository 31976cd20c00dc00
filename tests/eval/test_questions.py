import doctest
import json
from pathlib import Path

import pytest

from askretail_eval import chunk, named_sets
from askretail_eval.named_sets import load_named
from askretail_eval.questions import Gold, Question, load_file, load_shipped, rows
from askretail_ingest.errors import BadSetting

GOOD = {
    "id": "q1",
    "type": "followup",
    "question": "and Amazon's?",
    "history": ["What is Walmart's plan?"],
    "standalone": "What is Amazon's plan?",
    "evidence": [[{"doc": "plan.pdf", "page": 2, "quote": "the plan"}, {"doc": "B", "page": 1}]],
    "must_contain": ["plan|scheme"],
    "answer": "A plan.",
    "note": "ignored",
}


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(chunk).failed == 0


def test_a_line_becomes_a_question_with_documents_by_stem(tmp_path: Path) -> None:
    assert load_file(written(tmp_path / "own.jsonl", GOOD)) == (
        Question(
            id="q1",
            type="followup",
            question="and Amazon's?",
            history=("What is Walmart's plan?",),
            standalone="What is Amazon's plan?",
            evidence=((Gold("plan", 2, "the plan"), Gold("B", 1)),),
            must_contain=("plan|scheme",),
            answer="A plan.",
        ),
    )


def test_a_question_in_full_is_its_stand_alone_form_where_it_has_one() -> None:
    assert Question("1", "fact", "and?", standalone="And what?").full == "And what?"
    assert Question("1", "fact", "And what?").full == "And what?"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"question": ""}, "'question'"),
        ({"id": 7}, "'id'"),
        ({"history": "What?"}, "'history'"),
        ({"must_contain": [1]}, "'must_contain'"),
        ({"evidence": [{"doc": "A", "page": 1}]}, "'evidence'"),
        ({"evidence": [[]]}, "'evidence'"),
        ({"evidence": [[{"doc": "A", "page": 0}]]}, "'page'"),
        ({"evidence": [[{"doc": "A", "page": True}]]}, "'page'"),
        ({"evidence": [[{"page": 1}]]}, "'doc'"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_field(
    tmp_path: Path, change: dict[str, object], named: str
) -> None:
    path = written(tmp_path / "own.jsonl", GOOD, {**GOOD, "id": "q2", **change})
    with pytest.raises(BadSetting, match=rf"own\.jsonl line 2: {named}"):
        load_file(path)


def test_what_is_no_json_is_named_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n{oops\n", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"own\.jsonl line 3: not JSON"):
        load_file(path)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"own\.jsonl line 1: not a JSON object"):
        load_file(path)


def test_two_questions_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="the id 'q1'"):
        load_file(written(tmp_path / "own.jsonl", GOOD, GOOD))


def test_a_file_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="cannot be read"):
        load_file(tmp_path / "none.jsonl")
    with pytest.raises(BadSetting, match="holds no question"):
        load_file(written(tmp_path / "empty.jsonl"))


def test_financebench_needs_every_page_for_full_recall(tmp_path: Path) -> None:
    row = {
        "id": "f1",
        "question": "How much?",
        "question_type": "metrics-generated",
        "evidence": [
            {"doc": "A_2022_10K", "page": 5, "text": "…"},
            {"doc": "A_2022_10K", "page": 6},
        ],
    }
    written(tmp_path / "financebench-dev.jsonl", row)
    (question,) = load_named("financebench", tmp_path)
    assert question.evidence == ((Gold("A_2022_10K", 5),), (Gold("A_2022_10K", 6),))
    assert question.type == "metrics-generated"


def test_tenk_names_the_company_and_quotes_only_verbatim_pages(tmp_path: Path) -> None:
    row = {
        "id": "t1",
        "company": "Nike",
        "question": "How does the company lease?",
        "context": "It leases stores.",
        "evidence": [
            [
                {"doc": "N1", "page": 5, "verbatim": True},
                {"doc": "N2", "page": 6, "verbatim": False},
            ]
        ],
    }
    (tmp_path / "questions").mkdir()
    written(tmp_path / "questions" / "tenk-linked-dev.jsonl", row)
    (question,) = load_named("tenk", tmp_path)
    assert question.question == "Nike: How does the company lease?"
    assert question.evidence == ((Gold("N1", 5, "It leases stores."), Gold("N2", 6)),)


def test_an_unknown_set_or_a_folder_without_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="known are: retail-strategy"):
        load_named("retail", tmp_path)
    with pytest.raises(BadSetting, match=r"holds no financebench-dev\.jsonl"):
        load_named("financebench", tmp_path)


def test_the_shipped_questions_have_every_kind_of_question() -> None:
    questions = load_shipped()
    assert any(question.history and question.standalone for question in questions)
    assert any(not question.answerable for question in questions)
    assert any(len(question.evidence) > 1 for question in questions)


@pytest.mark.data
def test_the_named_sets_hold_as_many_questions_as_they_say(data_dir: Path) -> None:
    sizes = {
        name: (len(questions), sum(q.answerable for q in questions))
        for name in named_sets.NAMED
        if "feedback" not in name  # a library's own
        for questions in [load_named(name, data_dir)]
    }
    assert sizes == {
        "retail-strategy": (60, 52),
        "retail-strategy-train": (150, 138),
        "financebench": (32, 32),
        "tenk": (76, 76),
    }


def test_a_line_separator_inside_a_string_does_not_end_the_line() -> None:
    line = '{"id": "a", "type": "fact", "question": "One\u2028two?"}'
    (row,) = rows(f"{line}\n", "x")
    assert row.text("question") == "One\u2028two?"
