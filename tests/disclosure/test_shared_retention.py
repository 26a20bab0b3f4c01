"""What nobody answered and copies whose day is over go in the night, with the keys that open them."""

from uuid import UUID

import pytest
from django.db import connection, transaction

from lokalnet.disclosure.gate import answering, letting_go, overseeing
from lokalnet.disclosure.models import CopyText
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import keys
from lokalnet.project import logins
from tests.disclosure.gating import Gate, sql_as_owner

pytestmark = pytest.mark.django_db


def numbers(*, dry_run: bool) -> dict[str, int]:
    with as_role(logins.RETENTION):
        lines = letting_go.foresee() if dry_run else letting_go.let_go()
    return {line.what: line.number for line in lines}


def over(gate: Gate) -> tuple[UUID, UUID, UUID]:
    """An offer that nobody answered, and a copy whose day was yesterday."""
    waiting, (taken, copy_id) = gate.offered(), gate.taken()
    sql_as_owner("update disclosure_offer set expires_at = now() - interval '1 minute' where id = %s", waiting)
    sql_as_owner("update disclosure_copy set expires_on = today() - 1 where id = %s", copy_id)
    return waiting, taken, copy_id


def test_both_go_and_the_copys_key_with_it(gate: Gate) -> None:
    waiting, _, copy_id = over(gate)
    person = gate.copy(copy_id).person_id
    foreseen = numbers(dry_run=True)
    assert gate.offer(waiting).state == "offered" and keys.fetch(person)
    assert numbers(dry_run=False) == foreseen == {
        "offers that nobody answered": 1, "copies of what was shared": 1, "words of what was shared": 0}
    assert (gate.offer(waiting).state, gate.offer(waiting).snapshot) == ("expired", None)
    assert gate.copy(copy_id).state == "gone"
    with as_role(MIGRATION):
        assert not CopyText.objects.exists()
    with pytest.raises(keys.KeyGone):
        keys.fetch(person)
    assert keys.fetch(gate.file.person_id) and keys.fetch(waiting)
    assert not any(numbers(dry_run=False).values())


def test_what_is_not_over_stays(gate: Gate) -> None:
    waiting, (_, copy_id) = gate.offered(), gate.taken()
    assert not any(numbers(dry_run=False).values())
    assert gate.copy(copy_id).state == "open" and answering.accept(gate.seat(gate.room.petra), waiting)


def test_a_run_that_was_stopped_before_the_keys_is_finished_by_the_next(
        gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, copy_id = over(gate)
    person = gate.copy(copy_id).person_id
    with monkeypatch.context() as broken:
        broken.setattr(keys, "destroyed", lambda: 1 / 0)
        with as_role(logins.RETENTION), pytest.raises(ZeroDivisionError):
            letting_go.let_go()
    assert gate.copy(copy_id).state == "gone" and keys.fetch(person)
    numbers(dry_run=False)
    with pytest.raises(keys.KeyGone):
        keys.fetch(person)


def test_after_five_years_the_words_cannot_be_read_any_more(gate: Gate) -> None:
    offer_id, _ = gate.taken()
    sql_as_owner("update disclosure_offer set answered_at = now() - interval '5 years 1 hour'")
    assert numbers(dry_run=True)["words of what was shared"] == 1
    numbers(dry_run=False)
    with pytest.raises(keys.KeyGone):
        keys.fetch(offer_id)


def test_no_other_login_lets_go(gate: Gate) -> None:
    gate.seat(gate.room.sanne)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from let_go_of_shared()")


def test_pages_of_an_offer_whose_words_are_gone_still_say_that_it_was_shared(gate: Gate) -> None:
    offer_id, _ = gate.taken()
    keys.destroy(offer_id)
    seen = overseeing.given(gate.seat(gate.room.sanne), offer_id)
    assert seen.offer.state == "accepted" and seen.words is not None and not seen.words.necessity
