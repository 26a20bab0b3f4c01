"""The list of what is unusual and a signal's own page: what stands there, and for whom."""

import re
from datetime import timedelta

import pytest

from lokalnet.access.models import Event
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from tests.days import today
from tests.doors.people import api_key, give_roles, keyed, phone
from tests.situation.meetings import approved
from tests.situation.signalling import cell, look, neighbourhood, page, read, signal, verdict
from tests.world import GRANTOFTEN, World

pytestmark = pytest.mark.django_db


def told(world: World, member: object, key: str, **said: object):  # type: ignore[no-untyped-def]
    return world.report(member, key=key, **({"category": "drug-dealing", "visibility": "partnership"} | said))


def test_the_word_comes_first_and_then_the_sentence(world: World) -> None:
    neighbourhood()
    answer = page(world.anna, signal(world)).content.decode()
    sentence = "9 reports of drug dealing around Grantoften in 3 days; about 2 would be usual"
    assert answer.index(">Unusual</span>") < answer.index(sentence) < answer.index("about once in 9 months")
    assert "Reports are not crime" in answer


def test_the_reports_of_its_cells_days_group_and_audience_stand_on_it_and_no_others(world: World) -> None:
    mine = told(world, world.anna, "inside", text="Handel ved bænken")
    for key, said in {"another group": {"category": "vandalism"}, "another cell": {"longitude": GRANTOFTEN[0] + .02},
                      "another day": {"occurred_at": now() - timedelta(days=9)},
                      "another audience": {"visibility": "municipalities"}}.items():
        told(world, world.anna, key, text=f"Ikke med: {key}", **said)
    answer = page(world.berit, signal(world)).content.decode()
    assert str(mine) in answer and "Handel ved bænken" in answer and "Ikke med" not in answer


def test_one_that_the_municipalities_alone_read_holds_what_they_share_and_no_police_sees_it(world: World) -> None:
    told(world, world.anna, "ours", visibility="municipalities", text="Kun for kommunerne")
    about = signal(world, audience="municipalities")
    assert "Kun for kommunerne" in page(world.berit, about).content.decode()
    assert page(world.bo, about).status_code == 404
    assert str(about.id) not in read(world.bo, "/usaedvanligt/").content.decode()
    assert str(about.id) in read(world.berit, "/usaedvanligt/").content.decode()


def test_the_police_read_a_municipal_report_within_its_cell_and_get_no_point_at_all(world: World) -> None:
    told(world, world.anna, "exact", text="En tekst", police_sees="area", longitude=12.363123, latitude=55.731456)
    about = signal(world)
    for member in (world.bo, world.berit):
        answer = page(member, about).content.decode()
        assert not re.search(r"12\.36\d|55\.73\d", answer)
    assert "En tekst" not in page(world.bo, about).content.decode()
    assert "within 250 m" in page(world.bo, about).content.decode()


@pytest.mark.parametrize("path", ["/usaedvanligt/", "/usaedvanligt/traefsikkerhed/", "/usaedvanligt/stop/"])
def test_housing_associations_and_officers_of_data_protection_get_nothing_of_it(world: World, path: str) -> None:
    about = signal(world)
    for member in (world.viggo, world.dorte):
        assert read(member, path).status_code == 403
        assert page(member, about).status_code == 403


def test_a_stranger_a_key_and_a_paired_phone_get_nothing_of_it(world: World) -> None:
    about = signal(world)
    give_roles(world.clara, [Role.COORDINATOR])
    assert page(world.clara, about).status_code == 404
    assert str(about.id) not in read(world.clara, "/usaedvanligt/").content.decode()
    for client in (keyed(api_key(world.gladsaxe, "observations")), phone(world.anna)):
        assert client.get(f"/usaedvanligt/{about.id}/").status_code == 302
        assert client.get("/usaedvanligt/").status_code == 302


def test_what_goes_on_as_another_is_told_of_once(world: World) -> None:
    wider = signal(world)
    folded = signal(world, audience="municipalities", state="closed", goes_on_as=wider)
    answer = read(world.berit, "/usaedvanligt/").content.decode()
    assert answer.count("9 reports of drug dealing") == 1 and str(wider.id) in answer
    assert f"/usaedvanligt/{wider.id}/" in page(world.berit, folded).content.decode()


def test_what_goes_on_stands_newest_first_whatever_is_strongest(world: World) -> None:
    strong = signal(world, per_year=.1, opened_at=now() - timedelta(days=2))
    weak = signal(world, word="maybe", per_year=6.0, theme="damage")
    answer = read(world.berit, "/usaedvanligt/").content.decode()
    assert answer.index(str(weak.id)) < answer.index(str(strong.id))


def test_what_the_last_look_said_stands_there_for_each_group(world: World) -> None:
    look(world, theme="damage", word="too-little", counted=12, reporters=4, per_year=None)
    look(world, theme="drugs")
    answer = read(world.bo, "/usaedvanligt/").content.decode()
    assert "Too little to go by: 12 reports from 4 people in the last year" in answer
    assert "Nothing unusual" in answer and answer.count("Not looked at yet") == 2


def test_a_municipality_reads_the_look_at_all_that_it_shares(world: World) -> None:
    look(world, word="quiet")
    look(world, audience="municipalities", word="too-little", counted=3, reporters=2)
    assert "3 reports from 2 people" in read(world.berit, "/usaedvanligt/").content.decode()
    assert "3 reports from 2 people" not in read(world.bo, "/usaedvanligt/").content.decode()


def test_a_look_that_is_old_is_said_to_be(world: World) -> None:
    look(world, looked_at=now() - timedelta(days=3), day=today() - timedelta(days=3))
    assert "the service may stand still" in read(world.bo, "/usaedvanligt/").content.decode()


def test_what_is_over_stands_with_what_it_turned_out_to_be(world: World) -> None:
    about = signal(world, state="closed")
    verdict(world, world.berit, about, "known-event")
    answer = read(world.bo, "/usaedvanligt/").content.decode()
    assert "Ballerup Kommune: It was an event that we knew of" in answer and "Nothing unusual goes on" in answer


def test_older_ones_are_reached_page_by_page(world: World) -> None:
    made = [signal(world, state="closed", first_day=today() - timedelta(days=day + 3), last_day=today() - timedelta(
        days=day)) for day in range(30)]
    first = read(world.bo, "/usaedvanligt/").content.decode()
    there = {each.id for each in made if str(each.id) in first}
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert len(there) == 25 and older
    second = read(world.bo, older[1]).content.decode()
    assert {each.id for each in made if str(each.id) in second} == {each.id for each in made} - there


def test_reading_is_logged(world: World) -> None:
    about = signal(world)
    page(world.anna, about)
    read(world.anna, "/usaedvanligt/")
    with as_role(MIGRATION):
        kinds = dict(Event.objects.filter(member_id=world.anna.id).values_list("kind", "subject"))
    assert kinds["signal.read"] == about.id and kinds["signals.read"] == world.partnership.id
    assert kinds["picture.read"] == world.partnership.id


def test_the_overview_shows_the_same_reports(world: World) -> None:
    mine = told(world, world.anna, "inside")
    other = told(world, world.anna, "outside", category="vandalism")
    about = signal(world)
    answer = read(world.berit, "/overblik/", signal=str(about.id), since=str(about.first_day),
                  until=str(about.last_day)).content.decode()
    assert str(mine) in answer and str(other) not in answer


def test_the_overview_of_a_signal_that_its_reader_does_not_get_is_empty(world: World) -> None:
    mine = told(world, world.anna, "inside")
    about = signal(world, audience="municipalities")
    answer = read(world.bo, "/overblik/", signal=str(about.id)).content.decode()
    assert str(mine) not in answer and "This signal is not there for you" in answer


def test_the_weeks_briefing_says_what_goes_on_now(world: World) -> None:
    neighbourhood()
    briefing, about = approved(world), signal(world)
    ours = signal(world, audience="municipalities", theme="damage")
    path = f"/ugen/{briefing.id}/"
    assert f"/usaedvanligt/{about.id}/" in read(world.bo, path).content.decode()
    assert str(ours.id) not in read(world.bo, path).content.decode()
    assert "2 signals go on now" in read(world.berit, path).content.decode()


def test_nothing_on_the_picture_of_a_signal_is_finer_than_a_cell(world: World) -> None:
    told(world, world.anna, "exact", longitude=12.363123, latitude=55.731456)
    answer = page(world.berit, signal(world)).content.decode()
    cells = re.findall(r'<rect class="signal-cell"[^>]*width="(\d+)" height="(\d+)"', answer)
    assert cells == [("250", "250")] and "<circle" not in answer and cell(world) not in answer


def test_the_journal_of_the_police_carries_the_bar_and_none_of_the_others_reports(world: World) -> None:
    told(world, world.anna, "hers", text="Fra kommunen", police_sees="text")
    told(world, world.bo, "his", text="Fra politiet")
    about = signal(world)
    copied = read(world.bo, f"/usaedvanligt/{about.id}/", journal="text").content.decode()
    assert "Not for investigation" in copied and "Fra politiet" in copied and "Fra kommunen" not in copied
    ours = read(world.berit, f"/usaedvanligt/{about.id}/", journal="text").content.decode()
    assert "Not for investigation" not in ours and "Fra kommunen" in ours
    assert read(world.berit, f"/usaedvanligt/{about.id}/", journal="pdf")["Content-Type"] == "application/pdf"
