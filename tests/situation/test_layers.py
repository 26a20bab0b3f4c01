"""A layer's page: words first, a picture and a list of one set, for those who read signals and for nobody else."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.layers import choosing, looking, overlay, saying
from lokalnet.situation.layers.choosing import WEEKS, Chosen, Kind
from lokalnet.situation.models import LOOKED_AT, Observation, Standing, State
from tests.doors.people import browser
from tests.situation import telling as reports
from tests.situation.layering import TO_METRES, Telling, long_ago, people
from tests.world import World

PAGE, CELLS = "/usaedvanligt/lag/", "/usaedvanligt/lag/celler.json"
NEVER = re.compile(r"hotspot|brændpunkt|risiko|\brisk|predict|forudsig|rødt|\bred\b", re.IGNORECASE)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world) -> Telling:
    """Squares side by side of which nine people told, in all 13 weeks; and one of which two did."""
    telling = Telling(world)
    crew = people(world.gladsaxe, 9)
    for number in range(700):
        telling.tell((number * 7 % 6, number * 11 % 5), crew[number % 9], long_ago(8 + number * 13 % 80),
                     category=("nuisance", "vandalism", "drug-dealing")[number % 3])
    for number in range(30):
        telling.tell((20, 20), crew[number % 2], long_ago(8 + number))
    telling.store()
    return telling


def drawn(page: str) -> int:
    """How many squares the picture has."""
    return sum(line.count("M") for line in re.findall(r'class="step-\d" d="([^"]*)"', page))


def listed(page: str) -> int:
    areas = page[page.index('class="layer-areas'):page.index("</ul>", page.index('class="layer-areas'))]
    return sum(map(int, re.findall(r": (\d+) (?:felt|square)", areas)))


@pytest.mark.parametrize("layer", Kind.values)
def test_picture_list_and_map_show_the_same_squares(world, told, layer) -> None:
    client, asked = browser(world.anna), {"layer": layer, "group": "all", "weeks": "13"}
    page = client.get(PAGE, asked).content.decode()
    found = json.loads(client.get(CELLS, asked).content)
    assert drawn(page) == listed(page) == len(found["features"]) == 30
    steps = sorted(feature["properties"]["step"] for feature in found["features"])
    assert steps == sorted(int(step) for step, line in re.findall(r'class="step-(\d)" d="([^"]*)"', page)
                           for _ in range(line.count("M")))


def test_a_square_on_the_map_is_the_square_of_the_grid(world, told) -> None:
    """250 m wide, and nothing in it but how strongly it is coloured: no number, no name."""
    found = json.loads(browser(world.anna).get(CELLS).content)
    wanted = {told.square((x, y)) for x in range(6) for y in range(5)}
    corners = set()
    for feature in found["features"]:
        assert set(feature) == {"type", "properties", "geometry"}
        assert set(feature["properties"]) == {"step"}
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        metres = [TO_METRES.transform(*point) for point in ring[:-1]]
        assert [round(max(side) - min(side)) for side in zip(*metres, strict=True)] == [250, 250]
        corners.add((round(min(x for x, _y in metres) / 250), round(min(y for _x, y in metres) / 250)))
    assert corners == wanted


@pytest.mark.parametrize("layer", Kind.values)
def test_each_layer_says_what_it_means_and_what_it_does_not(world, told, layer) -> None:
    for language in ("da", "en"):
        client = browser(world.anna)
        client.cookies["django_language"] = language
        page = re.sub(r"<[^>]*>", " ", client.get(PAGE, {"layer": layer}).content.decode())
        assert not NEVER.search(page)
        with override(language):
            assert saying.means(Kind(layer)) in unescape(page)
            assert saying.means_not(Kind(layer)) in unescape(page)
        assert "250 m" in page


def test_what_is_too_little_is_never_a_zero(world) -> None:
    for layer in Kind.values:
        page = browser(world.anna).get(PAGE, {"layer": layer}).content.decode()
        assert drawn(page) == 0
        assert "layer-areas" not in page
        words = re.sub(r"<[^>]*>", " ", page[page.index("<main"):page.index("</main>")])
        assert not re.search(r"(?<![\d.,])0(?![\d.,])", words)


def test_a_bad_choice_falls_back(world) -> None:
    client = browser(world.anna)
    usual = client.get(PAGE).context["look"].chosen
    for asked in ({"layer": "hot", "group": "good", "weeks": "7"}, {"group": "none", "weeks": "x"}, {"weeks": "-13"}):
        assert client.get(PAGE, asked).context["look"].chosen == usual == Chosen(Kind.DENSITY, choosing.ALL, 13)


def test_areas_stand_in_the_order_of_the_alphabet_and_never_by_number(world, told) -> None:
    crew = people(world.ballerup, 3)
    for name, box in (("Åby", (12.35, 55.72, 12.372, 55.75)), ("Østby", (12.372, 55.72, 12.4, 55.75))):
        with as_role(MIGRATION):
            area = reports.area("neighbourhood", name, box)
            area.name = name
            area.save()
    for by in crew:
        told.tell((30, 0), by, long_ago(9))
    told.store()
    lines = browser(world.anna).get(PAGE).context["lines"]
    names = [line.name for line in lines]
    assert names[-2:] == ["Østby", "Åby"]
    assert names == sorted(names, key=lambda name: name.lower().translate(str.maketrans("æøå", "{|}")))
    assert [line.letter for line in lines] == list("ABCDEFGH"[:len(lines)])


def test_the_police_get_what_both_get_and_municipalities_what_they_share(world) -> None:
    telling, crew = Telling(world), people(world.gladsaxe, 3)
    for by in crew:
        telling.tell((0, 0), by, long_ago(9), visibility="municipalities")
        telling.tell((3, 3), by, long_ago(9), visibility="partnership")
        telling.tell((6, 6), by, long_ago(9), visibility="organisation")
    telling.store()
    seen = {who: len(json.loads(browser(getattr(world, who)).get(CELLS).content)["features"])
            for who in ("anna", "berit", "bo", "lars")}
    assert seen == {"anna": 2, "berit": 2, "bo": 1, "lars": 1}


def test_refuted_and_withdrawn_reports_make_no_square(world) -> None:
    telling, crew = Telling(world), people(world.gladsaxe, 3)
    made = [telling.tell((0, 0), by, long_ago(9)) for by in crew]
    telling.store()
    client = browser(world.anna)
    assert len(json.loads(client.get(CELLS).content)["features"]) == 1
    for change in ({"standing": Standing.REFUTED}, {"standing": Standing.UNCONFIRMED, "state": State.WITHDRAWN}):
        with as_role(MIGRATION):
            Observation.objects.filter(id=made[0]).update(**change)
        assert json.loads(client.get(CELLS).content)["features"] == []


def test_periods_are_whole_weeks_that_are_over(world) -> None:
    """So nothing falls out of them, or comes in, from one day to the next."""
    look = looking.look(reports.frame(world, world.anna), Chosen(Kind.DENSITY, choosing.ALL, 4))
    assert (look.since.weekday(), look.until.weekday()) == (0, 6)
    assert look.until - look.since == timedelta(days=27)
    assert timedelta(0) < long_ago(7) + timedelta(days=7) - look.until <= timedelta(days=7)


def test_every_look_stands_in_the_log_with_what_was_chosen(world) -> None:
    client = browser(world.bo)
    asked = {"layer": "near-repeat", "group": "drugs", "weeks": "52"}
    for path in (PAGE, CELLS):
        client.get(path, asked)
        client.get(path, asked | {"journal": "text"} if path == PAGE else asked)
    with as_role(MIGRATION):
        read = list(Event.objects.filter(kind="layers.read").values_list("member_id", "purpose", "detail"))
        copied = Event.objects.filter(kind="journal.copied").count()
    assert read == [(world.bo.id, "shared-picture", asked)] * 4
    assert copied == 1


def test_the_overview_offers_layers_to_those_who_read_signals_and_asks_nothing_for_it(world) -> None:
    with_layers, without = browser(world.anna).get("/overblik/"), browser(world.viggo).get("/overblik/")
    assert b"data-layers" in with_layers.content
    assert b"usaedvanligt" not in without.content
    assert overlay.offered(reports.frame(world, world.viggo)) is None
    frame = reports.frame(world, world.anna)
    with CaptureQueriesContext(connection) as asked:
        assert overlay.offered(frame) is not None
    assert asked.captured_queries == []


@pytest.mark.parametrize("member", ["viggo", "dorte"])
def test_whoever_does_not_read_signals_gets_neither_page_nor_squares(world, told, member) -> None:
    client = browser(getattr(world, member))
    for path in (PAGE, CELLS):
        assert client.get(path).status_code == 403
        assert client.get(path, {"journal": "text"}).status_code == 403


def test_a_copy_says_the_same_as_the_page(world, told) -> None:
    client = browser(world.anna)
    page, text = client.get(PAGE), client.get(PAGE, {"journal": "text"}).content.decode()
    assert page.context["said"] in text
    for line in page.context["lines"]:
        assert f"{line.said}" in text
    assert client.get(PAGE, {"journal": "pdf"}).content.startswith(b"%PDF")


def test_squares_that_stand_out_are_said_before_how_it_was_counted(world) -> None:
    telling, crew = Telling(world), people(world.gladsaxe, 9)
    middle = {(x, y) for x in (3, 4, 5) for y in (3, 4, 5)}
    for x in range(9):
        for y in range(9):
            for number in range(20 if (x, y) in middle else 3):
                telling.tell((x, y), crew[number % 9], long_ago(8 + number))
    telling.store()
    answer = browser(world.anna).get(PAGE, {"layer": "significant"})
    found: Any = answer.context["layer"]
    out = {(square.x, square.y) for square in found.squares if square.step}
    assert {telling.square(spot) for spot in ((4, 4), (3, 4), (5, 4), (4, 3), (4, 5))} <= out
    assert out <= {telling.square(spot) for spot in middle}
    page = answer.content.decode()
    assert page.index(saying.first(answer.context["look"])) < page.index("Gi*")
    assert str(len(out)) in answer.context["said"]


def test_every_setting_has_a_name(world: World) -> None:
    client = browser(world.anna)
    page = client.get(PAGE).content.decode()
    for value in (*Kind.values, choosing.ALL, *LOOKED_AT, *map(str, WEEKS)):
        assert f'value="{value}"' in page
