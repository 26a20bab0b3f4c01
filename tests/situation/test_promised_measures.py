"""A measure points to one commitment of its own partnership; both pages tell of it, to whoever sees both."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from lokalnet.access.models import Partnership
from lokalnet.access.seats import seat_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.partnership import commitments
from lokalnet.partnership.commitments import Promise
from lokalnet.partnership.models import Commitment
from lokalnet.project import logins
from lokalnet.situation.models import Measure, Step
from lokalnet.situation.protection import retention
from tests.access.people import browser_of
from tests.days import today
from tests.situation.questions import a_measure
from tests.world import World

WORDS = "Alle lamper er skiftet inden to uger"


def promised(world: World) -> Commitment:
    here = seat_of(world.actor(world.berit), world.partnership.id)
    return commitments.one(here, commitments.promise(here, Promise(WORDS, today() + timedelta(days=9))))


def present(measure: Measure) -> Measure:
    with as_role(MIGRATION):
        return Measure.objects.get(id=measure.id)


def test_the_measures_page_shows_the_commitment_and_the_commitments_page_the_measure(world: World) -> None:
    made, measure, anna = promised(world), a_measure(world), browser_of(world.anna)
    said = {"commitment": str(made.id), "edition": "1"}
    for _ in range(2):  # the second click changes nothing
        assert anna.post(f"/indsats/{measure.id}/aftale/", said).status_code == 302
    assert present(measure).commitment_id == made.id and present(measure).edition == 2
    with as_role(MIGRATION):
        assert Step.objects.get(kind="changed").detail == {"fields": ["commitment"]}
    page = anna.get(f"/indsats/{measure.id}/").content.decode()
    assert WORDS in page and "Ballerup Kommune" in page
    assert "Lys og liv på stien" in browser_of(world.berit).get(f"/aftaler/{made.id}/").content.decode()
    assert anna.post(f"/indsats/{measure.id}/aftale/", {"commitment": "", "edition": "2"}).status_code == 302
    assert present(measure).commitment_id is None


def test_who_does_not_see_the_measure_is_not_told_of_it_by_the_commitment(world: World) -> None:
    made = promised(world)
    a_measure(world, visibility="municipalities", commitment=made)
    assert "Lys og liv" not in browser_of(world.bo).get(f"/aftaler/{made.id}/").content.decode()
    assert "Lys og liv" in browser_of(world.berit).get(f"/aftaler/{made.id}/").content.decode()


def test_only_who_may_change_the_measure_points_it(world: World) -> None:
    made, measure = promised(world), a_measure(world)
    for member, status in ((world.bo, 403), (world.berit, 403), (world.clara, 404), (world.viggo, 403)):
        answer = browser_of(member).post(f"/indsats/{measure.id}/aftale/", {"commitment": str(made.id), "edition": "1"})
        assert answer.status_code == status
    assert present(measure).commitment_id is None


def test_of_two_who_change_at_once_the_second_is_told(world: World) -> None:
    made, measure, anna = promised(world), a_measure(world), browser_of(world.anna)
    answer = anna.post(f"/indsats/{measure.id}/aftale/", {"commitment": str(made.id), "edition": "9"}, follow=True)
    assert 'class="alert alert-error"' in answer.content.decode() and present(measure).commitment_id is None


@pytest.mark.parametrize("chosen", ["noget", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_commitment_of_the_partnership_is_refused(world: World, chosen: str) -> None:
    measure = a_measure(world)
    browser_of(world.anna).post(f"/indsats/{measure.id}/aftale/", {"commitment": chosen, "edition": "1"})
    assert present(measure).commitment_id is None


def test_the_database_lets_no_measure_point_out_of_its_partnership(world: World) -> None:
    with as_role(MIGRATION):
        away = Commitment(partnership=world.elsewhere, party=world.gladsaxe, text="Andetsteds", due_on=today(),
                          made_by=world.adam)
        away.save(force_insert=True)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        a_measure(world, commitment_id=away.id)
    measure = a_measure(world)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(commitment_id=away.id)


def test_with_an_exercise_its_commitments_go_and_measures_of_it(world: World) -> None:
    made = promised(world)
    a_measure(world, commitment=made)
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(
            exercise_of=world.elsewhere, valid_to=today() - timedelta(days=8))
    with as_role(logins.RETENTION):
        lines = {line.what: line.number for line in retention.let_go(now())}
    assert (lines["commitments of exercises"], lines["measures of exercises"]) == (1, 1)
