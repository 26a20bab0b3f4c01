"""The pages of what is followed: what is wrong is said at its field, nothing typed is lost, twice is once."""

import json
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import translation

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation.models import Category, Subscription
from tests.doors.people import browser
from tests.situation.following import AROUND, follows, now_is
from tests.situation.test_own_day import follow as has_areas
from tests.world import World

SENT = {"name": "Grantoften om aftenen", "pace": "daily"}
DRAWN = json.dumps([list(corner) for corner in AROUND])


def berit(world: World) -> Client:
    client = browser(world.berit)
    client.cookies["django_language"] = "en"
    return client


def post(client: Client, path: str, **sent: Any) -> Any:
    return client.post(path, SENT | sent)


def all_of_it() -> list[Subscription]:
    with as_role(MIGRATION):
        return list(Subscription.objects.all())


def test_it_is_followed_from_then_on(world: World) -> None:
    with as_role(MIGRATION):
        shots = Category.objects.get(partnership=world.partnership, slug="shots")
        herlev = Area.objects.get(name="Herlev")
    answer = post(berit(world), "/foelg/ny/", outline=DRAWN, areas=[herlev.id], categories=[shots.id], severity="2")
    assert answer.status_code == 302
    made, = all_of_it()
    assert (made.name, made.pace, made.areas, made.categories, made.severity, made.member_id) == (
        "Grantoften om aftenen", "daily", [herlev.id], [shots.id], 2, world.berit.id)
    assert made.outline == [[round(each, 6) for each in corner] for corner in AROUND]
    assert "Grantoften om aftenen" in berit(world).get("/foelg/").content.decode()


def test_a_double_click_follows_once(world: World) -> None:
    client = berit(world)
    assert post(client, "/foelg/ny/").status_code == 302
    assert post(client, "/foelg/ny/").status_code == 422
    assert len(all_of_it()) == 1


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(world: World) -> None:
    crossed = json.dumps([AROUND[0], AROUND[2], AROUND[1], AROUND[3]])
    answer = post(berit(world), "/foelg/ny/", name="Mads Nielsen", outline=crossed, pace="never")
    assert answer.status_code == 422 and all_of_it() == []
    assert set(answer.context["form"].errors) == {"name", "outline", "pace"}
    page = answer.content.decode()
    assert 'value="Mads Nielsen"' in page and "The line crosses itself" in page and 'id="id_outline_error"' in page


def test_a_name_twice_is_refused_at_its_field(world: World) -> None:
    follows(world, world.berit, name=SENT["name"])
    answer = post(berit(world), "/foelg/ny/")
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"name"}


def test_a_change_and_one_that_comes_too_late(world: World) -> None:
    made = follows(world, world.berit)
    client = berit(world)
    assert post(client, f"/foelg/{made}/", edition="1", severity="3").status_code == 302
    late = post(client, f"/foelg/{made}/", edition="1", name="Et andet navn")
    assert late.status_code == 422 and late.context["form"].data["edition"] == "2"
    assert (now_is(made).name, now_is(made).severity) == ("Grantoften om aftenen", 3)
    assert post(client, f"/foelg/{made}/", edition="2", name="Et andet navn").status_code == 302
    assert (now_is(made).name, now_is(made).severity) == ("Et andet navn", None)


def test_stopping_twice_is_harmless(world: World) -> None:
    made = follows(world, world.berit)
    client = berit(world)
    assert client.post(f"/foelg/{made}/stop/").status_code == 302
    assert client.post(f"/foelg/{made}/stop/").status_code == 302
    assert all_of_it() == []


def test_the_own_areas_are_followed_in_one_tap_and_once(world: World) -> None:
    client = berit(world)
    assert "/foelg/mine-omraader/" not in client.get("/foelg/").content.decode()
    has_areas(world.berit, "Ballerup", "Herlev")
    assert "/foelg/mine-omraader/" in client.get("/foelg/").content.decode()
    for _ in range(2):
        assert client.post("/foelg/mine-omraader/").status_code == 302
    made, = all_of_it()
    with as_role(MIGRATION):
        assert set(made.areas) == set(Area.objects.filter(name__in=("Ballerup", "Herlev")).values_list("id", flat=True))


def test_the_filters_of_the_overview_are_taken_along_and_what_cannot_be_followed_is_named(world: World) -> None:
    with as_role(MIGRATION):
        herlev = Area.objects.get(name="Herlev")
    query = f"area={herlev.id}&category=shots&severity=3&standing=confirmed&days=7&q=scooter"
    assert f"/foelg/ny/?{query}".replace("&", "&amp;") in berit(world).get(f"/overblik/?{query}").content.decode()
    answer = berit(world).get(f"/foelg/ny/?{query}")
    form = answer.context["form"]
    assert form["areas"].value() == [herlev.id] and form["severity"].value() == 3
    assert len(form["categories"].value()) == 1 and "Herlev" in form["name"].value()
    with translation.override("en"):
        assert set(answer.context["left_out"]) == {"Standing", "Search"}


def test_the_preview_is_asked_for_before_saving_and_says_what_is_in_the_way(world: World) -> None:
    world.report(world.anna, key="one")
    client = berit(world)
    said = client.post("/foelg/se/", {"outline": DRAWN}).content.decode()
    assert said == "In the last 7 days this would have been 1 report."
    crossed = json.dumps([AROUND[0], AROUND[2], AROUND[1], AROUND[3]])
    assert "crosses itself" in client.post("/foelg/se/", {"outline": crossed}).content.decode()
    asked = post(client, "/foelg/ny/", look="1", outline=DRAWN)
    assert asked.status_code == 200 and "would have been 1 report" in asked.content.decode() and all_of_it() == []


def test_an_address_of_nonsense_is_no_error_page(world: World) -> None:
    client = berit(world)
    for query in ("area=x&category=y&severity=z", "follow=x", "area=mine", "days=%00"):
        assert client.get(f"/foelg/ny/?{query}").status_code == 200
    for said in ({"areas": "x"}, {"categories": "x"}, {"severity": "x"}, {"outline": "["}, {"edition": "x"}):
        assert post(client, "/foelg/ny/", **said).status_code in (302, 422)


def test_who_stands_in_looks_at_the_set_and_does_not_change_it(world: World) -> None:
    made: UUID = follows(world, world.anna)
    assert browser(world.adam).get(f"/foelg/{made}/").status_code == 404
    assert browser(world.adam).post(f"/foelg/{made}/stop/").status_code == 404
    assert len(all_of_it()) == 1
