import doctest
import json
from pathlib import Path

import pytest

from askretail.assistant import Assistant
from askretail_eval import command, pool
from askretail_eval.command import choose
from askretail_eval.pool import load_pool, write_texts
from askretail_eval.questions import Gold, Question
from askretail_eval.systems import open_pool
from askretail_index.embed import Embedder
from askretail_ingest.errors import BadSetting

QUERIES = [
    {"_id": "1", "text": "What is NAV?"},
    {"_id": "2", "text": "And?", "metadata": {"history": ["What is NAV?"], "rewrite": "And cap?"}},
    {"_id": "3", "text": "Who won?"},
]
TEXTS = [{"_id": "d<1>", "title": "NAV", "text": "Net asset value."}, {"_id": "d2", "text": "Cap."}]
QRELS = "query-id\tcorpus-id\tscore\n1\td<1>\t1\n1\td2\t0\n2\td<1>\t1\n2\td2\t2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tiny"
    made.mkdir()
    (made / "queries.jsonl").write_text("\n".join(map(json.dumps, QUERIES)), encoding="utf-8")
    (made / "corpus.jsonl").write_text("\n".join(map(json.dumps, TEXTS)), encoding="utf-8")
    (made / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return made


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(pool).failed == 0


def test_every_relevant_text_is_a_group_and_none_means_unanswerable(folder: Path) -> None:
    first, second, third = load_pool(folder)
    assert first.evidence == ((Gold("d%3C1%3E", 1),),)
    assert second == Question(
        id="2",
        type="followup",
        question="And?",
        history=("What is NAV?",),
        standalone="And cap?",
        evidence=((Gold("d%3C1%3E", 1),), (Gold("d2", 1),)),
    )
    assert (third.type, third.answerable) == ("unanswerable", False)


def test_of_texts_of_the_same_words_any_one_is_gold(folder: Path) -> None:
    twin = {"_id": "d9", "text": "Cap."}
    corpus = "\n".join(map(json.dumps, [*TEXTS, twin]))
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    assert load_pool(folder)[1].evidence[1] == (Gold("d2", 1), Gold("d9", 1))


def test_a_text_becomes_a_file_with_its_title_above(folder: Path, tmp_path: Path) -> None:
    files = write_texts(folder, tmp_path)
    assert [file.name for file in files] == ["d%3C1%3E.txt", "d2.txt"]
    assert [file.read_text("utf-8") for file in files] == ["NAV\n\nNet asset value.", "Cap."]


def test_a_bad_judgement_is_named_with_file_and_line(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("1\td2\t1\n1 d2 1\n", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"qrels\.tsv line 2: expected query"):
        load_pool(folder)


def test_the_set_is_named_after_its_folder(folder: Path) -> None:
    name, questions = choose("beir", folder)
    assert (name, len(questions)) == ("tiny", 3)


def test_the_library_of_a_pool_is_made_once_and_one_left_half_made_is_completed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    monkeypatch.setattr("askretail_eval.systems.remembering", lambda: embedder)
    half, whole = tmp_path / "half", tmp_path / "whole"
    with Assistant.open(half, create=True, embedder=embedder) as assistant:
        assistant.ingest(write_texts(folder, folder)[:1])
    for library, n in ((half, 1), (whole, 0), (whole, 2)):
        with Assistant.open(library, create=True, embedder=embedder) as assistant:
            assert len(assistant.documents) == n
        with open_pool(folder, library) as assistant:
            assert [one.text.strip() for one in assistant.documents] == [
                "NAV\nNet asset value.",
                "Cap.",
            ]


def test_a_pool_without_a_library_of_its_own_is_refused(folder: Path) -> None:
    with pytest.raises(BadSetting, match="--library DIR"):
        command.run("beir", folder)
