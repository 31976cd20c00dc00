"""What a reader does with a question that was asked: put it right, stop it, edit it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from askretail.exporting import exported
from askretail.nouns import Turn

from .browsing import ask, opened, overflow
from .fake import served_engine

pytestmark = pytest.mark.browser

MEMBERS = "What does Oakmart say about members in 2022?"


def chips(page: Page, turn: int = 1) -> Locator:
    return page.locator(f"#turn-{turn} .ar-chip")


def press(page: Page, name: str) -> None:
    page.locator("#ar-chat").get_by_role("button", name=name, exact=True).last.click()


def test_a_chip_is_left_out_by_a_click_and_the_question_asked_again(page: Page) -> None:
    ask(page, MEMBERS, 1)
    press(page, "Leave out FY2022")
    expect(chips(page)).to_have_text(["Oakmart", "10-K"])
    press(page, "Leave out 10-K")
    expect(chips(page)).to_have_text(["Oakmart"])
    expect(page.locator('#ar-chat [data-testid="user"]')).to_have_text([MEMBERS])


def test_a_chip_is_exchanged_for_another_of_the_library_with_the_keyboard(page: Page) -> None:
    ask(page, MEMBERS, 1)
    chip = page.get_by_role("button", name="Change 10-K")
    chip.focus()
    page.keyboard.press("Space")
    items = page.get_by_role("menu", name="Instead of 10-K").get_by_role("menuitem")
    expect(items).to_have_text(["brief"])
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(chips(page)).to_have_text(["Oakmart", "FY2022", "brief"])


def test_a_chip_of_an_earlier_question_asks_anew_at_the_end(page: Page) -> None:
    ask(page, MEMBERS, 1)
    ask(page, "sales", 2)
    page.locator("#turn-1").get_by_role("button", name="Leave out FY2022").click()
    expect(chips(page, 3)).to_have_text(["Oakmart", "10-K"])
    expect(chips(page, 1)).to_have_text(["Oakmart", "FY2022", "10-K"])


def test_filters_are_seen_kept_through_the_conversation_and_cleared(page: Page) -> None:
    bar = page.locator(".ar-filters").first
    bar.get_by_role("button", name="Filters: all documents may answer").click()
    page.get_by_label("Company").first.click()
    page.get_by_role("option", name="Elm Stores").click()
    page.get_by_label("Type").first.click()
    page.get_by_role("option", name="10-K").click()
    page.keyboard.press("Escape")
    expect(bar.get_by_role("button", name="Filters: only Elm Stores · 10-K")).to_be_visible()
    for turn, question in enumerate(("members", "sales"), start=1):
        ask(page, question, turn)
        expect(chips(page, turn).filter(has_text="only")).to_have_text(
            ["only Elm Stores", "only 10-K"]
        )
    page.get_by_role("button", name="Clear filters").click()
    expect(bar.get_by_role("button", name="Filters: all documents may answer")).to_be_visible()
    ask(page, "members", 3)
    expect(chips(page, 3).filter(has_text="only")).to_have_count(0)


def test_an_answer_under_way_is_stopped_and_its_question_comes_back(page: Page) -> None:
    box = page.get_by_label("Your question")
    box.fill("SLOW members")
    box.press("Enter")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#ar-chat")).to_contain_text("Stopped.")
    expect(box).to_have_value("SLOW members")
    expect(page.locator("#turn-1")).to_have_count(0)
    press(page, "Ask again")
    expect(page.locator("#turn-1 .ar-lead")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_a_question_is_edited_in_the_box_and_takes_its_old_place(page: Page) -> None:
    ask(page, "members", 1)
    ask(page, "saels", 2)
    press(page, "Edit question")
    box = page.get_by_label("Your question")
    expect(box).to_have_value("saels")
    expect(box).to_be_focused()
    expect(page.locator("#turn-2")).to_have_count(0)
    ask(page, "sales", 2)
    expect(page.locator('#ar-chat [data-testid="user"]')).to_have_text(["members", "sales"])


def test_questions_to_go_on_with_are_asked_by_a_click(page: Page) -> None:
    ask(page, MEMBERS, 1)
    offers = page.locator("#ar-next")
    expect(offers.get_by_role("button")).to_have_text(
        ["Elm Stores", "What are the sales of <b>Oakmart</b>?"]
    )
    offers.get_by_role("button", name="Elm Stores").click()
    expect(page.locator("#turn-2 .ar-lead")).to_be_visible()
    expect(page.locator('#ar-chat [data-testid="user"]').last).to_have_text(
        "What does Elm Stores say about members?"
    )
    expect(offers.get_by_role("button")).to_have_count(0)


def test_an_answer_is_copied_with_its_footnotes(
    context_of: Callable[..., BrowserContext], address: str
) -> None:
    page = opened(context_of(permissions=["clipboard-read", "clipboard-write"]), address)
    ask(page, "members", 1)
    press(page, "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == exported([Turn("members", served_engine(Path()).ask("members"))], "md")


@pytest.mark.parametrize("width", [1400, 820, 390])
def test_filters_and_chips_fit_the_window(
    context_of: Callable[..., BrowserContext], address: str, width: int
) -> None:
    page = opened(context_of(width, 844), address)
    page.locator(".ar-filters > button").first.click()
    expect(page.get_by_label("Company").first).to_be_visible()
    ask(page, f"Birch and {MEMBERS}", 1)
    assert overflow(page) == 0


def test_what_the_script_sends_for_another_turn_breaks_nothing(page: Page) -> None:
    ask(page, "members", 1)
    page.evaluate(
        """() => {
            const link = document.createElement("a");
            link.href = "#do-retry-7";
            document.querySelector("#ar-chat").append(link);
            link.click();
        }"""
    )
    expect(page.locator(".ar-error")).to_contain_text("Something broke inside")
    ask(page, "sales", 2)
