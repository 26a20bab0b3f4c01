"""One scan from beginning to end."""

from collections.abc import Callable

from lokalnet.analysis.scan.found import Found
from lokalnet.analysis.scan.study import Cases, Places, Population, Settings

Progress = Callable[[int, int], None]


def scan(places: Places, cases: Cases, settings: Settings, *, population: Population | None = None,
         threads: int | None = None, progress: Progress | None = None) -> Found:
    """Look for clusters. `progress` is told (replications made, replications asked for).

    Raises BadInput for data that the model cannot use. The answer does not depend on the number of threads.
    """
    raise NotImplementedError
