"""Local Moran's I: is a cell like its neighbours, or unlike them?

Anselin, L. (1995): Local indicators of spatial association - LISA. Geographical Analysis 27 (2), 93-115. As in most
programs I is (n - 1) / n times the product of the cell's standard score and the weighted sum of its neighbours'.
"""

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.local.moments import Moments, of_sums, other_values
from lokalnet.analysis.local.neighbours import Floats, Neighbours
from lokalnet.analysis.local.permutation import Drawn, permuted
from lokalnet.analysis.local.significance import judged
from lokalnet.analysis.local.statistic import LocalSettings, LocalStatistic, values_over

DEFAULT = LocalSettings()
AT_THE_MEAN = 1e-12


def local_moran(values: npt.ArrayLike, neighbours: Neighbours, settings: LocalSettings = DEFAULT, *,
                threads: int | None = None) -> LocalStatistic:
    """Any numbers, one for each cell; neighbours are as a rule `row_standardised`. Greater tests for likeness.

    Raises BadInput for values that do not fit. `threads` are all cores by default and do not change the answer.
    Moments are those given the cell's own value: z is that of Gi, with the other sign in cells below the mean.
    """
    numbers = values_over(neighbours, values)
    scores = _standard_scores(numbers)
    lag = np.where(neighbours.counts > 0, neighbours.lag(scores), np.nan)
    factor = scores * (len(scores) - 1) / len(scores)
    sums = of_sums(neighbours, other_values(scores), len(scores) - 1)
    drawn = _in_direction(np.sign(scores), permuted(
        numbers, neighbours, permutations=settings.permutations, seed=settings.seed, threads=threads,
    ), settings.permutations) if settings.permutations else None
    return judged("local Moran's I", factor * lag, Moments(factor * sums.mean, np.abs(factor) * sums.deviation),
                  _quadrants(scores, lag), drawn, neighbours, settings)


def _standard_scores(numbers: Floats) -> Floats:
    if np.ptp(numbers) == 0:
        return np.full(len(numbers), np.nan)
    scores = (numbers - numbers.mean()) / numbers.std()
    return np.where(np.abs(scores) < AT_THE_MEAN, 0.0, scores)


def _in_direction(signs: Floats, drawn: Drawn, permutations: int) -> Drawn:
    """I falls with the sum around a cell below the mean, and is 0 for a cell at the mean, whatever is dealt out."""
    def of(sum_high: npt.NDArray[np.int64], sum_low: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return np.select([signs > 0, signs < 0], [sum_high, sum_low], permutations)

    return Drawn(of(drawn.at_least, drawn.at_most), of(drawn.at_most, drawn.at_least))


def _quadrants(scores: Floats, lag: Floats) -> tuple[str, ...]:
    """The cell above the mean (H) or not (L), then the sum around it above 0 or not."""
    return tuple("" if around != around else ("H" if own > 0 else "L") + ("H" if around > 0 else "L")
                 for own, around in zip(scores.tolist(), lag.tolist(), strict=True))
