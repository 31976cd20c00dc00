"""What the tests of the page share: an engine in memory, and a server that runs on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .browsing import ARGUMENTS, PATIENCE, opened, serving
from .fake import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a page on a sample of three documents (see ``served.py``)."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open contexts; in the end nothing may have been asked of another machine."""
    asked: list[str] = []
    opened: list[BrowserContext] = []

    def make(width: int = 1400, height: int = 900, **options: object) -> BrowserContext:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        context.on("request", lambda request: asked.append(request.url))
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert asked
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


@pytest.fixture
def page(context_of: Callable[..., BrowserContext], address: str) -> Page:
    return opened(context_of(), address)
