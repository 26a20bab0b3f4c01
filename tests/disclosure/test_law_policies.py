"""In raw SQL: who writes grounds, and that no version is ever overwritten."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError

from lokalnet.access.models import Member
from lokalnet.disclosure.law import installing
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from tests.days import today
from tests.disclosure.officers import UNVERIFIED, Law, sql


def insert(law: Law, by: Member, **changed: Any) -> None:
    said: dict[str, Any] = {
        "id": uuid4(), "partnership_id": law.world.partnership.id, "code": "x", "version": 1, "state": "proposed",
        "paragraph": "§ 1", "title_da": "x", "title_en": "x", "text_da": "x", "gives": ["police"],
        "receives": ["municipality"], "purposes": ["ssp"], "fields": ["identity"], "bars": ["investigation"],
        "regime": "", "source": "x", "valid_from": today(), "verified": False, "why": "x", "proposed_by_id": by.id,
        "proposed_at": now(), "decline_reason": ""} | changed
    sql(f"insert into disclosure_ground ({', '.join(said)}) values ({', '.join(['%s'] * len(said))})", *said.values())


def confirmation(law: Law, by: Member, ground: object, words: str = "Vi har læst lovteksten") -> None:
    sql("insert into disclosure_confirmation (id, ground_id, partnership_id, organisation_id, member_id, words, at) "
        "values (%s, %s, %s, %s, %s, %s, now())", uuid4(), ground, law.world.partnership.id, by.organisation_id, by.id,
        words)


def decided(ground: object, *, approve: bool = True) -> bool:
    return bool(sql("select decide_ground(%s, %s, 'nej')", ground, approve)[0][0])


@pytest.mark.parametrize(("name", "seen"), [("sanne", 16), ("dorte", 16), ("gorm", 16), ("bo", 16), ("adam", 16),
                                            ("viggo", 0), ("lars", 0), ("clara", 0)])
def test_who_shares_and_who_oversees_reads_the_grounds(law: Law, name: str, seen: int) -> None:
    law.world.actor(getattr(law, name, None) or getattr(law.world, name))
    assert len(sql("select 1 from disclosure_ground")) == seen


def test_nobody_reads_another_partnerships(law: Law) -> None:
    with as_role(MIGRATION):
        installing.install(law.world.elsewhere)
    law.world.actor(law.dorte)
    assert len(sql("select 1 from disclosure_ground")) == 16


def test_an_officer_proposes(law: Law) -> None:
    law.world.actor(law.dorte)
    insert(law, law.dorte)
    assert sql("select state, version from disclosure_ground where code = 'x'") == [("proposed", 1)]


@pytest.mark.parametrize("name", ["sanne", "bo", "adam", "viggo", "clara", "lars"])
def test_nobody_but_an_officer_writes(law: Law, name: str) -> None:
    member = getattr(law, name, None) or getattr(law.world, name)
    law.world.actor(member)
    with pytest.raises(DatabaseError, match="row-level security"):
        insert(law, member)
    with pytest.raises(DatabaseError, match="row-level security"):  # nor in an officer's name
        insert(law, law.dorte)
    with pytest.raises(DatabaseError, match="row-level security"):
        confirmation(law, member, law.in_force(UNVERIFIED).id)
    change = law.proposed(law.gorm)
    law.world.actor(member)
    assert not decided(change.id)


@pytest.mark.parametrize("changed", [
    {"state": "in-force"}, {"verified": True}, {"gives": ["housing"]}, {"receives": ["association"]},
    {"receives": ["municipality", "housing"]}, {"purposes": ["investigation"]}, {"gives": []}, {"receives": []},
    {"why": ""}, {"decline_reason": "x"}, {"decided_at": now()}, {"proposed_at": now() - timedelta(days=3)},
    {"proposed_by_id": None}], ids=lambda changed: next(iter(changed)))
def test_an_officer_puts_nothing_in_force_alone_and_nothing_beyond_the_law(law: Law, changed: dict[str, Any]) -> None:
    law.world.actor(law.dorte)
    with pytest.raises(DatabaseError, match="row-level security"):
        insert(law, law.dorte, **changed)


def test_nor_in_another_partnership(law: Law) -> None:
    law.world.actor(law.dorte)
    with pytest.raises(DatabaseError, match="row-level security"):
        insert(law, law.dorte, partnership_id=law.world.elsewhere.id)


def test_nobody_both_proposes_and_approves(law: Law) -> None:
    change = law.proposed(law.gorm)
    law.world.actor(law.gorm)
    assert not decided(change.id) and not decided(change.id, approve=False)
    law.world.actor(law.dorte)
    assert decided(change.id)
    assert not decided(change.id)  # once


def test_whoever_has_left_approves_nothing(law: Law) -> None:
    change = law.proposed(law.gorm)
    law.world.actor(law.dorte)
    with as_role(MIGRATION):
        Member.objects.filter(id=law.dorte.id).update(ended_at=now() - timedelta(minutes=1))
    assert not decided(change.id)


def test_what_came_with_lokalnet_is_decided_by_nobody(law: Law) -> None:
    row = law.in_force()
    law.world.actor(law.dorte)
    assert not decided(row.id, approve=False)


@pytest.mark.parametrize("query", [
    "update disclosure_ground set fields = '{identity}'", "update disclosure_ground set verified = true",
    "delete from disclosure_ground", "update disclosure_confirmation set words = 'andet'",
    "delete from disclosure_confirmation"])
def test_a_version_is_never_overwritten_or_taken_away(law: Law, query: str) -> None:
    law.world.actor(law.dorte)
    with pytest.raises(DatabaseError, match="permission denied"):
        sql(query)


def test_a_version_follows_the_one_before_it_whatever_it_says(law: Law) -> None:
    law.world.actor(law.dorte)
    insert(law, law.dorte, code="bl-132", version=1)
    assert sql("select version from disclosure_ground where code = 'bl-132' order by version") == [(1,), (2,)]


def test_one_proposal_waits_for_each_ground(law: Law) -> None:
    law.world.actor(law.dorte)
    insert(law, law.dorte)
    with pytest.raises(DatabaseError, match="ground_proposed_once"):
        insert(law, law.dorte)


def test_one_version_is_in_force(law: Law) -> None:
    change = law.proposed(law.gorm)
    law.world.actor(law.dorte)
    assert decided(change.id)
    assert sql("select version from disclosure_ground where code = %s and state = 'in-force'", change.code) == [(2,)]


def test_a_confirmation_has_words_and_is_of_an_unverified_ground_in_force(law: Law) -> None:
    law.world.actor(law.dorte)
    for ground, words in ((law.in_force().id, "Vi har læst lovteksten"), (law.in_force(UNVERIFIED).id, "ok")):
        with pytest.raises(DatabaseError, match="row-level security"):
            confirmation(law, law.dorte, ground, words)
    confirmation(law, law.dorte, law.in_force(UNVERIFIED).id)
    with pytest.raises(DatabaseError, match="row-level security"):  # nor for somebody else
        confirmation(law, law.gorm, law.in_force(UNVERIFIED).id)


def test_organisations_are_told_and_no_names(law: Law) -> None:
    law.proposed(law.gorm)
    law.world.actor(law.sanne)
    voices = "select organisation_id from ground_voices(%s, 'rpl-115-3-ssp-to')"
    assert sql(voices, law.world.partnership.id) == [(law.world.gladsaxe.id,)]
    for member in (law.world.viggo, law.world.clara):
        law.world.actor(member)
        assert sql(voices, law.world.partnership.id) == []
