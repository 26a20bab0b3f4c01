"""Fixtures that all tests share. The database comes from `server.py`."""

import pytest

from lokalnet.project.testbed import Testbed
from tests.server import current
from tests.world import World, build


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is a clone of the migrated template; Django neither makes nor destroys one."""


@pytest.fixture(scope="session")
def bed() -> Testbed:
    return current()


@pytest.fixture
def world(db: None) -> World:
    return build()
