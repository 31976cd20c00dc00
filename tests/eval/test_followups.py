import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from askretail import Turn
from askretail.catalogue import make_catalogue
from askretail_eval import followups
from askretail_eval.followups import main, measure, measure_readings
from askretail_eval.interval import Figure
from askretail_eval.questions import Question
from askretail_eval.rewrites import (
    SETS,
    Rewritten,
    content,
    fold,
    load_turns,
    paired,
    select,
)
from askretail_ingest.errors import BadSetting

from .made import Fake, document

ASKED = (Turn("Who runs the mill?"),)
TURNS = (
    Rewritten("a", "Who runs the mill?", (), "Who runs the mill?"),
    Rewritten("b", "Where is Ghent?", ASKED, "where is ghent"),
    Rewritten("c", "How old is it?", ASKED, "How old is the mill?"),
    Rewritten("d", "Does she own it?", ASKED, "Does the miller own the mill?"),
)


def means(*figures: Figure | None) -> list[tuple[int, float]]:
    return [(figure.n, figure.mean) for figure in figures if figure is not None]


def test_words_put_in_count_against_those_that_a_person_added() -> None:
    def ours(question: str, history: Sequence[Turn]) -> str:
        return question.replace("it", "the old mills")

    found = measure("made", TURNS, ours)
    assert means(found.unchanged, found.found) == [(1, 1.0), (2, 1.0)]
    assert means(found.recall) == [(2, 0.75)]  # mill; mill of miller and mill
    assert means(found.precision) == [(2, 0.75)]  # old stood in the first; old mill in the second


def test_a_question_left_alone_has_no_precision() -> None:
    found = measure("made", TURNS, lambda question, history: question)
    assert means(found.found, found.recall) == [(2, 0.0), (2, 0.0)]
    assert found.precision is None


def test_a_changed_stand_alone_question_counts_as_changed() -> None:
    found = measure("made", TURNS, lambda question, history: f"{question} at the mill")
    assert means(found.unchanged) == [(1, 0.0)]


def test_case_and_punctuation_do_not_count() -> None:
    assert fold("What  about Nike's U.S. sales?") == "what about nikes us sales"
    assert content("What are the symptoms of it?") == {"symptom"}


def test_follow_ups_are_read_against_their_full_form() -> None:
    questions = [
        Question("a", "followup", "And 2021?", ("Costco's revenue in 2022?",), "Costco in 2021"),
        Question("b", "followup", "And Nike?", ("Costco's revenue in 2022?",), "Nike's revenue"),
        Question("c", "fact", "Costco's revenue?"),
    ]
    found = measure_readings("made", questions, make_catalogue(()))
    assert means(found.companies, found.periods, found.kept) == [(2, 1.0), (2, 0.5), (2, 1.0)]


def test_even_lines_are_for_tuning_and_odd_lines_for_reporting() -> None:
    assert [turn.id for turn in select(TURNS, "tune")] == ["a", "c"]
    assert [turn.id for turn in select(TURNS, "report")] == ["b", "d"]
    assert select(TURNS, "all") == TURNS


def test_alternating_texts_are_questions_with_the_text_of_their_answers() -> None:
    first, second = paired(["Who?", "A miller.", "Where?", "In Ghent."], "Mills")
    assert (first.question, second.question) == ("Who?", "Where?")
    assert second.answer is not None
    assert [citation.quote for citation in second.answer.citations] == ["In Ghent."]
    assert second.answer.citations[0].document.title == "Mills"


def write(path: Path, *lines: object) -> None:
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def test_a_turn_without_metadata_names_its_line(tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", {"_id": "1", "text": "Who?"})
    with pytest.raises(BadSetting, match=r"x\.jsonl line 1: 'metadata' must be an object"):
        load_turns(tmp_path / "x.jsonl", answers=False)


def test_the_command_writes_its_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, answers in SETS.items():
        said = ["Who runs the mill?", *(["A miller."] if answers else [])]
        about = {"history": said, "rewrite": "How old is the mill?"}
        turn = {"_id": "1", "text": "How old is it?", "metadata": about}
        write(tmp_path / f"{name}.jsonl", turn, turn)
    full = {"id": "a", "type": "followup", "question": "And 2021?", "evidence": []}
    full |= {"history": ["Costco's revenue in 2022?"], "standalone": "Costco's revenue in 2021?"}
    write(tmp_path / "own.jsonl", full)
    monkeypatch.setattr(followups, "open_library", lambda library: Fake((document("a.txt", "x"),)))
    results = tmp_path / "results.md"
    questions = ["--questions", str(tmp_path / "own.jsonl"), "--results", str(results)]
    assert main([str(tmp_path), *questions]) == 0
    text = results.read_text("utf-8")
    assert "## follow-ups" in text
    assert "| follow-ups with an added content word | 1.00 [1.00, 1.00] (n = 1) | 1.00" in text
    assert "| periods of the full form | 1.00 [1.00, 1.00] (n = 1) |" in text
    assert "follow-ups with an added content word" in capsys.readouterr().out
