"""Browse as a person uses it: words, passages, a filter, the page of one of them."""

import pytest
from playwright.sync_api import Page, expect

from .browsing import HOSTILE, overflow

pytestmark = pytest.mark.browser


def find(page: Page, words: str) -> None:
    box = page.get_by_label("Words to look for")
    box.fill(words)
    box.press("Enter")


def test_words_find_passages_that_filters_limit_and_whose_page_can_be_seen(page: Page) -> None:
    page.get_by_role("tab", name="Browse").click()
    cards = page.locator("#ar-passages .ar-card")
    expect(page.locator("#ar-passages")).to_contain_text("Read without asking.")
    find(page, "theft members")
    expect(cards.locator(".ar-context mark")).to_have_text(["Members", "theft"])
    page.get_by_role("button", name="Filters: all documents may answer").click()
    company = page.locator("#ar-browse").get_by_label("Company").first
    company.click()
    page.get_by_role("option", name="Elm Stores").click()
    expect(cards.locator(".ar-context mark")).to_have_text(["theft"])
    expect(page.locator("#ar-passages")).to_contain_text("1 passage of 1 document")
    page.get_by_role("button", name="Clear filters").click()
    find(page, "concrete")
    cards.first.get_by_role("button", name="Show the page").click()
    expect(cards.first.locator(".ar-box").first).to_be_visible()
    assert overflow(page) == 0


def test_hostile_words_and_errors_are_told_as_text(page: Page) -> None:
    page.get_by_role("tab", name="Browse").click()
    find(page, HOSTILE[:150])
    found = page.locator("#ar-passages")
    expect(found).to_contain_text("No passage found.")
    find(page, "BREAK members")
    expect(found).to_contain_text("run `askretail rebuild`")
    expect(found.locator("img, form, script, iframe")).to_have_count(0)
    assert page.title() == "askretail"
