"""A partnership with the grounds of Danish law, and the person room open."""

import pytest

from tests.disclosure import officers
from tests.disclosure.officers import Law
from tests.world import World


@pytest.fixture
def law(world: World, settings) -> Law:
    settings.LOKALNET_DEMO = True
    return officers.law(world)
