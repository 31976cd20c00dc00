"""The plain searches over the text of each PDF engine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from askretail.sample import sample_documents
from askretail_eval.chunk import cut
from askretail_eval.engine_retrieval import OURS, asked, chunks_of, measured, plain, table
from askretail_eval.fidelity_pdf import pdfium_pages, pypdf_pages
from askretail_eval.questions import Gold, Question
from askretail_index.embed import Embedder
from askretail_ingest.errors import BadSetting
from askretail_ingest.read import read

BRIEF = sample_documents() / "walmart-healthcare-brief.pdf"
NOTE = sample_documents() / "kroger-new-chief.txt"
DOCUMENTS = [read(path).document for path in (BRIEF, NOTE)]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.mark.parametrize(("engine", "pages"), [("pdfium", pdfium_pages), ("pypdf", pypdf_pages)])
def test_a_pdf_is_cut_as_the_engine_gives_it_and_other_files_as_we_read_them(
    engine: str, pages: Callable[[Path], list[str]]
) -> None:
    chunks = list(chunks_of(engine, DOCUMENTS, [BRIEF]))
    of_pdf = [chunk for chunk in chunks if chunk.doc == BRIEF.stem]
    given = " ".join(pages(BRIEF))
    assert " ".join(chunk.text for chunk in of_pdf).split() == given.split()
    assert {chunk.page for chunk in of_pdf} == set(range(1, len(DOCUMENTS[0].pages) + 1))
    assert [chunk for chunk in chunks if chunk.doc == NOTE.stem] == cut(DOCUMENTS[1:])


def test_our_text_is_cut_as_the_other_evaluations_cut_it() -> None:
    assert list(chunks_of(OURS, DOCUMENTS, [BRIEF])) == cut(DOCUMENTS)


def test_each_search_over_each_text_has_a_row(embedder: Embedder) -> None:
    page = DOCUMENTS[0].pages[1]
    words = DOCUMENTS[0].text[page.start : page.end][:200]
    gold = Gold(BRIEF.stem, page.number, "")
    questions = [Question(id="q", type="fact", question=words, evidence=((gold,),))]
    records = [
        record
        for engine in (OURS, "pypdf")
        for record in asked(
            engine, questions, plain(engine, list(chunks_of(engine, DOCUMENTS, [BRIEF])), embedder)
        )
    ]
    made = table("tenk", records)
    names = [f"{search}, {of}" for search in ("BM25", "dense", "fusion") for of in (OURS, "pypdf")]
    assert [row[:2] for row in made.rows] == [(name, "1") for name in names]
    assert {row[2] for row in made.rows} == {"1.00 [1.00, 1.00]"}


def test_a_folder_without_pdfs_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, embedder: Embedder
) -> None:
    monkeypatch.setattr("askretail_eval.engine_retrieval.load_named", lambda *_: ())
    with pytest.raises(BadSetting, match="holds no PDF"):
        measured(tmp_path, DOCUMENTS, tmp_path, embedder)
