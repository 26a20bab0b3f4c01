"""A real installation has no person room yet, so its vault makes no key."""

from uuid import uuid4

import pytest

from lokalnet.persons import key_rotation, keys, opening


@pytest.fixture
def closed(settings) -> None:
    settings.LOKALNET_DEMO = False


def test_the_room_is_open_in_the_demonstration_alone(settings) -> None:
    assert opening.is_open()
    opening.check_open()
    settings.LOKALNET_DEMO = False
    assert not opening.is_open()
    with pytest.raises(opening.RoomClosed):
        opening.check_open()


def test_no_key_is_made_while_it_is_closed(closed: None, home) -> None:
    with pytest.raises(opening.RoomClosed):
        keys.make(uuid4())
    assert not (home / "keys").exists()


def test_no_rotation_begins_while_it_is_closed(settings) -> None:
    made = keys.make(uuid4())
    settings.LOKALNET_DEMO = False
    with pytest.raises(opening.RoomClosed):
        key_rotation.begin()
    assert keys.fetch(made.id) == made


def test_what_is_there_can_be_read_and_destroyed_while_it_is_closed(settings) -> None:
    made = keys.make(uuid4())
    settings.LOKALNET_DEMO = False
    assert keys.fetch(made.id) == made
    keys.destroy(made.id)
    assert keys.destroyed() == {made.id}
