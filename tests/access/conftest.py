"""What the tests of access share."""

import pytest

from lokalnet.access import sessions


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose live streams were told to close."""
    told: list[str] = []
    monkeypatch.setattr(sessions, "close_streams", told.append)
    return told
