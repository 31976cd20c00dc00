"""Measure the page: ``python tools/measure_page.py [--results eval/results.md]``.

How long after ``askretail ui --demo`` starts until something is drawn and the first question is
answered, how much the page weighs, and what the server holds after 200 questions.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from sample_page import served

from askretail_eval import report
from askretail_eval.machine import machine, resident
from askretail_eval.questions import load_shipped
from askretail_eval.soak_page import Page as Visitor
from askretail_eval.table import Table

TITLE = "Page"
STARTS = 5
QUESTIONS = 200
PATIENCE = 180_000  # ms; the first start of a version builds the sample
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_WEIGHT = """() => [...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource')].map((entry) => entry.transferSize)"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the server, a browser at its heels; seconds from the start of the program."""

    ready: float  # the line that says where it is
    painted: float  # first contentful paint
    usable: float  # questions are suggested
    answered: float  # the first suggestion, clicked at once
    files: int
    kilobytes: float


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds, in megabytes."""

    asked: int
    megabytes: float


def main(arguments: Sequence[str]) -> int:
    """Measure, print the figures and renew a results file."""
    parser = argparse.ArgumentParser(description="Measure the page.")
    parser.add_argument("--results", type=Path, metavar="FILE", help="renew a section of FILE")
    given = parser.parse_args(arguments)
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        sys.exit("no Chromium found: install it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        with served():  # builds the sample where there is none, and fills the system's caches
            pass
        starts = [started(browser) for _ in range(STARTS)]
        browser.close()
    busy = os.getloadavg()[0]
    tables = [start_table(starts), memory_table(memory())]
    facts = [
        ("machine", machine()),
        ("load", f"{busy:.1f} processes on average, ours among them"),
        ("starts", f"{STARTS}, each with a new browser window, nothing kept from before"),
        ("command", "python tools/measure_page.py --results eval/results.md"),
    ]
    sys.stdout.write(report.section_plain(TITLE, facts, tables))
    if given.results is not None:
        report.write_section(given.results, TITLE, report.section(TITLE, facts, tables))
    return 0


def started(browser: Browser) -> Start:
    """Start the server, open the page as soon as it is there, and ask the first suggestion."""
    begun = time.monotonic()
    with served() as (_, port):
        ready = time.monotonic() - begun
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        opened = time.monotonic() - begun
        page.goto(f"http://127.0.0.1:{port}/")
        suggestion = page.locator(".ar-suggestion:visible").first
        suggestion.wait_for()
        usable = time.monotonic() - begun
        sizes = page.evaluate(_WEIGHT)
        suggestion.click()
        page.locator("#turn-1 .ar-lead").wait_for()
        answered = time.monotonic() - begun
        painted = opened + painted_after(page)
        context.close()
    return Start(ready, painted, usable, answered, len(sizes), sum(sizes) / 1000)


def painted_after(page: Page) -> float:
    """Return the seconds from the request of the page to its first contentful paint."""
    page.wait_for_function(_PAINT)
    return float(page.evaluate(_PAINT)) / 1000


def memory() -> list[Held]:
    """Ask the shipped questions over and over, and look at the server's memory on the way."""
    questions = list(islice(cycle(load_shipped()), QUESTIONS))
    held = []
    with served() as (process, port):
        for asked, question in enumerate(questions, start=1):
            Visitor(port).ask(question.question, question.history)
            if asked in (1, 50, 100, QUESTIONS):
                held.append(Held(asked, resident(process)))
    return held


def start_table(starts: Sequence[Start]) -> Table:
    """Return the median of each figure, with the least and the most."""

    def row(name: str, values: Sequence[float], form: str) -> tuple[str, ...]:
        return (name, *(format(one, form) for one in (median(values), min(values), max(values))))

    return Table(
        f"From the start of the program, {len(starts)} starts",
        ("", "median", "least", "most"),
        (
            row("ready, s", [s.ready for s in starts], ".1f"),
            row("first paint, s", [s.painted for s in starts], ".1f"),
            row("questions suggested, s", [s.usable for s in starts], ".1f"),
            row("first answer, s", [s.answered for s in starts], ".1f"),
            row("files of the page", [s.files for s in starts], ".0f"),
            row("weight of the page, kB", [s.kilobytes for s in starts], ".0f"),
        ),
    )


def memory_table(held: Sequence[Held]) -> Table:
    """Return the memory after so many questions."""
    rows = tuple((str(one.asked), f"{one.megabytes:.0f}") for one in held)
    return Table("Memory of the server", ("questions answered", "MB"), rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
