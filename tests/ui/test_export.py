"""A conversation as a file to keep."""

import html
import json
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from askretail.exporting import exported
from askretail.nouns import Answer, Point, Turn

from .fake import OAKMART, FakeEngine, cite, document
from .test_render import HOSTILE, tags, words

QUOTES = [
    "“Oakmart grew its membership scheme in every region.”",
    "“Oakmart plans 40 automated distribution centres by 2026.”",
]


def asked(engine: FakeEngine, *questions: str) -> list[Turn]:
    return [Turn(question, engine.ask(question)) for question in questions]


def read(markdown: str) -> str:
    """What a reader of the Markdown sees."""
    return words(MarkdownIt().render(markdown))


def test_markdown_has_each_quote_with_its_footnote(engine: FakeEngine) -> None:
    text = exported(asked(engine, "members"), "md")
    assert text.startswith("## members\n")
    quotes = [read(line.removeprefix("> ")).strip() for line in text.split("\n") if line[:1] == ">"]
    assert quotes == [f"{quote} [^{n}]" for n, quote in enumerate(QUOTES, start=1)]
    notes = re.findall(r"^\[\^(\d)\]: (.*)$", text, re.M)
    assert [number for number, _ in notes] == ["1", "2"]
    assert read(notes[0][1]).strip() == (
        "Oakmart Inc. 10-K 2022 · FY2022 · 10-K (OAKMART_2022_10K.txt), page 1 (printed i)"
        " · Strategy > Members"
    )


def test_html_has_each_quote_linked_to_its_footnote(engine: FakeEngine) -> None:
    text = exported(asked(engine, "members"), "html")
    quotes = [words(part) for part in re.findall(r"<blockquote>(.*?)</blockquote>", text)]
    assert quotes == [f"{quote} {n}" for n, quote in enumerate(QUOTES, start=1)]
    assert re.findall(r'href="#(.*?)"', text) == re.findall(r' id="(.*?)"', text)
    assert "OAKMART_2022_10K.txt), page 1" in words(text)
    assert "default-src 'none'" in text


def test_json_is_the_answers_themselves(engine: FakeEngine) -> None:
    turns = asked(engine, "members", "sales")
    assert json.loads(exported(turns, "json")) == {
        "askretail_export": 1,
        "turns": [json.loads(json.dumps(turn.answer.to_dict())) for turn in turns if turn.answer],
    }


def test_one_quote_in_two_answers_is_one_footnote(engine: FakeEngine) -> None:
    text = exported(asked(engine, "members", "members once more"), "md")
    assert re.findall(r"^> .*\[\^(\d)\]$", text, re.M) == ["1", "2", "1", "2"]
    assert re.findall(r"^\[\^(\d)\]:", text, re.M) == ["1", "2"]


def test_a_row_comes_below_its_unit_and_its_heads(engine: FakeEngine) -> None:
    text = exported(asked(engine, "sales"), "md")
    block = [line for line in text.split("\n") if line.startswith("> ")]
    assert [read(line.removeprefix("> ")).strip() for line in block] == [
        "(in millions)",
        "Fiscal years ended January 31, 2022 2021",
        "Net sales $ 12,400 $ 11,800 [^1]",
    ]


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_missing_side_and_a_follow_up_are_said(engine: FakeEngine, form: str) -> None:
    turns = asked(engine, "Compare Oakmart and Elm Stores")
    turns.append(Turn("and Elm Stores?", engine.ask("and Elm Stores?", turns)))
    text = words(exported(turns, form))  # type: ignore[arg-type]
    assert "Elm Stores" in text
    assert "No passage about members" in text
    assert "Understood as: Compare Oakmart and Elm Stores and Elm Stores?" in text


def test_what_came_closest_is_not_given_as_an_answer(engine: FakeEngine) -> None:
    text = exported(asked(engine, "What about Birch?"), "md")
    reason, closest = text.index("No document about Birch"), text.index("What came closest")
    assert reason < closest < text.index("Oakmart grew its membership")


def test_turns_without_an_answer_are_left_out(engine: FakeEngine) -> None:
    assert exported([Turn("why?"), *asked(engine, "members")], "md").startswith("## members")
    assert json.loads(exported([Turn("why?")], "json"))["turns"] == []


def parted(text: str) -> tuple[str, str]:
    """What a file shows, and what stands inside its one comment."""
    shown, begin, rest = text.partition("<!-- askretail export 1")
    records, end, after = rest.partition("-->")
    assert begin and end and "<!--" not in shown + after
    return shown + after, records


def hostile(engine: FakeEngine, text: str) -> Answer:
    doc = document("f.txt", f"{text}\nmore\n", title=text, companies=(text,))
    points = (Point(text, text, (cite(doc, text, section=(text,), label=text),)),)
    return replace(engine.ask("members"), question=text, lead=text, points=points)


@pytest.mark.parametrize("text", [*HOSTILE, "1. one", "- one", "# one", "~~a~~ **b** `c` [d]: e"])
def test_markup_in_a_document_is_shown_as_text(engine: FakeEngine, text: str) -> None:
    turns = [Turn(text, hostile(engine, text))]
    page = exported(turns, "html")
    assert tags(page) == tags(exported(asked(engine, "members"), "html")) | {"h3"}
    assert html.unescape(page).count(text) >= 6
    shown, records = parted(MarkdownIt().render(exported(turns, "md")))
    assert tags(shown) <= {"h2", "h3", "p", "blockquote"}
    assert not re.search("[<>]|--", records)
    assert not re.search("[<>]|--", parted(page)[1])
    assert words(shown).count(text) >= 6


def test_a_quote_in_a_file_is_still_word_for_word(engine: FakeEngine) -> None:
    row = cite(
        OAKMART, "Purchases of property and equipment (610) (540)", ("unit", "(in millions)")
    )
    answer = replace(engine.ask("sales"), points=(Point("", "", (row,)),))
    for form in ("md", "html"):
        text = exported([Turn("q", answer)], form)  # type: ignore[arg-type]
        assert row.quote in (read(text) if form == "md" else words(text))
