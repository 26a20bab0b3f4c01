"""A sealed value opens where it was made, under its key, and nowhere else."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalnet.persons import key_rotation, keys
from lokalnet.persons.keys import Key
from lokalnet.persons.sealing import Spot, Unreadable, seal, unseal, version_of

KEY = Key(UUID(int=1), 1, bytes(range(32)))
SPOT = Spot("persons_identity", UUID(int=2), UUID(int=3))
SAID = {"name": "Emil Åse Ørsted", "note": "Kommer ofte på torvet."}


@given(st.dictionaries(st.text(), st.text(), max_size=5))
def test_what_was_sealed_comes_back(said: dict[str, str]) -> None:
    assert unseal(KEY, SPOT, seal(KEY, SPOT, said)) == said


@pytest.mark.parametrize("spot", [
    replace(SPOT, table="youth_concern"), replace(SPOT, row=uuid4()), replace(SPOT, controller=uuid4()),
    replace(SPOT, column="other")])
def test_moved_to_another_place_it_does_not_open(spot: Spot) -> None:
    sealed = seal(KEY, SPOT, SAID)
    with pytest.raises(Unreadable):
        unseal(KEY, spot, sealed)


@pytest.mark.parametrize("key", [replace(KEY, id=UUID(int=9)), replace(KEY, secret=bytes(32))])
def test_under_another_key_it_does_not_open(key: Key) -> None:
    with pytest.raises(Unreadable):
        unseal(key, SPOT, seal(KEY, SPOT, SAID))


def test_the_same_secret_under_another_version_does_not_open_it() -> None:
    sealed = seal(KEY, SPOT, SAID)
    other = replace(KEY, version=2)
    with pytest.raises(Unreadable):
        unseal(other, SPOT, sealed[:1] + (2).to_bytes(2, "big") + sealed[3:])


@given(st.data())
def test_changed_in_any_byte_it_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, SPOT, SAID))
    where = data.draw(st.integers(0, len(sealed) - 1))
    sealed[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        unseal(KEY, SPOT, bytes(sealed))


@given(st.binary(max_size=200))
def test_other_bytes_do_not_open(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, SPOT, sealed)


@given(st.text(max_size=40), st.text(max_size=40))
def test_lengths_are_rounded_to_64(one: str, other: str) -> None:
    lengths = {len(seal(KEY, SPOT, {"note": each})) - len(seal(KEY, SPOT, {})) for each in (one, other)}
    assert all(length % 64 == 0 for length in lengths)


def test_a_short_and_a_longer_name_have_the_same_length() -> None:
    assert len(seal(KEY, SPOT, {"name": "Bo"})) == len(seal(KEY, SPOT, {"name": "Anna Margrethe Kirkegaard"}))


def test_the_same_words_are_never_sealed_alike() -> None:
    assert len({seal(KEY, SPOT, SAID) for _ in range(50)}) == 50


def test_no_word_stands_in_what_is_sealed() -> None:
    sealed = seal(KEY, SPOT, SAID)
    assert all(part not in sealed for part in (b"Emil", b"torvet", b"name", b"note"))


def test_words_alone_are_sealed() -> None:
    with pytest.raises(TypeError):
        seal(KEY, SPOT, {"age": 14})  # type: ignore[dict-item]


def test_what_was_sealed_under_an_older_version_opens_until_that_is_dropped() -> None:
    old = keys.make(uuid4())
    sealed = seal(old, SPOT, SAID)
    key_rotation.begin()
    new = keys.fetch(old.id)
    assert version_of(sealed) == 1 and version_of(seal(new, SPOT, SAID)) == 2
    assert unseal(new, SPOT, sealed) == SAID
    key_rotation.finish()
    with pytest.raises(Unreadable):
        unseal(new, SPOT, sealed)
    assert unseal(new, SPOT, seal(new, SPOT, SAID)) == SAID
