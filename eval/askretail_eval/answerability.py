"""Fits when documents on no company do not say it, and measures what is then refused.

``python -m askretail_eval.answerability FOLDER LIBRARY [--results FILE]`` asks the questions of a
folder in BEIR's form, those without judgements being unanswerable, of a library of its texts, made
if it is not there. The threshold is fitted on the even lines and goes to stdout, for the table
[general] of silence.toml; what is measured is the odd ones.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

from askretail.silence import probability, threshold
from askretail.studied import Studied
from askretail_eval import report
from askretail_eval.command import commit
from askretail_eval.interval import RESAMPLES, SEED, bootstrap
from askretail_eval.pool import load_pool
from askretail_eval.systems import open_pool
from askretail_eval.table import Table

TITLE = "Answerability"
RECALL = (
    0.75  # of the unanswerable ones of the fitted half: what is refused beyond it costs answers
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A question with how likely it is answered, by its evidence, and what was done."""

    answerable: bool
    probability: float  # 0 where rules alone refuse it
    refused: bool  # by the product as it is


def tried(folder: Path, assistant: Studied) -> Iterator[Tried]:
    """Yield the questions of a folder in order."""
    for question in load_pool(folder):
        away, evidence = assistant.evidence(question.full)
        status = assistant.ask(question.full).status
        likely = 0.0 if away else probability(evidence)
        yield Tried(question.answerable, likely, status == "not_found")


def fit(cases: Sequence[Tried]) -> float:
    """Return the lowest threshold that refuses the share RECALL of the unanswerable ones.

    >>> odds = (0.2, 0.4, 0.6, 0.8)
    >>> fit([Tried(False, odd, False) for odd in odds])
    0.601
    """
    likely = sorted(one.probability for one in cases if not one.answerable)
    last = likely[int(np.ceil(RECALL * len(likely))) - 1]
    return float(np.floor(last * 1000) / 1000 + 0.001)


def row(name: str, cases: Sequence[Tried], refused: Sequence[bool]) -> tuple[str, ...]:
    """Return precision and recall of "not found", and the share of answerable ones refused."""
    pairs = [(one.answerable, gone) for one, gone in zip(cases, refused, strict=True)]
    parts = (
        [float(not answerable) for answerable, gone in pairs if gone],
        [float(gone) for answerable, gone in pairs if not answerable],
        [float(gone) for answerable, gone in pairs if answerable],
    )
    return (name, str(len(cases)), *(str(bootstrap(part)) if part else "" for part in parts))


def table(cases: Sequence[Tried], limit: float) -> Table:
    """Return what is refused of the half that nothing is fitted on."""
    filings = threshold()
    rows = (
        row(
            f"threshold of filings, {filings:.2f}", cases, [o.probability < filings for o in cases]
        ),
        row(
            f"fitted on the other half, {limit:.2f}", cases, [o.probability < limit for o in cases]
        ),
        row("the product as it is", cases, [one.refused for one in cases]),
    )
    head = ("refused by", "n", "precision", "recall", "answerable refused")
    return Table("Not found, on the odd lines", head, rows)


def main(arguments: Sequence[str]) -> int:
    """Fit, report, and renew the section of a results file when one is named."""
    parser = argparse.ArgumentParser(prog="python -m askretail_eval.answerability")
    parser.add_argument("folder", type=Path, help="in BEIR's form")
    parser.add_argument("library", type=Path, help="of its texts; made if it is not there")
    parser.add_argument("--results", type=Path, help="Markdown file whose section is renewed")
    given = parser.parse_args(arguments)
    with open_pool(given.folder, given.library) as assistant:
        cases = list(tried(given.folder, assistant))
    limit = fit(cases[::2])
    made = table(cases[1::2], limit)
    sys.stderr.write(report.plain(made))
    sys.stdout.write(f"[general]\nthreshold = {limit:.3f}\n")
    if given.results is not None:
        facts = [
            ("date", date.today().isoformat()),
            ("version", f"askretail {version('askretail')}{commit(given.results)}"),
            ("questions", f"{len(cases)}, of which {sum(o.answerable for o in cases)} answerable"),
            ("command", "python -m askretail_eval.answerability FOLDER LIBRARY"),
            ("intervals", f"95 %, {RESAMPLES} bootstrap resamples, seed {SEED}"),
        ]
        report.write_section(given.results, TITLE, report.section(TITLE, facts, [made]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
