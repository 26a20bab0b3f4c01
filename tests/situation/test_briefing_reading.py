"""Which organisations have read a briefing is noted with the day, and never who; each reading stands in the log."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.measures import stepping
from lokalnet.situation.models import BriefingReader
from tests.situation.assessing import ask, sql
from tests.situation.weekly import approved, client, drafted, of, page

INSERT = "insert into situation_briefing_reader (id, briefing_id, organisation_id, first_on) values (%s, %s, %s, %s)"


@pytest.fixture
def made(world):
    drafted(world, rows=0)
    return approved(world)


def readers(made) -> set[str]:
    with as_role(MIGRATION):
        return {row.organisation.name for row in BriefingReader.objects.filter(briefing=made)}


def logged(kind: str, briefing) -> list[Event]:
    with as_role(MIGRATION):
        return list(Event.objects.filter(kind=kind, subject=briefing.id))


def test_an_organisation_is_noted_once_however_many_read(world, made) -> None:
    for member in (world.anna, world.adam, world.anna, world.bo):
        shown = page(member, made)
    assert readers(made) == {"Gladsaxe Kommune", "Testpolitiet"}
    assert "Read by: Gladsaxe Kommune" in " ".join(shown.split()) and "Testpolitiet" in shown
    assert not any(name in shown for name in ("Anna", "Adam"))
    with as_role(MIGRATION):
        assert BriefingReader.objects.filter(briefing=made).count() == 2
        assert {row.first_on for row in BriefingReader.objects.all()} == {stepping.today()}
        assert [field.name for field in BriefingReader._meta.fields] == ["id", "briefing", "organisation", "first_on"]


def test_the_newest_is_read_on_its_front_page_too(world, made) -> None:
    client(world.anna).get("/ugen/")
    assert readers(made) == {"Gladsaxe Kommune"}


def test_each_reading_stands_in_the_log(world, made) -> None:
    page(world.anna, made)
    page(world.anna, made)
    found = logged("briefing.read", made)
    assert [each.member_id for each in found] == [world.anna.id] * 2 and all(each.because for each in found)


def test_who_opens_a_draft_has_not_read_a_briefing(world, made) -> None:
    draft = of(world, "Ballerup")
    page(world.berit, draft)
    assert readers(draft) == set()
    assert len(logged("briefing.read", draft)) == 1


def test_who_was_turned_away_has_read_nothing(world, made) -> None:
    only = approved(world, "Ballerup")
    client(world.bo).get(f"/ugen/{only.id}/")
    client(world.clara).get(f"/ugen/{made.id}/")
    assert readers(only) == readers(made) == set()
    assert logged("briefing.read", made) == logged("briefing.read", only) == []


def test_a_copy_for_the_journal_is_logged(world, made) -> None:
    client(world.bo).get(f"/ugen/{made.id}/?journal=pdf")
    assert [each.detail for each in logged("journal.copied", made)] == [{"form": "pdf"}]


def refused(*values: object) -> bool:
    try:
        with transaction.atomic():
            sql(INSERT, uuid.uuid4(), *values)
    except DatabaseError:
        return True
    return False


def test_the_database_notes_only_the_own_organisation_today_and_of_what_is_approved(world, made) -> None:
    today, draft, only = stepping.today(), of(world, "Gladsaxe"), approved(world, "Ballerup")
    world.actor(world.bo)
    assert refused(made.id, world.gladsaxe.id, today)
    assert refused(made.id, world.police.id, "2020-01-01")
    assert refused(only.id, world.police.id, today)
    world.actor(world.adam)
    assert refused(draft.id, world.gladsaxe.id, today)
    world.actor(world.viggo)
    assert refused(made.id, world.housing.id, today)
    world.actor(world.bo)
    assert not refused(made.id, world.police.id, today)


def test_the_database_lets_nobody_take_a_reader_away_or_see_those_of_what_they_do_not_read(world, made) -> None:
    page(world.anna, approved(world, "Ballerup"))
    world.actor(world.bo)
    assert ask("select organisation_id from situation_briefing_reader") == []
    world.actor(world.anna)
    assert len(ask("select organisation_id from situation_briefing_reader")) == 1
    for statement in ("delete from situation_briefing_reader", "update situation_briefing_reader set first_on = now()"):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)
