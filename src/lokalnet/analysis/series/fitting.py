"""The quasi-Poisson regression behind the Farrington methods, for many series and weeks in one compiled loop.

log mean = the level of the week's period + slope x time. The periods do not overlap, so that the normal equations have
a diagonal with one border and are solved in one pass over the weeks. Time is in years before the evaluated week, which
lies in period 0 at time 0: its mean is exp(level 0), the variance of that logarithm dispersion x `unit_variance`.

The iteration begins at count + 0.1 and ends when the deviance changes by less than 1e-8 of itself, as GLM software
does since McCullagh & Nelder (1989, section 2.5); dispersion and variance use the last step's weights.
"""

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEEKS = 52.0  # to a unit of time
STEPS = 25
TOLERANCE = 1e-8
EXACT = 1e-20  # a dispersion below is rounding: the counts are fitted exactly, and a trend says no more
# What is found of each series and week: WORKING is the dispersion of the working residuals by the prior weights.
MEAN, UNIT_VARIANCE, DISPERSION, WORKING, SLOPE = 0, 1, 2, 3, 4
FOUND = 5


@compiled
def fit_all(counts: Floats, tables: Floats, weeks: Ints, first: Ints, index: Ints, level: Ints, levels: int,
            weights_threshold: float, critical_t: Floats, tested: int, found: Floats) -> None:
    """Fit each series (rows of `counts`) for each of `weeks` by its baseline; fill `found` (series x weeks x FOUND).

    `tables` (series x 4 x time) from `tables_of`. A `weights_threshold` of infinity weighs all weeks alike. A trend is
    tried where `critical_t` (by degrees of freedom) is finite, and kept if |t| by the dispersion `tested` exceeds it,
    if it converges and if the mean it gives is no larger than the largest count of the baseline. Too short a baseline
    leaves nan.
    """
    longest = 0
    for j in range(len(weeks)):
        longest = max(longest, first[j + 1] - first[j])
    work, sums, time = np.empty((4, longest)), np.empty((6, levels)), np.empty(longest)
    runs = np.empty((longest + 1, 2), np.int64)
    for j in range(len(weeks)):
        weeks_of, levels_of = index[first[j]:first[j + 1]], level[first[j]:first[j + 1]]
        n = len(weeks_of)
        for i in range(n):
            time[i] = (weeks_of[i] - weeks[j]) / WEEKS
        own_runs = runs[:runs_of(weeks_of, levels_of, runs)]
        used = parameters(levels_of, sums[0])
        for s in range(len(counts)):
            found[s, j] = np.nan
            if n > used:
                for i in range(n):
                    work[3, i] = counts[s, weeks_of[i]]
                fit_one(tables[s], weeks_of, own_runs, time[:n], used, weights_threshold, critical_t, tested, work,
                        sums, found[s, j])


@compiled
def runs_of(weeks: Ints, levels: Ints, runs: Ints) -> int:
    """Fill `runs` with the beginning and level of each run of consecutive weeks of one level; an end; how many rows."""
    many = 0
    for i in range(len(weeks)):
        if i == 0 or levels[i] != levels[i - 1] or weeks[i] != weeks[i - 1] + 1:
            runs[many, 0], runs[many, 1] = i, levels[i]
            many += 1
    runs[many, 0], runs[many, 1] = len(weeks), 0
    return many + 1


@compiled
def parameters(levels: Ints, seen: Floats) -> int:
    """How many periods the baseline has weeks of."""
    seen[:] = 0
    for level in levels:
        seen[level] = 1
    return int(seen.sum())


@compiled
def fit_one(table: Floats, weeks: Ints, runs: Ints, time: Floats, used: int, weights_threshold: float,
            critical_t: Floats, tested: int, work: Floats, sums: Floats, found: Floats) -> None:
    """One week of one series: with a trend, if that holds; without, if not. `work[3]` has the counts."""
    spare = len(weeks) - used - 1
    if spare > 0 and np.isfinite(critical_t[spare]):
        converged, border = reweighted(table, weeks, runs, time, True, spare, weights_threshold, work, sums, found)
        t = abs(found[SLOPE]) / np.sqrt(found[tested] / border)
        most = work[3, :len(weeks)].max()
        if converged and found[tested] > EXACT and t > critical_t[spare] and found[MEAN] <= most:
            return
    reweighted(table, weeks, runs, time, False, spare + 1, weights_threshold, work, sums, found)
    found[SLOPE] = np.nan


@compiled
def reweighted(table: Floats, weeks: Ints, runs: Ints, time: Floats, trend: bool, spare: int, weights_threshold: float,
               work: Floats, sums: Floats, found: Floats) -> tuple[bool, float]:
    """Fit, weigh down past outbreaks by their Anscombe residuals, fit again (Farrington 1996, section 3.6)."""
    work[0, :len(weeks)] = 1.0
    converged, border = fit(table, weeks, runs, time, trend, spare, work, sums, found)
    if np.isfinite(weights_threshold) and (converged or not trend):
        weigh(table, weeks, runs, time, trend, border, weights_threshold, work, sums, found)
        converged, border = fit(table, weeks, runs, time, trend, spare, work, sums, found)
    return converged, border


@compiled
def fit(table: Floats, weeks: Ints, runs: Ints, time: Floats, trend: bool, spare: int, work: Floats, sums: Floats,
        found: Floats) -> tuple[bool, float]:
    """Iteratively reweighted least squares; whether it converged, and what is left of the square of time.

    `work` rows: prior weights, last working weights, means, counts. `sums` rows, by level: working weights, those
    times time, times the working response; constants; counts by prior weights; mean. With weight w = prior x mean and
    response eta + (y - mean) / mean, w x response is w x eta + prior x (y - mean): no more than sums of w are needed.
    """
    weight, moment, response, constant, cases = sums[0], sums[1], sums[2], sums[3], sums[4]
    before, fixed, square, product, cases_by_time = begin(table, weeks, runs, time, work, sums)
    slope, border, converged = 0.0, 1.0, False
    for _ in range(STEPS):
        if trend:
            border = square
            for own in range(len(weight)):
                if weight[own] > 0:
                    border -= moment[own] * moment[own] / weight[own]
                    product -= moment[own] * response[own] / weight[own]
            if not border > 1e-12 * square:
                return False, border
            slope = product / border
        for own in range(len(weight)):
            if weight[own] > 0:
                constant[own] = (response[own] - slope * moment[own]) / weight[own]
        leading, leading_moment = weight[0], moment[0] if trend else 0.0
        square = advance(weeks, runs, time, trend, slope, work, sums)
        deviance, product = fixed - slope * cases_by_time, slope * square + cases_by_time
        for own in range(len(weight)):
            deviance += weight[own] - constant[own] * cases[own] if weight[own] > 0 else 0.0
        deviance *= 2
        if abs(deviance - before) / (abs(deviance) + 0.1) < TOLERANCE:
            converged = True
            break
        before = deviance
        for own in range(len(weight)):
            if weight[own] > 0:
                response[own] = (constant[own] - 1) * weight[own] + slope * moment[own] + cases[own]
                product += (constant[own] - 1) * moment[own]
    squares, plain = 0.0, 0.0
    for i in range(len(weeks)):
        residual = (work[3, i] - work[2, i]) / work[2, i]
        squares += work[1, i] * residual * residual
        plain += work[0, i] * residual * residual
    found[MEAN], found[SLOPE] = np.exp(constant[0]), slope
    found[UNIT_VARIANCE] = 1 / leading + (leading_moment / leading) ** 2 / border
    found[DISPERSION], found[WORKING] = squares / spare, plain / spare
    return converged, border


@compiled
def begin(table: Floats, weeks: Ints, runs: Ints, time: Floats, work: Floats,
          sums: Floats) -> tuple[float, float, float, float, float]:
    """The sums at means of count + 0.1: deviance, its part that stays, w t t, w t response, prior y t."""
    sums[:] = 0.0
    deviance, fixed, square, product, cases_by_time = 0.0, 0.0, 0.0, 0.0, 0.0
    for run in range(len(runs) - 1):
        own = runs[run, 1]
        for i in range(runs[run, 0], runs[run + 1, 0]):
            prior, count, week = work[0, i], work[3, i], weeks[i]
            work[2, i] = count + 0.1
            w = prior * work[2, i]
            sums[0, own] += w
            sums[1, own] += w * time[i]
            sums[2, own] += w * table[0, week]
            sums[4, own] += prior * count
            square += w * time[i] * time[i]
            product += w * time[i] * table[0, week]
            cases_by_time += prior * count * time[i]
            deviance += prior * table[1, week]
            fixed += prior * (table[2, week] - count)
    return 2 * deviance, fixed, square, product, cases_by_time


@compiled
def advance(weeks: Ints, runs: Ints, time: Floats, trend: bool, slope: float, work: Floats, sums: Floats) -> float:
    """New means, and the sums of the weights they give: by level the first two of `sums`; w t t is the answer.

    Within a run the mean grows by one factor a week, and from run to run too where no week lies between.
    """
    prior, working, mean = work[0], work[1], work[2]
    for own in range(sums.shape[1]):
        sums[5, own] = np.exp(sums[3, own])
    sums[0], sums[1] = 0.0, 0.0
    ratio, growth, square = 1.0, np.exp(slope / WEEKS), 0.0
    for run in range(len(runs) - 1):
        start, stop, own = runs[run, 0], runs[run + 1, 0], runs[run, 1]
        if trend and (start == 0 or weeks[start] != weeks[start - 1] + 1):
            ratio = np.exp(slope * time[start])
        level, weight, moment = sums[5, own], 0.0, 0.0
        for i in range(start, stop):
            working[i] = prior[i] * mean[i]
            mean[i] = level * ratio
            ratio *= growth
            w = prior[i] * mean[i]
            weight += w
            moment += w * time[i]
            square += w * time[i] * time[i]
        sums[0, own] += weight
        sums[1, own] += moment
    return square


@compiled
def weigh(table: Floats, weeks: Ints, runs: Ints, time: Floats, trend: bool, border: float, threshold: float,
          work: Floats, sums: Floats, found: Floats) -> None:
    """Weight s^-2 for weeks whose standardised Anscombe residual s exceeds the threshold, 1 for the others."""
    n, prior, working, mean = len(weeks), work[0], work[1], work[2]
    dispersion, total = max(found[DISPERSION], 1.0), 0.0
    weight, moment = sums[0], sums[1]
    weight[:], moment[:] = 0.0, 0.0
    for run in range(len(runs) - 1):
        for i in range(runs[run, 0], runs[run + 1, 0]):
            weight[runs[run, 1]] += working[i]
            moment[runs[run, 1]] += working[i] * time[i]
    growth, sixth = np.exp(found[SLOPE] / WEEKS / 6), 1.0
    for run in range(len(runs) - 1):
        start, stop, own = runs[run, 0], runs[run + 1, 0], runs[run, 1]
        sixth = np.sqrt(np.cbrt(mean[start]))
        middle, alone = moment[own] / weight[own], 1 / weight[own]
        for i in range(start, stop):
            leverage = alone + (time[i] - middle) ** 2 / border if trend else alone
            residual = 1.5 * (table[3, weeks[i]] / sixth - sixth * sixth * sixth)
            spread = dispersion * (1 - working[i] * leverage)
            prior[i] = 1.0
            if residual > 0 and spread > 1e-9 and residual * residual > threshold * threshold * spread:
                prior[i] = spread / (residual * residual)
            total += prior[i]
            sixth *= growth
    for i in range(n):
        prior[i] *= n / total


def tables_of(counts: Floats) -> Floats:
    """What the fits need of every count, once per series: (series x 4 x time).

    Working response at the start, unit deviance at the start, y log y, and y to the power 2/3.
    """
    start = counts + 0.1
    logarithm = np.log(np.where(counts > 0, counts, 1.0))
    return np.stack([np.log(start) - 0.1 / start, counts * (logarithm - np.log(start)) + 0.1,
                     counts * logarithm, np.cbrt(counts) ** 2], axis=1)
