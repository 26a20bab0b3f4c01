"""The person room is open, and its keys lie in a folder of the test's own."""

import pytest

from tests.persons.conftest import home  # noqa: F401  (a fixture)
from tests.world import World
from tests.youth import people
from tests.youth.people import Room


@pytest.fixture
def room(world: World) -> Room:
    return people.room(world)
