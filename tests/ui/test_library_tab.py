"""The Library tab in a browser: files added, found, changed and removed."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .browsing import HOSTILE, ask, opened, overflow
from .fake import HELD

pytestmark = pytest.mark.browser


@pytest.fixture
def page(context_of: Callable[..., BrowserContext], address: str) -> Iterator[Page]:
    page = opened(context_of(), address)
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#ar-documents tbody tr").first).to_be_visible()
    yield page


def add(page: Page, tmp_path: Path, **texts: str) -> None:
    """Upload texts by file name (``__`` stands for a dot) and wait, unless they are held up."""
    files = []
    for name, text in texts.items():
        files.append(tmp_path / name.replace("__", "."))
        files[-1].write_text(text, encoding="utf-8")
    page.locator('#ar-files input[type="file"]').set_input_files(files)
    if not any(name.startswith(HELD) for name in texts):
        expect(page.locator(".ar-job")).to_contain_text("Ready")


def row(page: Page, name: str) -> str:
    return f'#ar-documents tbody tr:has-text("{name}")'


def change(page: Page, name: str) -> None:
    page.locator(row(page, name)).get_by_role("button", name="Change").click()
    expect(page.locator("#ar-edit-head")).to_be_focused()


def test_the_sample_shows_what_it_covers_and_cannot_be_changed(page: Page) -> None:
    expect(page.locator(".ar-grid tbody tr")).to_have_count(3)
    expect(page.locator(row(page, "OAKMART_2022"))).to_contain_text("Ready")
    expect(page.get_by_role("button", name="Change")).to_have_count(0)
    page.locator(".ar-grid").get_by_role("button", name="show Oakmart FY2022").click()
    expect(page.get_by_label("Find a document")).to_have_value("Oakmart FY2022")
    expect(page.locator("#ar-documents tbody tr")).to_have_count(1)


def test_what_is_read_answers_while_its_vectors_follow(page: Page, tmp_path: Path) -> None:
    add(page, tmp_path, **{f"{HELD}news__txt": "Hazel Foods opened a depot.\n", "empty__txt": " "})
    expect(page.locator(".ar-job")).to_contain_text("Answers already, found by its words.")
    expect(page.locator(".ar-job progress")).to_have_attribute("value", "1")
    expect(page.locator(".ar-job li")).to_have_text(
        [re.compile("^Added held-news.txt"), re.compile("Not added empty.txt no text in it")]
    )
    expect(page.locator(row(page, "held-news.txt"))).to_be_visible()
    expect(page.locator(".ar-head")).to_contain_text("Your library")
    page.get_by_role("tab", name="Ask").click()
    ask(page, "members of Oakmart, then release", 1)
    page.get_by_role("tab", name="Library").click()
    expect(page.locator(".ar-job")).to_contain_text("Ready: 1 of 2 files added.")
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator("#turn-1")).to_be_visible()  # the conversation is not begun anew


def test_a_page_loaded_anew_shows_the_work_that_goes_on(page: Page, tmp_path: Path) -> None:
    add(page, tmp_path, **{f"{HELD}more__txt": "Hazel Foods closed a depot.\n"})
    expect(page.locator(".ar-job")).to_contain_text("Answers already")
    page.reload()
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Your library").check()
    expect(page.locator(".ar-job")).to_contain_text("Answers already")
    page.get_by_role("tab", name="Ask").click()
    ask(page, "release", 1)
    page.get_by_role("tab", name="Library").click()
    expect(page.locator(".ar-job")).to_contain_text("Ready: 1 file added.")


def test_companies_period_and_type_can_be_said(page: Page, tmp_path: Path) -> None:
    add(page, tmp_path, **{"alder__txt": "Alder opened a shop.\n"})
    expect(page.locator(row(page, "alder.txt"))).to_be_visible()
    change(page, "alder.txt")
    page.get_by_label("Companies, separated by ;").fill("Alder; Hazel, Inc.")
    period = page.get_by_label("Period: FY2022, Q2 FY2024, or nothing")
    period.fill("someday")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#ar-edit .ar-error")).to_contain_text("no period 'someday'")
    period.fill("Q2 FY2024")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#ar-edit")).not_to_be_visible()
    expect(page.locator(row(page, "alder.txt"))).to_contain_text("Alder, Hazel, Inc.")
    expect(page.locator(row(page, "alder.txt"))).to_contain_text("Q2 FY2024")
    expect(page.locator(".ar-grid tbody tr", has_text="Alder")).to_contain_text("Q2")
    expect(page.locator(".ar-job h2")).to_have_text("Changing alder.txt")


def test_a_removal_is_asked_about_first(page: Page, tmp_path: Path) -> None:
    add(page, tmp_path, **{"cedar__txt": "Cedar closed a shop.\n"})
    change(page, "cedar.txt")
    page.get_by_role("button", name="Remove …").click()
    expect(page.locator("#ar-sure")).to_contain_text("Remove cedar.txt from the library?")
    expect(page.get_by_role("button", name="Remove it")).to_be_focused()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#ar-sure")).not_to_be_visible()
    page.get_by_role("button", name="Remove …").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(row(page, "cedar.txt"))).to_have_count(0)
    expect(page.locator("#ar-edit")).not_to_be_visible()


def test_markup_in_a_document_and_in_its_fields_is_shown_as_text(
    page: Page, tmp_path: Path
) -> None:
    add(page, tmp_path, **{"hostile__txt": f"{HOSTILE}\n"})
    change(page, "hostile.txt")
    page.get_by_label("Companies, separated by ;").fill(HOSTILE[:79].replace(";", ","))
    page.get_by_role("button", name="Save").click()
    expect(page.locator(row(page, "hostile.txt"))).to_contain_text("<script>document.title")
    for where in ("#ar-documents", "#ar-coverage", "#ar-outcome"):
        expect(page.locator(f"{where} :is(script, img, form, iframe)")).to_have_count(0)
    assert page.title() == "askretail"


@pytest.mark.parametrize("width", [820, 390])
def test_nothing_sticks_out_while_a_document_is_changed(
    context_of: Callable[..., BrowserContext], address: str, tmp_path: Path, width: int
) -> None:
    page = opened(context_of(width, 844), address)
    page.get_by_role("tab", name="Library").click()
    add(page, tmp_path, **{f"w{width}__txt": f"Wide {width} text.\n"})
    change(page, f"w{width}.txt")
    page.get_by_role("button", name="Remove …").click()
    expect(page.locator("#ar-sure")).to_be_visible()
    assert overflow(page) == 0
    assert json.loads(page.evaluate("JSON.stringify(scrollX)")) == 0
