"""The page in a real browser: what a reader sees, clicks and types."""

import json
import re
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from askretail.exporting import FORMS, Form, exported
from askretail.nouns import Turn
from askretail_ingest.pdf_boxes import Box, page_image

from .browsing import HOSTILE, ask, opened, overflow
from .fake import BRIEF_PDF, BROKERAGE, CLUB, served_engine

pytestmark = pytest.mark.browser


def test_a_question_is_answered_with_quotes_and_their_cards(page: Page) -> None:
    ask(page, "What does Oakmart say about members in 2022?", 1)
    expect(page.locator("#turn-1 .ar-chip")).to_have_text(["Oakmart", "FY2022", "10-K"])
    expect(page.locator("#turn-1 q").first).to_have_text(
        "Oakmart grew its membership scheme in every region."
    )
    expect(page.locator("#src-1-1 .ar-context mark")).to_have_text(
        "Oakmart grew its membership scheme in every region."
    )
    expect(page.get_by_label("Your question")).to_have_value("")


def test_a_follow_up_adds_to_the_conversation(page: Page) -> None:
    ask(page, "What does Oakmart say about members?", 1)
    ask(page, "and Elm Stores?", 2)
    expect(page.locator("#turn-2")).to_contain_text(
        "Understood as: What does Oakmart say about members? and Elm Stores?"
    )
    expect(page.locator("#turn-1")).to_be_visible()
    expect(page.locator(".ar-earlier > details > summary")).to_contain_text("about members?")


def test_a_citation_leads_to_its_card_and_back(page: Page) -> None:
    ask(page, "members", 1)
    page.locator('#turn-1 a[href="#src-1-2"]').click()
    expect(page.locator("#src-1-2")).to_be_focused()
    expect(page.locator("#src-1-2")).to_be_in_viewport()
    page.locator("#src-1-2 .ar-back").press("Enter")
    expect(page.locator("#turn-1")).to_be_focused()


def test_a_citation_of_an_earlier_answer_unfolds_its_card(page: Page) -> None:
    ask(page, "members", 1)
    ask(page, "sales", 2)
    expect(page.locator("#src-1-1")).not_to_be_visible()
    page.locator('#turn-1 a[href="#src-1-1"]').press("Enter")
    expect(page.locator("#src-1-1")).to_be_visible()
    expect(page.locator("#src-1-1")).to_be_focused()


def test_a_suggestion_is_asked_by_a_click_and_a_new_conversation_brings_it_back(
    page: Page,
) -> None:
    page.get_by_role("button", name="What does Oakmart say about members?").click()
    expect(page.locator("#turn-1 .ar-lead")).to_be_visible()
    expect(page.locator(".ar-suggestion:visible")).to_have_count(0)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#turn-1")).to_have_count(0)
    expect(page.locator(".ar-suggestion:visible")).to_have_count(2)
    expect(page.locator("#ar-panel")).to_contain_text("Sources appear here.")
    ask(page, "members", 1)


def test_the_answer_starts_at_the_top_of_the_view(page: Page) -> None:
    for turn in range(1, 5):
        ask(page, f"members {turn}", turn)
    question = page.locator('#ar-chat [data-testid="user"]').last
    page.wait_for_function(
        """() => {
            const all = document.querySelectorAll('#ar-chat [data-testid="user"]');
            const log = document.querySelector('#ar-chat [role="log"]').getBoundingClientRect();
            const end = document.querySelector('#turn-4').getBoundingClientRect();
            return all[all.length - 1].getBoundingClientRect().top >= log.top - 1
                && end.bottom <= log.bottom + 1;
        }"""
    )
    expect(question).to_be_in_viewport()


@pytest.mark.parametrize(("name", "form"), list(FORMS.items()))
def test_a_conversation_can_be_saved_as_a_file(page: Page, name: str, form: Form) -> None:
    expect(page.get_by_role("button", name=f"Save as {name}")).to_have_count(0)
    ask(page, "members", 1)
    ask(page, "clinics", 2)
    with page.expect_download() as started:
        page.get_by_role("button", name=f"Save as {name}").click()
    file = started.value
    assert re.fullmatch(rf"askretail-\d{{4}}-\d\d-\d\d\.{form}", file.suggested_filename)
    engine = served_engine(Path())
    turns = [Turn(question, engine.ask(question)) for question in ("members", "clinics")]
    assert Path(file.path()).read_text(encoding="utf-8") == exported(turns, form)


def test_markup_in_a_question_is_shown_as_text(page: Page) -> None:
    ask(page, HOSTILE, 1)
    expect(page.locator('#ar-chat [data-testid="user"]')).to_have_text(HOSTILE)
    expect(page.locator("#ar-chat img, #ar-chat form, #ar-chat script")).to_have_count(0)
    assert page.title() == "askretail"
    assert page.evaluate("document.elementFromPoint(700, 450).innerText") != "Log in"


def test_an_uploaded_file_is_listed_in_the_own_library(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "birch.txt"
    file.write_text(f"Birch opened a shop.\n{HOSTILE}\n", encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text(" ", encoding="utf-8")
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#ar-documents")).to_contain_text("OAKMART_2022_10K.txt")
    page.locator('#ar-files input[type="file"]').set_input_files([file, empty])
    expect(page.locator(".ar-job li")).to_have_text(
        [re.compile("Added birch.txt"), re.compile("Not added empty.txt no text in it")]
    )
    expect(page.locator("#ar-documents tbody tr").last).to_contain_text("birch.txt")
    expect(page.locator("#ar-documents")).not_to_contain_text("OAKMART")
    expect(page.locator(".ar-head")).to_contain_text("Your library")
    page.get_by_label("Sample library").check()
    expect(page.locator("#ar-documents")).to_contain_text("OAKMART_2022_10K.txt")
    expect(page.locator("#ar-documents")).not_to_contain_text("birch")
    assert page.title() == "askretail"


def test_the_list_of_documents_can_be_narrowed(page: Page) -> None:
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#ar-documents tbody tr")).to_have_count(3)
    page.get_by_label("Find a document").fill("elm brief")
    expect(page.locator("#ar-documents tbody tr")).to_have_count(1)
    expect(page.locator("#ar-documents tbody tr")).to_contain_text("Elm Stores")


def test_an_error_nobody_foresaw_leaves_a_page_that_works(page: Page) -> None:
    ask(page, "members", 1)
    box = page.get_by_label("Your question")
    box.fill("BREAK")
    box.press("Enter")
    expect(page.locator(".ar-error")).to_contain_text("Something broke inside")
    assert "4711" not in page.locator("body").inner_text()
    ask(page, "sales", 2)
    expect(page.locator(".ar-error")).to_have_count(0)


@pytest.mark.parametrize("width", [1400, 820, 390])
def test_nothing_sticks_out_at_the_side(
    context_of: Callable[..., BrowserContext], address: str, width: int
) -> None:
    page = opened(context_of(width, 844), address)
    assert overflow(page) == 0
    ask(page, "Compare Oakmart and Elm Stores " + "x" * 200, 1)
    assert overflow(page) == 0
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#ar-documents")).to_be_visible()
    assert overflow(page) == 0


def test_on_a_phone_a_wide_table_scrolls_in_itself_and_its_source_stays_in_reach(
    context_of: Callable[..., BrowserContext], address: str
) -> None:
    page = opened(context_of(390, 844), address)
    ask(page, "clinics", 1)
    right = page.evaluate("document.querySelector('#turn-1').getBoundingClientRect().right")
    assert right <= 390
    table = page.locator("#turn-1 .ar-scroll")
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") > 0
    link = table.get_by_role("link", name="Source [2]")
    expect(link).to_be_in_viewport(ratio=1)
    link.click()
    expect(page.locator("#src-1-2")).to_be_focused()


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_the_page_follows_the_systems_colours_and_the_switch(
    context_of: Callable[..., BrowserContext], address: str, scheme: str, light: bool
) -> None:
    page = opened(context_of(color_scheme=scheme), address)
    wait_for_colours(page, light=light)
    page.get_by_role("button", name="Light / dark: switch the colours").click()
    wait_for_colours(page, light=not light)
    page.reload()
    expect(page.locator(".ar-suggestion:visible").first).to_be_visible()
    wait_for_colours(page, light=not light)


def wait_for_colours(page: Page, *, light: bool) -> None:
    """Wait until a button is bright on dark or dark on bright; colours take a moment to change."""
    page.wait_for_function(
        """light => {
            const style = getComputedStyle(document.querySelector('.ar-suggestion'));
            const mean = (colour) => colour.match(/\\d+/g).slice(0, 3)
                .reduce((sum, part) => sum + Number(part) / 765, 0);
            const [ground, ink] = [mean(style.backgroundColor), mean(style.color)];
            return light ? ground > 0.9 && ink < 0.3 : ground < 0.3 && ink > 0.7;
        }""",
        arg=light,
    )


def test_every_control_and_message_has_a_name_for_screen_readers(page: Page) -> None:
    ask(page, "members", 1)
    chat = page.locator("#ar-chat")
    expect(chat.get_by_role("log")).to_be_visible()
    expect(chat.get_by_role("group", name="Question", exact=True)).to_have_count(1)
    expect(chat.get_by_role("group", name="Answer", exact=True)).to_have_count(1)
    expect(page.get_by_role("article", name="Source 1")).to_be_visible()
    expect(chat.get_by_role("link", name="Source [1]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea, select')]
            .filter((e) => e.offsetParent && !(e.innerText || e.ariaLabel || e.title
                || [...(e.labels || [])].some((label) => label.innerText.trim())))
            .map((e) => e.outerHTML)"""
    )
    assert unnamed == []


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    box = page.get_by_label("Your question")
    box.focus()
    page.keyboard.type("members")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1 .ar-lead")).to_be_visible()
    page.locator("#turn-1 .ar-cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#src-1-1")).to_be_focused()


def show_page(page: Page, card: str = "#src-1-1") -> Locator:
    """Ask about clinics, press "Show the page" on a card and wait for the picture."""
    ask(page, "clinics", 1)
    page.locator(card).get_by_role("button", name="Show the page").click()
    expect(page.locator(f"{card} .ar-sheet img")).to_be_visible()
    return page.locator(card)


def shares(card: Locator) -> list[Box]:
    """Where the marks lie, in shares of the picture of the page as it is drawn on the screen."""
    found: list[list[float]] = card.evaluate(  # at one moment: the page may still be scrolling
        """card => {
            const image = card.querySelector('.ar-sheet img').getBoundingClientRect();
            return [...card.querySelectorAll('.ar-box')].map((e) => e.getBoundingClientRect())
                .map((box) => [(box.x - image.x) / image.width, (box.y - image.y) / image.height,
                    box.width / image.width, box.height / image.height]);
        }"""
    )
    return [Box(*sides) for sides in found]


def close(one: Box, other: Box) -> bool:
    return astuple(one) == pytest.approx(astuple(other), abs=0.005)


@pytest.mark.parametrize(("card", "quote"), [("#src-1-1", BROKERAGE), ("#src-1-2", CLUB)])
def test_show_the_page_draws_it_with_a_mark_over_the_quote(
    page: Page, card: str, quote: str
) -> None:
    shown = show_page(page, card)
    expect(shown.locator(".ar-page-where")).to_have_text("page 1 of 4")
    expect(shown.locator(".ar-box")).to_be_in_viewport()
    (mark,), (expected,) = shares(shown), page_image(BRIEF_PDF, 1, quote).boxes
    assert close(mark, expected)
    expect(shown.get_by_alt_text("Page 1, the quote marked")).to_be_visible()
    shown.get_by_role("button", name="Hide the page").click()
    expect(shown.locator(".ar-page")).to_have_count(0)


def test_the_pages_can_be_turned_and_only_the_quotes_own_is_marked(page: Page) -> None:
    card = show_page(page)
    back, on = (card.get_by_role("button", name=f"{way} page") for way in ("Previous", "Next"))
    expect(back).to_be_disabled()
    for number in (2, 3, 4):
        on.click()
        expect(card.locator(".ar-page-where")).to_have_text(f"page {number} of 4")
        expect(card.locator(".ar-box")).to_have_count(0)
    expect(on).to_be_disabled()
    for number in (3, 2, 1):
        back.click()
        expect(card.locator(".ar-page-where")).to_have_text(f"page {number} of 4")
    expect(card.locator(".ar-box")).to_have_count(1)


def test_the_page_can_be_enlarged_and_the_mark_stays_on_its_words(page: Page) -> None:
    card = show_page(page)
    less, more = (card.get_by_role("button", name=name) for name in ("Smaller", "Larger"))
    expect(less).to_be_disabled()
    (before,) = shares(card)
    width = wide(card)
    more.click()
    more.click()
    assert wide(card) == pytest.approx(2 * width, rel=0.01)
    (after,) = shares(card)
    assert close(after, before)
    expect(card.locator(".ar-box")).to_be_in_viewport()
    more.click()
    expect(more).to_be_disabled()


def wide(card: Locator) -> float:
    box = card.locator(".ar-sheet").bounding_box()
    assert box is not None
    return box["width"]


def test_on_a_phone_the_page_opens_large_enough_to_read(
    context_of: Callable[..., BrowserContext], address: str
) -> None:
    page = opened(context_of(390, 844), address)
    card = show_page(page)
    assert wide(card) > 560
    expect(card.locator(".ar-box")).to_be_in_viewport()
    assert overflow(page) == 0


def test_a_page_that_is_gone_says_why_as_text(page: Page) -> None:
    note = json.dumps({"note": HOSTILE})
    page.route("**/page/**", lambda route: route.fulfill(status=404, body=note))
    ask(page, "clinics", 1)
    card = page.locator("#src-1-1")
    card.get_by_role("button", name="Show the page").click()
    expect(card.locator(".ar-page .ar-note")).to_have_text(HOSTILE)
    expect(card.locator(".ar-page img, .ar-page form, .ar-page script")).to_have_count(0)
    expect(card.get_by_role("button", name="Next page")).to_be_disabled()
    assert page.title() == "askretail"


def test_quotes_of_other_files_open_more_of_their_text(page: Page) -> None:
    ask(page, "members", 1)
    card = page.locator("#src-1-1")
    expect(card.get_by_role("button", name="Show the page")).to_have_count(0)
    card.get_by_text("Show the text").click()
    expect(card.locator(".ar-passage p")).to_contain_text("Members visit twice as often as others.")
    expect(card.locator(".ar-passage mark")).to_have_text(
        "Oakmart grew its membership scheme in every region."
    )
