"""Fixtures that all tests share. The database comes from `server.py`."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from lokalnet.project.testbed import Testbed
from tests.server import current
from tests.world import World, build

# They begin first, the longest of all at the front: begun last, one worker would be busy with it and the others wait.
LONGEST = ("test_kill", "test_killed", "test_isolation", "test_following_race", "test_upgrade", "test_retention_killed",
           "test_import_killed", "test_briefing_killed", "test_coarse_attack", "test_doors", "test_log_tampering",
           "test_fuzz", "test_backup",
           "test_language",  # looks for English in Danish pages, which others write into the demonstration
           "test_axe", "test_picture", "test_outside", "test_evening", "test_briefing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is a clone of the migrated template; Django neither makes nor destroys one."""


@pytest.fixture(scope="session")
def bed() -> Testbed:
    return current()


@pytest.fixture(autouse=True)
def no_language_left_over() -> Iterator[None]:
    """What a test's last request was answered in is not the next test's."""
    yield
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    return build()
