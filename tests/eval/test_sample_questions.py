"""The gold questions that ship: each quote stands in the sample, most share no word with it."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import build_sample
from askretail_ingest.read import read_draft
from sample_builder.source import read_sources

DATA = Path(build_sample.__file__).parents[1] / "eval" / "askretail_eval" / "data"
TYPES = {
    "fact",
    "number",
    "list",
    "comparison",
    "change",
    "why",
    "overview",
    "yes_no",
    "followup",
    "unanswerable",
}
# Words that carry no topic: a question and a quote may share them.
EMPTY = """a an the and or but nor of in on at to for from by with without about as into over
after before between during through than then so that this these those it its itself they them
their he she we our us you your who whom whose which what when where why how much many more most
less few some any all each every other another own same such only also even still yet just no not
t s is are was were be been being am do does did done has have had having can could will would
shall should may might must there here if because while against out up down off near upon per ever
now once very too both either neither one two get go make let"""


def rows() -> list[dict[str, Any]]:
    files = sorted(DATA.glob("sample*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def fold(text: str) -> str:
    return re.sub(r"[^a-z0-9$%]", "", text.lower())


@pytest.fixture(scope="module")
def pages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source in read_sources(build_sample.SOURCES):
        if source.format == "pdf":
            document = pypdfium2.PdfDocument(build_sample.TARGET / source.file)
            texts = [page.get_textpage().get_text_bounded() for page in document]
        elif source.format in ("pptx", "xlsx"):
            draft = read_draft(build_sample.TARGET / source.file)
            texts = [draft.text[page.start : page.end] for page in draft.pages]
        else:
            texts = [source.body]
        found[source.file] = [fold(text) for text in texts]
    return found


@pytest.fixture(scope="module")
def names() -> str:
    sources = read_sources(build_sample.SOURCES)
    return " ".join(" ".join(source.companies) for source in sources)


def stems(text: str) -> set[str]:
    with sqlite3.connect(":memory:") as memory:
        memory.execute("create virtual table t using fts5(x, tokenize = 'porter unicode61')")
        memory.execute("create virtual table v using fts5vocab(t, row)")
        memory.execute("insert into t values (?)", (text,))
        found = {term for (term,) in memory.execute("select term from v")}
    memory.close()
    return found


def test_every_quote_stands_on_its_page(pages: dict[str, list[str]]) -> None:
    quotes = [gold for row in rows() for group in row["evidence"] for gold in group]
    assert len(quotes) > 50
    for gold in quotes:
        assert fold(gold["quote"]) in pages[gold["doc"]][gold["page"] - 1], gold


def test_what_an_answer_must_contain_stands_in_its_quotes() -> None:
    for row in rows():
        quotes = " ".join(gold["quote"] for group in row["evidence"] for gold in group).lower()
        for entry in row["must_contain"]:
            assert any(option.lower() in quotes for option in entry.split("|")), row["id"]


def test_identifiers_are_unique_and_types_are_known() -> None:
    identifiers = [row["id"] for row in rows()]
    assert len(identifiers) == len(set(identifiers))
    assert {row["type"] for row in rows()} == TYPES


def test_only_unanswerable_questions_lack_evidence_and_only_follow_ups_have_a_history() -> None:
    for row in rows():
        assert bool(row["evidence"]) == (row["type"] != "unanswerable"), row["id"]
        assert ("history" in row) == (row["type"] == "followup"), row["id"]
        assert ("standalone" in row) == (row["type"] == "followup"), row["id"]


def test_most_questions_share_no_content_word_with_their_quote(names: str) -> None:
    empty = stems(EMPTY) | stems(names)
    asked = [row for row in rows() if row["evidence"]]
    hard = 0
    for row in asked:
        question = stems(row.get("standalone", row["question"])) - empty
        quote = stems(" ".join(group[0]["quote"] for group in row["evidence"])) - empty
        hard += not {word for word in question & quote if not word[0].isdigit()}
    assert hard / len(asked) >= 0.6
