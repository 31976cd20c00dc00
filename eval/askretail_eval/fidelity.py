"""How faithfully files are read: text, sections, what a filing says of itself, boxes, and cost.

``python -m askretail_eval.fidelity DATA [--only PART …] [--results FILE]`` over a folder with
``filings/`` and their ``catalog.csv``, ``questions/``, ``html/`` and ``pdf-trouble/``.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from askretail_eval import report
from askretail_eval.chunk import stem
from askretail_eval.command import commit
from askretail_eval.fidelity_boxes import boxes_right, draw, spots_of, twins_of, twins_right
from askretail_eval.fidelity_cost import reading_apart
from askretail_eval.fidelity_cover import FIELDS, described, field_items, whole_items
from askretail_eval.fidelity_engines import compare, engines_table, spread
from askretail_eval.fidelity_first import first_answer, nearest
from askretail_eval.fidelity_items import html_items, items_found, printed_items
from askretail_eval.fidelity_numbers import load_printed, numbers_found
from askretail_eval.fidelity_pdf import join, pdfium_pages
from askretail_eval.fidelity_score import Item, Score, score, score_table
from askretail_eval.fidelity_trouble import costs, ended_well, read_troubles, text_kept
from askretail_eval.fidelity_words import Drafts, load_copied, quotes_found, words_found
from askretail_eval.interval import RESAMPLES, SEED
from askretail_eval.named_sets import load_named
from askretail_eval.table import Table
from askretail_index.apart import draft_apart
from askretail_index.embed import load_embedder
from askretail_ingest.catalog import read_catalog
from askretail_ingest.errors import BadSetting
from askretail_ingest.find import find_files

SECTION = "reading"
LONG, HUGE = 200, 400  # pages of the filing that is searched, and of the one that is only read
AFTER = 15.0  # seconds; by then the model is at work on the longest passages
SPANS, TWINS = 500, 100  # drawn: quotable spans, and groups of them that say the same


@dataclass(frozen=True)
class Shelf:
    """The folder that is measured; each of its files is read once, when first asked for."""

    folder: Path

    @property
    def filings(self) -> Path:
        return self.folder / "filings"

    @cached_property
    def drafts(self) -> Drafts:
        """The filings and the HTML files by the stem of their names."""
        paths = find_files([self.filings, self.folder / "html"])
        return {stem(path.name): draft_apart(path) for path in paths}

    @cached_property
    def pdfs(self) -> tuple[Path, ...]:
        return tuple(sorted(self.filings.glob("*.pdf")))

    @property
    def annual(self) -> list[Path]:
        """The annual reports among the PDFs."""
        return [path for path in self.pdfs if path.stem.endswith("_10K")]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one part of the measuring gives: scores, whole tables, and facts in words."""

    scores: tuple[Score, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def text(shelf: Shelf) -> Outcome:
    """Measure quotes and pages that others copied from the filings."""
    questions = load_named("retail-strategy", shelf.folder)
    copied = load_copied(shelf.folder / "questions" / "financebench-dev.jsonl")
    quotes = quotes_found(questions, shelf.drafts)
    words = words_found(copied, shelf.drafts)
    return Outcome(
        (
            score("gold quotes in our text of their page", quotes, target=1.0),
            score("words of copied evidence in our text of its page", words, target=0.98),
        )
    )


def sections(shelf: Shelf) -> Outcome:
    """Measure the items of annual reports as HTML and as PDF."""
    pdf = chain.from_iterable(_pdf_items(shelf, path) for path in shelf.annual)
    html = html_items(shelf.folder / "html", shelf.drafts)
    return Outcome(
        (
            score("listed sections of HTML filings", html, target=0.95),
            score(f"items of {len(shelf.annual)} annual reports as PDF", pdf, target=0.95),
        )
    )


def _pdf_items(shelf: Shelf, path: Path) -> Iterator[Item]:
    printed = printed_items("\n".join(pdfium_pages(path)))
    return items_found(path.stem, shelf.drafts[path.stem], printed)


def numbers(shelf: Shelf) -> Outcome:
    """Measure the figures of statements in the columns of their years."""
    found = list(numbers_found(load_printed(), shelf.drafts))
    pages = len({item.place for item in found})
    return Outcome(
        (score(f"figures of {pages} statement pages under their year", found, target=0.97),)
    )


def metadata(shelf: Shelf) -> Outcome:
    """Measure what the filings say of themselves under names that tell nothing."""
    found = dict(described(shelf.filings, read_catalog(shelf.filings), shelf.drafts))
    fields = [
        score(f"unnamed filings: {field}", field_items(found, field), target=50 / 53)
        for field in FIELDS
    ]
    return Outcome(
        (*fields, score("unnamed filings: all of it", whole_items(found), target=50 / 53))
    )


def trouble(shelf: Shelf) -> Outcome:
    """Measure what becomes of broken and odd PDFs."""
    found = list(read_troubles(sorted((shelf.folder / "pdf-trouble").glob("*.pdf"))))
    return Outcome(
        (
            score("odd PDFs: text or one clear error, in time", ended_well(found), target=1.0),
            score("odd PDFs with text: 90 % of pdfium's words", text_kept(found), target=1.0),
        ),
        facts=costs(found),
    )


def boxes(shelf: Shelf) -> Outcome:
    """Measure the boxes around random spans, and around those that a page says more than once."""
    drafts = shelf.drafts
    spots = [spot for path in shelf.pdfs for spot in spots_of(path.stem, drafts[path.stem])]
    sample = draw(spots, SPANS, seed=SEED)
    groups = draw(twins_of(spots, drafts), TWINS, seed=SEED)
    twins = [twin for group in groups for twin in group]
    right = boxes_right(sample, drafts, shelf.filings)
    repeated = boxes_right(sorted(twins), drafts, shelf.filings)
    ordered = twins_right(groups, drafts, shelf.filings)
    return Outcome(
        (
            score("boxes: words under those of random spans", right, target=0.98),
            score("boxes: the same for spans that their page repeats", repeated, target=0.98),
            score("boxes: repeated spans in their order, none twice", ordered, target=0.98),
        )
    )


def engines(shelf: Shelf) -> Outcome:
    """Compare pypdf with pdfium."""
    return Outcome(tables=(engines_table(map(compare, spread(shelf.pdfs))),))


def cost(shelf: Shelf) -> Outcome:
    """Measure the wait for a first answer, and the memory that a very long file takes."""
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        first = first_answer(nearest(shelf.annual, LONG), folder / "long", embedder)
        huge = join(shelf.annual, folder / "huge.pdf", pages=HUGE)
        read = reading_apart(huge)
        second = first_answer(huge, folder / "huge", embedder, longer=AFTER)
    said = (
        f"{first.seconds:.1f} s after the start of ingest ({first.pages} pages)",
        f"read in {read.seconds:.1f} s; its reader held {read.child_mb:.0f} MB, ingest "
        f"{second.ingest_mb:.0f} MB up to {AFTER:.0f} s into its vectors",
    )
    return Outcome(facts=(("first hit by words", said[0]), (f"{HUGE} pages", said[1])))


PARTS: dict[str, Callable[[Shelf], Outcome]] = {
    "text": text,
    "numbers": numbers,
    "sections": sections,
    "metadata": metadata,
    "trouble": trouble,
    "boxes": boxes,
    "engines": engines,
    "cost": cost,
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="python -m askretail_eval.fidelity", description=__doc__)
    made.add_argument("data", type=Path, help="holds filings, questions, html and pdf-trouble")
    made.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    made.add_argument("--results", type=Path, help="Markdown file whose section is renewed")
    return made


def shortfalls(scores: Sequence[Score]) -> str:
    """Return a line for every item that is not wholly right: measure, place, share, what was seen.

    Shares of words fall short nearly everywhere; of those only what is under the target is told.
    """
    lines = [
        f"{one.name}: {item.place}: {item.value:.1%} {item.note}".rstrip()
        for one in scores
        for item in one.short
        if item.value < (1.0 if one.target is None else one.target)
    ]
    return "".join(f"{line}\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Measure, write tables and shortfalls, and return 1 when a target is missed."""
    asked = parser().parse_args(arguments)
    if not (asked.data / "filings").is_dir():
        raise BadSetting(f"{asked.data}: holds no folder 'filings'; name the folder of the data")
    shelf = Shelf(asked.data)
    outcomes = [PARTS[part](shelf) for part in asked.only]
    scores = [one for outcome in outcomes for one in outcome.scores]
    tables = [table for outcome in outcomes for table in outcome.tables]
    if scores:
        tables.insert(0, score_table("Read right", scores))
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(asked.results)}"),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
        *(fact for outcome in outcomes for fact in outcome.facts),
    ]
    report.publish(asked.results, SECTION, facts, tables)
    sys.stdout.write(shortfalls(scores))
    return 0 if all(one.met for one in scores) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
