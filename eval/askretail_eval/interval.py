"""How sure a figure is: bootstrap intervals, and a paired test between two runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20_000  # any number, kept: the same results give the same interval
RESAMPLES = 10_000
BLOCK = 500  # resamples drawn at a time, to keep memory small for large sets


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions with its 95 % interval."""

    n: int
    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{short(self.mean)} [{short(self.low)}, {short(self.high)}]"


def short(value: float) -> str:
    """Return a number with two decimals.

    >>> short(0.7349), short(1.0), short(2.5)
    ('.73', '1.00', '2.50')
    """
    text = f"{value:.2f}"
    return text[1:] if text.startswith("0.") else text


def bootstrap(values: Sequence[float], *, seed: int = SEED) -> Figure:
    """Return the mean and the 2.5 and 97.5 percentiles of means over questions drawn again."""
    if not values:
        raise ValueError("expected at least one value, not none")
    array = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(seed)
    means = np.concatenate(
        [
            array[random.integers(0, len(array), size=(BLOCK, len(array)))].mean(axis=1)
            for _ in range(RESAMPLES // BLOCK)
        ]
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return Figure(len(array), float(array.mean()), float(low), float(high))


def short_p(p: float) -> str:
    """Return a p with three decimals.

    >>> short_p(0.0004), short_p(0.034), short_p(1.0)
    ('<.001', '.034', '1')
    """
    return "<.001" if p < 0.001 else f"{p:.3f}"[1:] if p < 1 else "1"


def paired_p(first: Sequence[float], second: Sequence[float], *, seed: int = SEED) -> float:
    """Return the two-sided p of a paired randomisation test of equal means.

    Each question's two values are swapped at random; p is the share of such worlds, this one
    counted in, in which the means differ by at least as much as they do.
    """
    if len(first) != len(second) or not first:
        raise ValueError(f"expected two equal, filled lists, not {len(first)} and {len(second)}")
    difference = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    observed = abs(difference.sum())
    random = np.random.default_rng(seed)
    at_least = 0
    for _ in range(RESAMPLES // BLOCK):
        signs = random.choice((-1.0, 1.0), size=(BLOCK, len(difference)))
        at_least += int((np.abs(signs @ difference) >= observed - 1e-12).sum())
    return (at_least + 1) / (RESAMPLES + 1)
