"""The panel that changes what a document is said to be about."""

import html
from dataclasses import replace
from pathlib import Path

import pytest

from askretail_index.holdings import Holding
from askretail_ingest.edit import Edit
from askretail_ui import edit_panel
from askretail_ui.edit_panel import about_html, edit_of, fault_html, question_html

from .fake import OAKMART, FakeEngine, document
from .test_render import HOSTILE, tags, words

HELD = Holding(OAKMART, Path(OAKMART.source), 2, 2)


@pytest.mark.parametrize(
    ("fields", "edit"),
    [
        (("Oakmart", "FY2022", "10-K"), Edit()),
        ((" Oakmart ;", " FY2022 ", "10-K"), Edit()),
        (("Oakmart; Elm, Inc.", "FY2022", "10-K"), Edit(("Oakmart", "Elm, Inc."))),
        (("", "", "news"), Edit((), "", "news")),
    ],
)
def test_only_what_was_changed_is_an_edit(fields: tuple[str, str, str], edit: Edit) -> None:
    assert edit_of(HELD, *fields) == edit


def test_a_value_that_is_none_is_refused_before_anything_is_done() -> None:
    shown = words(fault_html(HELD, Edit(period="soon")))
    assert "no period 'soon': write FY2022, Q2 FY2024 or 2026-02" in shown
    assert fault_html(HELD, Edit(period="Q2 FY2024")) == ""


def test_the_panel_says_where_each_field_was_read() -> None:
    reasons = (("companies", "cover page"), ("period", "your edit"), ("title", "composed"))
    known = replace(OAKMART, metadata=replace(OAKMART.metadata, reasons=reasons))
    shown = words(about_html(replace(HELD, document=known)))
    assert shown.endswith("OAKMART_2022_10K.txtCompanies: cover pagePeriod: your edit")


def test_a_removal_is_asked_about_by_the_name_of_the_file() -> None:
    asked = words(question_html(HELD))
    assert asked.startswith("Remove OAKMART_2022_10K.txt from the library?")
    assert "The file you added stays where it is." in asked


def test_the_jobs_change_and_remove_the_document_by_its_path() -> None:
    engine = FakeEngine()
    job, act = edit_panel.describing(engine, HELD, Edit(("Birch",)))  # type: ignore[arg-type]
    act(lambda _: None)
    assert job.title == "Changing OAKMART_2022_10K.txt"
    assert engine.documents[-1].companies == ("Birch",)
    job, act = edit_panel.removing(engine, HELD)  # type: ignore[arg-type]
    act(lambda _: None)
    assert job.title == "Removing OAKMART_2022_10K.txt"
    assert [doc.source for doc in engine.documents] == ["elm-brief.txt"]


def test_markup_in_what_the_panel_says_is_shown_as_text() -> None:
    for text in HOSTILE:
        doc = document(text, "one\ntwo\n", title=text, reasons=(("period", text),))
        shown = about_html(replace(HELD, document=doc)) + question_html(replace(HELD, document=doc))
        assert tags(shown) <= {"h2", "p", "ul", "li", "b"}
        assert html.unescape(shown).count(text) == 4
