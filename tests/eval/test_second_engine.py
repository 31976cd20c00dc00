"""Quotes looked for by the engine that did not give us their text."""

from dataclasses import replace
from pathlib import Path

import pytest

from askretail.nouns import Citation
from askretail.sample import sample_documents
from askretail_eval import second_engine
from askretail_eval.fidelity_pdf import page_by
from askretail_eval.second_engine import Looked, look, other_page, shortfalls, table_of
from askretail_ingest.nouns import Document
from askretail_ingest.read import read

BRIEF = sample_documents() / "walmart-healthcare-brief.pdf"
NOTE = sample_documents() / "kroger-new-chief.txt"
SENTENCE = "It asks for far less concrete, and far fewer doctors on the payroll"


class Shelf:
    """Knows where the originals are."""

    def original(self, document: Document) -> Path:
        return BRIEF.with_name(document.source)


def cited(path: Path, quote: str) -> Citation:
    document = read(path).document
    start = document.text.index(quote)
    page = document.page_at(start).number
    return Citation(document, page, "", (), quote, start, start + len(quote))


def looked(citation: Citation) -> Looked:
    return look(Shelf(), "q-1", citation)  # type: ignore[arg-type]


def test_a_quote_of_a_pdf_is_found_by_the_other_engine() -> None:
    found = looked(cited(BRIEF, SENTENCE))
    assert (found.exact, found.run, found.words) == (True, True, 1.0)


def test_a_quote_on_another_page_or_of_other_words_is_not_found() -> None:
    right = cited(BRIEF, SENTENCE)
    moved = looked(replace(right, page=right.page + 1))
    assert (moved.exact, moved.run) == (False, False)
    other = looked(replace(right, quote=SENTENCE.replace("doctors", "nurses")))
    assert (other.exact, other.run) == (False, False)
    assert other.words == pytest.approx(12 / 13)
    assert shortfalls([("sample", other)]).splitlines() == [
        f"sample q-1: {BRIEF.name} p. 1: {why}: {other.quote}"
        for why in ("not equal to its slice", "92% of its words")
    ]


def test_only_pdfs_have_another_engine() -> None:
    text = NOTE.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.endswith("."))
    found = looked(cited(NOTE, line))
    assert (found.exact, found.run, found.words) == (True, None, None)


def test_where_pdfium_finds_no_words_pypdf_gave_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def blank(engine: str, path: Path, number: int) -> str:
        asked.append(engine)
        return "" if engine == "pdfium" else "words"

    monkeypatch.setattr(second_engine, "page_by", blank)
    assert other_page(BRIEF, 97) == ""
    assert asked == ["pdfium"]
    assert "concrete" in page_by("pypdf", BRIEF, 1)
    assert "concrete" in page_by("pdfium", BRIEF, 1)


def test_a_row_a_set_and_one_for_all() -> None:
    whole = Looked("q", "a.pdf p. 1", "one two", True, True, 1.0)
    parted = replace(whole, words=0.5)
    text = replace(whole, run=None, words=None)
    table = table_of([("a", whole), ("a", parted), ("b", text)])
    assert [(row[0], row[1], row[3]) for row in table.rows] == [
        ("a", "2", "2"),
        ("b", "1", "0"),
        ("all", "3", "2"),
    ]
    assert [cell.split(" ")[0] for cell in table.rows[0][4:]] == ["100.0%", "50.0%"]
    assert table.rows[1][4:] == ("", "")
