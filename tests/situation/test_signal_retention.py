"""Looks go after 400 days, signals with all that hangs on them five years after they were over, words before."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from lokalnet.access import founding
from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.project import logins
from lokalnet.situation.models import (
    Look,
    Measure,
    Signal,
    SignalMeasure,
    SignalStep,
    SignalVerdict,
    StopQuestion,
)
from lokalnet.situation.protection import retention
from tests.days import today
from tests.situation.looks import candidate, keep
from tests.world import VESTEGNEN, World

pytestmark = pytest.mark.django_db
FIVE_YEARS = timedelta(days=5 * 365 + 2)
MADE = (Look, Signal, SignalStep, SignalVerdict, SignalMeasure, StopQuestion)


def gone(at: datetime) -> dict[str, int]:
    with as_role(logins.RETENTION):
        foreseen, done = ({line.what: line.number for line in lines if line.number}
                          for lines in (retention.foresee(at), retention.let_go(at)))
    assert foreseen == done
    return done


def left() -> list[int]:
    with as_role(MIGRATION):
        return [model.objects.count() for model in MADE]


def made(world: World, partnership: Partnership, member: Member) -> Signal:
    """One of each: a signal of today with its step, a verdict, a measure made of it, a look, an answer."""
    keep(world, candidate(world))
    who = {"member": member, "organisation_id": member.organisation_id}
    with as_role(MIGRATION):
        signal = Signal.objects.get()
        Signal.objects.update(partnership=partnership)
        SignalVerdict.objects.create(signal=signal, turned_out="real", words="Vi var der selv.", **who)
        measure = Measure.objects.create(
            partnership=partnership, organisation_id=member.organisation_id, title="Lys", visibility="partnership",
            problem="Mørkt", ends_on=today(), areas=[])
        SignalMeasure.objects.create(signal=signal, measure=measure, member=member)
        Look.objects.create(partnership=partnership, audience="partnership", theme="drugs", day=today(), upto=0,
                            word="quiet", counted=0, reporters=0, organisations=0)
        StopQuestion.objects.create(partnership=partnership, area=Area.objects.all()[0], year=today().year,
                                    words="Ro i et år.", **who)
    return signal


@pytest.fixture
def signal(world: World) -> Signal:
    return made(world, world.partnership, world.berit)


def test_looks_go_after_400_days(signal: Signal) -> None:
    assert gone(now() + timedelta(days=400)).get("looks for signals") is None
    assert gone(now() + timedelta(days=402))["looks for signals"] == 1
    assert left() == [0, 1, 1, 1, 1, 1]


def test_one_that_goes_on_stays(signal: Signal) -> None:
    gone(now() + FIVE_YEARS + timedelta(days=30))
    assert left() == [0, 1, 1, 1, 1, 0]


def test_one_that_is_over_goes_after_five_years_with_all_that_hangs_on_it(world: World, signal: Signal) -> None:
    keep(world, day=14)
    assert "signals" not in gone(now() + FIVE_YEARS + timedelta(days=12))
    assert gone(now() + FIVE_YEARS + timedelta(days=16))["signals"] == 1
    assert left() == [0, 0, 0, 0, 0, 0]


def test_one_that_others_went_on_as_goes_and_leaves_them(world: World, signal: Signal) -> None:
    with as_role(MIGRATION):
        Signal.objects.filter(id=signal.id).update(state="closed", closed_at=now())
        later = Signal.objects.get(id=signal.id)
        later.pk, later.goes_on_as_id, later.closed_at = Measure().pk, signal.id, now() + timedelta(days=100)
        later.save(force_insert=True)
    assert gone(now() + FIVE_YEARS + timedelta(days=16))["signals"] == 1
    with as_role(MIGRATION):
        assert list(Signal.objects.values_list("id", "goes_on_as")) == [(later.pk, None)]


@override_settings(LOKALNET_TEXTS_KEPT_DAYS=365)
def test_words_of_a_verdict_go_with_texts_and_the_verdict_stays(signal: Signal) -> None:
    assert gone(now() + timedelta(days=366))["words on what signals turned out to be"] == 1
    with as_role(MIGRATION):
        assert list(SignalVerdict.objects.values_list("turned_out", "words")) == [("real", "")]


def test_a_link_goes_with_its_measure_and_the_signal_stays(signal: Signal) -> None:
    with as_role(MIGRATION):
        Measure.objects.update(state="dropped", changed_at=now() - FIVE_YEARS - timedelta(days=1))
    assert gone(now())["measures"] == 1
    assert left()[1] == 1 and left()[4] == 0


def test_those_of_an_exercise_go_with_it(world: World) -> None:
    with as_role(MIGRATION):
        play = founding.partnership("leg", "Øvelse", bounds=VESTEGNEN, valid_from=today() - timedelta(days=20))
        Partnership.objects.filter(id=play.id).update(exercise_of=world.partnership,
                                                      valid_to=today() - timedelta(days=10))
    made(world, play, world.berit)
    done = gone(now())
    assert {"looks in exercises", "signals of exercises", "answers to when to stop in exercises"} <= set(done)
    assert left() == [0, 0, 0, 0, 0, 0]
