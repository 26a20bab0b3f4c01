"""Where more was told than if the numbers of all squares were dealt out by chance: Gi* by permutation.

A square counts together with those beside it, and only squares that can be shown take part. Of those that stand out at
most one in twenty does so by chance (Benjamini and Hochberg).
"""

import numpy as np

from lokalnet.analysis.detection.told import CELL_KM
from lokalnet.analysis.local.getis_ord import gi_star
from lokalnet.analysis.local.neighbours import within_distance
from lokalnet.analysis.local.statistic import LocalSettings
from lokalnet.situation.layers.choosing import Kind
from lokalnet.situation.layers.layer import COLOURED, PLAIN, Found, Layer
from lokalnet.situation.layers.squares import Squares

FEWEST_SQUARES = 20
BESIDE_KM = CELL_KM * 1.5  # the eight around a square: their middles lie 250 and 354 m away
SETTINGS = LocalSettings(alternative="greater", permutations=4_999, seed=20)
THREADS = 2


def layer(told: Squares) -> Layer:
    beside = within_distance(told.middles_km, BESIDE_KM) if len(told) >= FEWEST_SQUARES else None
    if beside is None or (beside.counts > 0).sum() < FEWEST_SQUARES:
        return Layer(Kind.SIGNIFICANT, Found.TOO_LITTLE, ())
    out = gi_star(told.reports, beside, SETTINGS, threads=THREADS).stands_out
    return Layer(Kind.SIGNIFICANT, Found.SOME if out.any() else Found.NONE, told.in_steps(
        np.where(out, COLOURED, PLAIN)))
