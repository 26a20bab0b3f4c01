"""The reference values beside the checkout; skipped where they are absent, unless they are required."""

import os
from pathlib import Path

import pytest


def reference(name: str) -> Path:
    """A file of the reference data. LOKALNET_TEST_REFERENCE says where they lie, if not beside the checkout."""
    root = Path(os.environ.get("LOKALNET_TEST_REFERENCE")
                or Path(__file__).resolve().parents[2] / ".." / "shared" / "reference")
    found = root / name
    if not found.exists():
        missing = f"INCOMPLETE: no reference values at {found} (set LOKALNET_TEST_REFERENCE)"
        if os.environ.get("LOKALNET_REQUIRE_SHARED"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found
