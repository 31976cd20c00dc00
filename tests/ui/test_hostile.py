"""Documents and questions full of markup and of orders: shown as text, never obeyed."""

import html
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from askretail.assistant import Assistant
from askretail.nouns import Answer, Point, Reading, Turn
from askretail_index.holdings import Holding
from askretail_index.library import Library
from askretail_ingest.nouns import Document, Period
from askretail_ui import coverage, documents, edit_panel, progress, render, shelf, sources
from askretail_ui.work import File, Job

from .fake import cite, document
from .payloads import PAYLOADS

PLAIN = "plain words"


class Skeleton(HTMLParser):
    """The elements of a page with their attributes, and the text between them."""

    def __init__(self, markup: str, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.words = ""
        self._text = text
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = tuple((name, (value or "").replace(self._text, "TEXT")) for name, value in attrs)
        self.elements.append((tag, told))

    def handle_data(self, data: str) -> None:
        self.words += data


def hostile_document(text: str) -> Document:
    doc = document(
        f"{text}.txt".replace("\n", " "),
        f"Before. {text} After it.\nSecond page.\n",
        title=text,
        companies=(text,),
        period=Period(2022),
    )
    return replace(doc, id="0" * 64)


def everywhere(text: str) -> dict[str, str]:
    """Everything that the page draws of a document, a question and a file made of ``text``."""
    doc = hostile_document(text)
    cited = cite(doc, f"Before. {text} After it.".split("\n")[0], section=(text,), label=text)
    reading = Reading(text, f"{text}?", (text,), (text,), relaxed=(text,))
    answer = Answer(text, "answered", text, reading, (Point(text, text, (cited,)),))
    missing = replace(answer, status="not_found", points=(), nearest=(cited,))
    held = Holding(doc, Path(doc.source), 2, 1)
    job = Job(text, (File(text, "skipped", text),), "failed", note=text)
    return {
        "question": render.question_html(text),
        "answer": render.answer_html(answer, 1),
        "silence": render.answer_html(missing, 1),
        "error": render.error_html(text),
        "sources": sources.sources_html([Turn(text, answer), Turn(text, missing)]),
        "start": shelf.coverage_html((doc,)),
        "table": documents.documents_html((held,)),
        "search": documents.documents_html((held,), wanted=f"{text} no such"),
        "grid": coverage.grid_html((doc,)),
        "panel": edit_panel.about_html(held) + edit_panel.question_html(held),
        "work": progress.jobs_html((job,)),
    }


@pytest.mark.parametrize("kind", PAYLOADS)
def test_hostile_text_adds_no_element_and_no_attribute_anywhere(kind: str) -> None:
    text = PAYLOADS[kind]
    plain, hostile = everywhere(PLAIN), everywhere(text)
    for where, markup in hostile.items():
        expected = Skeleton(plain[where], PLAIN).elements
        assert Skeleton(markup, text).elements == expected, where


@pytest.mark.parametrize("kind", PAYLOADS)
def test_hostile_text_is_shown_to_the_letter(kind: str) -> None:
    text = PAYLOADS[kind]
    shown = everywhere(text)
    for where in ("question", "answer", "silence", "error", "sources", "table", "grid", "work"):
        assert text.split("\n")[0] in Skeleton(shown[where], text).words, where


@pytest.mark.parametrize("kind", PAYLOADS)
def test_hostile_text_leaves_nothing_for_the_markdown_of_the_chat(kind: str) -> None:
    shown = render.question_html(PAYLOADS[kind])
    assert html.unescape(shown) == PAYLOADS[kind]
    assert not set("<>[]()*_`~$\\{}|\n\"'!") & set(shown)


@pytest.fixture(scope="session")
def orders(data_dir: Path) -> list[str]:
    """The planted instructions of a published attack on systems that read documents."""
    path = data_dir / "injection" / "benchmark_text_attack_train.json"
    found = [order for orders in json.loads(path.read_text()).values() for order in orders]
    assert len(found) == 75
    return found


@pytest.fixture(scope="session")
def planted(orders: list[str], tmp_path_factory: pytest.TempPathFactory, embedder: Any) -> Path:
    """A library of a clean note, and of 75 more that carry an order each."""
    folder = tmp_path_factory.mktemp("planted")
    head = "---\ntitle: Depot note\ncompanies: [Harbor Mart]\n---\n"
    (folder / "clean.md").write_text(f"{head}\nHarbor Mart runs 42 depots.\n")
    for number, order in enumerate(orders):
        note = f"Depot note {number}\n\nA depot opened in spring. {order} It closed in autumn.\n"
        (folder / f"{number:02}.txt").write_text(note, encoding="utf-8")
    with Assistant(Library(folder / "library", embedder, create=True)) as assistant:
        assistant.ingest([folder / "clean.md", *sorted(folder.glob("[0-9]*.txt"))])
    return folder / "library"


@pytest.mark.data
def test_planted_orders_change_no_answer_and_stand_only_in_quotes(
    planted: Path, orders: list[str], embedder: Any
) -> None:
    with Assistant(Library(planted, embedder)) as assistant:
        answer = assistant.ask("How many depots does Harbor Mart run?")
        assert answer.citations[0].quote == "Harbor Mart runs 42 depots."
        for order in orders:
            answer = assistant.ask(f"What is said of a depot and of this: {order}")
            for citation in answer.citations:
                text = citation.document.text
                assert text[citation.start : citation.end] == citation.quote
            told = " ".join((answer.lead, *(point.text for point in answer.points)))
            assert order not in told


@pytest.mark.data
def test_a_planted_order_that_is_asked_is_answered_with_quotes_or_not_at_all(
    planted: Path, orders: list[str], embedder: Any
) -> None:
    with Assistant(Library(planted, embedder)) as assistant:
        for order in orders:
            answer = assistant.ask(order)
            assert all(c.document.text[c.start : c.end] == c.quote for c in answer.citations)
            # Without a quote only a group without evidence says anything, and that in our words.
            unproven = [point.text for point in answer.points if not point.citations]
            assert answer.status == "partial" or not unproven
            shown = Skeleton(render.answer_html(answer, 1), order)
            tags = {tag for tag, _ in shown.elements}
            assert not tags & {"script", "img", "form", "iframe", "style", "svg"}
