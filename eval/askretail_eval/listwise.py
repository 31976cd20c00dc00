"""Fits weights of features so that what is gold comes first.

The loss is listwise: minus the log of the share of softmax that falls on the gold candidates of a
group (Cao et al., "Learning to Rank: From Pairwise to Listwise Approach", ICML 2007, top-1 case).
What counts is the figure on questions about companies that were left out of the fit.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from askretail.features import Matrix

Places = npt.NDArray[np.intp]

DEPTHS = (1, 3, 5, 10, 20)
NEVER = 10_000  # the rank of what is not among the candidates


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidates; ``gold`` has one row of flags an evidence group."""

    id: str
    company: str
    features: Matrix
    gold: tuple[Matrix, ...]


def fit(cases: Sequence[Case], ridge: float) -> Matrix:
    """Return the weights that put gold candidates first; ``ridge`` is a group's share."""
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
        penalty = ridge * len(groups)
        return total + penalty * float(w @ w) / 2, slope + penalty * w

    found = minimize(loss, np.zeros(stacked.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / spread)


def report(cases: Sequence[Case], names: Sequence[str], now: Matrix, ridge: float) -> Matrix:
    """Write the figures with the weights of now, left out and fitted to stderr; return the last.

    The new weights go to stdout as TOML.
    """
    sys.stderr.write(f"before, n = {len(cases)}: {recall(cases, now)}\n")
    sys.stderr.write(f"companies left out: {recall_left_out(cases, ridge)}\n")
    fitted = fit(cases, ridge)
    sys.stderr.write(f"fitted: {recall(cases, fitted)}\n")
    sys.stdout.write("[weights]\n")
    sys.stdout.writelines(f"{n} = {w:.3f}\n" for n, w in zip(names, fitted, strict=True))
    return fitted


def recall_left_out(cases: Sequence[Case], ridge: float) -> str:
    """Return the figures when each company's questions are ranked by weights fitted on others."""
    ranks: list[int] = []
    for company in sorted({case.company for case in cases}):
        fitted = fit([case for case in cases if case.company != company], ridge)
        ranks.extend(rank(case, fitted) for case in cases if case.company == company)
    return _figures(ranks)


def recall(cases: Sequence[Case], w: Matrix) -> str:
    """Return the share of questions with every group of evidence among the first k."""
    return _figures([rank(case, w) for case in cases])


def rank(case: Case, w: Matrix) -> int:
    """Return the rank at which the last group of evidence is complete."""
    if not len(case.features):
        return NEVER
    return first_complete(np.argsort(-(case.features @ w), kind="stable"), case.gold)


def first_complete(order: Places, gold: Sequence[Matrix]) -> int:
    """Return the first rank, from 1, by which an order has shown one of each group of gold."""
    firsts = [np.flatnonzero(flags[order]) for flags in gold]
    return max((int(first[0]) + 1 if len(first) else NEVER for first in firsts), default=NEVER)


def _figures(ranks: Sequence[int]) -> str:
    hits = {k: sum(r <= k for r in ranks) for k in DEPTHS}
    return "  ".join(f"@{k} {n / len(ranks):.3f} ({n})" for k, n in hits.items())
