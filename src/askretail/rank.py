"""Features to a ranking of pages: a weighted sum whose weights are data."""

from functools import lru_cache

import numpy as np

from askretail.data_files import read_data, section
from askretail.features import NAMES, Matrix


@lru_cache(maxsize=1)
def weights() -> Matrix:
    """Return the weights in the order of features.NAMES; raises ``ValueError`` on a wrong name."""
    values = section(read_data("ranking.toml"), "weights")
    unknown = set(values) - set(NAMES)
    if unknown:
        raise ValueError(f"ranking.toml: unknown features {sorted(unknown)}")
    return np.array([float(str(values.get(name, 0.0))) for name in NAMES])


def page_scores(features: Matrix) -> Matrix:
    """Return one score a page, higher is better."""
    return np.asarray(features @ weights(), dtype=np.float64)
