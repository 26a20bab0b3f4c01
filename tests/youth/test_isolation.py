"""Nobody gets to know more of a person than they may, and nobody less, whatever happens in which order.

`./run bench isolation` plays a hundred times as many lives, and asks each what it did.
"""

import json
import os

import pytest

from tests.youth.isolation.playing import Played, play
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
STEPS, LIVES = 100, int(os.environ.get("LOKALNET_LIVES", "10"))


@pytest.mark.parametrize("seed", range(LIVES))
def test_a_random_life_shows_nobody_more_than_the_model_allows(room: Room, settings, seed: int) -> None:
    settings.LOKALNET_EMERGENCY_PER_HOUR = 10_000
    played = play(room, seed=seed, steps=STEPS, with_pages=True)
    assert played.steps == STEPS and played.texts > 100
    _told(played)


def _told(played: Played) -> None:
    if "LOKALNET_LIVES_TOLD" in os.environ:
        with open(os.environ["LOKALNET_LIVES_TOLD"], "a") as file:
            file.write(json.dumps(vars(played)) + "\n")
