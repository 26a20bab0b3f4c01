"""The data protection officer's desk: twenty texts a month, two buttons, and a rate that is published."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from lokalnet.access import founding
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.project import logins
from lokalnet.situation import acting, picture
from lokalnet.situation.models import (
    Act,
    ActKind,
    Change,
    Exact,
    KnownPlace,
    Observation,
    Receipt,
    Sample,
    Text,
    Version,
)
from lokalnet.situation.partnerships import frame_of
from lokalnet.situation.protection import retention, sampling
from tests.access.people import browser_of, events
from tests.doors.people import give_roles
from tests.world import World

PAGE = "/databeskyttelse/"
MONTH = sampling.months()[0]


def reported(world: World, number: int, *, member: str = "berit", text: str = "Uro ved kiosken",
             month: date = MONTH) -> list[UUID]:
    """Reports of Ballerup with texts, as if they had come in that month."""
    ids = [world.report(getattr(world, member), key=f"{member}{month}{n}", text=f"{text} nr. {n}",
                        visibility="partnership") for n in range(number)]
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id__in=ids).update(
            reported_at=datetime(month.year, month.month, 15, tzinfo=UTC))
    return ids


def samples(page: str) -> list[str]:
    return re.findall(r'name="sample" value="([0-9a-f-]+)"', page)


def judge(client, sample: str, verdict: str):  # type: ignore[no-untyped-def]
    return client.post(PAGE, {"month": f"{MONTH:%Y-%m}", "sample": sample, "verdict": verdict})


def test_twenty_texts_of_the_own_organisation_are_drawn_once(world) -> None:
    reported(world, 25)
    reported(world, 3, member="anna", text="Fra Gladsaxe")
    dorte = browser_of(world.dorte)
    first, second = (dorte.get(PAGE).content.decode() for _ in range(2))
    assert len(samples(first)) == 20 and samples(first) == samples(second)
    assert "Fra Gladsaxe" not in first and "0 af 20" in first


def test_the_officer_reads_these_texts_and_no_others(world) -> None:
    made = reported(world, 3)
    browser_of(world.dorte).get(PAGE)
    world.actor(world.dorte)
    assert Text.objects.count() == Observation.objects.count() == 0
    assert picture.one(made[0]) is None


def test_this_month_is_not_over_and_is_not_drawn(world) -> None:
    page = browser_of(world.dorte).get(f"{PAGE}?month={now():%Y-%m}").content.decode()
    assert f'<option value="{MONTH:%Y-%m}" selected>' in page
    with as_role(MIGRATION):
        assert not Sample.objects.filter(month__gt=MONTH).exists()


def test_the_months_are_the_complete_ones_whose_texts_are_kept() -> None:
    found = sampling.months(datetime(2026, 3, 31, 22, 30, tzinfo=UTC))  # 1 April in Copenhagen
    assert found[0] == date(2026, 3, 1) and len(found) == 12 and found[-1] == date(2025, 4, 1)


def test_that_nobody_can_be_recognised_changes_nothing_but_the_progress(world) -> None:
    reported(world, 3)
    dorte = browser_of(world.dorte)
    first = samples(dorte.get(PAGE).content.decode())
    answer = judge(dorte, first[0], "fine")
    assert answer["Location"] == f"{PAGE}?month={MONTH:%Y-%m}#texts"
    page = dorte.get(answer["Location"]).content.decode()
    assert "1 af 3" in page and samples(page) == first[1:]
    with as_role(MIGRATION):
        assert Text.objects.count() == 3 and not Act.objects.exists()


def test_that_somebody_can_be_recognised_removes_the_text_at_once_and_everywhere(world) -> None:
    ids = reported(world, 2)
    dorte = browser_of(world.dorte)
    sample = samples(dorte.get(PAGE).content.decode())[0]
    with as_role(MIGRATION):
        observation = Sample.objects.get(id=sample).observation_id
    page = dorte.post(PAGE, {"month": f"{MONTH:%Y-%m}", "sample": sample, "verdict": "slip"},
                      follow=True).content.decode()
    assert "Teksten er fjernet" in page and "1 tekst fra denne måned" in page
    with as_role(MIGRATION):
        assert [row.observation_id for row in Text.objects.all()] == [id_ for id_ in ids if id_ != observation]
        assert Observation.objects.get(id=observation).text_removed
        assert Receipt.objects.get(observation_id=observation).body_hash is None
        assert not Version.objects.exists()
        assert [(row.kind, row.member_id, row.note) for row in Act.objects.all()] == [
            ("recognised", world.dorte.id, "")]


def test_the_live_picture_is_told_of_a_removal_and_of_nothing_else(world) -> None:
    reported(world, 2)
    dorte = browser_of(world.dorte)
    fine, slip = samples(dorte.get(PAGE).content.decode())
    judge(dorte, fine, "fine")
    judge(dorte, slip, "slip")
    with as_role(MIGRATION):
        observation = Sample.objects.get(id=slip).observation_id
        assert [(row.partnership_id, row.organisation_id, row.observation_id)
                for row in Change.objects.filter(kind="changed")] == [
            (world.partnership.id, world.ballerup.id, observation)]


def test_a_text_is_judged_once(world) -> None:
    reported(world, 1)
    dorte = browser_of(world.dorte)
    sample = samples(dorte.get(PAGE).content.decode())[0]
    judge(dorte, sample, "fine")
    judge(dorte, sample, "slip")
    with as_role(MIGRATION):
        assert Sample.objects.get().verdict == "fine" and Text.objects.count() == 1
    assert [event.detail["verdict"] for event in events("sample.judged")] == ["fine"]


def test_a_text_that_was_removed_meanwhile_is_not_counted(world) -> None:
    reported(world, 3)
    dorte = browser_of(world.dorte)
    dorte.get(PAGE)
    with as_role(MIGRATION):
        Text.objects.first().delete()
    page = dorte.get(PAGE).content.decode()
    assert "0 af 2" in page and "1 tekst var væk" in page


def test_reading_and_judging_stand_in_the_log(world) -> None:
    reported(world, 1)
    dorte = browser_of(world.dorte)
    judge(dorte, samples(dorte.get(PAGE).content.decode())[0], "fine")
    [read], [judged] = events("sample.read"), events("sample.judged")
    assert read.member_id == judged.member_id == world.dorte.id
    assert read.detail == {"month": f"{MONTH:%Y-%m}", "texts": 1} and read.because.startswith("data-protection-officer")
    assert judged.subject_kind == "observation" and judged.detail == {"verdict": "fine"}


def test_another_organisations_sample_cannot_be_judged(world) -> None:
    reported(world, 1, member="anna")
    with as_role(MIGRATION):
        gorm = founding.member(world.gladsaxe, "Gorm", "gorm@gladsaxe.example", Role.DATA_PROTECTION_OFFICER)
    sample = samples(browser_of(gorm).get(PAGE).content.decode())[0]
    judge(browser_of(world.dorte), sample, "slip")
    with as_role(MIGRATION):
        assert Sample.objects.get(id=sample).verdict == "" and Text.objects.count() == 1


@pytest.mark.parametrize("who", ["anna", "berit", "adam", "viggo", "lars"])
def test_who_is_no_officer_reads_no_sample(world, who) -> None:
    reported(world, 2)
    browser_of(world.dorte).get(PAGE)
    assert browser_of(getattr(world, who)).get(PAGE).status_code == 403
    world.actor(getattr(world, who))
    assert Sample.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from sampled_texts(%s)", [MONTH])
        assert cursor.fetchone() == (0,)


def test_an_officer_cannot_write_a_verdict_past_the_function(world) -> None:
    reported(world, 1)
    browser_of(world.dorte).get(PAGE)
    world.actor(world.dorte)
    assert Sample.objects.update(verdict="fine") == 0
    with pytest.raises(ProgrammingError), transaction.atomic():
        Sample.objects.all().delete()


# --- the rate ------------------------------------------------------------------------------------------------------


def judged(world: World, fine: int, slips: int, *, days_ago: int = 10) -> None:
    ids = reported(world, fine + slips)
    with as_role(MIGRATION):
        Sample.objects.bulk_create([
            Sample(organisation=world.ballerup, month=MONTH, observation_id=id_, judged_at=now() - timedelta(
                days=days_ago), verdict="slip" if n < slips else "fine") for n, id_ in enumerate(ids)])


def test_the_rate_has_its_n_its_interval_and_its_period(world) -> None:
    judged(world, 38, 2)
    world.actor(world.anna)
    rate = sampling.rate(world.partnership)
    assert (rate.judged, rate.slips, rate.enough) == (40, 2, True)
    # Wilson 1927, without continuity correction, for 2 of 40.
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.0138, 0.1650)
    page = browser_of(world.bo).get("/om-tallene/").content.decode()
    assert "5,0 %" in page and "2 af 40" in page and "1,4 % til 16,5 %" in page


def test_under_twenty_judged_there_is_too_little_to_say(world) -> None:
    judged(world, 18, 1)
    page = browser_of(world.anna).get("/om-tallene/").content.decode()
    assert "For lidt at gå efter" in page and "19 tekster" in page and "%" not in page.split("<main")[1]


def test_what_was_judged_more_than_a_year_ago_is_not_counted(world) -> None:
    judged(world, 30, 5, days_ago=370)
    world.actor(world.anna)
    assert sampling.rate(world.partnership).judged == 0


def test_a_stranger_gets_no_rate_of_another_partnership(world) -> None:
    judged(world, 30, 5)
    world.actor(world.clara)
    assert sampling.rate(world.partnership).judged == 0


def test_the_page_tells_the_rules_in_force(world, settings) -> None:
    settings.LOKALNET_POINTS_EXACT_DAYS, settings.LOKALNET_TEXTS_KEPT_DAYS = 61, 222
    page = browser_of(world.viggo).get("/om-tallene/").content.decode()
    assert "61 dage" in page and "222 dage" in page and "celle på 100 m" in page


# --- words that are said to be places --------------------------------------------------------------------------------


def word(world: World, said: str, *, days: int = 0, approved: bool = False) -> KnownPlace:
    with as_role(MIGRATION):
        made = KnownPlace(partnership=world.partnership, organisation=world.gladsaxe, member=world.anna, word=said,
                          said_at=now() - timedelta(days=days), approved_at=now() if approved else None,
                          approved_by=world.dorte if approved else None)
        made.save(force_insert=True)
    return made


def test_words_stand_newest_first_with_who_said_so_and_can_be_struck(world) -> None:
    word(world, "Rosa", days=3)
    newest = word(world, "Magle", days=1)
    dorte = browser_of(world.dorte)
    page = dorte.get(PAGE).content.decode()
    assert page.index("Magle") < page.index("Rosa") and "Gladsaxe Kommune" in page and "Anna" not in page
    answer = dorte.post(PAGE, {"strike": str(newest.id)})
    assert answer.status_code == 302
    assert "Magle" not in dorte.get(PAGE).content.decode()
    [event] = events("word.struck")
    assert event.subject == newest.id and "Magle" not in str(event.detail)


def test_a_name_that_was_called_a_place_goes_with_the_text(world) -> None:
    made = world.report(world.anna, key="p", text="Zyndrulina var ved kiosken", visibility="municipalities")
    word(world, "Zyndrulina")
    word(world, "kiosken", approved=True)
    word(world, "Magle")
    acting.do(frame_of(world.actor(world.anna), world.partnership.id), made, ActKind.RECOGNISED)
    assert proposed() == ["Magle", "kiosken"]


def test_words_that_nobody_approved_go_after_sixty_days(world) -> None:
    word(world, "Magle", days=61)
    word(world, "Rosa", days=59)
    word(world, "kiosken", days=61, approved=True)
    with as_role(logins.RETENTION):
        gone = {line.what: line.number for line in retention.let_go(now())}
    assert gone["words said to be places"] == 1
    assert proposed() == ["Rosa", "kiosken"]


def sent(world: World, text: str, **more: str):  # type: ignore[no-untyped-def]
    """The form as a browser sends it, from Anna."""
    area = Area.objects.filter(kind="municipality").first()
    assert area is not None
    return browser_of(world.anna).post("/del/", {
        "key": f"tast-{text}"[:90], "category": "vandalism", "area": str(area.id), "visibility": "partnership",
        "police_sees": "text", "text": text, **more})


def proposed() -> list[str]:
    with as_role(MIGRATION):
        return [row.word for row in KnownPlace.objects.order_by("word")]


def taken_for_names(world: World, text: str) -> list[str]:
    answer = browser_of(world.berit).post("/del/tjek/", {"text": text})
    return [mark["words"] for mark in answer.json()["marks"]]


def test_a_word_said_to_be_a_place_counts_for_this_text_and_for_no_other(world) -> None:
    assert sent(world, "Bål ved Ulvemor Jensby").status_code == 422
    assert sent(world, "Bål ved Ulvemor Jensby", place_words="Ulvemor Jensby").status_code == 302
    assert proposed() == ["Ulvemor Jensby"]
    assert sent(world, "Uro ved Ulvemor Jensby").status_code == 422
    assert taken_for_names(world, "Mere uro ved Ulvemor Jensby") == ["Ulvemor Jensby"]


def test_a_correction_may_say_it_too_and_proposes_it_only_when_it_was_stored(world) -> None:
    made = world.report(world.anna, key="rettes", text="Bål ved parken")
    client = browser_of(world.anna)
    page = client.get(f"/haendelse/{made}/ret/")
    typed = {name: value for name, value in page.context["form"].initial.items() if value is not None} | {
        "text": "Bål ved Ulvemor Jensby", "place_words": "Ulvemor Jensby"}
    assert client.post(f"/haendelse/{made}/ret/", typed | {"category": "none"}).status_code == 422
    assert proposed() == []
    assert client.post(f"/haendelse/{made}/ret/", typed).status_code == 302
    assert proposed() == ["Ulvemor Jensby"]


def test_only_what_stands_in_the_stored_text_is_proposed(world) -> None:
    assert sent(world, "Bål ved kiosken", place_words="Mads Nielsen").status_code == 302
    assert sent(world, "Bål ved parken", place_words="parken").status_code == 302
    assert proposed() == []


def test_approved_by_the_officer_it_counts_for_everybody_and_the_log_says_so(world) -> None:
    sent(world, "Bål ved Ulvemor Jensby", place_words="Ulvemor Jensby")
    with as_role(MIGRATION):
        made = KnownPlace.objects.get()
    assert browser_of(world.dorte).post(PAGE, {"approve": str(made.id)}).status_code == 302
    assert taken_for_names(world, "Uro ved Ulvemor Jensby") == []
    with as_role(MIGRATION):
        made.refresh_from_db()
        assert made.approved_by_id == world.dorte.id and made.approved_at is not None
    [event] = events("word.approved")
    assert event.subject == made.id and event.member_id == world.dorte.id and "Ulvemor" not in str(event.detail)
    assert browser_of(world.dorte).post(PAGE, {"approve": str(made.id)}).status_code == 404
    browser_of(world.dorte).post(PAGE, {"strike": str(made.id)})
    assert taken_for_names(world, "Uro ved Ulvemor Jensby") == ["Ulvemor Jensby"]


def test_proposals_and_approved_places_stand_apart(world) -> None:
    word(world, "Rosa", days=3)
    word(world, "Magle", approved=True)
    page = browser_of(world.dorte).get(PAGE).content.decode()
    waiting, approved = page.split('id="words"')[1].split('id="approved"')
    assert "Rosa" in waiting and 'name="approve"' in waiting and "Magle" not in waiting
    assert "Magle" in approved and 'name="strike"' in approved and 'name="approve"' not in approved


@pytest.mark.parametrize("who", ["anna", "berit", "adam", "lars"])
def test_nobody_else_approves_or_strikes(world, who) -> None:
    made = word(world, "Rosa")
    assert browser_of(getattr(world, who)).post(PAGE, {"approve": str(made.id)}).status_code == 403
    world.actor(getattr(world, who))
    assert KnownPlace.objects.filter(id=made.id).update(approved_at=now(), approved_by=world.dorte) == 0


def test_nobody_proposes_what_is_approved_already(world) -> None:
    actor = world.actor(world.anna)
    with pytest.raises(ProgrammingError), transaction.atomic():
        KnownPlace(partnership=world.partnership, organisation_id=actor.organisation_id, member_id=actor.member_id,
                   word="Rosa", approved_at=now(), approved_by_id=actor.member_id).save(force_insert=True)


@pytest.mark.parametrize("change", [{"word": "Andet"}, {"said_at": now()},
                                    {"approved_at": now(), "approved_by_id": None}])
def test_not_even_the_officer_changes_what_was_said(world, change) -> None:
    made = word(world, "Rosa")
    world.actor(world.dorte)
    with pytest.raises(DatabaseError), transaction.atomic():
        KnownPlace.objects.filter(id=made.id).update(**change)


def test_an_officer_approves_in_the_own_name_and_once(world) -> None:
    made, approved = word(world, "Rosa"), word(world, "Magle", approved=True)
    world.actor(world.dorte)
    for row in (made, approved):
        with pytest.raises(DatabaseError), transaction.atomic():
            KnownPlace.objects.filter(id=row.id).update(approved_at=now(), approved_by=world.anna)


def test_a_proposal_is_read_by_its_sayer_and_the_officer_alone(world) -> None:
    word(world, "Rosa")
    for member, number in ((world.anna, 1), (world.dorte, 1), (world.bo, 0), (world.clara, 0)):
        world.actor(member)
        assert KnownPlace.objects.count() == number


def test_a_word_that_is_not_there_cannot_be_struck(world) -> None:
    struck = word(world, "Rosa")
    stranger = browser_of(world.clara)
    give_roles(world.clara, [Role.DATA_PROTECTION_OFFICER])
    assert stranger.post(PAGE, {"strike": str(struck.id)}).status_code == 404
    with as_role(MIGRATION):
        assert KnownPlace.objects.get().struck_at is None


@pytest.mark.parametrize("sent", [{"sample": "x", "verdict": "fine"}, {"verdict": "slip"}, {"strike": "'"},
                                  {"sent": "1"}, {"sample": "00000000-0000-4000-8000-000000000000", "verdict": "x"}])
def test_a_form_that_asks_for_nothing_is_answered_with_the_page(world, sent) -> None:
    answer = browser_of(world.dorte).post(PAGE, sent)
    assert answer.status_code == 422 and b"<h1>" in answer.content
