"""Fits the weights of the ranking of pages: `python -m askretail_eval.fit_ranking DIR`.

The loss is listwise: minus the log of the share of softmax that falls on the gold pages of a
group (Cao et al., "Learning to Rank: From Pairwise to Listwise Approach", ICML 2007, top-1 case).
What counts is the figure on questions about companies that were left out of the fit.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from askretail.assistant import Assistant
from askretail.features import NAMES, Matrix
from askretail.rank import weights
from askretail_eval.chunk import stem
from askretail_eval.named_sets import load_named
from askretail_eval.questions import Question

RIDGE = 0.02  # per question, on standardised weights; best of .005-.1 when companies are left out
DEPTHS = (1, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidate pages; ``gold`` has one row of flags an evidence group."""

    id: str
    company: str
    features: Matrix
    gold: tuple[Matrix, ...]


def main(arguments: Sequence[str]) -> int:
    """Fit on the named sets of a folder and write the weights as TOML to stdout."""
    folder, library = Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else None
    names = arguments[2:] or ("retail-strategy-train",)
    with Assistant.open(library) as assistant:
        cases = [
            make_case(assistant, question)
            for name in names
            for question in load_named(name, folder)
            if question.answerable
        ]
    say(f"before, n = {len(cases)}: {recall(cases, weights())}")
    say(f"companies left out: {recall_left_out(cases)}")
    fitted = fit(cases)
    say(f"fitted: {recall(cases, fitted)}")
    sys.stdout.write("[weights]\n")
    sys.stdout.writelines(f"{n} = {w:.3f}\n" for n, w in zip(NAMES, fitted, strict=True))
    return 0


def make_case(assistant: Assistant, question: Question) -> Case:
    """Return the features and gold flags of a question's candidates."""
    places, features = assistant.page_features(question.full)
    pages = [(stem(source), page) for source, page in places]
    gold = tuple(
        np.array([float(any(p == (g.doc, g.page) for g in group)) for p in pages])
        for group in question.evidence
    )
    company = question.evidence[0][0].doc.split("_")[0]
    return Case(question.id, company, features, gold)


def fit(cases: Sequence[Case]) -> Matrix:
    """Return the weights, in the order of features.NAMES, that put gold pages first."""
    stacked = np.vstack([case.features for case in cases])
    spread = np.where(stacked.std(axis=0) > 0, stacked.std(axis=0), 1.0)
    groups = [(case.features / spread, gold) for case in cases for gold in case.gold if gold.any()]

    def loss(w: Matrix) -> tuple[float, Matrix]:
        total, slope = 0.0, np.zeros_like(w)
        for x, gold in groups:
            scores = x @ w
            share = np.exp(scores - scores.max())
            share /= share.sum()
            right = float(share @ gold)
            total -= np.log(max(right, 1e-12))
            slope -= x.T @ (share * gold / max(right, 1e-12) - share)
        ridge = RIDGE * len(groups)
        return total + ridge * float(w @ w) / 2, slope + ridge * w

    found = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / spread)


def recall_left_out(cases: Sequence[Case]) -> str:
    """Return the figures when each company's questions are ranked by weights fitted on others."""
    ranks: list[int] = []
    for company in sorted({case.company for case in cases}):
        fitted = fit([case for case in cases if case.company != company])
        ranks.extend(rank(case, fitted) for case in cases if case.company == company)
    return _figures(ranks)


def recall(cases: Sequence[Case], w: Matrix) -> str:
    """Return the share of questions with every group of evidence in the first k pages."""
    return _figures([rank(case, w) for case in cases])


def rank(case: Case, w: Matrix) -> int:
    """Return the rank at which the last group of evidence is complete; 10,000 when never."""
    if not len(case.features):
        return 10_000
    order = np.argsort(-(case.features @ w), kind="stable")
    firsts = [np.flatnonzero(gold[order]) for gold in case.gold]
    return max(int(first[0]) + 1 if len(first) else 10_000 for first in firsts)


def _figures(ranks: Sequence[int]) -> str:
    hits = {k: sum(r <= k for r in ranks) for k in DEPTHS}
    return "  ".join(f"@{k} {n / len(ranks):.3f} ({n})" for k, n in hits.items())


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
