"""A notice says nothing that its reader may not read: neither when it is made, nor when it is read."""

import pytest

from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices.models import Notice
from lokalnet.places.points import cell_of
from lokalnet.situation import correcting
from lokalnet.situation.models import Subscription
from lokalnet.situation.reporting import Report
from tests.doors.people import browser, give_roles
from tests.situation.following import AROUND, follows, notices, run, said, told
from tests.situation.telling import frame
from tests.world import GRANTOFTEN, World

X, Y = GRANTOFTEN


def around(x: float, y: float, by: float = 0.0022) -> tuple[tuple[float, float], ...]:
    """A square of about 250 metres and more around a point."""
    return ((x - by, y - by), (x + by, y - by), (x + by, y + by), (x - by, y + by))


def everybody_follows(world: World) -> None:
    for member in (world.anna, world.adam, world.bo, world.berit):
        follows(world, member)


@pytest.mark.parametrize(("visibility", "who"), [
    ("organisation", {"adam"}), ("municipalities", {"adam", "berit"}), ("partnership", {"adam", "berit", "bo"}),
    ("public", {"adam", "berit", "bo"})])
def test_only_those_who_may_read_a_report_are_told(world: World, visibility: str, who: set[str]) -> None:
    everybody_follows(world)
    world.report(world.anna, key="one", visibility=visibility)
    run()
    assert {name for name in ("anna", "adam", "bo", "berit") if notices(getattr(world, name))} == who


def test_another_partnership_hears_nothing(world: World) -> None:
    with as_role(MIGRATION):
        Subscription.objects.create(member=world.clara, partnership=world.elsewhere, name="Alt", told_to=0)
        Subscription.objects.create(member=world.clara, partnership=world.partnership, name="Deres", told_to=0)
    world.report(world.anna, key="one", visibility="public")
    run()
    assert notices(world.clara) == []


def test_police_are_told_by_the_coarse_place_alone(world: World) -> None:
    """Two drawn areas: around the exact point, and around the middle of its square. The police get the second."""
    x, y = X + 0.0019, Y + 0.0011
    cell = cell_of(x, y, 25832)
    assert abs(cell.longitude - x) > 0.0001
    exact = ((x - 0.0001, y - 0.01), (x + 0.01, y - 0.01), (x + 0.01, y + 0.01), (x - 0.0001, y + 0.01))
    if cell.longitude > x:
        exact = ((x - 0.01, y - 0.01), (x + 0.0001, y - 0.01), (x + 0.0001, y + 0.01), (x - 0.01, y + 0.01))
    for member in (world.bo, world.berit):
        follows(world, member, name="Ved punktet", outline=exact)
        follows(world, member, name="Ved firkanten", outline=around(cell.longitude, cell.latitude))
    world.report(world.anna, key="one", longitude=x, latitude=y, visibility="partnership", police_sees="area")
    run()
    named = {member.name: {said(world, member, each).title.split("»")[1] for each in notices(member)}  # type: ignore[union-attr]
             for member in (world.bo, world.berit)}
    assert named == {"Bo": {"Ved firkanten«"}, "Berit": {"Ved punktet«"} | (
        {"Ved firkanten«"} if abs(cell.longitude - x) < 0.0022 and abs(cell.latitude - y) < 0.0022 else set())}


def test_what_is_narrowed_between_event_and_reading_drops_out(world: World) -> None:
    for member in (world.bo, world.berit):
        follows(world, member)
    made = world.report(world.anna, key="one", visibility="partnership")
    run()
    here = frame(world, world.anna)
    correcting.correct(here, made, Report(**(vars(correcting.present(here, made).report()) | {
        "visibility": "municipalities"})), edition=1)
    assert (told(world, world.bo), told(world, world.berit)) == ([], [1])


def test_a_role_that_is_lost_between_event_and_reading_takes_the_words_along(world: World) -> None:
    follows(world, world.berit)
    world.report(world.anna, key="one")
    run()
    give_roles(world.berit, [Role.DATA_PROTECTION_OFFICER])
    notice, = notices(world.berit)
    assert said(world, world.berit, notice) is None


def test_who_lost_the_right_is_not_told_and_others_are(world: World) -> None:
    for member in (world.berit, world.bo):
        follows(world, member)
    give_roles(world.berit, [Role.DATA_PROTECTION_OFFICER])
    world.report(world.anna, key="one", visibility="partnership")
    run()
    assert (notices(world.berit), told(world, world.bo)) == ([], [1])


def test_list_and_map_show_the_set_that_is_followed(world: World) -> None:
    made = follows(world, world.berit, outline=AROUND)
    inside = world.report(world.anna, key="in")
    world.report(world.anna, key="out", longitude=12.50)
    page = browser(world.berit).get(f"/overblik/?follow={made}")
    assert [str(each["id"] if isinstance(each, dict) else each.id) for each in page.context["cards"]] == [str(inside)]
    assert page.context["count"] == 1
    assert browser(world.berit).get(f"/overblik/kort.json?follow={made}").json()["ids"] == [str(inside)]


def test_what_somebody_else_follows_or_what_is_followed_no_more_shows_nothing(world: World) -> None:
    """And not everything: an export would hold more than was asked for."""
    made = follows(world, world.berit, outline=AROUND, name="Kun hendes")
    world.report(world.anna, key="in")
    page = browser(world.adam).get(f"/overblik/?follow={made}")
    assert page.context["count"] == 0 and "Kun hendes" not in page.content.decode()
    for said_so in ("nonsense", "00000000-0000-4000-8000-000000000000"):
        answer = browser(world.berit).get(f"/overblik/?follow={said_so}")
        assert answer.status_code == 200 and answer.context["count"] == 0


def test_the_words_name_neither_place_nor_text_of_a_report(world: World) -> None:
    """What stands at the bell is a number and what the reader called it."""
    follows(world, world.berit, name="Det nye")
    world.report(world.anna, key="one", text="Uro ved kiosken")
    run()
    notice, = notices(world.berit)
    words = said(world, world.berit, notice)
    assert words and words.title == "1 new report: »Det nye«" and words.about == ""


def test_a_reader_who_is_no_reader_of_notices_is_refused(world: World) -> None:
    assert browser(world.viggo).get("/foelg/").status_code == 403
    assert Notice.objects.count() == 0
