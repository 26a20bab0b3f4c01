"""The store's part of a rotation: newer keys under a newer master, the older ones gone when nothing needs them."""

from pathlib import Path
from uuid import uuid4

import pytest

from lokalnet.persons import key_rotation, keys, store, versions
from lokalnet.persons.wrapping import MASTER


def masters() -> set[int]:
    return {row[0] for row in store.reading().execute("select distinct master from key")}


def test_every_key_gets_a_newer_version_and_the_older_ones_still_open() -> None:
    before = [keys.make(uuid4()) for _ in range(3)]
    assert key_rotation.begin() == 3
    for old in before:
        new = keys.fetch(old.id)
        assert new.version == 2 and new.secret != old.secret
        assert keys.fetch_version(old.id, 1) == old


def test_everything_is_wrapped_under_a_newer_master_and_the_older_one_is_gone(home: Path) -> None:
    keys.make(uuid4())
    key_rotation.begin()
    assert masters() == {2} and versions.kept(MASTER) == [2]
    assert not (home / "keys" / "persons-master-1.key").exists()


def test_at_the_end_the_older_versions_are_gone_from_every_file(home: Path) -> None:
    old = keys.make(uuid4())
    key_rotation.begin()
    (wrapped,), = store.reading().execute("select wrapped from key where version = 1")
    key_rotation.finish()
    assert keys.versions_of(old.id) == [2]
    assert wrapped not in b"".join(path.read_bytes() for path in (home / "keys").iterdir())
    with pytest.raises(keys.KeyGone):
        keys.fetch_version(old.id, 1)


def test_older_versions_under_which_something_stands_are_kept_for_the_next_rotation() -> None:
    stuck, free = keys.make(uuid4()), keys.make(uuid4())
    key_rotation.begin()
    key_rotation.finish(keeping={stuck.id})
    assert (keys.versions_of(stuck.id), keys.versions_of(free.id)) == ([1, 2], [2])
    assert not key_rotation.unfinished() and keys.fetch_version(stuck.id, 1) == stuck
    key_rotation.begin()
    key_rotation.finish()
    assert (keys.versions_of(stuck.id), keys.versions_of(free.id)) == ([3], [3])


def test_one_that_was_broken_off_is_known() -> None:
    keys.make(uuid4())
    assert not key_rotation.unfinished()
    key_rotation.begin()
    assert key_rotation.unfinished()
    key_rotation.finish()
    assert not key_rotation.unfinished()


def test_a_key_made_meanwhile_is_under_the_newest_master() -> None:
    keys.make(uuid4())
    key_rotation.begin()
    made = keys.make(uuid4())
    key_rotation.finish()
    assert masters() == {2} and keys.fetch(made.id) == made and made.version == 1


def test_what_was_destroyed_stays_destroyed() -> None:
    gone = keys.make(uuid4())
    keys.destroy(gone.id)
    assert key_rotation.begin() == 0
    key_rotation.finish()
    assert keys.destroyed() == {gone.id} and keys.versions_of(gone.id) == []


def test_a_store_that_does_not_open_is_left_as_it_is(home: Path) -> None:
    made = keys.make(uuid4())
    right = (home / "keys" / "persons-master-1.key").read_text()
    (home / "keys" / "persons-master-1.key").write_text("00" * 32)
    with pytest.raises(keys.StoreBroken):
        key_rotation.begin()
    (home / "keys" / "persons-master-1.key").write_text(right)
    assert not key_rotation.unfinished() and keys.fetch(made.id) == made
