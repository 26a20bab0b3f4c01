"""Every figure of a briefing, recomputed from raw rows by plain Python that shares no code with what counted it."""

import random
import statistics
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from lokalnet.access.acting import set_actor
from lokalnet.analysis.seasons import Usual
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.places.models import Area
from lokalnet.project.testbed import Testbed
from lokalnet.situation.briefing import counting, figures
from lokalnet.situation.briefing.figures import Figures, Section
from lokalnet.situation.models import Category, Measure, QuietWeek
from tests import world as people
from tests.database.test_log_tampering import WORKER, django_in
from tests.situation.briefings import MONDAY_AT_SIX, WEEK, Raw, past, scope_of
from tests.world import World

NAME = f"briefing_{WORKER}"
ALLOWED = {"": {"partnership", "public"}, "Ballerup": {"municipalities", "partnership", "public"}}
SHOWN = [WEEK - timedelta(weeks=back) for back in range(25, -1, -1)]


class Oracle:
    """What should have been counted, of rows that were made here."""

    def __init__(self, rows: list[Raw], municipality: str) -> None:
        self.allowed, self.exact = ALLOWED[municipality], bool(municipality)
        by_id = {raw.observation.id: raw.observation for raw in rows}
        self.good = set(Category.objects.filter(severity=0).values_list("id", flat=True))
        self.rows = [(raw.observation, set(raw.exact.areas if self.exact else raw.observation.areas),
                      self._monday(raw)) for raw in rows if self._counts(raw.observation, by_id)]
        self.first = min(monday for _, _, monday in self.rows) + timedelta(weeks=1)

    def _counts(self, row, by_id) -> bool:  # type: ignore[no-untyped-def]
        if row.visibility not in self.allowed or row.standing == "refuted" or row.state == "withdrawn":
            return False
        return row.state == "live" or by_id[row.merged_into_id].visibility not in self.allowed

    @staticmethod
    def _monday(raw: Raw) -> date:
        day = raw.observation.period_start.astimezone(COPENHAGEN).date()
        return day - timedelta(days=day.weekday())

    def there(self, area: uuid.UUID | None, *, good: bool | None, category: uuid.UUID | None = None) -> Counter[date]:
        return Counter(monday for row, areas, monday in self.rows
                       if (area is None or area in areas)
                       and (good is None or (row.category_id in self.good) == good)
                       and (category is None or row.category_id == category))

    def unconfirmed(self, area: uuid.UUID | None) -> int:
        return sum(1 for row, areas, monday in self.rows if monday == WEEK and row.standing == "unconfirmed"
                   and row.category_id not in self.good and (area is None or area in areas))

    def usual(self, counts: Counter[date], monday: date) -> Usual | None:
        values, years = [], 0
        for earlier in range(1, 6):
            year, number, _ = monday.isocalendar()
            same = date.fromisocalendar(year - earlier, min(number, 52), 1)
            around = [same + timedelta(weeks=step) for step in (-2, -1, 0, 1, 2)]
            if around[0] < self.first:
                break
            values += [counts[day] for day in around]
            years += 1
        if years < 2:
            years, values = 0, [counts[day] for back in range(1, 27)
                                if (day := SHOWN[0] - timedelta(weeks=back)) >= self.first]
        if len(values) < 10 or sum(values) < 5:
            return None
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return Usual(median, low, high, len(values), years)


@pytest.fixture(scope="module", params=[(1, 900, 1.4), (2, 2500, 4.5), (3, 60, 0.3)], ids=["a year", "years", "little"])
def filled(request: pytest.FixtureRequest, bed: Testbed, django_db_blocker: Any) -> Iterator[tuple[World, list[Raw]]]:
    """Written once, in a database of its own: that takes longer than to count it."""
    seed, rows, years = request.param
    bed.clone(NAME)
    with django_db_blocker.unblock(), django_in(NAME), transaction.atomic():
        world = people.build()
        made = past(world, rows=rows, years=years, seed=seed)
    yield world, made
    bed.drop(NAME)


@pytest.fixture
def counted(filled: tuple[World, list[Raw]], django_db_blocker: Any) -> Iterator[tuple[World, list[Raw]]]:
    with django_db_blocker.unblock(), django_in(NAME), transaction.atomic():
        yield filled
        transaction.set_rollback(True)


def counts_of(world: World, municipality: str) -> Figures:
    set_actor(None)
    return counting.count(scope_of(world.partnership, municipality), WEEK, at=MONDAY_AT_SIX)


def check(found: Section, oracle: Oracle, area: uuid.UUID | None) -> None:
    told, good = oracle.there(area, good=False), oracle.there(area, good=True)
    assert (found.told, found.good, found.unconfirmed) == (told[WEEK], good[WEEK], oracle.unconfirmed(area))
    assert [(week.monday, week.count) for week in found.weeks] == [(monday, told[monday]) for monday in SHOWN]
    assert [week.usual for week in found.weeks] == [oracle.usual(told, monday) for monday in SHOWN]
    assert (found.usual, found.good_usual) == (oracle.usual(told, WEEK), oracle.usual(good, WEEK))
    last = WEEK - timedelta(weeks=1)
    expected = {}
    for category in Category.objects.raw("select * from situation_category"):
        counts = oracle.there(area, good=None, category=category.id)
        if counts[WEEK] or counts[last]:
            expected[str(category.id)] = (counts[WEEK], counts[last], oracle.usual(counts, WEEK))
    assert {each.category.id: (each.count, each.before, each.usual) for each in found.categories} == expected


@pytest.mark.parametrize("municipality", ["", "Ballerup"])
def test_every_number_is_that_of_the_raw_rows(counted: tuple[World, list[Raw]], municipality: str) -> None:
    world, rows = counted
    found = counts_of(world, municipality)
    with as_role(MIGRATION):
        oracle = Oracle(rows, municipality)
        whole = Area.objects.get(name=municipality).id if municipality else None
        check(found.whole, oracle, whole)
        assert len(found.parts) == 3  # municipalities, or the neighbourhoods of one
        for part in found.parts:
            assert part.area
            check(part, oracle, uuid.UUID(part.area.id))


@pytest.mark.parametrize("municipality", ["", "Ballerup"])
def test_what_is_silent_and_what_is_new(counted: tuple[World, list[Raw]], municipality: str) -> None:
    world, rows = counted
    found = counts_of(world, municipality)
    with as_role(MIGRATION):
        oracle = Oracle(rows, municipality)
        blocks = [each for each in Area.objects.filter(kind="neighbourhood")
                  if not municipality or each.name != "Nordblokken"]
        heard = [each for each in blocks if any(oracle.there(each.id, good=None)[monday] for monday in SHOWN)]
        silent = {each.name for each in heard if not oracle.there(each.id, good=None)[WEEK]}
        before = [WEEK - timedelta(weeks=back) for back in range(1, 9)]
        new = {(each.name, str(category), there[WEEK]) for each in blocks
               for category in Category.objects.exclude(severity=0).values_list("id", flat=True)
               for there in [oracle.there(each.id, good=None, category=category)]
               if there[WEEK] >= 2 and not any(there[monday] for monday in before)}
    assert {each.area.da for each in found.silent} == silent
    assert found.unheard == len(blocks) - len(heard) >= 1
    assert {(each.area.da, each.category.id, each.count) for each in found.new} == new


def test_who_told_is_counted_under_the_name_that_others_see(counted: tuple[World, list[Raw]]) -> None:
    world, rows = counted
    with as_role(MIGRATION):
        for member, week in ((world.anna, WEEK), (world.adam, WEEK), (world.berit, WEEK - timedelta(weeks=1))):
            QuietWeek.objects.create(partnership=world.partnership, organisation_id=member.organisation_id,
                                     member=member, week=week)
        names = {each.id: each.shown_as for each in (world.gladsaxe, world.ballerup, world.herlev, world.police,
                                                     world.housing)}
    told = Counter(names[raw.observation.organisation_id] for raw in rows
                   if raw.observation.visibility in ALLOWED[""] and raw.observation.state != "withdrawn"
                   and Oracle._monday(raw) == WEEK)
    found = {each.name: (each.reports, each.quiet) for each in counts_of(world, "").tellers}
    assert found == {name: (told[name], 2 if name == "Gladsaxe Kommune" else 0) for name in set(names.values())}
    assert found["Herlev Kommune"] == (0, 0)  # a party that said nothing stands there too


@pytest.mark.django_db
@pytest.mark.parametrize("municipality", ["", "Ballerup"])
def test_measures_are_counted_by_their_days_and_by_who_sees_them(municipality: str) -> None:
    world = people.build()
    chance, today = random.Random(7), MONDAY_AT_SIX.astimezone(COPENHAGEN).date()
    ballerup, gladsaxe = (Area.objects.get(name=name) for name in ("Ballerup", "Gladsaxe"))
    with as_role(MIGRATION):
        made = [Measure(
            id=uuid.uuid4(), partnership=world.partnership, organisation=world.ballerup, title="Lys ved stien",
            visibility=chance.choice(["organisation", "municipalities", "partnership"]),
            state=(state := chance.choice(["proposed", "agreed", "under-way", "done", "ended"])),
            areas=chance.choice([[ballerup.id], [gladsaxe.id], [ballerup.id, gladsaxe.id], []]),
            made_at=datetime(2026, 11, 15, 22, tzinfo=UTC) + timedelta(hours=chance.randint(-300, 150)),
            due_on=chance.choice([None, today + timedelta(days=chance.randint(-9, 9))]),
            ends_on=today + timedelta(days=chance.randint(-3, 60)),
            ended_on=today - timedelta(days=chance.randint(0, 20)) if state in ("done", "ended") else None)
            for _ in range(300)]
        Measure.objects.bulk_create(made)
    found = counts_of(world, municipality)
    sees = {"partnership"} if not municipality else {"partnership", "municipalities"}
    seen = [each for each in made if each.visibility in sees and (not municipality or ballerup.id in each.areas)]

    def ids(rows) -> set[str]:  # type: ignore[no-untyped-def]
        return {str(each.id) for each in rows}

    sunday = WEEK + timedelta(days=6)
    is_open = [each for each in seen if each.state in ("proposed", "agreed", "under-way")]
    assert made
    assert ids(found.under_way) == ids(each for each in is_open if each.state != "proposed" and each.ends_on >= today)
    assert ids(found.overdue) == ids(each for each in is_open if (each.due_on and each.due_on < today)
                                     or each.ends_on < today)
    assert ids(found.finished) == ids(each for each in seen if each.ended_on and WEEK <= each.ended_on <= sunday)
    assert ids(found.new_measures) == ids(
        each for each in seen if WEEK <= each.made_at.astimezone(COPENHAGEN).date() <= sunday
        and (each in is_open or (each.ended_on and each.ended_on >= WEEK)))


def test_the_canonical_text_comes_back_as_it_was(counted: tuple[World, list[Raw]]) -> None:
    world, _rows = counted
    found = counts_of(world, "Ballerup")
    said = figures.canonical(found)
    again = figures.thawed(said, figures.digest(said))
    assert again == found
    assert figures.canonical(again) == said
    with pytest.raises(figures.NotTheSame):
        figures.thawed(said.replace('"told":', '"told": '), figures.digest(said))


def test_the_same_rows_give_the_same_text_in_any_order(counted: tuple[World, list[Raw]]) -> None:
    world, _rows = counted
    first = figures.canonical(counts_of(world, ""))
    with connection.cursor() as cursor:
        cursor.execute("set local enable_hashagg = off")
        cursor.execute("set local enable_seqscan = off")
    assert figures.canonical(counts_of(world, "")) == first
