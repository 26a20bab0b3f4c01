"""Wherever somebody writes words of their own, the guard stands: what it stops is stored nowhere."""

from datetime import timedelta

import pytest

from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.partnership.models import Commitment
from lokalnet.situation.models import Category, Measure, SavedView, Step
from tests.access.people import browser_of
from tests.days import today
from tests.situation.measuring import now_is, propose, step
from tests.world import World

NAMED = "Ring til Mads Nielsen, 010190-1234"
LAST = (today() + timedelta(days=30)).isoformat()

FORMS = [
    ("/aftaler/ny/", {"text": NAMED, "due_on": "2027-01-01"}),
    ("/overblik/visninger/", {"name": NAMED, "query": "days=7"}),
    ("/oevelse/", {"name": NAMED, "days": "3"}),
    ("/kategorier/ny/", {"name_da": "Knallerter", "name_en": "Mopeds", "guidance_da": NAMED, "icon": "bag",
                         "severity": "1", "theme": "none", "position": "20", "active": "on"}),
    *(("/indsatser/ny/", {"title": "Lys på stien", "problem": "Mørkt", "visibility": "partnership", "ends_on": LAST,
                          field: NAMED}) for field in ("title", "problem", "known", "doing", "sign")),
    ("/kategorier/ny/", {"name_da": NAMED, "name_en": "Mopeds", "icon": "bag", "severity": "1", "theme": "none",
                         "position": "20"}),
]


def kept() -> int:
    with as_role(MIGRATION):
        return (Category.objects.count() + Partnership.objects.count() + SavedView.objects.count()
                + Measure.objects.count() + Commitment.objects.count())


@pytest.mark.parametrize(("path", "said"), FORMS)
def test_no_name_or_number_is_kept(world: World, path: str, said: dict[str, str]) -> None:
    before, client = kept(), browser_of(world.adam)
    assert client.post(path, said, follow=True).status_code in (200, 422)
    assert kept() == before
    client.post(path, {field: value.replace(NAMED, "Noget ganske andet") for field, value in said.items()})
    assert kept() > before


@pytest.mark.parametrize("said", [NAMED, "Et tegn \x00 for meget"])
@pytest.mark.parametrize("kind", ["commented", "done", "dropped"])
def test_what_is_said_on_a_step_of_a_measure_is_guarded_too(world: World, kind: str, said: str) -> None:
    measure = propose(world, world.adam)
    step(world, world.adam, measure, "agreed")
    answer = browser_of(world.adam).post(f"/indsats/{measure.id}/trin/", {"step": kind, "note": said})
    assert answer.status_code == 422
    with as_role(MIGRATION):
        assert not Step.objects.exclude(note="").exists() and not Measure.objects.exclude(outcome="").exists()


def test_a_changed_measure_is_guarded_too(world: World) -> None:
    measure = propose(world, world.adam, title="Lys på stien", problem="Mørkt")
    answer = browser_of(world.adam).post(f"/indsats/{measure.id}/ret/", {
        "title": "Lys på stien", "problem": NAMED, "visibility": "partnership", "edition": "1"})
    assert answer.status_code == 422 and now_is(measure).problem == "Mørkt"


def test_a_refused_search_is_not_kept_in_a_saved_view(world: World) -> None:
    browser_of(world.adam).post("/overblik/visninger/", {"name": "Min", "query": "days=7&q=Mads+Nielsen"})
    with as_role(MIGRATION):
        assert not [view.query for view in SavedView.objects.all() if "Mads" in view.query]


def test_a_character_that_cannot_be_stored_is_refused_and_no_error(world: World) -> None:
    answer = browser_of(world.adam).post("/overblik/visninger/", {"name": "Min\x00visning", "query": "days=7"})
    assert answer.status_code != 500
