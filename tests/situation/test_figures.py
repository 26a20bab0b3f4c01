"""Public figures, attacked: whoever reads them and subtracts whatever can be subtracted learns of no hidden number.

The attacker knows the rule, every number that is published, and every report of every association and housing
company. A hidden number is safe when it could be anything from 0 to 4 for all that he knows.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.areas import figures
from lokalnet.situation.models import Category
from tests.days import today
from tests.doors.people import browser
from tests.situation.telling import Telling, area, frame_zone

FEW = frozenset(range(5))
KINDS = ("nuisance", "vandalism", "threats")
Cells = tuple[int, ...]
Published = tuple[int | None, tuple[int | None, ...]]


def published(cells: Cells) -> Published:
    """The rule a second time, in the plainest words: the sum and the cells of one block, as they are shown."""
    hidden = [number for number in cells if number < 5]
    safe = not hidden or 4 <= sum(hidden) <= 4 * (len(hidden) - 1)
    return (sum(cells) if sum(cells) >= 5 else None,
            tuple(number if number >= 5 and safe else None for number in cells))


def worlds(kinds: int, most: int) -> Iterator[Cells]:
    """Every way to spread up to `most` reports over so many categories."""
    if kinds == 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in worlds(kinds - 1, most - first):
            yield (first, *rest)


@pytest.mark.parametrize(("kinds", "most"), [(2, 60), (3, 40), (4, 24), (5, 16)])
def test_no_hidden_number_can_be_worked_out_from_a_block(kinds, most) -> None:
    """All worlds that look alike, held together: a hidden number is 0 in some of them, and 1, 2, 3 and 4 in others."""
    alike: dict[Published, list[Cells]] = defaultdict(list)
    for cells in worlds(kinds, most):
        alike[published(cells)].append(cells)
    assert kinds == 2 or any(total and any(shown) and None in shown for total, shown in alike)
    for (total, shown), possible in alike.items():
        for place in range(kinds):
            if shown[place] is None:
                assert {cells[place] for cells in possible} >= FEW, (total, shown, place)


def naive(cells: Cells) -> Published:
    """The rule that was there first: hide what is under five, and one more where only one would be hidden."""
    hidden = {at for at, number in enumerate(cells) if 0 < number < 5}
    if len(hidden) == 1 and (others := [at for at in range(len(cells)) if cells[at] >= 5]):
        hidden.add(min(others, key=lambda at: (cells[at], at)))
    return sum(cells), tuple(None if at in hidden else number for at, number in enumerate(cells))


def test_the_attack_finds_what_a_weaker_rule_gives_away() -> None:
    """Else the test above would prove nothing: 1 and 1 under a sum of 2 have one solution only."""
    alike: dict[Published, list[Cells]] = defaultdict(list)
    for cells in worlds(2, 20):
        alike[naive(cells)].append(cells)
    assert alike[naive((1, 1))] == [(1, 1)]
    assert [seen for seen, possible in alike.items() if None in seen[1] and len(possible) == 1]


@pytest.fixture
def quarter(db: None) -> figures.Quarter:
    return figures.last_closed(today())


@pytest.fixture
def moment(quarter) -> datetime:
    return datetime(quarter.year, quarter.first.month, 10, 20, 0).astimezone()


@pytest.fixture
def telling(world) -> Telling:
    """Three categories of what is told, and one of what goes well."""
    with as_role(MIGRATION):
        Category.objects.filter(partnership=world.partnership).exclude(slug__in=(*KINDS, "positive")).delete()
    return Telling(world)


def asked(world, member, day: date, partnership=None) -> dict[tuple, int | None]:
    """What the database answers, by (area, good, category's slug)."""
    world.actor(member)
    with connection.cursor() as cursor:
        cursor.execute("select f.area_id, f.good, c.slug, f.number from area_figures(%s, %s) f left join "
                       "situation_category c on c.id = f.category_id", [(partnership or world.partnership).id, day])
        return {row[:3]: row[3] for row in cursor.fetchall()}


def test_the_database_publishes_by_the_rule_in_every_small_world(world, telling, quarter, moment) -> None:
    """A parish for each world: 512 of them at once."""
    every = {area("parish", f"{number:04}"): cells
             for number, cells in enumerate(itertools.product(range(8), repeat=3))}
    for parish, cells in every.items():
        for slug, number in zip(KINDS, cells, strict=True):
            telling.tell(number, slug, [parish], moment)
    telling.store()
    found = asked(world, world.viggo, quarter.first)
    for parish, cells in every.items():
        total, shown = published(cells)
        assert found[parish.id, False, None] == total, cells
        assert tuple(found[parish.id, False, slug] for slug in KINDS) == shown, cells
        assert found[parish.id, True, None] is None


def test_what_associations_and_housing_companies_sent_themselves_opens_nothing(world, telling, quarter, moment) -> None:
    """They know their own. What is shown follows from the others' reports alone, and then counts theirs too."""
    chance = random.Random(5)
    every = {area("parish", f"{number:03}"): (chance.choices(range(9), k=3), chance.choices(range(7), k=3))
             for number in range(120)}
    for parish, (others, own) in every.items():
        for slug, number, by_viggo in zip(KINDS, others, own, strict=True):
            telling.tell(number, slug, [parish], moment, by=world.berit)
            telling.tell(by_viggo, slug, [parish], moment, by=world.viggo)
    telling.store()
    found = asked(world, world.viggo, quarter.first)
    for parish, (others, own) in every.items():
        total, shown = published(tuple(others))
        assert found[parish.id, False, None] == (None if total is None else total + sum(own))
        for slug, number, by_viggo in zip(KINDS, shown, own, strict=True):
            assert found[parish.id, False, slug] == (None if number is None else number + by_viggo)


def test_a_report_counts_in_one_area_of_one_kind(world, telling, quarter, moment) -> None:
    """Areas that overlap, and areas that lie in others, leave nothing to subtract."""
    here, there = area("parish", "1"), area("parish", "2")
    block = area("neighbourhood", "b")
    municipality = Area.objects.get(kind="municipality", name="Ballerup")
    telling.tell(7, "nuisance", [municipality, there, here, block], moment)
    telling.tell(1, "nuisance", [municipality, there], moment)
    telling.store()
    found = asked(world, world.viggo, quarter.first)
    assert {key[0] for key in found} == {here.id, there.id}
    assert found[here.id, False, None] == 7 and found[there.id, False, None] is None


def test_where_there_are_no_parishes_it_is_municipalities(world, telling, quarter, moment) -> None:
    municipality = Area.objects.get(kind="municipality", name="Ballerup")
    telling.tell(6, "nuisance", [municipality], moment)
    telling.store()
    found = asked(world, world.viggo, quarter.first)
    assert {key[0] for key in found} == set(Area.objects.values_list("id", flat=True))
    assert found[municipality.id, False, None] == 6


def test_there_is_no_period_but_the_quarter(world, telling, quarter, moment) -> None:
    """Whatever day is asked for, the answer is that of its quarter; so no two periods overlap and differ."""
    parish = area("parish", "1")
    telling.tell(6, "nuisance", [parish], moment)
    telling.tell(5, "nuisance", [parish], moment + timedelta(days=30))
    telling.store()
    days = [quarter.first + timedelta(days=step) for step in (0, 9, 10, 45, 88)]
    answers = [asked(world, world.viggo, day) for day in days]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][parish.id, False, None] == 11


def test_reports_at_the_edges_of_a_quarter_count_on_one_side(world, telling, quarter) -> None:
    parish, zone = area("parish", "1"), frame_zone(world)
    edge = datetime.combine(quarter.first, datetime.min.time(), zone)
    telling.tell(5, "nuisance", [parish], edge)
    telling.tell(6, "nuisance", [parish], edge - timedelta(minutes=1))
    telling.store()
    assert asked(world, world.viggo, quarter.first)[parish.id, False, None] == 5
    assert asked(world, world.viggo, quarter.before.first)[parish.id, False, None] == 6


def test_a_quarter_that_is_not_closed_has_no_figures(world, telling) -> None:
    parish = area("parish", "1")
    telling.tell(9, "nuisance", [parish], now())
    telling.store()
    assert asked(world, world.viggo, today()) == {}


@pytest.mark.parametrize(("day", "newest"), [
    (date(2026, 11, 23), (2026, 3)), (date(2026, 10, 14), (2026, 2)), (date(2026, 10, 15), (2026, 3)),
    (date(2027, 1, 14), (2026, 3)), (date(2027, 1, 15), (2026, 4))])
def test_a_quarter_is_closed_two_weeks_after_its_end(day, newest) -> None:
    assert figures.last_closed(day) == figures.Quarter(*newest)


def test_what_is_told_later_does_not_move_a_published_number(world, telling, quarter, moment) -> None:
    """Else a number that goes from 5 to 6 between two looks tells of one report."""
    parish = area("parish", "1")
    telling.tell(5, "nuisance", [parish], moment)
    telling.tell(1, "nuisance", [parish], moment, reported=moment + timedelta(days=120))
    telling.store()
    assert asked(world, world.viggo, quarter.first)[parish.id, False, None] == 5


@pytest.mark.parametrize("said", [
    {"visibility": "partnership"}, {"visibility": "municipalities"}, {"visibility": "organisation"},
    {"standing": "refuted"}, {"state": "withdrawn"}], ids=str)
def test_only_what_its_sender_let_count_and_nobody_refuted_is_counted(world, telling, quarter, moment, said) -> None:
    parish = area("parish", "1")
    telling.tell(6, "nuisance", [parish], moment)
    telling.tell(4, "nuisance", [parish], moment, **said)
    telling.store()
    assert asked(world, world.viggo, quarter.first)[parish.id, False, None] == 6


def test_a_category_out_of_use_is_known_to_hold_nothing_and_hides_nobody(world, telling, quarter, moment) -> None:
    """Of three hidden ones two are out of use: what is left over could only be the third."""
    parish = area("parish", "1")
    telling.tell(9, "nuisance", [parish], moment)
    telling.tell(4, "vandalism", [parish], moment)
    telling.store()
    assert asked(world, world.viggo, quarter.first)[parish.id, False, "nuisance"] == 9
    with as_role(MIGRATION):
        Category.objects.filter(partnership=world.partnership, slug="threats").update(active=False)
    assert asked(world, world.viggo, quarter.first)[parish.id, False, "nuisance"] is None


def test_nobody_gets_figures_without_the_right_or_of_another_partnership(world, telling, quarter, moment) -> None:
    telling.tell(9, "nuisance", [area("parish", "1")], moment)
    telling.store()
    assert asked(world, world.dorte, quarter.first) == {}
    assert asked(world, world.clara, quarter.first) == {}
    assert 9 not in asked(world, world.clara, quarter.first, world.elsewhere).values()
    assert 9 in asked(world, world.viggo, quarter.first).values()
    assert 9 in asked(world, world.anna, quarter.first).values()


def test_the_page_says_too_few_and_never_nought(world, telling, moment) -> None:
    many, few, none = (area("parish", code, residents=10_000) for code in ("Ø", "Æ", "A"))
    telling.tell(9, "nuisance", [many], moment)
    telling.tell(4, "vandalism", [many], moment)
    telling.tell(6, "positive", [many], moment)
    telling.tell(3, "nuisance", [few], moment)
    telling.store()
    client = browser(world.viggo)
    client.cookies["django_language"] = "en"
    page = client.get("/tal/")
    text = page.content.decode()
    rows = page.context["found"].rows
    assert [row.name for row in rows] == [none.name, few.name, many.name]
    assert [(row.told[0], row.good[0]) for row in rows] == [(None, None), (None, None), (13, 6)]
    assert "1.3 <span class=\"quiet\">(0.7–2.2)</span>" in text  # 13 in 10,000: Garwood 6.92 to 22.23
    assert "too few in every quarter" in text and ">0<" not in text
    assert text.index('id="good"') < text.index('id="told"')
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="figures.read", member=world.viggo, subject=world.partnership.id).count() == 1


def test_the_menu_offers_figures_to_those_who_do_not_have_the_picture(world) -> None:
    assert 'href="/tal/"' in browser(world.viggo).get("/telefoner/").content.decode()
    assert 'href="/tal/"' not in browser(world.anna).get("/telefoner/").content.decode()
