"""A key for each id, whole or not at all; what was destroyed stays gone."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from lokalnet.persons import keys, store, versions
from lokalnet.persons.wrapping import MASTER


def change(statement: str, *parameters: object) -> None:
    """As somebody who can write the file."""
    with closing(sqlite3.connect(store.path(), isolation_level=None)) as other:
        other.execute(statement, parameters)


def content(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (home / "keys").iterdir())


def test_a_key_is_32_random_bytes_and_comes_back() -> None:
    first, second = keys.make(uuid4()), keys.make(uuid4())
    assert len(first.secret) == 32 and first.secret != second.secret and first.version == 1
    assert keys.fetch(first.id) == first and keys.fetch(second.id) == second and keys.held() == 2


def test_making_it_again_changes_nothing() -> None:
    made = keys.make(uuid4())
    assert keys.make(made.id) == made and keys.versions_of(made.id) == [1]


def test_a_key_that_was_never_made_is_gone() -> None:
    with pytest.raises(keys.KeyGone):
        keys.fetch(uuid4())


def test_a_destroyed_key_leaves_a_tombstone_and_is_never_made_anew() -> None:
    made = keys.make(uuid4())
    keys.destroy(made.id)
    keys.destroy(made.id)
    assert keys.destroyed() == {made.id} and keys.versions_of(made.id) == []
    for act in (keys.fetch, keys.make):
        with pytest.raises(keys.KeyGone):
            act(made.id)
    with pytest.raises(sqlite3.IntegrityError):
        change("insert into key values (?, 1, x'00', 1, '')", str(made.id))


def test_an_id_that_had_no_key_yet_can_be_destroyed_too() -> None:
    late = uuid4()
    keys.destroy(late)
    with pytest.raises(keys.KeyGone):
        keys.make(late)


def test_nothing_of_a_destroyed_key_is_left_in_any_file(home: Path) -> None:
    made = keys.make(uuid4())
    (wrapped,), = store.reading().execute("select wrapped from key where id = ?", [str(made.id)])
    assert wrapped in content(home)
    keys.destroy(made.id)
    assert wrapped not in content(home)


def test_the_files_are_readable_by_the_service_alone(home: Path) -> None:
    keys.make(uuid4())
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home / "keys").iterdir()}
    assert {"persons.sqlite3", "persons-master-1.key"} <= set(found) and set(found.values()) == {0o600}


def test_neither_the_store_nor_the_master_key_alone_holds_a_key(home: Path) -> None:
    made = keys.make(uuid4())
    assert made.secret not in content(home) and made.secret.hex().encode() not in content(home)


def test_a_key_does_not_open_under_another_master(home: Path) -> None:
    made = keys.make(uuid4())
    (home / "keys" / "persons-master-1.key").write_text("00" * 32)
    with pytest.raises(keys.StoreBroken):
        keys.fetch(made.id)


@pytest.mark.parametrize("statement", [
    "update key set wrapped = cast(substr(wrapped, 2) || substr(wrapped, 1, 1) as blob)",
    "update key set wrapped = x''", "update key set version = 2", "update key set master = 2",
    "update key set id = '{other}'"])
def test_a_key_that_was_changed_or_moved_does_not_open(statement: str) -> None:
    made, other = keys.make(uuid4()), uuid4()
    versions.renew(MASTER)
    change(statement.format(other=other))
    with pytest.raises(keys.StoreBroken):
        keys.fetch(other if "{other}" in statement else made.id)


def test_a_lost_master_key_is_named_and_never_made_anew(home: Path) -> None:
    made = keys.make(uuid4())
    (home / "keys" / "persons-master-1.key").unlink()
    for act in (lambda: keys.fetch(made.id), lambda: keys.make(uuid4())):
        with pytest.raises(versions.SecretMissing, match="persons-master-1"):
            act()
    assert not (home / "keys" / "persons-master-1.key").exists()


def test_many_threads_that_make_one_key_get_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        for wanted in [uuid4() for _ in range(10)]:
            assert len({key.secret for key in pool.map(keys.make, [wanted] * 8)}) == 1


def test_the_secret_stands_in_no_representation() -> None:
    made = keys.make(uuid4())
    assert repr(made.secret) not in repr(made) and made.secret.hex() not in repr(made)
