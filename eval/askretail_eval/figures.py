"""Whether figures are right: ``python -m askretail_eval.figures DIR LIBRARY [--results FILE]``.

DIR holds ``financebench-dev.jsonl``, of which the questions with a worked-out answer are asked, and
LIBRARY the filings that it names. The questions shipped in ``data/figures.jsonl`` are asked too:
their answers were worked out by hand from the statements of the filings that each names; some
have no answer there, and a value shown for them counts as wrong.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Literal

from askretail.nouns import Answer, Figure
from askretail_eval import report
from askretail_eval.interval import bootstrap
from askretail_eval.named_sets import load_named
from askretail_eval.needed_table import by_type
from askretail_eval.questions import Row, rows
from askretail_eval.table import Table

TITLE = "Figures"
WORKED = "metrics-generated"  # what FinanceBench calls its questions for a worked-out figure
VERDICTS = ("right", "wrong", "none")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")

Verdict = Literal["right", "wrong", "none"]
Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Gold:
    """A question, and the value that answers it: "" where the filings do not print it."""

    question: str
    answer: str


def verdict(answer: Answer, gold: str) -> Verdict:
    """Return whether the first value that an answer shows is the gold, or that it shows none."""
    shown = [f for point in answer.points for f in point.figures if f.value is not None]
    if not shown:
        return "none"
    return "right" if gold and agrees(shown[0], gold) else "wrong"


def agrees(figure: Figure, gold: str) -> bool:
    """Return whether a value rounds to the gold.

    Zeros at the end of the gold are not counted: "$11588.00" was rounded to whole millions.
    """
    match = _NUMBER.search(gold.replace("−", "-"))
    if match is None or figure.value is None:
        return False
    whole, _, decimals = match[0].replace(",", "").partition(".")
    places = len(decimals.rstrip("0"))
    wanted = Decimal(f"{whole}.{decimals or '0'}")
    return abs(figure.value - wanted) <= Decimal("0.5").scaleb(-places)


def shipped() -> tuple[list[Gold], list[Gold]]:
    """Return the questions of the package: those with an answer, and those without."""
    file = resources.files("askretail_eval") / "data" / "figures.jsonl"
    golds = [_gold(row) for row in rows(file.read_text("utf-8"), "data/figures.jsonl")]
    return [g for g in golds if g.answer], [g for g in golds if not g.answer]


def _gold(row: Row) -> Gold:
    return Gold(row.text("question"), row.text("answer", ""))


def measured(name: str, golds: Sequence[Gold], ask: Ask) -> tuple[str, ...]:
    """Return a row of the table: how many were asked, and the share of each verdict."""
    found = [verdict(ask(gold.question), gold.answer) for gold in golds]
    shares = [str(bootstrap([float(one == kind) for one in found])) for kind in VERDICTS]
    return (name, str(len(golds)), *shares)


def measure(folder: Path, library: Path) -> list[Table]:
    """Return the table over both sets, and what the citations of the first hold."""
    from askretail import Assistant

    questions = load_named("financebench", folder)
    worked = [Gold(q.full, q.answer) for q in questions if q.type == WORKED]
    answerable, others = shipped()
    sets = (
        ("financebench, worked out", worked),
        ("shipped, answerable", answerable),
        ("shipped, not in the statements", others),
    )
    with Assistant.open(library) as assistant:
        found = tuple(measured(name, golds, assistant.ask) for name, golds in sets if golds)
        shown = Table("The first value shown", ("questions", "n", *VERDICTS), found)
        return [shown, by_type(questions, assistant.ask)]


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, and renew its section of a results file when one is named."""
    parser = argparse.ArgumentParser(description="Measure whether figures are right.")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="where financebench-dev.jsonl lies"
    )
    parser.add_argument("library", type=Path, metavar="LIBRARY", help="whom to ask")
    parser.add_argument("--results", type=Path, metavar="FILE", help="renew a section of FILE")
    given = parser.parse_args(arguments)
    made = measure(given.folder, given.library)
    sys.stdout.write("\n".join(map(report.plain, made)))
    if given.results is not None:
        facts = [
            ("right", "the value rounds to the gold; none: no value is shown"),
            ("by chance", "the same of the answers to all other questions of the set"),
        ]
        report.write_section(given.results, TITLE, report.section(TITLE, facts, made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
