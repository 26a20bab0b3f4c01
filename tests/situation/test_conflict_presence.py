"""Who is out while a conflict lasts: what the organisations wrote for it or its areas, and nobody's position."""

from datetime import timedelta

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.conflicts import opening, presence
from lokalnet.situation.conflicts.opening import Proposed
from lokalnet.situation.models import Watch
from tests.access.people import browser_of
from tests.situation.conflicting import KNOWN, TITLE, opened, seen_by
from tests.situation.telling import frame
from tests.world import World


def watch(world: World, who: str, hours: float, **said: object) -> None:
    with as_role(MIGRATION):
        Watch.objects.create(**{"partnership": world.partnership, "organisation": world.ballerup, "who": who,
                                "starts_at": now() + timedelta(hours=hours),
                                "ends_at": now() + timedelta(hours=hours + 4)} | said)


def test_watches_in_its_areas_or_written_for_it_are_shown_while_it_lasts(world: World) -> None:
    here = frame(world, world.lars)
    with as_role(MIGRATION):
        areas = {area.name: area for area in Area.objects.filter(kind="municipality")}
    made = opening.propose(here, Proposed(TITLE, KNOWN, (areas["Ballerup"].id,)))
    opening.confirm(seen_by(world, world.berit, made))
    watch(world, "Aftenhold", 2, area=areas["Ballerup"])
    watch(world, "Overalt", 30)
    watch(world, "Herlev", 2, area=areas["Herlev"])
    watch(world, "For konflikten", 3, area=areas["Herlev"], measure_id=made)
    watch(world, "Forbi", -6, area=areas["Ballerup"])
    watch(world, "Bagefter", 24 * 16, area=areas["Ballerup"])
    found = presence.watches(seen_by(world, world.anna, made))
    assert [each.who for each in found] == ["Aftenhold", "For konflikten", "Overalt"]


def test_a_watch_is_added_for_the_conflict_from_its_page(world: World) -> None:
    made, client = opened(world), browser_of(world.berit)
    address = f"/vagter/ny/?partnership={world.partnership.slug}&amp;measure={made}"
    assert address in client.get(f"/konflikt/{made}/").content.decode()
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert f'value="{made}" selected' in form


def test_an_address_that_names_no_measure_of_ours_chooses_none(world: World) -> None:
    opened(world)
    answer = browser_of(world.berit).get("/vagter/ny/?measure=noget-andet")
    assert answer.status_code == 200
