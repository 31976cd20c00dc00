"""Whether the quotes of answers stand where they say: by our text, and by the other PDF engine.

``python -m askretail_eval.second_engine FOLDER LIBRARY [--set NAME …] [--results FILE]`` asks the
question sets in FOLDER of LIBRARY, which keeps the originals.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from askretail.assistant import Assistant
from askretail.nouns import Citation
from askretail_eval import report
from askretail_eval.answers import is_exact
from askretail_eval.command import commit
from askretail_eval.fidelity_pdf import page_by
from askretail_eval.fidelity_words import share_of_words, squeeze
from askretail_eval.interval import RESAMPLES, SEED, bootstrap
from askretail_eval.systems import asked
from askretail_eval.table import Table

SECTION = "quotes by a second engine"
SETS = ("retail-strategy", "financebench", "tenk")


@dataclass(frozen=True, slots=True)
class Looked:
    """One quote of an answer, looked for twice."""

    question: str
    place: str
    quote: str
    exact: bool  # equal to its slice, and so is its context
    run: bool | None  # its letters and digits stand in one run on that page; None for no PDF
    words: float | None  # share of its words there: engines part words and footnote marks variously


def look(assistant: Assistant, question: str, citation: Citation) -> Looked:
    """Look for a quote in our text and in what the engine that did not give it reads there."""
    document = citation.document
    run: bool | None = None
    words: float | None = None
    path = assistant.original(document)
    if path.suffix == ".pdf":
        page = other_page(path, citation.page)
        run = squeeze(citation.quote) in squeeze(page)
        words = share_of_words(citation.quote, page)
    place = f"{document.source} p. {citation.page}"
    return Looked(question, place, citation.quote, is_exact(citation), run, words)


@lru_cache(maxsize=256)  # quotes of one answer often share a page
def other_page(path: Path, number: int) -> str:
    """Return a page as the engine reads it that did not give us its text.

    That is pypdf, save where pdfium finds no words: there the text came from pypdf.
    """
    found = page_by("pdfium", path, number)
    return page_by("pypdf", path, number) if found.strip() else found


def looked(names: Iterable[str], folder: Path, library: Path) -> Iterator[tuple[str, Looked]]:
    """Yield the set and each quote of each answer to its questions."""
    for name in names:
        for assistant, question in asked(name, folder, library):
            for citation in assistant.ask(question.question, question.history).citations:
                yield name, look(assistant, question.id, citation)


def table_of(found: Sequence[tuple[str, Looked]]) -> Table:
    """Return a row a set, and one for all of them together."""
    names = list(dict.fromkeys(name for name, _ in found))
    groups = [(name, [one for at, one in found if at == name]) for name in names]
    rows = [_row(name, quotes) for name, quotes in groups]
    if len(names) > 1:
        rows.append(_row("all", [one for _, one in found]))
    head = (
        *("questions of", "quotes", "equal to the slice", "in PDFs"),
        *("on that page by the other engine", "there in the same words"),
    )
    return Table("Quotes of every answer", head, tuple(rows))


def _row(name: str, quotes: Sequence[Looked]) -> tuple[str, ...]:
    inside = [one for one in quotes if one.words is not None]
    return (
        name,
        str(len(quotes)),
        _share([one.exact for one in quotes]),
        str(len(inside)),
        _share([bool(one.run) for one in inside]),
        _share([one.words == 1 for one in inside]),
    )


def _share(values: Sequence[bool]) -> str:
    """Return a share with its interval, in per cent: the targets stand close to 100."""
    if not values:
        return ""
    figure = bootstrap([float(value) for value in values])
    return f"{figure.mean:.1%} [{figure.low:.1%}, {figure.high:.1%}]"


def shortfalls(found: Iterable[tuple[str, Looked]]) -> str:
    """Return a line for each quote that is not its slice, or not on its page."""
    return "".join(
        f"{name} {one.question}: {one.place}: {why}: {one.quote[:120]}\n"
        for name, one in found
        for why in (
            *(() if one.exact else ("not equal to its slice",)),
            *((f"{one.words:.0%} of its words",) if one.run is False else ()),
        )
    )


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m askretail_eval.second_engine", description=__doc__
    )
    made.add_argument("folder", type=Path, help="holds the question sets")
    made.add_argument("library", type=Path, help="a library of their documents")
    made.add_argument("--set", dest="names", nargs="+", choices=[*SETS, "sample"], default=SETS)
    made.add_argument("--results", type=Path, help="Markdown file whose section is renewed")
    return made


def main(arguments: Sequence[str]) -> int:
    """Measure and write the table; return 1 when a quote is not equal to its slice."""
    given = parser().parse_args(arguments)
    found = list(looked(given.names, given.folder, given.library))
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(given.results)}"),
        ("on that page", "its letters, digits, $ and %, folded to lower case, in one run"),
        ("in the same words", "no word parted otherwise, none joined"),
        ("other engine", "pypdf where pdfium gave the text of the page, else pdfium"),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples of quotes, seed {SEED}"),
    ]
    tables = [table_of(found)]
    report.publish(given.results, SECTION, facts, tables)
    sys.stdout.write(shortfalls(found))
    return 0 if all(one.exact for _, one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
