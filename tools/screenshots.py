"""Take the pictures of the README and the docs anew: ``python tools/screenshots.py``."""

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from sample_page import served

IMAGES = Path(__file__).parents[1] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COLOURS = 128  # enough for text and two accents; it keeps a picture far below 200 kB
PATIENCE = 180_000  # ms; the first question loads the model
STRATEGY = "What is Walmart's healthcare strategy?"
ROW = "What were health and wellness net sales at Sam's Club?"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a window, the questions asked in it, and whether a page is opened."""

    name: str
    size: tuple[int, int]
    theme: str
    questions: tuple[str, ...]
    page_shown: bool = False
    library: bool = False  # the Library tab instead
    words: str = ""  # looked for in the Browse tab instead


SHOTS = (
    Shot("chat.png", (1400, 900), "light", (STRATEGY, "And Amazon's?")),
    Shot("chat-phone-dark.png", (390, 844), "dark", (STRATEGY,)),
    Shot("page.png", (1400, 900), "light", (ROW,), page_shown=True),
    Shot("browse.png", (1400, 900), "light", (), words="private label"),
    Shot("library.png", (1400, 900), "light", (), library=True),
)


def main() -> None:
    """Write every picture below ``docs/images``."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        sys.exit("no Chromium found: install it")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served() as (_, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in SHOTS:
            path = IMAGES / shot.name
            small(taken(browser, f"http://127.0.0.1:{port}", shot)).save(path, optimize=True)
            sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")
        browser.close()


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """Return the PNG of a window after its questions were answered."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/?__theme={shot.theme}")
    page.locator(".ar-suggestion:visible").first.wait_for()
    for turn, question in enumerate(shot.questions, start=1):
        ask(page, question, turn)
    if shot.questions:
        page.locator("#ar-next button").first.wait_for()
    if shot.words:
        page.get_by_role("tab", name="Browse").click()
        page.get_by_label("Words to look for").fill(shot.words)
        page.get_by_label("Words to look for").press("Enter")
        page.locator("#ar-passages mark").first.wait_for()
    if shot.page_shown:
        show_page(page.locator(".ar-card").first)
    if shot.library:
        page.get_by_role("tab", name="Library").click()
        page.locator(".ar-grid").wait_for()
    page.wait_for_timeout(500)  # ms; fonts and colours settle
    picture = page.screenshot()
    context.close()
    return picture


def ask(page: Page, question: str, turn: int) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    page.locator(f"#turn-{turn} .ar-lead, .ar-error").wait_for()
    if page.locator(".ar-error").count():
        sys.exit(f"{question} {page.locator('.ar-error').inner_text()}")
    page.wait_for_timeout(300)


def show_page(card: Locator) -> None:
    card.get_by_role("button", name="Show the page").click()
    card.locator(".ar-box").first.wait_for()


def small(png: bytes) -> Image.Image:
    """Return the picture with few colours."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
