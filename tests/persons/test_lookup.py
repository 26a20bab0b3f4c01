"""A person is found again by number or by name and birth date, inside one controller."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from lokalnet.persons import versions
from lokalnet.persons.lookup import CPR, NAME, SECRET, digest, digests, named, of_identity
from tests.persons.numbers import nobodys

BORN = date(2011, 5, 17)
NUMBER = nobodys(BORN)
HERE = UUID(int=1)


def test_a_number_is_found_however_it_is_written() -> None:
    birth, rest = NUMBER[:6], NUMBER[6:]
    made = {digest(HERE, CPR, each) for each in (NUMBER, f"{birth}-{rest}", f" {birth} {rest}")}
    assert len(made) == 1 and len(made.pop()) == 32


@pytest.mark.parametrize("written", ["aase marie bjørn sørensen", "ÅSE-MARIE BJÖRN SØRENSEN",
                                     " Åse Marie\tBjørn  Sørensen ", "A\u030ase-Marie Bjørn Sørensen"])
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert digest(HERE, NAME, named(written, BORN)) == digest(HERE, NAME, named("Åse-Marie Bjørn Sørensen", BORN))


def test_another_name_and_another_birth_date_are_others() -> None:
    told = {digest(HERE, NAME, named(name, born)) for name in ("Emil Holm", "Emma Holm")
            for born in (BORN, date(2011, 5, 18))}
    assert len(told) == 4


def test_two_controllers_have_nothing_in_common() -> None:
    other = uuid4()
    assert digest(HERE, CPR, NUMBER) != digest(other, CPR, NUMBER)
    assert digest(HERE, NAME, named("Emil Holm", BORN)) != digest(other, NAME, named("Emil Holm", BORN))


def test_two_installations_have_nothing_in_common(tmp_path_factory, monkeypatch) -> None:
    here = digest(HERE, CPR, NUMBER)
    monkeypatch.setenv("LOKALNET_HOME", str(tmp_path_factory.mktemp("other")))
    assert digest(HERE, CPR, NUMBER) != here


def test_a_number_and_a_name_never_meet() -> None:
    assert digest(HERE, CPR, NUMBER) != digest(HERE, NAME, NUMBER)


def test_while_a_newer_secret_is_put_in_use_the_older_digests_are_looked_for_too() -> None:
    old = digest(HERE, CPR, NUMBER)
    assert digests(HERE, CPR, NUMBER) == [old]
    assert versions.renew(SECRET) == 2
    new = digest(HERE, CPR, NUMBER)
    assert new != old and digests(HERE, CPR, NUMBER) == [new, old]
    versions.drop_all_but(SECRET, used=())
    assert digests(HERE, CPR, NUMBER) == [new]


def test_a_person_is_found_by_what_is_known() -> None:
    whole = {"name": "Emil Holm", "cpr": NUMBER, "born": "2011-05-17", "note": "andet"}
    assert of_identity(HERE, whole) == {CPR: digest(HERE, CPR, NUMBER),
                                        NAME: digest(HERE, NAME, named("emil holm", BORN))}
    assert set(of_identity(HERE, whole | {"cpr": ""})) == {NAME}
    assert set(of_identity(HERE, whole | {"born": ""})) == {CPR}
    assert of_identity(HERE, {"name": "Emil Holm"}) == {}


def test_another_kind_of_value_is_refused() -> None:
    with pytest.raises(KeyError):
        digest(HERE, "address", "Torvet 1")
