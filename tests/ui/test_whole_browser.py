"""The page in a browser with the whole engine behind it: reading, index, model, answers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from askretail.sample import sample_documents

from .browsing import ask, opened, serving
from .served_whole import RELEASE

pytestmark = pytest.mark.browser
BRIEF = sample_documents() / "walmart-healthcare-brief.pdf"
QUESTION = "What is Walmart's healthcare strategy?"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ASKRETAIL_LIBRARY", str(tmp_path / "own"))
    with serving(tmp_path, "served_whole.py") as address:
        yield address
        (tmp_path / RELEASE).touch()  # what still waits for it must not hold up the end


def test_a_pdf_answers_with_its_page_while_its_vectors_follow_and_after(
    context_of: Callable[..., BrowserContext], address: str, tmp_path: Path
) -> None:
    pdf = shutil.copy(BRIEF, tmp_path / "clinics.pdf")
    page = opened(context_of(), address)
    page.get_by_role("tab", name="Library").click()
    page.locator('#ar-files input[type="file"]').set_input_files([pdf])
    job = page.locator(".ar-job")
    expect(job).to_contain_text("Answers already, found by its words.")
    expect(page.locator('#ar-documents tbody tr:has-text("clinics.pdf")')).to_be_visible()

    page.get_by_role("tab", name="Ask").click()
    ask(page, QUESTION, 1)
    card = page.locator("#src-1-1")
    expect(card).to_contain_text("clinics.pdf")
    card.get_by_role("button", name="Show the page").click()
    expect(card.locator(".ar-box").first).to_be_in_viewport()
    page.get_by_role("tab", name="Library").click()
    expect(job).to_contain_text("Answers already, found by its words.")  # still without vectors

    (tmp_path / RELEASE).touch()
    expect(job).to_contain_text("Ready: 1 file added.")
    page.get_by_role("tab", name="Ask").click()
    ask(page, "Why does it need fewer doctors?", 2)
    expect(page.locator("#src-2-1")).to_contain_text("clinics.pdf")
