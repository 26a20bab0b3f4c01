"""While a file awaits Ungdomskriminalitetsnævnet nothing of it is offered or told: by no form, and by no statement."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from lokalnet.disclosure.gate import offering
from lokalnet.disclosure.gate.wanting import Refused
from lokalnet.disclosure.models import Offer, OfferSource
from lokalnet.foundation.laying import sqlstate
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.youth.files import keeping
from lokalnet.youth.models import File
from tests.days import today
from tests.disclosure.gating import Gate
from tests.disclosure.test_offer_wall import row

pytestmark = pytest.mark.django_db


def frozen(gate: Gate) -> None:
    with as_role(MIGRATION):
        File.objects.filter(id=gate.file.file_id).update(board_since=today())


def laid(gate: Gate, offer: Offer, **whose: object) -> str:
    """What the database says to an offer with its source; empty where it takes them."""
    source = {"offer_id": offer.id, "giver_id": gate.world.gladsaxe.id, "person_id": gate.file.person_id} | whose
    try:
        with transaction.atomic():
            offer.save(force_insert=True)
            OfferSource(**source).save(force_insert=True)
    except DatabaseError as problem:
        return sqlstate(problem)
    return ""


def test_the_database_takes_no_offer_and_nothing_that_was_told(gate: Gate) -> None:
    gate.stay()
    assert laid(gate, row(gate)) == ""
    frozen(gate)
    gate.stay()
    assert laid(gate, row(gate)) == "LN003"
    assert laid(gate, row(gate, state="told", snapshot=None)) == "LN003"


def test_the_services_refuse_it_in_words_also_where_somebody_was_faster(gate: Gate) -> None:
    frozen(gate)
    with pytest.raises(Refused) as problem:
        gate.offered()
    assert {each.rule for each in problem.value.refusals} == {"awaits-board"}
    stay = gate.stay()
    with pytest.raises(Refused):
        offering.tell(stay.seat, person_id=gate.file.person_id, wish=gate.wish(told="Vagthavende"), form=uuid4())


def test_the_page_says_why_and_the_refusal_is_in_the_log(gate: Gate) -> None:
    frozen(gate)
    gate.stay()
    sanne = gate.browser(gate.room.sanne)
    assert keeping.awaits_board(gate.stay().file)
    page = sanne.get(reverse("share", args=[gate.file.file_id]))
    assert page.status_code == 200 and "Ungdomskriminalitetsnævnet" in page.content.decode()
    wish = gate.wish()
    answer = sanne.post(reverse("share", args=[gate.file.file_id]), {
        "token": str(uuid4()), "receiver": str(wish.receiver), "ground": str(wish.ground), "purpose": wish.purpose,
        "stage": wish.stage, "shared": list(wish.fields), "necessity": wish.necessity, "informed": ["parents"],
        "way": "copy", "expires_on": (today() + timedelta(days=30)).isoformat()})
    assert answer.status_code == 422 and "Ungdomskriminalitetsnævnet" in answer.content.decode()
    assert gate.events("disclosure.refused")[0].detail["rules"] == ["awaits-board"]


def test_a_source_names_a_person_and_an_offer_of_the_givers_own(gate: Gate) -> None:
    gate.stay()
    assert laid(gate, row(gate), giver_id=gate.world.ballerup.id) in ("LN003", "42501")
    with as_role(MIGRATION):
        assert laid(gate, row(gate), giver_id=gate.world.ballerup.id) == "LN003"
