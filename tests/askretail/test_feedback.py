"""What readers thought of answers: kept beside the library, and asked again by the evaluation."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from askretail.feedback import FILE, MAX_REASON, Feedback
from askretail.nouns import Answer, Asked, Change, Filters, Reading, Turn
from askretail_eval.named_sets import load_named
from askretail_eval.questions import Gold
from askretail_ingest.errors import BadSetting

from .test_verify import REPORT, STORES, document, quote, turn

OAK = document(REPORT)


@pytest.fixture
def noted(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "library" / FILE)


def lines(noted: Feedback) -> list[dict[str, object]]:
    return [json.loads(line) for line in noted.file.read_text("utf-8").splitlines()]


def test_a_judgement_is_a_line_with_its_question_and_what_was_quoted(noted: Feedback) -> None:
    first, second = (turn(quote(OAK, STORES), question=q) for q in ("sales?", "and stores?"))
    noted.keep([first], second, good=False, reason=" Wrong\nyear ")
    (line,) = lines(noted)
    assert (line["good"], line["reason"]) == (False, "Wrong year")
    assert (line["question"], line["history"], line["type"]) == (
        "and stores?",
        ["sales?"],
        "followup",
    )
    assert line["evidence"] == [[{"doc": OAK.source, "page": 1, "quote": STORES}]]


def test_the_evaluation_asks_again_what_was_judged_good_in_the_end(noted: Feedback) -> None:
    good, bad, mended, limited = (
        turn(quote(OAK, STORES), question=q) for q in ("good", "bad", "mended", "limited")
    )
    assert limited.answer is not None
    only = replace(limited.answer.reading, filters=Filters(("Oakmart",)))
    limited = Turn("limited", replace(limited.answer, reading=only))
    for one, judged in ((good, True), (bad, True), (bad, False), (mended, False), (mended, True)):
        noted.keep([], one, good=judged)
    noted.keep([], limited, good=True)
    questions = load_named("feedback", noted.file.parent)
    assert [q.question for q in questions] == ["good", "mended"]
    assert questions[0].evidence == ((Gold(Path(OAK.source).stem, 1, STORES),),)


def test_a_question_whose_chips_were_put_right_is_kept_in_full(noted: Feedback) -> None:
    reading = Reading("and 2021?", "Oakmart's sales in FY2021?", periods=(Asked(2021),))
    reading = replace(reading, changes=(Change("FY2022", "FY2021"),))
    answered = turn(quote(OAK, STORES), question="and 2021?").answer
    assert isinstance(answered, Answer)
    earlier = turn(quote(OAK, STORES), question="sales?")
    noted.keep([earlier], Turn("and 2021?", replace(answered, reading=reading)), good=True)
    (line,) = lines(noted)
    assert (line["question"], line["history"]) == ("Oakmart's sales in FY2021?", [])


def test_a_reason_is_cut_and_a_question_without_an_answer_refused(noted: Feedback) -> None:
    noted.keep([], turn(quote(OAK, STORES), question="x"), good=False, reason="y" * 2 * MAX_REASON)
    assert lines(noted)[0]["reason"] == "y" * MAX_REASON
    with pytest.raises(BadSetting, match="only an answer can be judged"):
        noted.keep([], Turn("x"), good=True)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    noted = Feedback(tmp_path / "taken" / FILE)
    with pytest.raises(BadSetting, match=r"feedback\.jsonl: cannot be written"):
        noted.keep([], turn(quote(OAK, STORES), question="x"), good=True)
