"""axe-core, the checker of accessibility, finds nothing on the states of the page."""

from collections.abc import Callable
from importlib import resources

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .browsing import ask, opened

pytestmark = pytest.mark.browser

MEMBERS = "What does Oakmart say about members?"
RUN = "axe.run().then(({violations}) => violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))"


def faults(page: Page) -> list[object]:
    """What axe finds wrong with the page as it stands, of any impact."""
    if not page.evaluate("'axe' in window"):
        script = resources.files("axe_playwright_python") / "axe.min.js"
        page.evaluate(script.read_text(encoding="utf-8"))
    found: list[object] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_state(
    context_of: Callable[..., BrowserContext], address: str, scheme: str
) -> None:
    page = opened(context_of(color_scheme=scheme), address)
    assert faults(page) == []
    ask(page, MEMBERS, 1)
    expect(page.locator("#ar-next").get_by_role("button").first).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_role("dialog", name="What was wrong?")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Conversations", exact=True).click()
    page.get_by_role("button", name="Delete …", exact=True).click()
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    assert faults(page) == []
    page.locator("#ar-drawer-close").click()
    page.get_by_role("tab", name="Browse").click()
    page.get_by_label("Words to look for").fill("members")
    page.get_by_label("Words to look for").press("Enter")
    expect(page.locator("#ar-passages mark").first).to_be_visible()
    assert faults(page) == []
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#ar-documents")).to_be_visible()
    assert faults(page) == []
