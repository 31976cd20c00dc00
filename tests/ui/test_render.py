"""An answer as the chat shows it."""

import html
import re
from dataclasses import replace

from askretail.nouns import Asked, Point, Reading, Turn
from askretail_ui import render
from askretail_ui.chips import reading_html

from .fake import ELMSTORES, OAKMART, FakeEngine, cite, document

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=http://far.example/x.png onerror=alert(1)>",
    "![pixel](http://far.example/x.png)",
    "<form action=http://far.example><input name=q></form>",
    "<div style='position:fixed;inset:0'>Log in</div>",
    "[click](javascript:alert(1))",
    "<a id=turn-1 href=#src-1-1>[1]</a>",
    "<!-- <style>*{display:none}</style>",
)


def words(markup: str) -> str:
    """The text a reader sees."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def tags(markup: str) -> set[str]:
    return set(re.findall(r"<\s*([a-zA-Z!][a-zA-Z0-9]*)", markup))


def test_the_reading_shows_its_chips_in_order() -> None:
    reading = Reading("q", "q", ("Walmart",), (), (Asked(2022),), ("10-K",))
    shown = reading_html(reading)
    chips = re.findall(r'class="ar-chip">(.*?)<', shown)
    assert [html.unescape(chip) for chip in chips] == ["Walmart", "FY2022", "10-K"]
    assert words(shown).startswith("Read as ")


def test_a_reading_without_limits_says_that_everything_is_searched() -> None:
    assert words(reading_html(Reading("q", "q"))) == "Read as everything in the library"


def test_a_company_without_documents_and_a_limit_given_up_are_said() -> None:
    reading = Reading("q", "q", unknown=("Birch",), relaxed=("No filing for FY2030.",))
    shown = words(reading_html(reading))
    assert "no document about Birch" in shown
    assert "No filing for FY2030." in shown


def test_what_the_lead_says_already_is_not_said_twice() -> None:
    reading = Reading("q", "q", relaxed=("No filing for FY2030.",))
    shown = reading_html(reading, said="2 quotes; No filing for FY2030.")
    assert "2030" not in shown


def test_a_follow_up_shows_what_it_was_understood_as() -> None:
    assert "Understood as: Why did margin fall?" in words(
        reading_html(Reading("why?", "Why did margin fall?"))
    )
    assert "Understood" not in reading_html(Reading("why?", "why?"))


def test_passages_found_are_counted_with_their_documents(engine: FakeEngine) -> None:
    _, hits, _ = engine.stages("members")
    assert words(render.found_html(hits)) == "Found 2 passages in 2 documents."
    assert words(render.found_html(())) == "No passage found."


def test_each_quote_is_word_for_word_and_linked_to_its_card(engine: FakeEngine) -> None:
    answer = engine.ask("members")
    shown = render.answer_html(answer, 3)
    quotes = [html.unescape(q) for q in re.findall(r"<q>(.*?)</q>", shown)]
    assert quotes == [c.quote for c in answer.citations]
    links = [link for link in re.findall(r'href="(.*?)"', shown) if not link.startswith("#do-")]
    assert links == ["#src-3-1", "#src-3-2"]
    assert "[1]" in words(shown)
    assert "Oakmart Inc. 10-K 2022, page 1, printed i" in words(shown)
    assert 'id="turn-3"' in shown


def test_one_quote_cited_twice_keeps_its_number(engine: FakeEngine) -> None:
    members = cite(OAKMART, "Members visit twice as often as others.")
    shrink = cite(ELMSTORES, "Shrink rose for the third year running.")
    again = replace(members, score=0.5)  # ranked for another group: the same place
    points = (Point("A", "", (members, shrink)), Point("B", "", (again,)))
    shown = render.answer_html(replace(engine.ask("members"), points=points), 1)
    assert re.findall(r"#src-1-(\d)", shown) == ["1", "2", "1"]


def test_a_comparison_stands_side_by_side_with_a_cell_for_what_is_missing(
    engine: FakeEngine,
) -> None:
    shown = render.answer_html(engine.ask("Compare Oakmart and Elm Stores"), 1)
    assert re.findall(r'<th scope="col">(.*?)</th>', shown) == ["Oakmart", "Elm Stores"]
    left, right = re.findall(r"<td>(.*?)</td>", shown)
    assert "Oakmart grew its membership scheme in every region." in words(left)
    assert "No evidence found" in words(right)
    assert "No passage about members" in words(right)
    assert "<q>" not in right
    assert "Answered in part" in words(shown)


def test_five_groups_are_listed_because_columns_would_be_too_narrow(engine: FakeEngine) -> None:
    points = tuple(Point(name, "text") for name in "ABCDE")
    shown = render.answer_html(replace(engine.ask("Compare"), points=points), 1)
    assert "<table" not in shown
    assert re.findall(r"<h2>(.)</h2>", shown) == list("ABCDE")


def test_groups_of_another_intent_are_headings(engine: FakeEngine) -> None:
    members = cite(OAKMART, "Members visit twice as often as others.")
    points = (Point("FY2021", "", (members,)), Point("FY2022", "", (members,)))
    shown = render.answer_html(replace(engine.ask("members"), points=points), 1)
    assert re.findall(r"<h2>(.*?)</h2>", shown) == ["FY2021", "FY2022"]


def test_not_found_gives_its_reason_and_the_nearest_miss(engine: FakeEngine) -> None:
    shown = render.answer_html(engine.ask("What about Birch?"), 2)
    assert "Not found" in words(shown)
    assert "No document about Birch." in words(shown)
    assert "What came closest" in words(shown)
    assert "#near-2-1" in shown
    assert "Searched 2 documents, 8 passages." in words(shown)


def test_not_found_without_a_miss_says_so(engine: FakeEngine) -> None:
    answer = replace(engine.ask("What about Birch?"), nearest=())
    assert "Nothing in the library came close." in words(render.answer_html(answer, 2))


def test_time_and_reach_of_the_search_are_said(engine: FakeEngine) -> None:
    shown = words(render.answer_html(engine.ask("members"), 1))
    assert "Searched 2 documents, 8 passages in 0.3 s." in shown
    assert shown.endswith("Ask againEdit questionCopyHelpfulNot helpful")


def test_markup_in_a_document_is_shown_as_text(engine: FakeEngine) -> None:
    plain = tags(render.answer_html(engine.ask("members"), 1))
    for text in HOSTILE:
        doc = document("f.txt", f"{text}\nmore\n", title=text, companies=(text,))
        citation = cite(doc, text, section=(text,), label=text)
        points = (Point(text, text, (citation,)),)
        answer = replace(engine.ask("members"), lead=text, points=points)
        shown = render.answer_html(answer, 1)
        assert tags(shown) <= plain | {"h2"}
        assert "![" not in shown
        assert text in words(shown)


def test_markup_in_a_question_or_an_error_is_shown_as_text() -> None:
    for text in HOSTILE:
        assert tags(render.question_html(text)) == set()
        assert words(render.question_html(text)) == text
        assert tags(render.error_html(text)) == {"div", "p", "b"}
        assert tags(reading_html(Reading(text, text + "?", (text,)))) <= {
            "div", "b", "span", "p"
        }  # fmt: skip


def test_a_message_is_one_line_so_that_markdown_never_starts(engine: FakeEngine) -> None:
    doc = document("f.txt", "one\n\n# two\nthree\n")
    answer = replace(
        engine.ask("members"), points=(Point("", "a\n\nb", (cite(doc, "one\n\n# two"),)),)
    )
    assert "\n" not in render.answer_html(answer, 1)
    assert "\n" not in render.question_html("a\n\nb")


def test_turns_without_an_answer_are_shown_as_questions_only() -> None:
    from askretail_ui.conversation import view

    shown = view((Turn("why?"),))
    assert [message.role for message in shown.messages] == ["user"]
