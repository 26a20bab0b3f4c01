"""Coordinators are told of a draft, and whoever reads it of an approved briefing; nobody is told who approved it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.places.models import Area
from lokalnet.situation.briefing import freezing
from lokalnet.situation.models import Briefing
from tests.doors.people import give_roles
from tests.situation.telling import frame
from tests.situation.weekly import approved, drafted, of


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(briefing) -> set[str]:
    with as_role(MIGRATION):
        return set(Notice.objects.filter(subject=briefing.id, opened_at=None, kind="briefing").values_list(
            "member__name", flat=True))


def opened() -> None:
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=now())


def said(world, member: Member, briefing) -> kinds.Said | None:
    with as_role(MIGRATION):
        notice = Notice.objects.filter(member=member, subject=briefing.id).latest("made_at")
    return kinds.said(frame(world, member), notice)


def test_a_draft_is_told_to_those_who_may_approve_it(world) -> None:
    give_roles(world.lars, [Role.COORDINATOR])
    drafted(world, rows=0)
    assert told(of(world)) == {"Adam", "Berit", "Lars"}
    assert told(of(world, "Ballerup")) == {"Adam", "Berit"}


def test_an_approved_one_is_told_to_all_who_read_it_but_whoever_approved(world) -> None:
    drafted(world, rows=0)
    opened()
    assert told(approved(world)) == {"Anna", "Bo", "Berit", "Lars"}
    assert told(approved(world, "Ballerup")) == {"Anna", "Berit"}


def test_it_says_what_there_is_now_and_not_who_approved(world) -> None:
    drafted(world, rows=0)
    draft = of(world)
    waits = said(world, world.berit, draft)
    assert waits and waits.title == "The draft of week 47 waits to be approved."
    approved(world)
    for member in (world.berit, world.bo):
        found = said(world, member, draft)
        assert found and (found.title, found.about, found.url) == (
            "The briefing of week 47 can be read.", "Testpartnerskabet", f"/ugen/{draft.id}/")
        assert "Adam" not in repr(found) and "Gladsaxe" not in repr(found)


def test_one_that_was_replaced_or_lost_its_reader_is_not_said(world) -> None:
    drafted(world, rows=0)
    first = approved(world)
    freezing.begin_edition(frame(world, world.adam), first.id)
    second = approved(world)
    assert said(world, world.bo, first) is None and said(world, world.bo, second)
    give_roles(world.bo, [])
    assert said(world, world.bo, second) is None


def test_a_new_edition_waits_for_the_other_coordinators(world) -> None:
    drafted(world, rows=0)
    made = approved(world)
    opened()
    assert told(freezing.begin_edition(frame(world, world.adam), made.id)) == {"Berit"}


def test_a_week_that_a_later_one_has_overtaken_rings_no_more(world) -> None:
    drafted(world, rows=0)
    first = approved(world)
    with as_role(MIGRATION):
        later = Briefing.objects.get(id=first.id)
        later.id, later.week = uuid4(), first.week + timedelta(weeks=1)
        later.save(force_insert=True)
    assert said(world, world.bo, first) is None


def test_a_municipalitys_is_said_to_those_who_follow_an_area_of_it_or_none(world) -> None:
    drafted(world, rows=0)
    ballerups = approved(world, "Ballerup")
    assert said(world, world.anna, ballerups)
    for name, is_said in (("Gladsaxe", False), ("Ballerup", True)):
        with as_role(MIGRATION):
            world.anna.areas.set(Area.objects.filter(name=name))
        assert bool(said(world, world.anna, ballerups)) == is_said
