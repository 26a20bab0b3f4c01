"""Whether signals can be believed: what is counted as what, over which time, and against which promise."""

from datetime import timedelta

import pytest

from lokalnet.analysis.rates import poisson_interval
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation.models import SignalStep, SignalWord
from lokalnet.situation.signals import calibrating
from lokalnet.situation.signals.calibrating import Calibration, Outcomes, PerYear
from tests.days import today
from tests.situation.signalling import frame, look, read, signal, verdict
from tests.world import World

pytestmark = pytest.mark.django_db


def found(world: World, name: str = "berit") -> Calibration:
    answer = calibrating.calibration(frame(world, getattr(world, name)))
    assert answer is not None
    return answer


def since(world: World, days: int) -> None:
    look(world, day=today() - timedelta(days=days), looked_at=now() - timedelta(days=days))


def test_before_the_first_look_there_is_nothing_to_say(world: World) -> None:
    assert calibrating.calibration(frame(world, world.berit)) is None
    assert "Nobody has looked yet" in read(world.berit, "/usaedvanligt/traefsikkerhed/").content.decode()


def test_each_is_counted_as_what_it_turned_out_to_be(world: World) -> None:
    since(world, 500)
    for said in ("real", "real", "known-event", "artefact", "unclear"):
        verdict(world, world.berit, signal(world, state="closed"), said)
    signal(world, theme="damage", state="closed")
    assert found(world).all == Outcomes(6, real=2, known=1, artefact=1, unclear=1)
    assert (found(world).all.unsaid, found(world).all.at_most) == (1, 3)
    assert dict(found(world).groups)["damage"] == Outcomes(1, 0, 0, 0, 0)


def test_where_organisations_do_not_agree_it_is_unclear_and_one_that_cannot_say_changes_nothing(world: World) -> None:
    since(world, 500)
    torn, one = signal(world), signal(world, theme="damage")
    for about, said in ((torn, "artefact"), (one, "unclear")):
        verdict(world, world.lars, about, said)
    for about in (torn, one):
        verdict(world, world.berit, about, "real")
    assert (found(world).all.unclear, found(world).all.real) == (1, 1)


def test_the_newest_of_an_organisation_counts(world: World) -> None:
    since(world, 500)
    about = signal(world)
    for said in ("real", "artefact"):
        verdict(world, world.berit, about, said)
    assert (found(world).all.real, found(world).all.artefact) == (0, 1)


def test_one_that_became_weaker_counts_as_what_it_was_at_its_strongest(world: World) -> None:
    since(world, 500)
    about = signal(world, word="too-little")
    signal(world, word="too-little", theme="damage")
    with as_role(MIGRATION):
        SignalStep.objects.create(signal=about, kind="weaker", figures={"word": "unusual"})
    assert [row.outcomes.alarms for row in found(world).rows] == [1, 0]


def test_a_rate_is_for_the_time_that_was_looked(world: World) -> None:
    since(world, 73)  # a fifth of a year
    for _number in range(2):
        verdict(world, world.berit, signal(world), "artefact")
    false = found(world).rows[0].false
    low, high = poisson_interval(2)
    assert (false.rate, false.low, false.high) == pytest.approx((10, 5 * low, 5 * high), rel=1e-3)
    assert false.promised == calibrating.PROMISED[SignalWord.UNUSUAL]


@pytest.mark.parametrize(("low", "high", "worst", "kept"), [
    (0.1, 1.5, 1.9, True), (2.1, 9.0, 12.0, False), (0.1, 6.4, 6.4, None), (0.0, 1.5, 8.0, None)])
def test_a_promise_is_kept_or_broken_only_where_that_can_be_told(low: float, high: float, worst: float,
                                                                 kept: bool | None) -> None:
    assert PerYear(1, low, high, worst, promised=2).kept is kept


def test_what_is_older_than_a_year_and_what_goes_on_as_another_is_not_counted(world: World) -> None:
    since(world, 500)
    signal(world, opened_at=now() - timedelta(days=370))
    signal(world, audience="municipalities", state="closed", goes_on_as=signal(world))
    assert found(world).all.alarms == 1


def test_the_police_count_what_they_read(world: World) -> None:
    since(world, 500)
    signal(world)
    signal(world, audience="municipalities", theme="damage")
    assert (found(world).all.alarms, found(world, "bo").all.alarms) == (2, 1)


def test_few_alarms_are_said_to_be_few(world: World) -> None:
    since(world, 500)
    signal(world)
    answer = read(world.bo, "/usaedvanligt/traefsikkerhed/").content.decode()
    assert "Too little to go by" in answer and "1 alarm in 12 months" in answer and "cannot be told yet" in answer
