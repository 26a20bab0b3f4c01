"""Nobody reaches the key of something else by the id that a form brings: it would go when the draft goes."""

from uuid import UUID

import pytest

from lokalnet.persons import keys
from lokalnet.youth.concerns import drafting
from tests.youth.concerns import who
from tests.youth.opened import opened
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", ["thrown away", "begun twice"])
def test_a_draft_does_not_take_the_key_of_anything_else_with_it(room: Room, how: str,
                                                               django_capture_on_commit_callbacks) -> None:
    taken: UUID = opened(room.world, room.sanne).person_id
    before = keys.fetch(taken)
    actor = room.world.actor(room.tove)
    with django_capture_on_commit_callbacks(execute=True):
        made = drafting.begin(actor, who(), "Bange", concern_id=taken)
        if how == "begun twice":
            assert drafting.begin(actor, who(), "Bange", concern_id=taken) != taken
        drafting.throw_away(actor, made)
        drafting.throw_away(actor, taken)
    assert made != taken and keys.fetch(taken) == before


def test_an_offers_key_is_not_taken_either(room: Room, django_capture_on_commit_callbacks) -> None:
    """Its id stands in the address of whoever it was offered to."""
    offer_key = keys.make(UUID("6ba7b810-9dad-41d1-80b4-00c04fd430c8"))
    actor = room.world.actor(room.signe)
    with django_capture_on_commit_callbacks(execute=True):
        drafting.throw_away(actor, drafting.begin(actor, who(), "Bange", concern_id=offer_key.id))
    assert keys.fetch(offer_key.id) == offer_key
