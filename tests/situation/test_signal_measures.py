"""A measure that is made of a signal: it begins with its area and reports, and each tells of the other."""

import re
from datetime import timedelta

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Measure, MeasureObservation, Signal, SignalMeasure
from tests.days import today
from tests.doors.people import browser
from tests.situation.signalling import neighbourhood, page, read, signal
from tests.world import World

pytestmark = pytest.mark.django_db
SECRET = "Ved bænken bag hallen"


def proposed(world: World, member, about: Signal, **said: str):  # type: ignore[no-untyped-def]
    """As somebody does it: the form is opened from the signal, filled in and sent."""
    form = read(member, "/indsatser/ny/", signal=str(about.id)).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(about|signal)" value="([^"]+)"', form))
    sent |= {"areas": re.findall(r'name="areas" value="([^"]+)" checked', form), "title": "Lys ved bænken",
             "problem": "Der handles.", "ends_on": str(today() + timedelta(days=30)), "visibility": "partnership"}
    return form, browser(member).post("/indsatser/ny/", sent | said)


def test_it_begins_with_the_area_and_the_reports_and_never_with_their_words(world: World) -> None:
    area, made = neighbourhood(), world.report(world.anna, key="one", category="drug-dealing", text=SECRET,
                                               visibility="partnership")
    about = signal(world)
    form, answer = proposed(world, world.berit, about)
    assert answer.status_code == 302
    measure = Measure.objects.get() if world.actor(world.berit) else None
    assert measure and measure.areas == [area.id] and SECRET not in measure.title + measure.problem
    assert 'value="Drug dealing around Grantoften"' in form
    with as_role(MIGRATION):
        assert list(MeasureObservation.objects.values_list("observation_id", flat=True)) == [made]
        assert list(SignalMeasure.objects.values_list("signal_id", "measure_id")) == [(about.id, measure.id)]


def test_each_page_tells_of_the_other(world: World) -> None:
    about = signal(world)
    made = proposed(world, world.berit, about)[1]["Location"]
    there = page(world.bo, about).content.decode()
    assert "Lys ved bænken" in there and "Proposed" in there
    assert f"/usaedvanligt/{about.id}/" in read(world.bo, made).content.decode()


def test_who_does_not_see_the_measure_is_told_of_none(world: World) -> None:
    about = signal(world)
    proposed(world, world.berit, about, visibility="municipalities")
    assert "Lys ved bænken" in page(world.anna, about).content.decode()
    assert "Lys ved bænken" not in page(world.bo, about).content.decode()


def test_who_does_not_see_the_signal_is_told_of_none(world: World) -> None:
    about = signal(world, audience="municipalities")
    made = proposed(world, world.berit, about)[1]["Location"]
    assert str(about.id) in read(world.anna, made).content.decode()
    answer = read(world.bo, made)
    assert answer.status_code == 200 and str(about.id) not in answer.content.decode()


def test_a_measure_is_made_of_no_signal_that_its_maker_does_not_get(world: World) -> None:
    about = signal(world, audience="municipalities")
    assert read(world.bo, "/indsatser/ny/", signal=str(about.id)).status_code == 404
    assert read(world.bo, "/indsatser/ny/", signal="nothing").status_code == 404
    sent = {"signal": str(about.id), "title": "x", "problem": "x", "ends_on": str(today()), "visibility": "partnership"}
    assert browser(world.bo).post("/indsatser/ny/", sent).status_code == 404
    assert not SignalMeasure.objects.exists()


def test_a_form_that_comes_back_still_belongs_to_its_signal(world: World) -> None:
    about = signal(world)
    answer = proposed(world, world.berit, about, title="Mads Nielsen")[1]
    assert answer.status_code == 422 and f'name="signal" value="{about.id}"' in answer.content.decode()
