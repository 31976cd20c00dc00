"""Fits weights of features so that what is gold comes first.

The loss is listwise: minus the log of the share of softmax that falls on the gold candidates of a
group (Cao et al., "Learning to Rank: From Pairwise to Listwise Approach", ICML 2007, top-1 case).
What counts is the figure on questions about companies that were left out of the fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from askretail.features import Matrix

Places = npt.NDArray[np.intp]

DEPTHS = (1, 3, 5, 10, 20)
FLAG_SPREAD = 0.4
NEVER = 10_000  # the rank of what is not among the candidates


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidates; ``gold`` has one row of flags an evidence group.

    ``settle`` is what becomes of the scores before anything is shown.
    """

    id: str
    company: str
    features: Matrix
    gold: tuple[Matrix, ...]
    settle: Callable[[Matrix], Matrix] = np.asarray


def fit(cases: Sequence[Case], prior: Matrix, ridge: float) -> Matrix:
    """Return the weights that put gold candidates first, near the prior where little is known.

    ``ridge`` is a group's share of the penalty.
    """
    stacked = np.vstack([case.features for case in cases])
    spread = _spread(stacked)
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
        penalty, off = ridge * len(groups), w - before
        return total + penalty * float(off @ off) / 2, slope + penalty * off

    before = prior * spread
    found = minimize(loss, before, jac=True, method="L-BFGS-B")
    return np.asarray(found.x / spread)


def _spread(features: Matrix) -> Matrix:
    """Return the standard deviations, those of flags at least FLAG_SPREAD.

    A flag that few candidates carry would otherwise get any weight for almost no penalty.
    """
    spread = features.std(axis=0)
    flags = np.isin(features, (0.0, 1.0)).all(axis=0)
    return np.where(flags, np.maximum(spread, FLAG_SPREAD), np.where(spread > 0, spread, 1.0))


def rank(case: Case, w: Matrix) -> int:
    """Return the rank at which the last group of evidence is complete."""
    if not len(case.features):
        return NEVER
    settled = case.settle(case.features @ w)
    return first_complete(np.argsort(-settled, kind="stable"), case.gold)


def first_complete(order: Places, gold: Sequence[Matrix]) -> int:
    """Return the first rank, from 1, by which an order has shown one of each group of gold."""
    firsts = [np.flatnonzero(flags[order]) for flags in gold]
    return max((int(first[0]) + 1 if len(first) else NEVER for first in firsts), default=NEVER)
