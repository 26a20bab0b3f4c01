"""The pages of the grounds: who shares reads them in plain words, and data protection officers act on them."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from lokalnet.access.models import Member
from lokalnet.disclosure.law import deciding, installing
from lokalnet.disclosure.models import Ground, GroundState
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of, events
from tests.days import today
from tests.disclosure.officers import UNVERIFIED, WHY, Law

SAID = "Vi har læst lovteksten og står inde for brugen"


def english(member: Member) -> Client:
    client = browser_of(member)
    client.cookies["django_language"] = "en"
    return client


def page(member: Member, path: str = "/hjemler/") -> str:
    return english(member).get(path).content.decode()


def entered(**changed: Any) -> dict[str, Any]:
    return {"paragraph": "Sundhedsloven § 1", "title_da": "Ny hjemmel", "title_en": "New ground", "text_da": "Ordlyd",
            "source": "retsinformation.dk", "gives": ["psychiatry"], "receives": ["municipality"], "purposes": ["psp"],
            "fields_shared": ["identity", "agreements"], "age_from": "", "age_to": "17", "regime": "gdpr",
            "valid_from": today().isoformat(), "valid_to": "", "why": WHY} | changed


def test_who_shares_reads_the_list_and_finds_nothing_to_change(law: Law) -> None:
    said = page(law.sanne)
    assert "SSP: the police give" in said and "Awaits confirmation in writing" in said
    assert "Propose a ground" not in said
    one = page(law.sanne, f"/hjemler/{law.in_force(UNVERIFIED).id}/")
    assert "Confirm in writing" not in one and "Propose a change" not in one and "History" in one


def test_reading_is_an_act(law: Law) -> None:
    page(law.sanne)
    page(law.sanne, f"/hjemler/{law.in_force().id}/")
    assert [event.subject for event in events("grounds.read")] == [law.world.partnership.id, law.in_force().id]


def test_in_a_closed_room_the_page_says_why(law: Law, settings) -> None:
    settings.LOKALNET_DEMO = False
    answer = english(law.sanne).get("/hjemler/")
    assert answer.status_code == 403 and "is not open yet" in answer.content.decode()
    assert english(law.world.viggo).get(f"/hjemler/{law.in_force().id}/").status_code == 404


def test_the_menu_has_it_for_those_who_read_it(law: Law, settings) -> None:
    assert 'href="/hjemler/"' in page(law.dorte, "/min-dag/")
    assert 'href="/hjemler/"' not in page(law.world.lars, "/min-dag/")
    settings.LOKALNET_DEMO = False
    assert 'href="/hjemler/"' not in page(law.dorte, "/min-dag/")


def test_an_officer_proposes_and_what_was_typed_stays_when_it_is_refused(law: Law) -> None:
    gorm = english(law.gorm)
    answer = gorm.post("/hjemler/ny/", entered(age_from="18", text_da="Mine egne ord"))
    assert answer.status_code == 422
    assert "The highest age cannot be below the lowest." in answer.content.decode()
    assert "Mine egne ord" in answer.content.decode()
    for _ in range(2):  # a double click
        assert gorm.post("/hjemler/ny/", entered()).status_code == 302
    with as_role(MIGRATION):
        made = Ground.objects.get(code="sundhedsloven-1-ny-hjemmel")
    assert (made.state, made.bars, made.age_to, made.verified) == ("proposed", ["investigation"], 17, False)


def test_a_choice_beyond_the_law_is_no_choice(law: Law) -> None:
    for changed in ({"receives": ["housing"]}, {"gives": ["association"]}, {"purposes": ["investigation"]},
                    {"fields_shared": ["ethnicity"]}):
        assert english(law.gorm).post("/hjemler/ny/", entered(**changed)).status_code == 422


def test_another_officer_compares_approves_and_confirms(law: Law) -> None:
    change = law.proposed(law.gorm)
    path = f"/hjemler/{change.id}/"
    said = page(law.dorte, path)
    assert WHY in said and "no longer: Address, telephone and parents" in said and "Gladsaxe Kommune" in said
    assert "Gorm" not in said
    dorte = english(law.dorte)
    for _ in range(2):
        assert dorte.post(path, {"act": "approve"}).status_code == 302
    assert dorte.post(path, {"act": "confirm", "words": "ok"}).status_code == 422
    for _ in range(2):
        assert dorte.post(path, {"act": "confirm", "words": SAID}).status_code == 302
    assert SAID in page(law.sanne, path)


def test_the_proposer_is_told_that_somebody_else_decides(law: Law) -> None:
    change = law.proposed(law.gorm)
    said = page(law.gorm, f"/hjemler/{change.id}/")
    assert "Another data protection officer of the partnership" in said
    assert 'value="approve"' not in said
    assert english(law.gorm).post(f"/hjemler/{change.id}/", {"act": "approve"}).status_code == 403


def test_a_decline_needs_a_reason_that_the_proposer_then_reads(law: Law) -> None:
    change = law.proposed(law.gorm)
    dorte = english(law.dorte)
    assert dorte.post(f"/hjemler/{change.id}/", {"act": "decline", "reason": ""}).status_code == 422
    assert dorte.post(f"/hjemler/{change.id}/", {"act": "decline", "reason": "Adressen bruges"}).status_code == 302
    assert "Adressen bruges" in page(law.gorm, f"/hjemler/{change.id}/")


def test_two_who_decide_at_once_notice(law: Law) -> None:
    change = law.proposed(law.gorm)
    deciding.decline(law.seat(law.dorte), change, "Adressen bruges")
    answer = english(law.dorte).post(f"/hjemler/{change.id}/", {"act": "approve"})
    assert answer.status_code == 422 and "Somebody else has proposed or decided" in answer.content.decode()


def test_a_change_is_proposed_from_the_page_of_what_is_in_force(law: Law) -> None:
    row = law.in_force()
    sent = entered(paragraph=row.paragraph, title_da=row.title_da, title_en=row.title_en, text_da=row.text_da,
                   source=row.source, gives=row.gives, receives=row.receives, purposes=row.purposes, regime=row.regime,
                   age_to="", valid_from=row.valid_from.isoformat(), fields_shared=row.fields)
    path = f"/hjemler/{row.id}/"
    answer = english(law.gorm).post(path, sent)
    assert answer.status_code == 422 and "Nothing is changed in it yet." in answer.content.decode()
    assert english(law.gorm).post(path, sent | {"fields_shared": ["identity"]}).status_code == 302
    assert "See the proposed change" in page(law.dorte, path)
    with as_role(MIGRATION):
        assert Ground.objects.filter(code=row.code, state=GroundState.PROPOSED).count() == 1


def test_a_member_of_another_partnership_gets_the_strangers_page(law: Law) -> None:
    with as_role(MIGRATION):
        installing.install(law.world.elsewhere)
        theirs = Ground.objects.filter(partnership=law.world.elsewhere).values_list("id", flat=True)[0]
    there, nowhere = (english(law.dorte).get(f"/hjemler/{each}/") for each in (theirs, law.world.partnership.id))
    assert (there.status_code, nowhere.status_code) == (404, 404)


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_empty_list_says_what_to_do(law: Law, language: str) -> None:
    with as_role(MIGRATION):
        Ground.objects.all().delete()
    client = browser_of(law.sanne)
    client.cookies["django_language"] = language
    with override(language):
        assert gettext("There is no ground here, so nothing can be shared.") in client.get("/hjemler/").content.decode()
