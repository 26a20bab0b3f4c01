"""What lies beside the checkout; a test is skipped where it is absent, unless it is required."""

import os
from pathlib import Path

import pytest


def beside(folder: str, name: str, *, setting: str) -> Path:
    """`name` in a folder of what is shared; the environment's `setting` says where that lies, if not there."""
    root = Path(os.environ.get(setting) or Path(__file__).resolve().parents[1] / ".." / "shared" / folder)
    found = root / name
    if not found.exists():
        missing = f"INCOMPLETE: nothing at {found} (set {setting})"
        if os.environ.get("LOKALNET_REQUIRE_SHARED"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found
