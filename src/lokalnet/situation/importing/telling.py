"""What an import says: progress while it runs, the rejected rows in a file, and a closing table that adds up."""

import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lokalnet.situation.importing.profiles import ImportFailed
from lokalnet.situation.importing.rows import Rejected, Row
from lokalnet.situation.importing.storing import Stored

Note = Callable[[Row, Rejected], None]


@dataclass
class Totals:
    read: int = 0
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)

    def add(self, batch: Stored) -> None:
        self.stored += batch.new
        self.updated += batch.changed
        self.unchanged += batch.same

    @property
    def accounted(self) -> int:
        return self.stored + self.updated + self.unchanged + self.rejected.total()

    def progress(self) -> None:
        if sys.stderr.isatty():
            seconds = max(time.monotonic() - self.began, 0.001)
            print(f"\r{self.read:,} rows, {self.read / seconds:,.0f} rows/s ", end="", file=sys.stderr, flush=True)

    def table(self) -> str:
        lines = [("rows read", self.read), ("stored", self.stored), ("updated", self.updated),
                 ("unchanged", self.unchanged), ("rejected", self.rejected.total()),
                 *((f"  {reason}", number) for reason, number in sorted(self.rejected.items()))]
        return "\n".join(f"{name:<24}{number:>10,}" for name, number in lines)


@contextmanager
def rejects(path: Path | None) -> Iterator[Note]:
    """Writes where each rejected row stands and why; never what stands in it."""
    if path is None:
        yield _forget
        return
    try:
        file = path.open("w", newline="", encoding="utf-8")
    except OSError as problem:
        raise ImportFailed(f"--rejected {path}: {problem.strerror or problem}") from None
    with file:
        out = csv.writer(file)
        out.writerow(["file", "line", "reason", "rule"])
        yield lambda row, problem: out.writerow([row.file, row.line, problem.reason, problem.rule])


def _forget(_row: Row, _problem: Rejected) -> None:
    """Nobody asked for the rejected rows."""
