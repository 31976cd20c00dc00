from pathlib import Path

import pytest

from askretail.catalogue import Catalogue, make_catalogue
from askretail.reading import read_question

LINES = (Path(__file__).parent / "readings.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" | ") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_question_is_read_as_the_table_says(row: list[str], filings: Catalogue) -> None:
    question, *expected = row
    reading = read_question(question, question, filings)
    fields = (
        reading.companies,
        reading.unknown,
        tuple(map(str, reading.periods)),
        reading.doc_types,
        reading.metrics,
        reading.statements,
    )
    assert [", ".join(field) or "-" for field in fields] + [reading.intent] == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(ROWS) >= 150
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_a_year_nobody_reports_on_is_told(filings: Catalogue) -> None:
    question = "What revenue did Nike report for fiscal 2024?"
    reading = read_question(question, question, filings)
    assert reading.relaxed == ("no Nike document for FY2024, the newest is FY2023",)


def test_a_company_without_documents_is_told(filings: Catalogue) -> None:
    reading = read_question("aldi stores", "aldi stores", filings)
    assert reading.relaxed == ("no Aldi document in this library",)


def test_a_year_that_a_newer_report_also_shows_is_not_missing(filings: Catalogue) -> None:
    question = "Costco revenue fiscal 2020"
    assert read_question(question, question, filings).relaxed == ()


def test_a_comparison_without_two_sides_is_read_as_the_next_best_thing(
    filings: Catalogue,
) -> None:
    question = "why did Coca-Cola shed more than a third of its staff"
    assert read_question(question, question, filings).intent == "why"


def test_a_relative_year_says_nothing_in_an_empty_library() -> None:
    question = "capex last year"
    assert read_question(question, question, make_catalogue(())).periods == ()


def test_the_reading_keeps_what_was_typed_beside_what_was_meant(filings: Catalogue) -> None:
    reading = read_question("and nike?", "What was Nike's revenue in FY2023?", filings)
    assert reading.question == "and nike?"
    assert reading.chips == ("Nike", "FY2023", "revenue")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("what were best buy's actual comps in q3 fy24?", True),
        ("best buy comps in q2 fy24", False),
        ("best buy comps in q3 fy22", False),
    ],
)
def test_a_quarter_after_the_newest_report_is_noted_as_missing(
    filings: Catalogue, question: str, missing: bool
) -> None:
    notes = read_question(question, question, filings).relaxed
    assert any("for Q3 FY2024, the newest is Q2 FY2024" in note for note in notes) == missing
