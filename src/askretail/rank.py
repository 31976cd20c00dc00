"""Features to scores: weighted sums whose weights are data."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from askretail.data_files import read_data, section
from askretail.features import NAMES, Matrix


@lru_cache(maxsize=8)
def read_weights(file: str, names: Sequence[str], *, table: str = "weights") -> Matrix:
    """Return the weights of a file in the order of ``names``, 0 for one that it lacks.

    The table "prior" holds what a weight is taken to be before any question is seen.

    Raises ``ValueError`` for a weight of no known feature.
    """
    values = section(read_data(file), table)
    unknown = set(values) - set(names)
    if unknown:
        raise ValueError(f"{file}: unknown features {sorted(unknown)}")
    return np.array([float(str(values.get(name, 0.0))) for name in names])


def weights(*, general: bool = False) -> Matrix:
    """Return the weights of the ranking of pages, in the order of features.NAMES.

    ``general``: of pages that are about no company, where words and meaning are all there is.
    """
    return read_weights("ranking.toml", NAMES, table="general" if general else "weights")


def page_scores(features: Matrix, *, general: bool = False) -> Matrix:
    """Return one score a page, higher is better."""
    return np.asarray(features @ weights(general=general), dtype=np.float64)
