"""Layers and signals reveal no exact point and nobody's hand, and housing companies learn nothing of them at all.

The strongest form of the question, as in test_coarse_attack.py: two worlds that differ only in what is to stay hidden
must give the attacker the same bytes, in every layer, group and period.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from lokalnet.access.models import Member
from lokalnet.foundation.roles import PLACE, as_role
from lokalnet.situation.layers.choosing import WEEKS, Kind
from tests.days import today
from tests.doors.people import browser
from tests.situation.layering import Telling, long_ago, people
from tests.situation.test_coarse_attack import (
    Hidden,
    Police,
    Stage,
    alternative,
    border_through,
    decoys,
    first_difference,
    police,
    somebody_is_out,
    stage,
    tell,
)
from tests.world import World

__all__ = ["police"]  # the fixture

SHOWN = re.compile(rb"<path class=.step-")
pytestmark = pytest.mark.django_db


def around(world: World, set_up: Stage, seed: int) -> None:
    """Reports of two more people of the police in and around the square: with the hidden one they are three there."""
    decoys(world, set_up, seed, 30)
    for number in range(6):
        tell(world, Hidden(*set_up.centre, set_up.start, "exact", world.lars, ""), f"lars-{number}")


def heard(monkeypatch: pytest.MonkeyPatch, seed: int, asker: Police, run: Callable[[], None],
          ask: Callable[[Police], None] = Police.unusual) -> dict[str, tuple[Any, ...]]:
    with alternative(monkeypatch, seed):
        asker.heard.clear()
        run()
        ask(asker)
        return dict(asker.heard)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_two_truths_in_one_square_and_one_part_of_a_day_make_the_same_layers(world, police, monkeypatch, seed) -> None:
    """The hidden reporter is the third in the square: it is drawn, and nobody can say who, where exactly and when."""
    set_up = stage(world, seed, days_ago=(8, 20))
    border_through(set_up.centre)

    def happens(hidden: Hidden) -> None:
        somebody_is_out(world, set_up)
        around(world, set_up, seed)
        for level in ("area", "text"):
            tell(world, hidden, f"anna-{level}", police_sees=level, text="")

    one, other = (heard(monkeypatch, seed, police, lambda hidden=hidden: happens(hidden))
                  for hidden in (set_up.one, set_up.other))
    assert first_difference(one, other) == ""
    assert any(SHOWN.search(answer[2]) for answer in one.values())


def test_what_only_the_municipalities_share_is_in_no_layer_of_the_police(world, police, monkeypatch) -> None:
    """Nor can a difference in it be seen there; the municipalities see it."""
    set_up = stage(world, 0, days_ago=(8, 20))

    def happens(*, more: bool) -> None:
        around(world, set_up, 0)
        tell(world, set_up.one, "shared", police_sees="area")
        for by in people(world.gladsaxe, 4) if more else ():
            telling.tell((0, 0), by, set_up.start.date(), visibility="municipalities")
            telling.tell((1, 0), by, set_up.start.date(), visibility="organisation")
        telling.store()

    telling = Telling(world)
    one, other = (heard(monkeypatch, 0, police, lambda more=more: happens(more=more)) for more in (False, True))
    assert first_difference(one, other) == ""
    assert any(SHOWN.search(answer[2]) for answer in one.values())
    anna = Police(browser(world.anna), police.api)
    seen, more_seen = (heard(monkeypatch, 0, anna, lambda more=more: happens(more=more)) for more in (False, True))
    assert first_difference(seen, more_seen) != ""


def test_the_attack_is_not_blind(world, police, monkeypatch) -> None:
    """The control: another square makes other layers."""
    set_up, elsewhere = stage(world, 0, days_ago=(8, 20)), stage(world, 1, days_ago=(8, 20))
    def happens(place: Stage) -> None:
        around(world, place, 0)
        tell(world, place.one, "anna", police_sees="area")

    one, other = (heard(monkeypatch, 0, police, lambda place=place: happens(place)) for place in (set_up, elsewhere))
    assert first_difference(one, other) != ""


def test_who_told_of_two_squares_cannot_be_seen(world, police, monkeypatch) -> None:
    """In one world the same three people told of both squares, in the other there were six."""
    telling, six = Telling(world), people(world.gladsaxe, 6)

    def happens(second: list[Member]) -> None:
        for number in range(3):
            telling.tell((0, 0), six[number], long_ago(10))
            telling.tell((5, 5), second[number], long_ago(12))
        telling.store()

    one, other = (heard(monkeypatch, 0, police, lambda second=second: happens(second)) for second in (six[:3], six[3:]))
    assert first_difference(one, other) == ""
    assert any(SHOWN.search(answer[2]) for answer in one.values())


def test_a_housing_company_learns_nothing_of_layers_and_signals(world, police, monkeypatch) -> None:
    """403 with the same bytes everywhere, and no trace on the pages that its people do have."""
    set_up = stage(world, 0, days_ago=(8, 20))
    viggo = Police(browser(world.viggo), police.api)

    def own_pages(asker: Police) -> None:
        asker.unusual()
        for path in ("/overblik/", "/min-dag/", "/tal/", "/mine/"):
            asker.ask(asker.page, path)

    one, other = (heard(monkeypatch, 0, viggo, run, own_pages)
                  for run in (lambda: around(world, set_up, 0), lambda: None))
    assert first_difference(one, other) == ""
    layers = [answer for name, answer in one.items() if "/usaedvanligt/lag/" in name]
    assert len(layers) == len(Kind) * (5 * len(WEEKS) * 2 + 1)
    assert {answer[0] for answer in layers} == {403}
    mine = [answer for name, answer in one.items() if "/usaedvanligt" not in name]
    assert {answer[0] for answer in mine} == {200}
    assert not any(b"usaedvanligt" in answer[2] or b"data-layers" in answer[2] for answer in mine)


# --- the numbers that stand for reporters -----------------------------------------------------------------------------


def sightings(world: World, since: int = 60, until: int = 0) -> list[tuple[Any, ...]]:
    """As whoever runs SQL in the role of the detection, with the actor that is set."""
    with as_role(PLACE), connection.cursor() as cursor:
        cursor.execute("select kind, day, cell_x, cell_y, theme, reporter, organisation, flagged "
                       "from sightings(%s, %s, %s, %s)",
                       [world.partnership.id, "partnership", today() - timedelta(days=since),
                        today() - timedelta(days=until)])
        return cursor.fetchall()


@pytest.fixture
def told(world) -> World:
    """Eight people, each at home in a square of their own, in two months."""
    telling = Telling(world)
    for number, by in enumerate(people(world.gladsaxe, 8)):
        for days in (10, 20, 40, 50):
            telling.tell((number, 0), by, long_ago(days))
    telling.store()
    return world


def test_a_flag_tells_the_police_no_hour(world, monkeypatch) -> None:
    """Somebody of the reporter's organisation was out in one hour of the evening, as all may know: whether the report
    falls into it stays hidden."""
    set_up = stage(world, 0, days_ago=(8, 20))
    flags = []
    for hidden in (set_up.one, set_up.other):
        with alternative(monkeypatch, 0):
            somebody_is_out(world, set_up)
            tell(world, hidden, "out", police_sees="area")
            world.actor(world.bo)
            flags.append([row[7] for row in sightings(world)])
    assert flags[0] == flags[1]


@pytest.mark.parametrize("who", ["bo", None])
def test_a_reporters_number_says_nothing_about_the_next_answer(told, who) -> None:
    """Over many questions each number stands for each reporter about equally often, in no order of theirs."""
    world = told
    if who:
        world.actor(getattr(world, who))
    west = min(row[2] for row in sightings(world))
    number_of_first = Counter(next(row[5] for row in sightings(world) if row[2] == west) for _ in range(80))
    assert set(number_of_first) <= set(range(1, 9))
    assert len(number_of_first) >= 6
    assert max(number_of_first.values()) < 40
    everybody = [{row[2]: row[5] for row in sightings(world)} for _ in range(20)]
    assert all(one != other for one, other in itertools.pairwise(everybody))


def test_two_answers_about_two_months_cannot_be_joined_by_number(told) -> None:
    """Whoever joins them by number is right no more often than by guessing."""
    world = told
    world.actor(world.bo)
    right = 0
    for _ in range(60):
        late = {row[5]: row[2] for row in sightings(world, 30, 0)}
        early = {row[5]: row[2] for row in sightings(world, 60, 31)}
        right += sum(late[number] == early[number] for number in late)
    assert right < 60 * 8 / 4


def test_the_order_of_the_rows_follows_no_reporter(told) -> None:
    world = told
    world.actor(world.bo)
    assert len({tuple(row[2] for row in sightings(world)) for _ in range(20)}) > 1


def test_nobody_asks_for_sightings_but_the_detection_and_those_who_read_signals(told) -> None:
    world = told
    world.actor(world.bo)
    assert sightings(world)
    for member in (world.viggo, world.dorte, world.clara):
        world.actor(member)
        assert sightings(world) == []
    world.actor(world.bo)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), \
            connection.cursor() as cursor:
        cursor.execute("select * from sightings(%s, 'partnership', current_date - 60, current_date)",
                       [world.partnership.id])
    with as_role(PLACE), connection.cursor() as cursor:
        cursor.execute("select * from sightings(%s, 'municipalities', current_date - 60, current_date)",
                       [world.partnership.id])
        assert cursor.fetchall() == []
