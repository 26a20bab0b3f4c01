"""What somebody should know of their dates before they believe the answer."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lokalnet.analysis.command.scan_options import kind_of

if TYPE_CHECKING:
    from lokalnet.analysis.scan.study import Days

FAR = 0.5  # of the whole time: so far from all others a date is likely to be a slip


def on_time(days: "Days", arguments: argparse.Namespace) -> Iterator[str]:
    import numpy as np

    there = np.unique(days)
    gaps = np.diff(there).astype(int)
    for end, gap, near in ((0, gaps[:1], 1), (-1, gaps[-1:], -2)):
        if len(there) > 2 and gap[0] > FAR * (there[-1] - there[0]).astype(int):
            yield f"{there[end]} lies {gap[0]:,} days from the next day with a case, {there[near]}; is the year right?"
    if kind_of(arguments) == "prospective" and not arguments.end:
        yield f"without --end, what is alive on {there[-1]} is looked for, the day of the last case"
