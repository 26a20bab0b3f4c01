"""The reference values."""

from pathlib import Path

from tests.beside import beside


def reference(name: str) -> Path:
    return beside("reference", name, setting="LOKALNET_TEST_REFERENCE")
