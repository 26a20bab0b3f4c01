"""How many of the findings are chance, when many are looked for at once."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def adjusted(p: Floats) -> Floats:
    """p-values of any shape adjusted for the false-discovery rate: to keep those at most q lets in a share q of chance.

    Benjamini, Y. and Hochberg, Y. (1995): Controlling the false discovery rate. Journal of the Royal Statistical
    Society B 57 (1), 289-300. It holds for independent tests and for such as rise and fall together.
    """
    flat = p.ravel()
    downwards = np.argsort(flat)[::-1]
    share = flat[downwards] * flat.size / np.arange(flat.size, 0, -1)
    result = np.empty_like(flat)
    result[downwards] = np.minimum(np.minimum.accumulate(share), 1.0)
    return result.reshape(p.shape)
