from collections.abc import Iterator

import pytest

from lokalnet.notices import posting
from tests.notices import kit


@pytest.fixture(autouse=True)
def kind() -> None:
    kit.install()


@pytest.fixture
def postbox(settings) -> Iterator[kit.Postbox]:  # type: ignore[no-untyped-def]
    """A real mail server that the installation sends to."""
    box = kit.Postbox()
    with kit.served(box) as port:
        settings.EMAIL_BACKEND = posting.SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_SSL = "127.0.0.1", port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.LOKALNET_ADDRESS = "https://lokalnet.example"
        yield box
