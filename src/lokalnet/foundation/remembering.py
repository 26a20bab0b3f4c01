"""What a command did last, remembered in a small file of the home folder: also known while the database is away.

A file says when, and a few words and numbers; never a path of the machine, a person or what the act was about.
"""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lokalnet.foundation.home import home
from lokalnet.foundation.times import now

Said = str | int | bool | None


@dataclass(frozen=True)
class Memory:
    at: datetime
    said: dict[str, Said]


def remember(name: str, **said: Said) -> None:
    """Whole or not at all: whoever reads it meanwhile reads the one before."""
    handle, part = tempfile.mkstemp(dir=home(), prefix=f".{name}.")
    try:
        with os.fdopen(handle, "w") as file:
            json.dump({"at": now().isoformat(), **said}, file)
        Path(part).replace(_file(name))
    except BaseException:
        with suppress(FileNotFoundError):
            Path(part).unlink()
        raise


def remembered(name: str) -> Memory | None:
    """None when it never happened, or when the file was spoilt."""
    try:
        said = json.loads(_file(name).read_text())
        return Memory(datetime.fromisoformat(said.pop("at")), said)
    except (OSError, ValueError, KeyError, AttributeError):
        return None


def _file(name: str) -> Path:
    return home() / f"{name}.last"
