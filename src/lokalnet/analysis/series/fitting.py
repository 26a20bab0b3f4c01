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
    work = np.empty((3, longest))
    sums = np.empty((5, levels))
    time = np.empty(longest)
    for j in range(len(weeks)):
        weeks_of, levels_of = index[first[j]:first[j + 1]], level[first[j]:first[j + 1]]
        n = len(weeks_of)
        for i in range(n):
            time[i] = (weeks_of[i] - weeks[j]) / WEEKS
        for s in range(len(counts)):
            found[s, j] = np.nan
            if n:
                fit_one(counts[s], tables[s], weeks_of, levels_of, time, weights_threshold, critical_t, tested, work,
                        sums, found[s, j])


@compiled
def fit_one(counts: Floats, table: Floats, weeks: Ints, levels: Ints, time: Floats, weights_threshold: float,
            critical_t: Floats, tested: int, work: Floats, sums: Floats, found: Floats) -> None:
    most = 0.0
    for i in range(len(weeks)):
        most = max(most, counts[weeks[i]])
    spare = len(weeks) - parameters(levels, sums[0]) - 1
    if spare > 0 and np.isfinite(critical_t[spare]):
        converged, border = reweighted(counts, table, weeks, levels, time, True, weights_threshold, work, sums, found)
        t = abs(found[SLOPE]) / np.sqrt(found[tested] / border)
        if converged and found[tested] > EXACT and t > critical_t[spare] and found[MEAN] <= most:
            return
    if spare + 1 > 0:
        reweighted(counts, table, weeks, levels, time, False, weights_threshold, work, sums, found)
        found[SLOPE] = np.nan


@compiled
def parameters(levels: Ints, seen: Floats) -> int:
    """How many periods the baseline has weeks of."""
    seen[:] = 0
    for level in levels:
        seen[level] = 1
    return int(seen.sum())


@compiled
def reweighted(counts: Floats, table: Floats, weeks: Ints, levels: Ints, time: Floats, trend: bool,
               weights_threshold: float, work: Floats, sums: Floats, found: Floats) -> tuple[bool, float]:
    """Fit, weigh down past outbreaks by their Anscombe residuals, fit again (Farrington 1996, section 3.6)."""
    work[0, :len(weeks)] = 1.0
    converged, border = fit(counts, table, weeks, levels, time, trend, work, sums, found)
    if np.isfinite(weights_threshold) and (converged or not trend):
        weigh(table, weeks, levels, time, trend, border, weights_threshold, max(found[DISPERSION], 1.0), work, sums)
        converged, border = fit(counts, table, weeks, levels, time, trend, work, sums, found)
    return converged, border


@compiled
def fit(counts: Floats, table: Floats, weeks: Ints, levels: Ints, time: Floats, trend: bool, work: Floats,
        sums: Floats, found: Floats) -> tuple[bool, float]:
    """Iteratively reweighted least squares. `work` rows: prior weights, working weights, means. (converged, border)."""
    n, prior, working, mean = len(weeks), work[0], work[1], work[2]
    weight, response, moment, constant, parts = sums[0], sums[1], sums[2], sums[3], sums[4]
    before, fixed, slope, border, converged = 0.0, 0.0, 0.0, 1.0, False
    for i in range(n):
        before += 2 * prior[i] * table[1, weeks[i]]
        fixed += prior[i] * (table[2, weeks[i]] - counts[weeks[i]])
        mean[i] = counts[weeks[i]] + 0.1
    for step in range(STEPS):
        weight[:], response[:], moment[:] = 0.0, 0.0, 0.0
        square, product = 0.0, 0.0
        for i in range(n):
            week, own = weeks[i], levels[i]
            w = prior[i] * mean[i]
            if step == 0:
                target = table[0, week]
            else:
                target = constant[own] + slope * time[i] + (counts[week] - mean[i]) / mean[i]
            working[i] = w
            weight[own] += w
            response[own] += w * target
            if trend:
                moment[own] += w * time[i]
                square += w * time[i] * time[i]
                product += w * time[i] * target
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
                parts[own] = np.exp(constant[own])
        deviance = fixed
        ratio, growth = 1.0, np.exp(slope / WEEKS)
        for i in range(n):
            if trend:  # week by week by one factor: an exponential only where weeks are missing between
                ratio = ratio * growth if i > 0 and weeks[i] == weeks[i - 1] + 1 else np.exp(slope * time[i])
            mean[i] = parts[levels[i]] * ratio
            deviance += prior[i] * (mean[i] - counts[weeks[i]] * (constant[levels[i]] + slope * time[i]))
        deviance *= 2
        if abs(deviance - before) / (abs(deviance) + 0.1) < TOLERANCE:
            converged = True
            break
        before = deviance
    squares, plain, shares, used = 0.0, 0.0, moment[0] / weight[0], 1 if trend else 0
    for own in range(len(weight)):
        used += weight[own] > 0
    for i in range(n):
        residual = (counts[weeks[i]] - mean[i]) / mean[i]
        squares += working[i] * residual * residual
        plain += prior[i] * residual * residual
    found[MEAN], found[SLOPE] = np.exp(constant[0]), slope
    found[UNIT_VARIANCE] = 1 / weight[0] + shares * shares / border
    found[DISPERSION], found[WORKING] = squares / (n - used), plain / (n - used)
    return converged, border


@compiled
def weigh(table: Floats, weeks: Ints, levels: Ints, time: Floats, trend: bool, border: float, threshold: float,
          dispersion: float, work: Floats, sums: Floats) -> None:
    """Weight s^-2 for weeks whose standardised Anscombe residual s exceeds the threshold, 1 for the others."""
    n, prior, working, mean = len(weeks), work[0], work[1], work[2]
    weight, moment = sums[0], sums[2]
    total = 0.0
    for i in range(n):
        own = levels[i]
        leverage = 1 / weight[own]
        if trend:
            leverage += (time[i] - moment[own] / weight[own]) ** 2 / border
        root = np.sqrt(mean[i])
        residual = 1.5 * (table[3, weeks[i]] / np.cbrt(root) - root)
        spread = dispersion * (1 - working[i] * leverage)
        prior[i] = 1.0
        if residual > 0 and spread > 1e-9 and residual * residual > threshold * threshold * spread:
            prior[i] = spread / (residual * residual)
        total += prior[i]
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
