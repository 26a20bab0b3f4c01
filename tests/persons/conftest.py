"""Each test has an installation of its own for its keys, with the room open."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    monkeypatch.setenv("LOKALNET_HOME", str(tmp_path))
    settings.LOKALNET_DEMO = True
    return tmp_path
