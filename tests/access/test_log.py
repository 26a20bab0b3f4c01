"""Everybody sees their own look-ups; names of others, the data protection officer alone and for a case."""

import pytest
from django.test import Client

from lokalnet.access import auditing, reading
from lokalnet.access import events as log
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of, events
from tests.world import World

PERIOD = {"since": "2020-01-01", "until": "2099-01-01"}


def act(world: World, who, kind: str = "refused", times: int = 1) -> None:
    for _ in range(times):
        log.record(world.actor(who), kind)


def test_one_sees_ones_own_acts_and_nobody_elses(world: World) -> None:
    act(world, world.berit, "member.changed")
    act(world, world.dorte, "key.made")
    own = reading.own(world.actor(world.berit))
    assert len(own.entries) == 1
    assert [entry.who for entry in own.entries] == [""]
    dorte = reading.own(world.actor(world.dorte))
    assert len(dorte.entries) == 1


def test_own_acts_come_in_pages_of_fifty_without_gap_or_double(world: World) -> None:
    act(world, world.anna, times=120)
    actor, cursor, sizes, seen = world.actor(world.anna), "", [], set()
    while True:
        page = reading.own(actor, cursor=cursor)
        sizes.append(len(page.entries))
        seen |= {entry.at for entry in page.entries}
        cursor = page.next
        if not cursor:
            break
    assert sizes == [50, 50, 20] and len(seen) == 120
    page = browser_of(world.anna).get("/mine-opslag/", {"cursor": "nonsense"})
    assert page.status_code == 200


def test_a_look_up_is_told_in_words(world: World) -> None:
    actor = world.actor(world.anna)
    from lokalnet.access.rights import Fields, Purpose

    log.record(actor, "log.read", purpose="shared-picture",
               decision=actor.require(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS))
    entry = reading.own(actor).entries[0]
    assert "log.read" not in entry.what and "shared-picture" not in entry.purpose
    assert "street-worker" not in entry.because and entry.because


def test_without_a_case_number_no_name_is_shown_and_no_look_recorded(world: World) -> None:
    act(world, world.berit)
    dorte = browser_of(world.dorte)
    assert "Berit" not in dorte.get("/log/").content.decode()
    for wrong in ("", "x", "Hansen", "010190-1234", "0101901234"):
        answer = dorte.post("/log/", PERIOD | {"case_number": wrong})
        assert answer.status_code == 422 and "Berit" not in answer.content.decode()
    assert events("log.read") == []


def test_with_a_case_number_names_are_shown_and_the_look_is_an_entry(world: World) -> None:
    act(world, world.berit)
    answer = browser_of(world.dorte).post("/log/", PERIOD | {"case_number": "2026-1234"})
    assert answer.status_code == 200 and "Berit" in answer.content.decode()
    entry = events("log.read")[-1]
    assert entry.detail["case_number"] == "2026-1234" and entry.member_id == world.dorte.id


def test_the_officer_sees_the_own_organisation_only(world: World) -> None:
    act(world, world.anna)
    act(world, world.bo)
    assert "Anna" not in browser_of(world.dorte).post("/log/", PERIOD | {"case_number": "2026-1"}).content.decode()


def test_filters_narrow_by_kind_subject_and_period(world: World) -> None:
    log.record(world.actor(world.berit), "member.changed", subject_kind="member", subject=world.berit.id)
    act(world, world.berit, "key.made")
    dorte = browser_of(world.dorte)

    def found(**said: str) -> int:
        page = dorte.post("/log/", PERIOD | {"case_number": "2026-1"} | said).context["page"]
        return sum(entry.who == "Berit" for entry in page.entries)

    assert found(kind="key.made") == 1
    assert found(subject=str(world.berit.id)) == 1
    assert found(since="2020-01-01", until="2020-01-02") == 0
    assert dorte.post("/log/", {"case_number": "2026-1", "since": "2021-01-01", "until": "2020-01-01"}
                      ).status_code == 422


@pytest.mark.parametrize("who", ["anna", "berit", "adam", "clara", "lars"])
def test_everybody_else_is_refused(world: World, who: str) -> None:
    client = browser_of(getattr(world, who))
    assert client.get("/log/").status_code == 403
    assert client.post("/log/", PERIOD | {"case_number": "2026-1"}).status_code == 403


def test_the_unknown_are_sent_to_log_in(world: World) -> None:
    for page in ("/log/", "/mine-opslag/", "/administration/", "/medlemskab/"):
        answer = Client().get(page)
        assert answer.status_code == 302 and answer["Location"].startswith("/konto/log-ind/")


def test_audit_says_intact_or_names_the_broken_entry(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    act(world, world.anna)
    with as_role("lokalnet_audit"):
        assert auditing.run("verify") == 0
    assert ": intact" in capsys.readouterr().out
    with as_role(MIGRATION):
        Event.objects.update(kind="member.joined")
    with as_role("lokalnet_audit"):
        assert auditing.run("verify") == 1
    assert capsys.readouterr().out.startswith("broken: ")


def test_audit_seals_and_prunes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert auditing.run("seal") == 0
    with as_role("lokalnet_retention"):
        assert auditing.run("prune") == 0
    assert "1825 days" in capsys.readouterr().out
