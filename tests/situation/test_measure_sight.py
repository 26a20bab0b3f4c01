"""Who sees a measure, and that to link an observation to one shows nobody more than before."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.measures import linking
from lokalnet.situation.models import Measure, MeasureObservation, Step
from lokalnet.situation.partnerships import frame_of
from tests.access.people import browser_of, events
from tests.situation.measuring import propose, step
from tests.world import World

WORDS = "Uro ved kiosken, kun for kommunerne"
WHO = ("anna", "berit", "bo", "lars", "viggo", "clara", "dorte", "adam")


def seeing(world: World, measure: Measure, model=Measure, field: str = "id") -> set[str]:
    found = set()
    for name in WHO:
        world.actor(getattr(world, name))
        if model.objects.filter(**{field: measure.id}).exists():
            found.add(name)
    return found


@pytest.mark.parametrize(("by", "visibility", "seen_by"), [
    ("anna", "organisation", {"anna", "adam"}),
    ("anna", "municipalities", {"anna", "adam", "berit"}),
    ("anna", "partnership", {"anna", "adam", "berit", "bo", "lars"}),
    ("bo", "organisation", {"bo", "lars"}),
    ("bo", "municipalities", {"bo", "lars", "anna", "adam", "berit"}),
    ("bo", "partnership", {"anna", "adam", "berit", "bo", "lars"})])
def test_a_measure_is_seen_by_those_whom_its_maker_chose(world: World, by: str, visibility: str, seen_by: set) -> None:
    measure = propose(world, getattr(world, by), visibility=visibility)
    assert seeing(world, measure) == seen_by
    assert seeing(world, measure, Step, "measure_id") == seen_by


def test_partners_are_seen_with_the_measure(world: World) -> None:
    measure = propose(world, world.anna)
    step(world, world.bo, measure, "joined")
    from lokalnet.situation.models import MeasurePartner

    assert seeing(world, measure, MeasurePartner, "measure_id") == {"anna", "adam", "berit", "bo", "lars"}


def test_nobody_proposes_for_another_organisation_or_partnership(world: World) -> None:
    for said in ({"organisation_id": world.ballerup.id}, {"partnership": world.elsewhere}, {"owner": world.bo}):
        with pytest.raises(DatabaseError), transaction.atomic():
            propose(world, world.anna, **said)
    for name in ("viggo", "dorte"):
        with pytest.raises(DatabaseError), transaction.atomic():
            propose(world, getattr(world, name))


def test_only_its_own_organisation_changes_its_words(world: World) -> None:
    measure = propose(world, world.anna)
    for name, changed in (("berit", 0), ("bo", 0), ("anna", 1)):
        world.actor(getattr(world, name))
        assert Measure.objects.filter(id=measure.id).update(title=f"Som {name} vil") == changed


@pytest.fixture
def shared(world: World):
    """Anna's measure that the police see, about a report of hers that they do not."""
    made = world.report(world.anna, key="a", text=WORDS, visibility="municipalities")
    measure = propose(world, world.anna)
    linking.link(frame_of(world.actor(world.anna), world.partnership.id), measure.id, made)
    return measure, made


def test_to_link_an_observation_shows_it_to_nobody_else(world: World, shared) -> None:
    measure, made = shared
    page = browser_of(world.berit).get(f"/indsats/{measure.id}/").content.decode()
    assert WORDS in page
    page = browser_of(world.bo).get(f"/indsats/{measure.id}/").content.decode()
    assert WORDS not in page and str(made) not in page and "Hændelser, den handler om" not in page
    here = frame_of(world.actor(world.bo), world.partnership.id)
    assert not MeasureObservation.objects.exists() and linking.linked(here, measure.id) == []


def test_nobody_links_what_they_do_not_see(world: World) -> None:
    """As plain SQL of the serving login, and through the page."""
    made = world.report(world.anna, key="b", text=WORDS, visibility="municipalities")
    measure = propose(world, world.bo)
    with pytest.raises(DatabaseError), transaction.atomic():
        MeasureObservation(id=uuid.uuid4(), measure=measure, observation_id=made, organisation_id=world.police.id,
                           member=world.bo).save(force_insert=True)
    answer = browser_of(world.bo).post(f"/haendelse/{made}/indsats/", {"measure": str(measure.id)})
    assert answer.status_code == 404
    with as_role(MIGRATION):
        assert not MeasureObservation.objects.exists()


def test_what_another_organisation_linked_the_own_measure_can_let_go_and_others_cannot(world: World, shared) -> None:
    measure, made = shared
    assert f"/fjern/{made}/" not in browser_of(world.berit).get(f"/indsats/{measure.id}/").content.decode()
    browser_of(world.berit).post(f"/indsats/{measure.id}/fjern/{made}/")
    with as_role(MIGRATION):
        assert MeasureObservation.objects.count() == 1
    browser_of(world.anna).post(f"/indsats/{measure.id}/fjern/{made}/")
    with as_role(MIGRATION):
        assert not MeasureObservation.objects.exists()
    assert [event.subject for event in events("measure.unlinked")] == [measure.id]


def test_an_observation_names_the_measures_that_its_reader_sees(world: World) -> None:
    made = world.report(world.anna, key="c", visibility="partnership")
    hidden = propose(world, world.anna, visibility="municipalities", title="Skjult for politiet")
    linking.link(frame_of(world.actor(world.anna), world.partnership.id), hidden.id, made)
    assert "Skjult for politiet" in browser_of(world.berit).get(f"/haendelse/{made}/").content.decode()
    assert "Skjult for politiet" not in browser_of(world.bo).get(f"/haendelse/{made}/").content.decode()


def test_to_look_at_a_measure_is_in_the_log_with_the_observations_beside_it(world: World, shared) -> None:
    measure, made = shared
    browser_of(world.berit).get(f"/indsats/{measure.id}/")
    assert [event.subject for event in events("measure.read")] == [measure.id]
    assert made in {event.subject for event in events("observation.read")}


def test_who_owns_it_is_told_to_those_who_see_it_and_nobody_else(world: World) -> None:
    measure = propose(world, world.anna, visibility="municipalities", owner=world.anna)
    found = {}
    for name in WHO:
        world.actor(getattr(world, name))
        with connection.cursor() as cursor:
            cursor.execute("select name from measure_owners(%s)", [[measure.id]])
            found[name] = [row[0] for row in cursor.fetchall()]
    assert {name for name, told in found.items() if told == ["Anna"]} == {"anna", "adam", "berit"}
    assert all(told in ([], ["Anna"]) for told in found.values())
