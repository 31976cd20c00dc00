"""The one array type: rows of vectors, or one vector."""

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
