"""Offers that no page makes, and offers that are taken by whoever is no longer at the table."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.access.models import Party
from lokalnet.disclosure.gate import answering, looking
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from tests.days import today
from tests.disclosure.gating import Gate, sql
from tests.disclosure.test_offer_wall import refused, row

pytestmark = pytest.mark.django_db


def taken_in_sql(gate: Gate, offer_id: object) -> bool:
    """By Petra, past the pages."""
    gate.world.actor(gate.room.petra)
    person = uuid4()
    sql("insert into persons_person (id, controller_id, sealed, edition, made_at) values (%s, %s, 'x', 1, now())",
        person, gate.world.police.id)
    return bool(sql("select accept_offer(%s, %s, %s, 'x')", offer_id, uuid4(), person)[0][0])


@pytest.mark.parametrize("flaw", [
    {"offered_at": now() - timedelta(days=400)}, {"offered_at": now() + timedelta(days=2)}, {"answer_sealed": b"x"},
    {"recalled_at": now()}, {"recall_answer": "kept"}])
def test_an_offer_begins_now_and_unanswered_where_the_officer_looks_for_it(gate: Gate, flaw: dict[str, Any]) -> None:
    gate.seat(gate.room.sanne)
    assert refused(row(gate)) == "" and refused(row(gate, **flaw)) == "42501"


def test_an_offer_about_nobody_is_not_taken(gate: Gate) -> None:
    """Whoever gives has been at the file, or there is nothing to give."""
    gate.seat(gate.room.sanne)
    made = row(gate)
    assert refused(made) == "" and not taken_in_sql(gate, made.id)
    assert taken_in_sql(gate, gate.offered())


def test_who_has_left_the_partnership_sees_takes_and_declines_nothing_more(gate: Gate) -> None:
    offer_id = gate.offered()
    here = gate.seat(gate.room.petra)
    with as_role(MIGRATION):
        Party.objects.filter(partnership=gate.world.partnership, organisation=gate.world.police).update(
            valid_to=today() - timedelta(days=1))
    gate.world.actor(gate.room.petra)
    assert looking.found(offer_id) is None and not looking.waiting(here)
    for act in (lambda: answering.accept(here, offer_id), lambda: answering.decline(here, offer_id, "Det er ikke os")):
        with pytest.raises(Http404):
            act()
    assert not taken_in_sql(gate, offer_id) and gate.offer(offer_id).state == "offered"
