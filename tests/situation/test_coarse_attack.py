"""The police try to find the exact point and time of a municipal report that was shared coarsely. They cannot.

The strongest form of the question: two worlds that differ only in what is to stay hidden (the point within its 250 m
cell, the time within its six hours, precision, reporter, and the text where only the area is shared) must give the
police the same bytes, whatever they ask. `Police.attack` asks all that we could think of; it goes on from what it is
answered, as an attacker would, so a difference anywhere would spread.
"""

import random
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import shapely
from django.db import connection, transaction
from django.test import Client
from pyproj import Transformer

from lokalnet.access import rights
from lokalnet.access.models import Member, RoleRight
from lokalnet.access.rights import POLICE, Fields, Purpose, Right, Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.places.points import CELL_METRES, cell_of
from lokalnet.situation import reporting
from lokalnet.situation.layers import choosing
from lokalnet.situation.layers.choosing import WEEKS, Kind
from lokalnet.situation.models import LOOKED_AT, Change, Exact, Observation, Part, Text, Watch
from lokalnet.situation.reporting import Report
from tests.doors.people import api_key, browser, keyed
from tests.world import World

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CENTRES = ((12.3633, 55.7311), (12.4711, 55.7402), (12.4188, 55.7203))
PARTS = (Part.EVENING, Part.NIGHT, Part.AFTERNOON)
DECOYS = 56  # more than a page
TO_METRES = Transformer.from_crs(4326, 25832, always_xy=True)
SAME_EVERY_TIME = re.compile(rb'(csrfmiddlewaretoken"? value="?|"X-CSRFToken": ?"|csrf-token" content=")[^"]*'
                             rb"|Kopieret fra Lokalnet af .*")
TELLS_THE_MOMENT_OF_ASKING = ("Set-Cookie", "Expires")

pytestmark = pytest.mark.django_db


# --- two worlds ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hidden:
    """What the sender did not share with the police."""

    longitude: float
    latitude: float
    occurred_at: datetime
    precision: str
    reporter: Member
    unshared_text: str


@dataclass(frozen=True)
class Stage:
    """A cell and a part of a day, with the two extremes that lie in them."""

    centre: tuple[float, float]
    start: datetime
    one: Hidden
    other: Hidden


def stage(world: World, seed: int, *, days_ago: tuple[int, int] = (2, 9)) -> Stage:
    """Two truths in one cell and one part of a day, as far from each other as these allow."""
    rng = random.Random(seed)
    cell = cell_of(*CENTRES[seed % len(CENTRES)], 25832)
    day = (datetime.now(COPENHAGEN) - timedelta(days=rng.randint(*days_ago))).date()
    part = PARTS[seed % len(PARTS)]
    start = datetime(day.year, day.month, day.day, {"night": 0, "afternoon": 12, "evening": 18}[part],
                     tzinfo=COPENHAGEN)

    def point(across: float, up: float) -> tuple[float, float]:
        x, y = (cell.x + across) * CELL_METRES, (cell.y + up) * CELL_METRES
        return TO_METRES.transform(x, y, direction="INVERSE")

    near, far = rng.uniform(0.01, 0.1), rng.uniform(0.9, 0.99)
    one, other = point(near, rng.uniform(0.01, 0.1)), point(far, rng.uniform(0.9, 0.99))
    for each in (one, other):
        assert cell_of(*each, 25832) == cell
    return Stage(
        (cell.longitude, cell.latitude), start,
        Hidden(*one, start + timedelta(minutes=rng.randint(0, 20)), "exact", world.anna, "Ved port 3, to scootere"),
        Hidden(*other, start + timedelta(hours=5, minutes=rng.randint(20, 59)), rng.choice(["hour", "evening"]),
               world.adam, ""))


def border_through(centre: tuple[float, float]) -> None:
    """Neighbourhoods whose border runs through the cell: a point's own areas are not those of the cell's centre."""
    west, south = centre[0] - 0.05, centre[1] - 0.05
    with as_role(MIGRATION):
        for name, left, right in (("Vest", west, centre[0] - 0.0004), ("Øst", centre[0] - 0.0004, centre[0] + 0.05)):
            outline = shapely.MultiPolygon([shapely.box(left, south, right, centre[1] + 0.05)])
            Area.objects.create(kind="neighbourhood", code=name, name=name, outline=shapely.to_wkb(outline),
                                longitude=(left + right) / 2, latitude=centre[1])


@contextmanager
def alternative(monkeypatch: pytest.MonkeyPatch, seed: int) -> Iterator[None]:
    """A course of events that is undone afterwards, with the same ids each time."""
    rng = random.Random(f"ids {seed}")
    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(uuid, "uuid4", lambda: UUID(int=rng.getrandbits(128), version=4))
        yield
        transaction.set_rollback(True)


# --- the attacker --------------------------------------------------------------------------------------------------


@dataclass
class Police:
    """Bo's browser and a key of the police; writes down every answer, byte by byte."""

    page: Client
    api: Client
    heard: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def ask(self, client: Client, path: str, asked: dict[str, Any] | None = None, **headers: str) -> Any:
        answer = client.get(path, asked or {}, headers=headers or None)
        self._note(f"GET {path} {asked} {headers}", answer)
        return answer

    def send(self, client: Client, path: str, body: dict[str, Any], **headers: str) -> Any:
        kind = {"content_type": "application/json"} if path.startswith("/api") else {}
        answer = client.post(path, body, headers=headers or None, **kind)  # type: ignore[arg-type]
        self._note(f"POST {path} {body} {headers}", answer)
        return answer

    def _note(self, name: str, answer: Any) -> None:
        headers = {key: value for key, value in answer.headers.items() if key not in TELLS_THE_MOMENT_OF_ASKING}
        body = SAME_EVERY_TIME.sub(rb"\1", answer.content)
        self.heard[f"{len(self.heard)}: {name}"] = (answer.status_code, headers, body)

    def features(self, **asked: Any) -> dict[str, Any]:
        answer = self.ask(self.api, "/api/v1/observations", {"limit": 500, **asked})
        assert answer.status_code == 200, answer.content
        return {row["id"]: row for row in answer.json()["features"]}

    # Each search goes on from the answers, and ends with the narrowest that they allow.

    def search_place(self, target: str, span: dict[str, Any]) -> tuple[float, float, float, float]:
        """West, south, east, north of what is left after bisecting with bbox."""
        box = [12.2, 55.6, 12.7, 55.85]
        for _ in range(17):
            for low, high in ((0, 2), (1, 3)):
                middle = (box[low] + box[high]) / 2
                half = list(box)
                half[high] = middle
                hit = target in self.features(bbox=",".join(str(edge) for edge in half), **span)
                box[high if hit else low] = middle
        return box[0], box[1], box[2], box[3]

    def search_time(self, target: str, first: datetime, last: datetime) -> tuple[datetime, datetime]:
        """What is left after bisecting with from and to: the API takes any moment."""
        while last - first > timedelta(seconds=30):
            middle = first + (last - first) / 2
            hit = target in self.features(**{"from": first.isoformat(), "to": middle.isoformat()})
            first, last = (first, middle) if hit else (middle, last)
        return first, last

    def edges(self, target: str, around: datetime) -> None:
        """Every border at which a filter could let something slip: each hour, on either side."""
        for hour in range(-1, 8):
            for second in (-1, 0, 1):
                moment = around + timedelta(hours=hour, seconds=second)
                self.features(**{"from": moment.isoformat(), "to": (moment + timedelta(hours=30)).isoformat()})
                self.features(**{"from": (moment - timedelta(hours=30)).isoformat(), "to": moment.isoformat()})

    def filters(self, frame: dict[str, list[str]], day: datetime) -> None:
        for name, values in frame.items():
            for value in values:
                for path in ("/overblik/", "/overblik/kort.json"):
                    self.ask(self.page, path, {name: value, "days": 30})
                    self.ask(self.page, path, {name: value, "since": day.date(), "until": day.date()})
        for days in (1, 7, 14, 30, 90, 365):
            self.ask(self.page, "/overblik/", {"days": days})
        for back in range(-1, 3):
            for path in ("/overblik/", "/overblik/kort.json"):
                self.ask(self.page, path, {"since": (day - timedelta(days=back)).date(),
                                           "until": (day + timedelta(days=1)).date()})
        self.ask(self.page, "/overblik/", {"journal": "text"})
        self.ask(self.page, "/overblik/dage.json", {"days": "30"})
        self.ask(self.page, "/overblik/", {"q": "uro", "standing": "unconfirmed"})
        for category in frame["category"]:
            self.features(category=category)

    def page_through(self, **asked: Any) -> list[str]:
        """The order of ids over all pages, and every cursor on the way."""
        order, cursor = [], ""
        while True:
            answer = self.ask(self.api, "/api/v1/observations", {**asked, "cursor": cursor}).json()
            order += [row["id"] for row in answer["features"]]
            cursor = answer["next"]
            if not cursor:
                return order

    def list_pages(self, **asked: Any) -> None:
        link = "/overblik/?" + "&".join(f"{key}={value}" for key, value in asked.items())
        for _ in range(6):
            answer = self.ask(self.page, link)
            more = re.search(rb'rel="next" href="([^"]*)"', answer.content)
            if not more:
                return
            link = "/overblik/" + more.group(1).decode().replace("&amp;", "&")

    def live(self, before: str) -> None:
        for client, path in ((self.page, "/overblik/live"), (self.api, "/api/v1/live")):
            self.ask(client, path)
            self.ask(client, path, Last_Event_ID=before)
            self.ask(client, path, {"cursor": before})
            self.ask(client, path, Accept="text/event-stream", Last_Event_ID=before)

    def details(self, targets: list[str], when: datetime) -> None:
        self.ask(self.page, "/min-dag/")
        for target in targets:
            path = f"/haendelse/{target}/"
            self.ask(self.page, path)
            self.ask(self.page, path, {"partnership": "test"})
            self.ask(self.page, path, If_Modified_Since=when.strftime("%a, %d %b %Y %H:%M:%S GMT"))
            self.ask(self.page, path, If_None_Match='"x"')
            self.ask(self.page, path, HX_Request="true")
            self.ask(self.page, path, {"journal": "text"})

    def provoke(self, truth: dict[str, Any]) -> None:
        """Errors, receipts and answers: with what Anna sent, with her key, with a broken question."""
        for asked in ({"bbox": "12,55"}, {"bbox": "13,55,12,56"}, {"cursor": "x"}, {"cursor": "A" * 64},
                      {"from": "yesterday"}, {"limit": 0}, {"partnership": "andet"}, {"category": "none"}):
            self.ask(self.api, "/api/v1/observations", asked)
        for key in ("anna-area", "anna-text", "new"):
            self.send(self.api, "/api/v1/observations", truth, Idempotency_Key=key)
            self.send(self.api, "/api/v1/observations", truth, Idempotency_Key=key)
            self.send(self.api, "/api/v1/observations", truth | {"text": "anden"}, Idempotency_Key=key)

    def unusual(self, *, groups: tuple[str, ...] = (choosing.ALL, *LOOKED_AT), weeks: tuple[int, ...] = WEEKS) -> None:
        """Layers in every setting, as a page, as squares and copied to the journal; and signals, from the list on."""
        for layer in Kind.values:
            for group in groups:
                for period in weeks:
                    asked = {"layer": layer, "group": group, "weeks": period}
                    self.ask(self.page, "/usaedvanligt/lag/", asked)
                    self.ask(self.page, "/usaedvanligt/lag/celler.json", asked)
            self.ask(self.page, "/usaedvanligt/lag/", {"layer": layer, "journal": "text"})
        self.ask(self.page, "/usaedvanligt/traefsikkerhed/")
        listed = self.ask(self.page, "/usaedvanligt/").content
        for path in sorted(set(re.findall(r"/usaedvanligt/[0-9a-f-]{36}/", listed.decode()))):
            self.ask(self.page, path)
            self.ask(self.page, path, {"journal": "text"})

    def plain_sql(self, world: World) -> None:
        """Somebody who runs SQL as the serving login, as Bo."""
        world.actor(world.bo)
        with connection.cursor() as cursor:
            for table in ("situation_observation", "situation_observation_exact", "situation_observation_text"):
                cursor.execute(f"select t.* from {table} t where organisation_id <> %s order by 1, 2",
                               [world.police.id])
                self.heard[f"{len(self.heard)}: sql {table}"] = tuple(cursor.fetchall())
            cursor.execute("select * from changes_for_actor(0, 1000000)")
            self.heard[f"{len(self.heard)}: sql live"] = tuple(cursor.fetchall())


# --- one course of events and all that the police can hear of it -----------------------------------------------------


@dataclass
class Result:
    heard: dict[str, tuple[Any, ...]]
    places: list[tuple[float, float, float, float]]
    times: list[tuple[datetime, datetime]]
    orders: list[list[str]]


def number_changes() -> None:
    """As after a commit."""
    with connection.cursor() as cursor:
        cursor.execute("select number_changes()")


def tell(world: World, hidden: Hidden, key: str, **said: Any) -> str:
    made = reporting.report(world.actor(hidden.reporter), world.partnership, Report(
        category="nuisance", longitude=hidden.longitude, latitude=hidden.latitude, occurred_at=hidden.occurred_at,
        precision=hidden.precision, visibility="partnership", **said), key=key)
    number_changes()
    return str(made.observation_id)


def decoys(world: World, set_up: Stage, seed: int, count: int) -> None:
    """The police's own reports around the place, all over the six hours, in the same and in neighbouring cells."""
    rng = random.Random(f"decoys {seed}")
    for number in range(count):
        near = (set_up.centre[0] + rng.uniform(-0.004, 0.004), set_up.centre[1] + rng.uniform(-0.002, 0.002))
        when = set_up.start + timedelta(minutes=rng.randint(-400, 760))
        reporting.report(world.actor(world.bo), world.partnership, Report(
            category=rng.choice(["nuisance", "vandalism"]), longitude=near[0], latitude=near[1], occurred_at=when,
            visibility="partnership"), key=f"decoy-{seed}-{number}")
    number_changes()


def somebody_is_out(world: World, set_up: Stage) -> None:
    """An hour that everybody may know of, and that the one truth lies in and the other does not: what is flagged by it
    must not tell the police which."""
    with as_role(MIGRATION):
        Watch.objects.create(partnership=world.partnership, organisation=world.gladsaxe, who="Gadeplan",
                             starts_at=set_up.start, ends_at=set_up.start + timedelta(hours=1))


def play(world: World, police: Police, set_up: Stage, hidden: Hidden, *, seed: int, levels: tuple[str, ...]) -> Result:
    """Decoys, the reports, decoys; then everything the police can ask."""
    police.heard.clear()
    before = re.search(rb"id: (\S+)", police.page.get("/overblik/live").content)
    assert before is not None
    somebody_is_out(world, set_up)
    decoys(world, set_up, seed, DECOYS // 2)
    targets = [tell(world, hidden, f"anna-{level}", police_sees=level,
                    text=hidden.unshared_text if level == "area" else "Uro ved stien") for level in levels]
    decoys(world, set_up, seed + 1000, DECOYS // 2)
    window = {"from": (set_up.start - timedelta(days=1)).isoformat(),
              "to": (set_up.start + timedelta(days=2)).isoformat()}
    places, times = [], []
    for target in targets:
        places.append(police.search_place(target, window))
        times.append(police.search_time(target, set_up.start - timedelta(days=1), set_up.start + timedelta(days=2)))
    police.edges(targets[0], set_up.start)
    police.filters({"area": [str(row.id) for row in Area.objects.all()], "category": ["nuisance", "vandalism"],
                    "organisation": [str(world.gladsaxe.id), str(world.police.id)], "severity": ["2", "3"]},
                   set_up.start)
    orders = [police.page_through(limit=size, **window) for size in (3, 10, 50)]
    police.list_pages(days=30)
    police.list_pages(since=set_up.start.date(), until=set_up.start.date())
    police.ask(police.page, "/overblik/kort.json", {"days": 30})
    police.live(before.group(1).decode())
    police.details(targets, set_up.start)
    police.provoke({"category": "nuisance", "lon": set_up.centre[0], "lat": set_up.centre[1],
                    "occurred_at": set_up.start.isoformat(), "visibility": "partnership", "text": "Uro ved stien"})
    police.unusual(groups=(choosing.ALL,))
    police.plain_sql(world)
    return Result(dict(police.heard), places, times, orders)


@pytest.fixture
def police(world: World, monkeypatch: pytest.MonkeyPatch) -> Police:
    """With a key that reads partners' reports, which no police system has (design 3.3): so that the API's answers are
    held to the same."""
    more = Right(Role.SYSTEM, (POLICE,), Purpose.SHARED_PICTURE, (Fields.OBSERVATIONS_OF_PARTNERS,))
    monkeypatch.setattr(rights, "RIGHTS", (*rights.RIGHTS, more))
    with as_role(MIGRATION):
        RoleRight.objects.create(role=Role.SYSTEM, organisation_kind=POLICE, purpose=Purpose.SHARED_PICTURE,
                                 fields=Fields.OBSERVATIONS_OF_PARTNERS)
    return Police(browser(world.bo), keyed(api_key(world.police, "observations")))


def first_difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    for (name, said), (other_name, other_said) in zip(one.items(), other.items(), strict=False):
        if name != other_name or said != other_said:
            return f"{name}\n{said}\n--- but ---\n{other_name}\n{other_said}"
    return "" if len(one) == len(other) else "one heard more than the other"


def played(monkeypatch: pytest.MonkeyPatch, run: Callable[[], Result], seed: int) -> Result:
    with alternative(monkeypatch, seed):
        return run()


# --- what is proved ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_two_truths_in_one_cell_and_one_part_of_a_day_look_the_same(world, police, monkeypatch, seed) -> None:
    """Byte for byte: pages, map, API, cursors, live events, errors, receipts, and plain SQL under the policies."""
    set_up = stage(world, seed)
    border_through(set_up.centre)
    one, other = (played(monkeypatch, lambda hidden=hidden: play(
        world, police, set_up, hidden, seed=seed, levels=("area", "text")), seed)
        for hidden in (set_up.one, set_up.other))
    assert len(one.heard) > 150
    assert first_difference(one.heard, other.heard) == ""
    for result in (one, other):
        for place, (first, last) in zip(result.places, result.times, strict=True):
            # The search ends at the centre of the cell and at the start of the part, wherever the truth lies.
            assert metres((place[0] + place[2]) / 2, (place[1] + place[3]) / 2, *set_up.centre) < 5
            assert first - timedelta(seconds=1) <= set_up.start <= last + timedelta(seconds=1)
    apart = metres(set_up.one.longitude, set_up.one.latitude, set_up.other.longitude, set_up.other.latitude)
    assert apart > CELL_METRES
    assert set_up.other.occurred_at - set_up.one.occurred_at > timedelta(hours=5)


def test_the_same_attack_finds_what_was_shared_exactly(world, police, monkeypatch) -> None:
    """The control: where the sender gave place and time, the attack finds both. It is not blind."""
    set_up = stage(world, 0)
    one, other = (played(monkeypatch, lambda hidden=hidden: play(
        world, police, set_up, hidden, seed=0, levels=("exact",)), 0) for hidden in (set_up.one, set_up.other))
    assert one.heard != other.heard
    place, (first, last) = one.places[0], one.times[0]
    assert metres((place[0] + place[2]) / 2, (place[1] + place[3]) / 2, set_up.one.longitude,
                  set_up.one.latitude) < 5
    assert first - timedelta(minutes=1) <= set_up.one.occurred_at <= last + timedelta(minutes=1)


def test_the_order_of_reporting_is_not_told_afterwards(world, police, monkeypatch) -> None:
    """Two coarse reports of one evening, told in either order: whoever asks later cannot say which came first."""
    set_up = stage(world, 0)

    def told(keys: tuple[str, str]) -> dict[str, tuple[Any, ...]]:
        police.heard.clear()
        before = re.search(rb"id: (\S+)", police.page.get("/overblik/live").content)
        assert before is not None
        ids = {"first": UUID(int=5, version=4), "second": UUID(int=3, version=4)}
        for key in keys:
            monkeypatch.setattr(uuid, "uuid4", lambda key=key: ids[key])
            hidden = set_up.one if key == "first" else set_up.other
            _only_the_observation_gets_the_id(world, hidden, key)
        police.live(before.group(1).decode())
        police.page_through(limit=1)
        police.list_pages(days=30)
        police.ask(police.page, "/overblik/kort.json")
        police.details([str(each) for each in ids.values()], set_up.start)
        return dict(police.heard)

    heard = []
    for keys in (("first", "second"), ("second", "first")):
        with alternative(monkeypatch, 0):
            heard.append(told(keys))
    assert first_difference(*heard) == ""


def _only_the_observation_gets_the_id(world: World, hidden: Hidden, key: str) -> None:
    ids = iter([uuid.uuid4()])
    rng = random.Random(key)
    uuid.uuid4 = lambda: next(ids, None) or UUID(int=rng.getrandbits(128), version=4)
    tell(world, hidden, key, police_sees="area", text="")


def test_coarse_areas_come_from_the_cell_and_exact_ones_from_the_point(world) -> None:
    """Where a border runs through the cell, the two differ; only who gets the point gets the point's areas."""
    set_up = stage(world, 0)
    border_through(set_up.centre)
    made = tell(world, set_up.one, "1", police_sees="text", text="Uro")
    names = dict(Area.objects.values_list("id", "name"))
    world.actor(world.anna)
    coarse, exact = Observation.objects.get(id=made), Exact.objects.get(observation_id=made)
    assert "Øst" in {names[area] for area in coarse.areas}
    assert "Vest" in {names[area] for area in exact.areas}
    anna, bo = browser(world.anna), browser(world.bo)
    vest, east = (Area.objects.get(name=name).id for name in ("Vest", "Øst"))
    listed = {(who, area): made.encode() in client.get("/overblik/", {"area": str(area), "days": 30}).content
              for who, client in (("anna", anna), ("bo", bo)) for area in (vest, east)}
    assert listed == {("anna", vest): True, ("anna", east): False, ("bo", vest): False, ("bo", east): True}


def test_a_coarse_row_holds_no_exact_time_of_any_kind(world) -> None:
    """Not even when it was stored: no column of the coarse row and of the text is finer than the part of a day."""
    set_up = stage(world, 1)
    made = tell(world, set_up.one, "1", police_sees="text", text="Uro")
    world.actor(world.bo)
    row = Observation.objects.values().get(id=made)
    moments = {name: value for name, value in row.items() if isinstance(value, datetime)}
    assert moments == {"period_start": set_up.start.astimezone(UTC)}
    assert {name for name, value in Text.objects.values().get(observation_id=made).items()
            if isinstance(value, datetime)} == set()
    assert not Exact.objects.exists()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Change.objects.count()


def test_a_cursor_is_opaque_and_all_coarse_cursors_are_equally_long(world, police) -> None:
    set_up = stage(world, 2)
    ids = [tell(world, hidden, f"k{n}", police_sees="area", text="") for n, hidden in
           enumerate([set_up.one, set_up.other] * 4)]
    cursors, cursor = [], ""
    for _ in range(len(ids) - 1):
        cursor = police.ask(police.api, "/api/v1/observations", {"limit": 1, "cursor": cursor}).json()["next"]
        cursors.append(cursor)
    assert len({len(each) for each in cursors}) == 1
    for each in cursors:
        raw = each.encode() + _decoded(each)
        assert str(set_up.start.year).encode() not in raw
        assert not any(one.encode() in raw or UUID(one).bytes in raw for one in ids)


def _decoded(token: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def test_a_cursor_passed_on_by_another_reader_tells_nothing(world, police) -> None:
    """Anna's link ends at her exact report. With decoys of their own around it the police must not find its time."""
    set_up = stage(world, 0)
    tell(world, set_up.one, "older", police_sees="area", text="")
    orders: list[int] = []
    for key, hidden in (("early", set_up.one), ("late", set_up.other)):
        with transaction.atomic():
            told = replace(hidden, precision="exact", occurred_at=hidden.occurred_at + timedelta(minutes=1))
            tell(world, told, key, police_sees="area", text="")
            api = keyed(api_key(world.gladsaxe, "observations"))
            link = api.get("/api/v1/observations", {"limit": 1}).json()["next"]
            decoys(world, set_up, 7, 40)
            rows = police.features(cursor=link).values()
            orders.append(sum(not row["properties"]["coarse"] for row in rows))  # their own, whose times they know
            transaction.set_rollback(True)
    assert orders[0] == orders[1]


def test_a_changed_cursor_is_refused(world, police) -> None:
    """Every single character; and a cursor of one kind is none of another."""
    set_up = stage(world, 2)
    for number in range(3):
        tell(world, set_up.one, str(number), police_sees="area", text="")
    cursor = police.ask(police.api, "/api/v1/observations", {"limit": 1}).json()["next"]
    live = re.search(rb"id: (\S+)", police.page.get("/overblik/live").content)
    assert live is not None
    changed = [cursor[:i] + ("A" if cursor[i] != "A" else "B") + cursor[i + 1:] for i in range(0, len(cursor), 7)]
    for bad in (*changed, cursor[:-4], cursor + "AAAA", live.group(1).decode(), "é", "%00", "=" * 9):
        answer = police.ask(police.api, "/api/v1/observations", {"limit": 1, "cursor": bad})
        assert answer.status_code == 422, bad
        assert answer.json()["errors"][0]["field"] == "cursor"
        assert police.ask(police.page, "/overblik/", {"cursor": bad}).status_code == 200
        if bad != live.group(1).decode():
            assert police.ask(police.page, "/overblik/live", {"cursor": bad}).status_code == 400
    assert police.ask(police.page, "/overblik/live", {"cursor": cursor}).status_code == 400


def test_no_answer_with_observations_can_be_cached_or_asked_for_by_time(world, police) -> None:
    set_up = stage(world, 0)
    made = tell(world, set_up.one, "1", police_sees="area", text="")
    for client, path in ((police.page, "/overblik/?days=30"), (police.page, "/overblik/kort.json?days=30"),
                         (police.page, f"/haendelse/{made}/"), (police.api, "/api/v1/observations")):
        answer = client.get(path)
        assert made.encode() in answer.content
        assert not answer.has_header("ETag")
        assert not answer.has_header("Last-Modified")
        assert "no-store" in answer["Cache-Control"]


def metres(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    (x, y), (a, b) = TO_METRES.transform(longitude, latitude), TO_METRES.transform(other_longitude, other_latitude)
    return float(((x - a) ** 2 + (y - b) ** 2) ** 0.5)
