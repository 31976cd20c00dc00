"""An export proves itself: every quote is found again, and no edit of one goes unseen."""

import hashlib
import json
import re
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askretail.exporting import Form, exported
from askretail.nouns import Answer, Citation, Figure, Input, Point, Reading, Span, Turn
from askretail.read_export import read_export
from askretail.verifying import Verdict, verdict, verdict_to_dict, verdict_to_text
from askretail_index.versions import Versions
from askretail_ingest.errors import UnreadableFile
from askretail_ingest.nouns import Document, Metadata, Page, Period

FORMS: tuple[Form, ...] = ("md", "html", "json")
REPORT = """Oakmart opened 40 stores. It plans to open 60 more by 2026.
(in millions)
Fiscal years ended January 31, 2022 2021
Net sales $ 12,400 $ 11,800
"""
STORES, PLANS = "Oakmart opened 40 stores.", "It plans to open 60 more by 2026."
SALES = "Net sales $ 12,400 $ 11,800"


def document(text: str, source: str = "oak.txt") -> Document:
    """Make a document of two pages, cut after the first line."""
    cut = text.index("\n") + 1 if "\n" in text[:-1] else len(text)
    pages = tuple(
        Page(number, "", start, end)
        for number, start, end in ((1, 0, cut), (2, cut, len(text)))
        if start < end
    )
    sha = hashlib.sha256(f"{source} {text}".encode()).hexdigest()
    return Document(sha, source, text, pages, Metadata("Oakmart *note*", period=Period(2022)))


def span(of: Document, role: str, text: str) -> Span:
    start = of.text.index(text)
    return Span(role, of.page_at(start).number, start, start + len(text), text)  # type: ignore[arg-type]


def cite(of: Document, start: int, end: int, *context: Span) -> Citation:
    page = of.page_at(start).number
    return Citation(of, page, "", ("Growth",), of.text[start:end], start, end, context)


def quote(of: Document, text: str, *context: Span) -> Citation:
    return cite(of, of.text.index(text), of.text.index(text) + len(text), *context)


def turn(*cited: Citation, question: str = "What grew?") -> Turn:
    answer = Answer(
        question, "answered", "It says:", Reading(question, question), (Point("", "", cited),)
    )
    return Turn(question, answer)


def talk(of: Document) -> list[Turn]:
    heads = span(of, "unit", "(in millions)"), span(of, "header", "Fiscal years ended January 31")
    plans = quote(of, PLANS, span(of, "neighbour", STORES))
    return [turn(quote(of, STORES), quote(of, SALES, *heads)), turn(plans, quote(of, STORES))]


def library(*documents: Document, current: Document | None = None) -> dict[str, Versions]:
    return {d.id: Versions(d, current or d) for d in documents}


def verified(text: str, held: dict[str, Versions], otherwise: Document | None = None) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "talk"
        file.write_bytes(text.encode())
        missing = Versions(None, otherwise)
        return verdict(read_export(file), lambda sha, source: held.get(sha, missing))


def outcomes(found: Verdict) -> list[tuple[int, str]]:
    return [(checked.number, checked.outcome) for checked in found.quotes]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_exported_holds(form: Form) -> None:
    oak = document(REPORT)
    found = verified(exported(talk(oak), form), library(oak))
    assert outcomes(found) == [(1, "unchanged"), (2, "unchanged"), (3, "unchanged")]
    assert str(found) == "3 of 3 quotes hold, unchanged"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_without_quotes_says_so(form: Form) -> None:
    found = verified(exported([], form), {})
    assert (found.holds, str(found)) == (True, "The file holds no quotes.")


@pytest.mark.parametrize("form", FORMS)
def test_after_a_new_version_a_quote_stands_elsewhere_or_is_no_longer_said(form: Form) -> None:
    oak = document(REPORT)
    now = document("A new first page.\n" + REPORT.replace("60 more", "90 more"))
    found = verified(exported(talk(oak), form), library(oak, current=now))
    assert outcomes(found) == [(1, "moved"), (2, "moved"), (3, "changed")]
    start = now.text.index(STORES)
    assert found.quotes[0].detail == (
        f"now on page 2, characters {start} to {start + len(STORES)} of oak.txt"
    )
    assert str(found) == (
        "1 of 3 quotes changed since the source was replaced; "
        "2 of 3 quotes stand elsewhere since the source was replaced"
    )
    assert not found.holds
    assert verdict_to_text(found).splitlines()[2] == (
        f"[3] changed oak.txt, page 1: oak.txt no longer says it “{PLANS}”"
    )


def test_a_row_without_its_heads_does_not_hold() -> None:
    oak = document(REPORT)
    now = document(REPORT.replace("(in millions)", "(in thousands)"))
    found = verified(exported(talk(oak), "md"), library(oak, current=now))
    assert outcomes(found)[1] == (2, "changed")
    assert found.quotes[1].detail.endswith("but their unit is gone")


def test_a_longer_number_is_not_the_quote() -> None:
    oak = document("Oakmart sold 12\nmore\n")
    made = exported([turn(quote(oak, "Oakmart sold 12"))], "md")
    for longer in ("Oakmart sold 12,400\n", "Oakmart sold 125\n", "Oakmart sold 12.5\n"):
        assert not verified(made, library(oak, current=document(longer))).holds
    assert verified(made, library(oak, current=document("Oakmart sold 12.\n"))).holds


@pytest.mark.parametrize("form", FORMS)
def test_a_document_that_left_the_library_is_gone_unless_its_name_is_there(form: Form) -> None:
    oak = document(REPORT)
    made = exported(talk(oak), form)
    assert {outcome for _, outcome in outcomes(verified(made, {}))} == {"gone"}
    assert outcomes(verified(made, {}, otherwise=document(REPORT + "more\n"))) == [
        (1, "moved"),
        (2, "moved"),
        (3, "moved"),
    ]


def test_a_file_that_is_read_anew_is_no_edit() -> None:
    oak = document(REPORT)
    again = replace(document("Oakmart Inc.\n" + REPORT), id=oak.id)
    assert outcomes(verified(exported(talk(oak), "md"), library(again))) == [
        (1, "moved"),
        (2, "moved"),
        (3, "moved"),
    ]


def test_one_answer_as_the_command_line_prints_it_can_be_verified() -> None:
    oak = document(REPORT)
    (first, _) = talk(oak)
    assert first.answer is not None
    assert verified(json.dumps(first.answer.to_dict()), library(oak)).holds


@pytest.mark.parametrize("form", ["md", "html"])
def test_ordinary_copying_changes_nothing(form: Form) -> None:
    oak = document(REPORT)
    made = exported(talk(oak), form)
    copies = [
        "\ufeff" + made,
        made.replace("\n", "\r\n"),
        "\n".join(line.rstrip() for line in made.split("\n")),
        made.rstrip("\n"),
        made.replace("What grew?", "What grew? (asked on Monday)"),
    ]
    assert [verified(copy, library(oak)).holds for copy in copies] == [True] * len(copies)


@pytest.mark.parametrize(
    ("form", "old", "new", "number"),
    [
        ("md", "> “Oakmart", "“Oakmart", 1),  # no longer shown as a quote
        ("md", "(oak.txt), page 1", "(oak.txt), page 3", 1),
        ("md", "> (in millions", "> (in billions", 2),
        ("html", "(in millions", "(in billions", 2),
        ("html", "page 1 · Growth</p>", "page 2 · Growth</p>", 1),
    ],
)
def test_what_a_reader_sees_around_a_quote_is_checked_too(
    form: Form, old: str, new: str, number: int
) -> None:
    oak = document(REPORT)
    made = exported(talk(oak), form)
    assert old in made
    found = verified(made.replace(old, new, 1), library(oak))
    assert (number, "edited") in outcomes(found)


def test_a_quote_without_a_record_is_named() -> None:
    oak = document(REPORT)
    made = exported(talk(oak), "md").replace("> “Oak", "> “Oakmart leads.” [^9]\n\n> “Oak", 1)
    found = verified(made, library(oak))
    assert outcomes(found)[-1] == (0, "edited")
    assert "Oakmart leads" in verdict_to_text(found).splitlines()[-2]


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("page", 2, "it stands on page 1, not 2"),
        ("start", 1, "characters 1 to 25 of oak.txt say something else"),
        ("end", 10**30, f"characters 0 to {10**30} of oak.txt say something else"),
        ("start", -26, "characters -26 to 25 of oak.txt say something else"),
        ("quote", "Oakmart opened 90 stores.", "characters 0 to 25 of oak.txt say something else"),
    ],
)
def test_a_record_that_says_something_else_is_an_edit(
    field: str, value: object, detail: str
) -> None:
    oak = document(REPORT)
    made = json.loads(exported(talk(oak)[:1], "json"))
    made["turns"][0]["citations"][0][field] = value
    found = verified(json.dumps(made), library(oak))
    assert (found.quotes[0].outcome, found.quotes[0].detail) == ("edited", detail)
    assert verdict_to_dict(found)["summary"] == "1 of 2 quotes were edited in the file"


def worked(of: Document) -> list[Turn]:
    """An answer with a figure that rests on two cells of one row, and its row."""
    row = quote(of, SALES)
    cells = tuple(
        Input("sales", period, shown, Decimal(1), row, start, start + len(shown))
        for period, shown in (("FY2022", "$ 12,400"), ("FY2021", "$ 11,800"))
        for start in [of.text.index(shown)]
    )
    growth = Figure(
        "sales growth", "FY2022", Decimal(5), "5.1%", "%", "growth", "a / b", "us", cells
    )
    (said,) = [turn(row)]
    assert said.answer is not None
    point = replace(said.answer.points[0], figures=(growth,))
    return [replace(said, answer=replace(said.answer, points=(point,)))]


@pytest.mark.parametrize("form", FORMS)
def test_a_figure_holds_while_its_rows_do(form: Form) -> None:
    oak = document(REPORT)
    found = verified(exported(worked(oak), form), library(oak))
    assert [(f.holds, f.detail) for f in found.figures] == [(True, "")]
    assert found.figures[0].text.startswith("ales growth, FY2022: 5.1%", 1)
    now = document(REPORT.replace("12,400", "12,500"))
    later = verified(exported(worked(oak), form), library(oak, current=now))
    assert [(f.holds, f.detail) for f in later.figures] == [
        (False, "row [1] that it rests on does not hold")
    ]
    assert str(later).endswith("1 of 1 figures no longer rest on them")
    assert "figure does not hold: row [1]" in verdict_to_text(later)


@pytest.mark.parametrize(
    ("form", "old", "new", "detail"),
    [
        ("md", "FY2022: 5.1%", "FY2022: 9.1%", "the file does not show it as it was exported"),
        ("html", "FY2022: 5.1%", "FY2022: 9.1%", "the file does not show it as it was exported"),
        ("json", '"shown": "$ 12,400"', '"shown": "$ 12,500"', "“$ 12,500” does not stand there"),
        ("json", '"start": 139', '"start": 0', "“$ 12,400” has no quoted row"),
    ],
)
def test_an_edited_figure_does_not_hold(form: Form, old: str, new: str, detail: str) -> None:
    oak = document(REPORT)
    made = exported(worked(oak), form)
    assert old in made or "start" in old
    at = REPORT.index("$ 12,400")
    found = verified(made.replace(old.replace("139", str(at)), new, 1), library(oak))
    assert [f.holds for f in found.figures] == [False]
    assert found.figures[0].detail.startswith(detail)
    assert not found.holds


LETTERS = st.sampled_from("aZé09 .,%$&<>*_`[]|#~!\\“”\"'\n-—\u00a0€😀=>(){}/;:")
TEXTS = st.text(LETTERS, min_size=1, max_size=60).filter(lambda text: text.strip())


@st.composite
def talks(draw: st.DrawFn) -> tuple[Document, list[Turn]]:
    """A document of any characters, and answers that quote any of its slices."""
    oak = document("\n".join(draw(st.lists(TEXTS, min_size=1, max_size=4))) + "\n")
    last = len(oak.text) - 1

    # A quote and its context are words of one page: no blanks around them, at least one sign.
    pieces = [
        (start, end)
        for start in range(last)
        for end in range(start + 1, last + 1)
        if oak.text[start:end] == oak.text[start:end].strip()
    ]

    def piece() -> tuple[int, int]:
        return draw(st.sampled_from(pieces))

    def one() -> Citation:
        roles = draw(
            st.lists(st.sampled_from(["title", "unit", "header", "neighbour"]), max_size=2)
        )
        context = []
        for role in roles:
            start, end = piece()
            page = oak.page_at(start).number
            context.append(Span(role, page, start, end, oak.text[start:end]))  # type: ignore[arg-type]
        return cite(oak, *piece(), *context)

    questions = draw(st.lists(TEXTS, min_size=1, max_size=2))
    return oak, [turn(one(), one(), question=question) for question in questions]


@settings(max_examples=150, deadline=None)
@given(talks(), st.sampled_from(FORMS))
def test_the_export_of_any_answer_holds(made: tuple[Document, list[Turn]], form: Form) -> None:
    oak, turns = made
    text = exported(turns, form)
    assert verified(text, library(oak)).holds, text


def edits(text: str, first: int, last: int) -> st.SearchStrategy[str]:
    """Any change of one character between two places of a text."""
    place = st.integers(first, last - 1)
    inserted = st.tuples(place, LETTERS).map(lambda e: text[: e[0]] + e[1] + text[e[0] :])
    replaced = st.tuples(place, LETTERS).map(lambda e: text[: e[0]] + e[1] + text[e[0] + 1 :])
    deleted = place.map(lambda at: text[:at] + text[at + 1 :])
    return st.one_of(inserted, replaced, deleted).filter(lambda edited: edited != text)


def caught(edited: str, held: dict[str, Versions]) -> bool:
    try:
        return not verified(edited, held).holds
    except UnreadableFile:
        return True


@settings(max_examples=300, deadline=None)
@given(talks(), st.sampled_from(["md", "html"]), st.data())
def test_any_edit_of_one_character_of_a_quote_is_caught(
    made: tuple[Document, list[Turn]], form: Form, data: st.DataObject
) -> None:
    oak, turns = made
    text = exported(turns[:1], form)
    places = shown_quotes(text, form)
    first, last = data.draw(st.sampled_from(places))
    edited = data.draw(edits(text, first, last))
    assert caught(edited, library(oak)), edited


QUOTES = {"md": r"^> (.*) \[\^\d+\]$", "html": r"<blockquote>(.*?) <sup>"}


def shown_quotes(text: str, form: Form) -> list[tuple[int, int]]:
    """Where the quotes of a file stand in it, without their marks."""
    shown = text.partition("<!-- askretail export")[0]
    return [found.span(1) for found in re.finditer(QUOTES[form], shown, re.MULTILINE)]


@settings(max_examples=150, deadline=None)
@given(talks(), st.data())
def test_any_edit_of_a_quote_in_json_is_caught(
    made: tuple[Document, list[Turn]], data: st.DataObject
) -> None:
    oak, turns = made
    value = json.loads(exported(turns, "json"))
    citation = value["turns"][0]["citations"][0]
    citation["quote"] = data.draw(edits(citation["quote"], 0, len(citation["quote"])))
    assert caught(json.dumps(value), library(oak))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.data())
def test_any_edit_of_a_file_is_no_crash(form: Form, data: st.DataObject) -> None:
    oak = document(REPORT)
    text = exported(talk(oak), form)
    edited = data.draw(edits(text, 0, len(text)))
    caught(edited, library(oak))


RECORDS = "<!-- askretail export 1, read by\n{}\n-->"
DAMAGED = {
    "empty": "",
    "prose": "# Notes\n\n> “Oakmart leads.”\n",
    "page": "<!DOCTYPE html><blockquote>Oakmart leads.</blockquote>",
    "no answer": "{}",
    "cut": '{"turns": [',
    "list": '{"turns": {}}',
    "number": '{"turns": [], "askretail_export": 99}',
    "deep": '{"turns": ' + "[" * 100_000,
    "twice": '{"turns": [], "turns": []}',
    "nan": '{"turns": [NaN]}',
    "digits": '{"askretail_export": ' + "9" * 5000 + "}",
    "null": "\x00\x00",
    "records": RECORDS,
    "cut records": RECORDS.removesuffix("\n-->"),
    "two records": RECORDS + RECORDS,
    "many records": "<!-- askretail export 1, \n" * 50_000,
    "many quotes": "> a\n" * 50_000 + RECORDS.replace("{}", '{"quotes": [1]}'),
    "of later": RECORDS.replace("export 1", "export 2"),
    "wrong types": '{"citations": [{"document": 1}], "nearest": []}',
    "wrong role": '{"citations": [{"document": {"id": "", "source": "", "title": "", '
    '"doc_type": ""}, "page": 1, "label": "", "section": [], "quote": "", "start": 0, "end": 0, '
    '"context": [{"role": "boss", "page": 1, "start": 0, "end": 0, "text": ""}]}], "nearest": []}',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_ends_in_one_line_that_names_it(text: str) -> None:
    with pytest.raises(UnreadableFile) as told:
        verified(text, {})
    assert "not an export of askretail, or damaged: " in str(told.value)
    assert "\n" not in str(told.value)


def test_bytes_that_are_no_text_and_a_missing_file_are_named(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile, match="not a text in UTF-8"):
        read_export(file)
    with pytest.raises(UnreadableFile, match="No such file"):
        read_export(tmp_path / "none.md")
    with pytest.raises(UnreadableFile):
        read_export(tmp_path)


def test_a_quote_of_half_characters_is_an_edit_that_can_be_printed() -> None:
    oak = document(REPORT)
    made = json.loads(exported(talk(oak)[:1], "json"))
    made["turns"][0]["citations"][0]["quote"] = "\ud800 \x1b[2J\nmore"
    found = verified(json.dumps(made), library(oak))
    assert found.quotes[0].outcome == "edited"
    verdict_to_text(found).encode()
    assert len(verdict_to_text(found).splitlines()) == 3


@pytest.mark.parametrize("question", ["-->", "<!-- askretail export 1, \n{}\n-->", "> a [^1]"])
@pytest.mark.parametrize("form", FORMS)
def test_a_question_cannot_pass_for_records_or_a_quote(form: Form, question: str) -> None:
    oak = document(REPORT)
    assert verified(
        exported([turn(quote(oak, STORES), question=question)], form), library(oak)
    ).holds
