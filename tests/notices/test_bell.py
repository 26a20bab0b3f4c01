"""The bell: one's own notices, in words as of now, and a number that costs each page one question."""

import re
import uuid

import pytest
from django.test import Client

from lokalnet.access.acting import NotAllowed, set_actor
from lokalnet.access.models import Member
from lokalnet.access.seats import Seat, seat_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices import bell
from lokalnet.notices.models import Notice
from lokalnet.situation.models import Observation
from tests.access.people import browser_of, events
from tests.notices.kit import ABOUT, DAY, TITLE, a_report, happens, notices_of
from tests.notices.test_telling import away
from tests.world import World

pytestmark = pytest.mark.django_db


def seat(world: World, member: Member) -> Seat:
    return seat_of(world.actor(member), world.partnership.id)


def told(world: World, member: Member | None = None, *, number: int = 1) -> list[Notice]:
    for _ in range(number):
        happens(member or world.anna, a_report(world), world, at=now())
    set_actor(None)
    return notices_of(member or world.anna)


def shown_in_header(client: Client, path: str = "/mine/") -> str | None:
    """The bell's number as the page shows it; None where there is no bell."""
    page = client.get(path).content.decode()
    found = re.search(r'<a class="bell".*?</a>', page, re.S)
    if not found:
        return None
    number = re.search(r'class="bell-number"[^>]*?( hidden)?>(\d+\+?)</span>', found[0])
    assert number
    return "" if number[1] else number[2]


# The number


def test_every_page_shows_how_many_are_new(world: World) -> None:
    anna = browser_of(world.anna)
    assert shown_in_header(anna) == ""
    told(world, number=3)
    assert shown_in_header(anna) == "3"
    assert shown_in_header(browser_of(world.berit)) == ""


def test_it_is_said_in_words_too(world: World) -> None:
    told(world, number=2)
    page = browser_of(world.anna).get("/mine/", headers={"Accept-Language": "en"}).content.decode()
    assert '<span class="sr-only">Notices, 2 new</span>' in page


def test_a_page_asks_once_and_only_when_it_has_a_bell(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    told(world, number=30)
    actor = world.actor(world.anna)
    with django_assert_num_queries(1):
        assert bell.number(actor) == 30
    for nobody in (Client().get("/konto/log-ind/"), browser_of(world.viggo).get("/mine/")):
        assert nobody.status_code == 200
        assert b'class="bell"' not in nobody.content and b"bell.js" not in nobody.content


def test_a_page_of_errors_has_no_bell_because_the_database_may_not_answer(world: World) -> None:
    told(world)
    answer = browser_of(world.anna).get("/her-er-ingen-side/")
    assert answer.status_code == 404 and b'class="bell"' not in answer.content


def test_the_page_that_stays_open_gets_the_number_alone(world: World) -> None:
    told(world, number=2)
    answer = browser_of(world.anna).get("/beskeder/antal.json")
    assert (answer.json()["number"], answer.json()["shown"], len(answer.content) < 100) == (2, "2", True)
    assert TITLE not in answer.content.decode()


def test_what_may_no_longer_be_seen_is_not_counted(world: World) -> None:
    told(world, number=3)
    with as_role(MIGRATION):
        Observation.objects.filter(id=notices_of(world.anna)[0].subject).update(visibility="organisation")
    anna = browser_of(world.anna)
    assert anna.get("/beskeder/antal.json").json()["number"] == 2
    assert shown_in_header(anna) == "2"


def test_what_may_be_seen_again_is_counted_again(world: World) -> None:
    told(world)
    anna = browser_of(world.anna)
    for visibility, number in (("organisation", 0), ("municipalities", 1)):
        with as_role(MIGRATION):
            Observation.objects.update(visibility=visibility)
        assert anna.get("/beskeder/antal.json").json()["number"] == number


# The list


def test_the_list_says_it_in_the_capabilitys_words(world: World) -> None:
    (notice,) = told(world)
    page = browser_of(world.anna).get("/beskeder/").content.decode()
    assert f'href="/beskeder/{notice.id}/">{TITLE}</a>' in page and ABOUT in page
    assert TITLE not in browser_of(world.berit).get("/beskeder/").content.decode()


def test_new_ones_stand_first_and_opened_ones_for_thirty_days(world: World) -> None:
    opened, new, old = told(world, number=3)
    with as_role(MIGRATION):
        Notice.objects.filter(id=opened.id).update(opened_at=now())
        Notice.objects.filter(id=old.id).update(opened_at=now() - 31 * DAY)
    lines = bell.read(seat(world, world.anna))
    assert [(line.id, line.opened) for line in lines] == [(new.id, False), (opened.id, True)]


def test_who_has_nothing_new_is_told_what_will_stand_there(world: World) -> None:
    page = browser_of(world.anna).get("/beskeder/").content.decode()
    assert 'class="empty-day"' in page and 'href="/beskeder/indstillinger/"' in page
    assert "/beskeder/alle-set/" not in page


def test_what_is_told_in_the_name_of_somebody_says_so(world: World) -> None:
    away(world.adam, world.anna)
    told(world, world.adam)
    assert [line.absent for line in bell.read(seat(world, world.anna))] == ["Adam"]
    assert [line.absent for line in bell.read(seat(world, world.adam))] == [""]


def test_reading_the_list_leaves_an_entry_and_asking_for_the_number_none(world: World) -> None:
    anna = browser_of(world.anna)
    anna.get("/beskeder/antal.json")
    assert events("notices.read") == []
    anna.get("/beskeder/")
    assert [each.member_id for each in events("notices.read")] == [world.anna.id]


def test_the_list_asks_as_often_however_much_there_is(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """Beyond what the kind itself asks for each: one for the test's."""
    told(world, number=20)
    here = seat(world, world.anna)
    with django_assert_max_num_queries(20 + 12):
        assert len(bell.read(here)) == 20


# Opening


def test_opening_one_marks_it_as_seen_and_leads_there(world: World) -> None:
    first, _ = told(world, number=2)
    anna = browser_of(world.anna)
    for _ in range(2):
        answer = anna.get(f"/beskeder/{first.id}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/haendelse/{first.subject}/")
    assert [each.opened_at is None for each in notices_of(world.anna)] == [False, True]
    assert shown_in_header(anna) == "1"


def test_all_are_marked_as_seen_at_once_and_again_is_harmless(world: World) -> None:
    told(world, number=3)
    told(world, world.berit)
    anna = browser_of(world.anna)
    for _ in range(2):
        assert anna.post("/beskeder/alle-set/").status_code == 302
    assert shown_in_header(anna) == ""
    assert notices_of(world.berit)[0].opened_at is None


def test_one_that_may_no_longer_be_seen_says_so_kindly(world: World) -> None:
    (notice,) = told(world)
    with as_role(MIGRATION):
        Observation.objects.update(visibility="organisation")
    anna = browser_of(world.anna)
    answer = anna.get(f"/beskeder/{notice.id}/")
    assert answer.status_code == 410
    assert TITLE not in answer.content.decode() and 'href="/beskeder/"' in answer.content.decode()
    assert shown_in_header(anna) == ""


def test_somebody_elses_notice_does_not_exist(world: World) -> None:
    (notice,) = told(world)
    for other in (world.berit, world.clara, world.adam):
        assert browser_of(other).get(f"/beskeder/{notice.id}/").status_code == 404
    assert browser_of(world.anna).get(f"/beskeder/{uuid.uuid4()}/").status_code == 404
    assert notices_of(world.anna)[0].opened_at is None


def test_whoever_has_no_right_has_no_bell(world: World) -> None:
    with pytest.raises(NotAllowed):
        bell.read(seat(world, world.viggo))
    assert browser_of(world.viggo).get("/beskeder/").status_code == 403
