"""Nobody gets to know more of a person than they may, and nobody less, whatever happens in which order."""

import pytest

from tests.youth.isolation.playing import play
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
STEPS, LIVES = 100, 10


@pytest.mark.parametrize("seed", range(LIVES))
def test_a_random_life_shows_nobody_more_than_the_model_allows(room: Room, settings, seed: int) -> None:
    settings.LOKALNET_EMERGENCY_PER_HOUR = 10_000
    played = play(room, seed=seed, steps=STEPS, with_pages=True)
    assert played.steps == STEPS and played.texts > 100
