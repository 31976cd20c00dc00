"""What tests do in a browser: open the page, ask, measure."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DRAWN = 300  # ms
PATIENCE = 60_000  # ms; a busy machine draws the page slowly
HOSTILE = (
    "<script>document.title='taken'</script>"
    "<img src=http://far.example/x.png onerror=document.title='taken'>"
    "![pixel](http://far.example/y.png)"
    "<form action=http://far.example><input name=q></form>"
    "<div style='position:fixed;inset:0;z-index:99999'>Log in</div>"
)


@contextmanager
def serving(folder: Path | None = None, served: str = "served.py") -> Iterator[str]:
    """The address of a program beside this file; what it keeps lies in the folder, if given."""
    program = Path(__file__).with_name(served)
    with subprocess.Popen(
        [sys.executable, str(program), *(["0", str(folder)] if folder else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        ready = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert ready is not None
        yield ready[0]
        process.terminate()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".ar-suggestion:visible").first).to_be_visible()
    # While Gradio's page still mounts what it draws for the first time, a later update of a part
    # can be overtaken by an earlier one; nobody asks that soon.
    page.wait_for_timeout(DRAWN)
    return page


def ask(page: Page, question: str, turn: int) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(f"#turn-{turn} .ar-lead")).to_be_visible()


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return width
