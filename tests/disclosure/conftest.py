"""A partnership with the grounds of Danish law, and the person room open."""

import pytest

from tests.disclosure import gating, officers
from tests.disclosure.gating import Gate
from tests.disclosure.officers import Law
from tests.persons.conftest import home  # noqa: F401  (a fixture)
from tests.world import World


@pytest.fixture
def law(world: World, settings) -> Law:
    settings.LOKALNET_DEMO = True
    return officers.law(world)


@pytest.fixture
def gate(world: World) -> Gate:
    return gating.gate(world)
