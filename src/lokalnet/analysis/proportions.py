"""Shares of a whole, with an interval that never leaves 0 to 1."""

from math import sqrt

from scipy.special import ndtri


def wilson(successes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a proportion: (low, high).

    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 22 (158), 209-212. Without continuity correction. Raises ValueError where n is
    not positive or the successes do not lie within it.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError("successes lie between 0 and n, and n is at least 1")
    if not 0 < level < 1:
        raise ValueError("the level lies between 0 and 1")
    z = float(ndtri(1 - (1 - level) / 2))
    share, spread = successes / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # At the ends the formula gives 0 and 1 but for rounding.
    return (0.0 if successes == 0 else middle - half), (1.0 if successes == n else middle + half)
