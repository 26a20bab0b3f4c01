"""Officers are told what waits as a number; everybody sees their own look-ups with the file's number."""

from datetime import timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from lokalnet.access import founding
from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member
from lokalnet.access.rights import Purpose, Role
from lokalnet.access.seats import seat_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.interface import due
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.persons import overriding, visiting
from lokalnet.persons.models import Access
from lokalnet.youth.oversight import telling
from tests.access.people import browser_of
from tests.days import today
from tests.youth.logbook import Held, at, held, officer, override, shown, visit
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(room: Room) -> Held:
    return held(room, room.sanne, "2026-0001")


def run_the_day() -> None:
    """The clock's job, and then the runs that it asked for."""
    set_actor(None)
    telling.ask_about_officers()
    for job in ProcrastinateJob.objects.filter(task_name=telling.JOB):
        telling.tell_officer(**job.args)
    set_actor(None)


def notices() -> list[Notice]:
    with as_role(MIGRATION):
        return list(Notice.objects.filter(kind=telling.KIND))


def test_an_officer_is_told_once_of_what_happened_since_yesterday(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(today(), 0, 1))
    run_the_day()
    told = notices()
    assert [each.member_id for each in told] == [room.gorm.id]
    run_the_day()
    assert len(notices()) == 1


def test_nobody_is_told_where_nothing_is_unusual_or_it_is_older(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(today() - timedelta(days=4), 10))
    visit(file.person, room.sanne, at(today(), 0, 1))
    run_the_day()
    assert notices() == []


def test_each_officer_has_a_run_and_the_queue_holds_their_id_alone(room: Room) -> None:
    set_actor(None)
    telling.ask_about_officers()
    jobs = list(ProcrastinateJob.objects.filter(task_name=telling.JOB))
    assert {UUID(job.args["subject"]) for job in jobs} == {room.gorm.id, room.world.dorte.id}
    assert all(list(job.args) == ["subject"] and job.queue_name == "person" for job in jobs)


def test_where_the_room_is_closed_nobody_is_asked_about(room: Room, settings) -> None:
    settings.LOKALNET_DEMO = False
    set_actor(None)
    telling.ask_about_officers()
    assert not ProcrastinateJob.objects.filter(task_name=telling.JOB).exists()


def test_a_run_for_somebody_who_oversees_no_longer_tells_nothing(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(today(), 0, 1))
    with as_role(MIGRATION):
        Member.objects.filter(id=room.gorm.id).update(roles=[Role.ANALYST.value])
    telling.tell_officer(str(room.gorm.id))
    telling.tell_officer(str(room.sanne.id))
    set_actor(None)
    assert notices() == []


def test_the_notice_says_a_number_and_goes_when_all_was_looked_at(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(today(), 0, 1))
    run_the_day()
    seat = seat_of(room.world.actor(room.gorm), room.world.partnership.id)
    said = kinds.said(seat, notices()[0])
    assert said and said.number == 1 and said.url == "/databeskyttelse/personer/"
    assert "Karl" not in said.title and "2026-0001" not in said.title + said.about
    client = officer(room.gorm)
    waiting = client.get("/databeskyttelse/personer/usaedvanligt/").context["page"].waiting[0]
    client.post("/databeskyttelse/personer/usaedvanligt/", {"finding": waiting.id, "came": "work"})
    assert kinds.said(seat_of(room.world.actor(room.gorm), room.world.partnership.id), notices()[0]) is None
    other = seat_of(room.world.actor(room.sanne), room.world.partnership.id)
    assert kinds.said(other, notices()[0]) is None


def test_what_waits_is_a_task_of_the_officers_day_and_of_nobody_elses(room: Room, file: Held) -> None:
    def tasks(member: Member) -> list[str]:
        seat = seat_of(room.world.actor(member), room.world.partnership.id)
        return [task.url for task in telling.due_for(seat)]

    assert tasks(room.gorm) == []
    override(file.person, room.karl, at(today() - timedelta(days=2), 10))
    assert tasks(room.gorm) == ["/databeskyttelse/personer/"]
    assert tasks(room.sanne) == tasks(room.world.dorte) == []
    assert telling.due_for in due._lists


def test_everybody_sees_their_own_look_ups_with_the_number_of_the_file(room: Room, file: Held) -> None:
    with as_role(MIGRATION):
        Access.objects.create(person_id=file.person, controller=room.world.gladsaxe, member=room.sanne,
                              because="assigned", since=visiting.now() - timedelta(hours=1))
    actor = room.world.actor(room.sanne)
    visiting.enter(actor, file.person, Purpose.INFORMING, thing="file", subject=file.file)
    visiting.read(actor, file.person, thing="file", subject=file.file)
    opened = overriding.begin(room.world.actor(room.karl), file.person, "Det haster, og Sanne er ikke på arbejde")
    overriding.was_wrong(room.world.actor(room.karl), opened)
    for member, times in ((room.sanne, 2), (room.karl, 2)):
        page = browser_of(member).get("/mine-opslag/").content.decode()
        assert page.count("2026-0001") == times, member.name
    assert "2026-0001" not in browser_of(room.tove).get("/mine-opslag/").content.decode()


def test_the_officers_log_calls_files_by_their_numbers_too(room: Room, file: Held) -> None:
    overriding.begin(room.world.actor(room.karl), file.person, "Det haster, og Sanne er ikke på arbejde")
    sent = {"case_number": "2026-7", "since": today().isoformat(), "until": today().isoformat()}
    assert "2026-0001" in browser_of(room.gorm).post("/log/", sent).content.decode()


def test_another_officer_of_the_organisation_sees_what_the_first_looked_at(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(today() - timedelta(days=2), 10))
    with as_role(MIGRATION):
        second = founding.member(room.world.gladsaxe, "Gerda", "gerda@personrum.example", Role.DATA_PROTECTION_OFFICER)
    client = officer(room.gorm)
    waiting = client.get("/databeskyttelse/personer/usaedvanligt/").context["page"].waiting[0]
    client.post("/databeskyttelse/personer/usaedvanligt/", {"finding": waiting.id, "came": "work"})
    assert officer(second).get("/databeskyttelse/personer/usaedvanligt/").context["page"].waiting == []
    assert "Karl" in shown(officer(second), "usaedvanligt")
