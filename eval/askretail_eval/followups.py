"""Follow-ups against what people made of them: what is left alone, and what is put in.

Only turns with a history count: without one there is nothing to leave out. Run it with
``python -m askretail_eval.followups FOLDER [--half all] [--questions FILE.jsonl --library DIR]
[--sample]``.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from askretail import Turn
from askretail.catalogue import Catalogue, make_catalogue
from askretail.followup import resolve
from askretail.reading import read_question
from askretail_eval import report
from askretail_eval.command import commit
from askretail_eval.conversations import conversations_table, load_conversations, read_all
from askretail_eval.interval import RESAMPLES, SEED, Figure, bootstrap
from askretail_eval.questions import Question, load_file
from askretail_eval.rewrites import HALVES, SETS, Rewritten, content, fold, load_turns, select
from askretail_eval.systems import open_library, open_sample
from askretail_eval.table import Table

SECTION = "follow-ups"

Resolve = Callable[[str, Sequence[Turn]], str]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How one set of turns went; a figure counts the turns it is defined for, None if none."""

    name: str
    unchanged: Figure | None  # of questions that stand alone: left as they are
    found: Figure | None  # of those that need context: at least one added content word is there
    recall: Figure | None  # the share of the added content words that are there
    precision: Figure | None  # of the content words we add, the share that the person added too


@dataclass(frozen=True, slots=True)
class Readings:
    """How the follow-ups of a file of questions are read, against their full forms."""

    name: str
    companies: Figure | None  # exactly those of the full form
    periods: Figure | None  # exactly those of the full form
    kept: Figure | None  # no company and no period of the full form is missing


def measure(name: str, turns: Sequence[Rewritten], ours: Resolve) -> FollowUps:
    """Return the figures of one set of turns."""
    unchanged, found, recall, precision = [], [], [], []
    for turn in turns:
        if not turn.history:
            continue
        made = ours(turn.text, turn.history)
        if fold(turn.rewrite) == fold(turn.text):
            unchanged.append(float(fold(made) == fold(turn.text)))
            continue
        added = content(turn.rewrite) - content(turn.text)
        if not added:
            continue
        put_in = content(made) - content(turn.text)
        found.append(float(bool(added & put_in)))
        recall.append(len(added & put_in) / len(added))
        if put_in:
            precision.append(len(added & put_in) / len(put_in))
    return FollowUps(name, *map(_figure, (unchanged, found, recall, precision)))


def measure_readings(name: str, questions: Sequence[Question], catalogue: Catalogue) -> Readings:
    """Return how the follow-ups among the questions are read in a library."""
    companies, periods, kept = [], [], []
    for question in questions:
        if not (question.history and question.standalone):
            continue
        history = [Turn(text) for text in question.history]
        made = resolve(question.question, history, catalogue)
        ours = read_question(question.question, made, catalogue)
        full = read_question(question.question, question.standalone, catalogue)
        named = ({*ours.companies, *ours.unknown}, {*full.companies, *full.unknown})
        dated = (set(ours.periods), set(full.periods))
        companies.append(float(named[0] == named[1]))
        periods.append(float(dated[0] == dated[1]))
        kept.append(float(named[0] >= named[1] and dated[0] >= dated[1]))
    return Readings(name, *map(_figure, (companies, periods, kept)))


def _figure(values: Sequence[float]) -> Figure | None:
    return bootstrap(values) if values else None


def rewritten_table(measured: Sequence[FollowUps]) -> Table:
    """Return the figures of sets of turns, a row a measure."""
    figures = (
        ("stand-alone questions left unchanged", [one.unchanged for one in measured]),
        ("follow-ups with an added content word", [one.found for one in measured]),
        ("share of the added content words", [one.recall for one in measured]),
        ("share of our added words that a person added", [one.precision for one in measured]),
    )
    head = ("measure", *(one.name for one in measured))
    return Table("Against rewrites by people", head, tuple((m, *map(_cell, f)) for m, f in figures))


def readings_table(measured: Sequence[Readings]) -> Table:
    """Return the figures of files of questions, a row a measure."""
    figures = (
        ("companies of the full form", [one.companies for one in measured]),
        ("periods of the full form", [one.periods for one in measured]),
        ("no company or period missing", [one.kept for one in measured]),
    )
    head = ("read with exactly the", *(one.name for one in measured))
    return Table("Readings of follow-ups", head, tuple((m, *map(_cell, f)) for m, f in figures))


def _cell(figure: Figure | None) -> str:
    return f"{figure} (n = {figure.n})" if figure is not None else ""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="python -m askretail_eval.followups", description=__doc__)
    made.add_argument("folder", type=Path, help=f"holds {', '.join(f'{n}.jsonl' for n in SETS)}")
    made.add_argument("--half", choices=HALVES, default="report", help="of the lines of each set")
    made.add_argument("--questions", type=Path, nargs="+", default=[], help="with full forms")
    made.add_argument("--library", type=Path, help="whose companies the questions name")
    made.add_argument("--sample", action="store_true", help="ask the shipped conversations too")
    made.add_argument("--results", type=Path, help="Markdown file whose section is renewed")
    return made


def main(arguments: Sequence[str]) -> int:
    """Measure what is named, write the tables and return the exit code."""
    asked = parser().parse_args(arguments)
    nobody = make_catalogue(())  # the sets are on general topics: no company is known
    rewritten = [
        measure(
            name,
            select(load_turns(asked.folder / f"{name}.jsonl", answers=answers), asked.half),
            lambda question, history: resolve(question, history, nobody),
        )
        for name, answers in SETS.items()
    ]
    tables = [rewritten_table(rewritten)]
    if asked.questions:
        catalogue = make_catalogue(enumerate(open_library(asked.library).documents))
        tables.append(
            readings_table(
                [measure_readings(f.stem, load_file(f), catalogue) for f in asked.questions]
            )
        )
    if asked.sample:
        with open_sample() as assistant:
            read = list(read_all(load_conversations(), assistant.ask))
        tables.append(conversations_table(read))
    facts = [
        ("date", date.today().isoformat()),
        ("version", f"askretail {version('askretail')}{commit(asked.results)}"),
        ("turns", f"half: {asked.half}; the rules were tuned on the even lines (tune)"),
        ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
    ]
    report.publish(asked.results, SECTION, facts, tables)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
