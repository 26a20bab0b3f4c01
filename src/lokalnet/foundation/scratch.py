"""Files that live as long as one piece of work, in a folder that only the service's user may enter.

What they hold belongs into the database, under policies (engineering 18). A process that is killed leaves its files
behind, so the folder is swept: what is older than any work takes goes.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from lokalnet.foundation.home import home
from lokalnet.foundation.times import now

LONGEST_WORK = timedelta(hours=6)


def folder() -> Path:
    path = home() / "scratch"
    path.mkdir(exist_ok=True, mode=0o700)
    return path


@contextmanager
def private() -> Iterator[Path]:
    """An empty folder, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        yield Path(made)


def sweep() -> None:
    oldest = (now() - LONGEST_WORK).timestamp()
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime >= oldest:
                continue
        except FileNotFoundError:  # whoever worked with it has just finished
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
