"""Where the real data for tests, measurements and the demonstration lies, if it is here. It is never committed."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def folder() -> Path | None:
    """`LOKALNET_TEST_DATA`, or the folder beside the checkout."""
    for candidate in (os.environ.get("LOKALNET_TEST_DATA"), ROOT.parent / "shared" / "data"):
        if candidate and (Path(candidate) / "boundaries").is_dir():
            return Path(candidate)
    return None
