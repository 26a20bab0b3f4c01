"""A police district is usually in more than one partnership: what is said in one stays in it."""

from lokalnet.access import founding
from lokalnet.access.models import Party
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation.models import Observation
from tests.access.people import browser_of
from tests.world import World


def _in_both(world: World) -> None:
    with as_role(MIGRATION):
        founding.join(world.elsewhere, world.police)
        assert Party.objects.filter(organisation=world.police).count() == 2


def test_a_report_goes_to_the_partnership_that_the_form_was_opened_for(world: World) -> None:
    _in_both(world)
    bo = browser_of(world.bo)
    page = bo.get("/del/?partnership=andet").content.decode()
    assert 'action="/del/?partnership=andet"' in page
    with as_role(MIGRATION):
        area = Area.objects.get(name="Herlev").id
    sent = bo.post("/del/?partnership=andet", {"key": "k", "category": "nuisance", "area": str(area),
                                               "visibility": "partnership", "text": ""})
    assert sent["Location"] == "/overblik/?partnership=andet"
    with as_role(MIGRATION):
        assert [row.partnership.slug for row in Observation.objects.all()] == ["andet"]


def test_who_is_in_several_partnerships_can_choose_and_who_is_in_one_is_not_asked(world: World) -> None:
    assert 'name="partnership"' not in browser_of(world.bo).get("/overblik/").content.decode()
    _in_both(world)
    page = browser_of(world.bo).get("/overblik/?partnership=test").content.decode()
    assert '<option value="test" selected>' in page and '<option value="andet">' in page
