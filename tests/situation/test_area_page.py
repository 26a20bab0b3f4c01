"""The page of one area: what this reader may know, what goes well first, and what is usual, worked out again."""

import statistics
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from lokalnet.access.models import Event, Partnership
from lokalnet.analysis.seasons import Usual, monday_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation import picture
from lokalnet.situation.areas import area_page
from lokalnet.situation.models import Watch
from tests.doors.people import browser
from tests.situation.telling import Telling, area, frame, frame_zone

WEEK = timedelta(weeks=1)


@pytest.fixture
def block(world) -> Area:
    return area("neighbourhood", "blok", residents=4_000)


@pytest.fixture
def telling(world) -> Telling:
    return Telling(world)


def read(world, member, where: Area) -> area_page.AreaPage:
    here = frame(world, member)
    return area_page.page(here, here.areas[where.id])


def this_week(world) -> date:
    return monday_of(now().astimezone(frame_zone(world)).date())


def weeks_ago(world, number: int, hour: int = 12) -> datetime:
    """A Wednesday, so many weeks before this one."""
    day = this_week(world) - WEEK * number + timedelta(days=2)
    return datetime(day.year, day.month, day.day, hour, tzinfo=frame_zone(world))


def text_of(member, where: Area, **query: str) -> str:
    client = browser(member)
    client.cookies["django_language"] = "en"
    answer = client.get(f"/omraade/{where.id}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_is_for_those_with_the_shared_picture(world, block) -> None:
    for member, status in ((world.anna, 200), (world.bo, 200), (world.viggo, 403), (world.dorte, 403)):
        assert browser(member).get(f"/omraade/{block.id}/").status_code == status
        assert browser(member).get("/omraader/").status_code == status


def test_an_area_outside_the_partnership_does_not_exist(world) -> None:
    far = area("neighbourhood", "langt", (8.5, 55.4, 8.6, 55.5))
    assert browser(world.anna).get(f"/omraade/{far.id}/").status_code == 404
    assert far.name not in browser(world.anna).get("/omraader/").content.decode()


def test_a_stranger_with_the_same_bounds_gets_the_name_and_nothing_that_others_told(world, block, telling) -> None:
    for slug in ("nuisance", "positive"):
        telling.tell(6, slug, [block], weeks_ago(world, 3))
    telling.store()
    with as_role(MIGRATION):
        Watch.objects.create(partnership=world.partnership, organisation=world.gladsaxe, who="Gadeplan",
                             starts_at=now(), ends_at=now() + timedelta(hours=2))
    found = read(world, world.clara, block)
    assert (found.total, found.lines, found.good, found.open, found.watching) == (0, [], [], [], [])
    assert "Too little to go by" in text_of(world.clara, block)
    assert read(world, world.anna, block).total == 6


def test_reading_is_an_act(world, block) -> None:
    text_of(world.anna, block)
    with as_role(MIGRATION):
        event = Event.objects.get(kind="area.read")
    assert (event.member_id, event.subject_kind, event.subject) == (world.anna.id, "area", block.id)


def test_the_police_count_by_the_coarse_place_that_they_get(world, telling) -> None:
    """The point lies in one block, the middle of its 250 m square in another."""
    exact, coarse = area("neighbourhood", "a"), area("neighbourhood", "b", (12.37, 55.72, 12.39, 55.74))
    telling.tell(3, "nuisance", [coarse], weeks_ago(world, 2), exactly=[exact], visibility="partnership")
    telling.tell(2, "nuisance", [coarse], weeks_ago(world, 2), exactly=[exact], visibility="partnership",
                 police_sees="exact")
    telling.tell(4, "nuisance", [coarse], weeks_ago(world, 2), exactly=[exact], visibility="municipalities")
    telling.store()
    assert [read(world, world.anna, each).total for each in (exact, coarse)] == [9, 0]
    assert [read(world, world.bo, each).total for each in (exact, coarse)] == [2, 3]
    assert "250 m square" in text_of(world.bo, exact) and "250 m square" not in text_of(world.anna, exact)


def test_what_was_refuted_or_withdrawn_is_neither_counted_nor_open(world, block, telling) -> None:
    yesterday = now() - timedelta(days=8)
    telling.tell(2, "violence", [block], yesterday)
    telling.tell(1, "violence", [block], yesterday, standing="confirmed")
    telling.tell(4, "violence", [block], yesterday, standing="refuted")
    telling.tell(3, "violence", [block], yesterday, state="withdrawn", visibility="organisation")
    telling.tell(5, "nuisance", [block], yesterday)  # of low severity
    telling.tell(2, "violence", [block], now() - timedelta(days=20))
    telling.store()
    found = read(world, world.berit, block)
    assert [(line.category.slug, line.count) for line in found.lines] == [("nuisance", 5), ("violence", 5)]
    assert found.open_count == len(found.open) == 2


def test_of_many_open_matters_the_newest_are_shown_and_the_rest_is_a_link(world, block, telling) -> None:
    telling.tell(12, "threats", [block], now() - timedelta(days=3))
    telling.store()
    page = text_of(world.anna, block)
    assert "All 12 in the overview" in page and "standing=unconfirmed" in page


def test_what_goes_well_stands_first_and_the_newest_three_of_it(world, block, telling) -> None:
    for week in (9, 3, 5, 2):
        telling.tell(1, "positive", [block], weeks_ago(world, week))
    telling.tell(1, "positive", [block], weeks_ago(world, 1), standing="refuted")
    telling.tell(6, "nuisance", [block], weeks_ago(world, 2))
    telling.store()
    found = read(world, world.anna, block)
    assert (len(found.good), found.good_count, found.total) == (3, 4, 6)
    assert found.lines[0].category.slug == "positive"
    page = text_of(world.anna, block)
    assert page.index("What goes well") < page.index("What is told") < page.index("Not looked into yet")


def test_a_rate_needs_residents_and_five_reports(world, block, telling) -> None:
    telling.tell(8, "nuisance", [block], weeks_ago(world, 2))
    telling.tell(4, "vandalism", [block], weeks_ago(world, 2))
    telling.store()
    few, many = sorted(read(world, world.anna, block).lines, key=lambda line: line.count)
    assert few.rate is None
    assert many.rate is not None and (many.rate.rate, many.rate.low, many.rate.high) == pytest.approx(
        (2.0, 0.8635, 3.9408), abs=1e-3)  # Garwood: 3.4538 and 15.7632 of 4,000
    assert "2.0 <span class=\"quiet\">(0.9–3.9)</span>" in text_of(world.anna, block)
    with as_role(MIGRATION):
        Area.objects.update(residents=None)
    assert read(world, world.anna, block).rate is None
    assert "per 1,000" not in text_of(world.anna, block)


def test_what_is_usual_for_the_season_is_that_of_the_same_weeks_of_earlier_years(world, block, telling) -> None:
    """Drawn for four years, and worked out again from the drawing."""
    chance, told = np.random.default_rng(7), {}
    for week in range(1, 52 * 4):
        monday = this_week(world) - WEEK * week
        told[monday] = int(chance.poisson(3))
        telling.tell(told[monday], "nuisance", [block], weeks_ago(world, week))
        telling.tell(1, "positive", [block], weeks_ago(world, week))  # counts on the other side
    telling.store()
    found = read(world, world.anna, block).season
    assert {week.monday: week.count for week in found.weeks} == {
        this_week(world) - WEEK * back: told[this_week(world) - WEEK * back] for back in range(1, 27)}
    for week in found.weeks:
        year, number, _ = week.monday.isocalendar()
        spans = [[date.fromisocalendar(year - back, min(number, 52), 1) + WEEK * step for step in range(-2, 3)]
                 for back in (1, 2, 3, 4)]
        values = [told[day] for span in spans if min(span) >= min(told) for day in span]
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
        assert week.usual == Usual(statistics.median(values), low, high, len(values), len(values) // 5)


def test_a_report_late_on_sunday_counts_in_its_own_week_by_local_time(world, block, telling) -> None:
    sunday = this_week(world) - WEEK * 2 + timedelta(days=6)
    late = datetime(sunday.year, sunday.month, sunday.day, 23, 30, tzinfo=frame_zone(world))
    telling.tell(3, "nuisance", [block], late)
    telling.store()
    found = read(world, world.anna, block).season
    assert {week.monday: week.count for week in found.weeks if week.count} == {monday_of(sunday): 3}


def test_an_area_of_which_nothing_was_told_says_so(world, block) -> None:
    page = text_of(world.anna, block)
    assert "Too little to go by" in page and "Nothing that you may see has been told" in page
    assert "Nobody has told of something that goes well here" in page
    assert "is waiting for somebody to confirm" in page


def test_the_picture_of_the_trend_has_a_name_and_its_numbers_stand_in_a_table(world, block, telling) -> None:
    telling.tell(7, "nuisance", [block], weeks_ago(world, 2))
    telling.store()
    page = text_of(world.anna, block)
    assert 'role="img" aria-labelledby="trend-title trend-text"' in page
    assert '<title id="trend-title">' in page and '<desc id="trend-text">' in page
    assert page.count('<tr><th scope="row" class="week">') == 26
    assert "style=" not in page.split("<main")[1]


def test_the_index_has_the_areas_in_danish_order_and_no_numbers(world, telling) -> None:
    for code in ("Å", "A", "Ø", "Æ", "B"):
        telling.tell(3, "nuisance", [area("neighbourhood", code)], weeks_ago(world, 2))
    telling.store()
    page = browser(world.anna).get("/omraader/").content.decode().split("<main")[1]
    where = [page.index(f">Sted {code}<") for code in ("A", "B", "Æ", "Ø", "Å")]
    assert where == sorted(where)
    assert page.index(">Ballerup<") < page.index(">Gladsaxe<") < page.index(">Herlev<")


def test_who_watches_here_is_who_watches_around_it_too(world, block) -> None:
    ballerup, herlev = (Area.objects.get(kind="municipality", name=name) for name in ("Ballerup", "Herlev"))
    with as_role(MIGRATION):
        for who, where in (("alle", None), ("om blokken", ballerup), ("andetsteds", herlev)):
            Watch.objects.create(partnership=world.partnership, organisation=world.police, who=who, area=where,
                                 starts_at=now(), ends_at=now() + timedelta(hours=1))
    assert {each.who for each in read(world, world.anna, block).watching} == {"alle", "om blokken"}
    chosen = browser(world.anna).get(f"/telefoner/?area={block.id}").content.decode()
    assert "om blokken" in chosen and "andetsteds" not in chosen


def test_the_overview_leads_to_the_page_of_the_one_area_that_it_shows(world, block) -> None:
    def asked(member, *areas):
        since, until = picture.last_days(7, frame_zone(world))
        return area_page.link(frame(world, member), picture.Filters(since, until, areas=areas))

    assert asked(world.anna, block.id) == f"/omraade/{block.id}/"
    assert asked(world.anna) == asked(world.anna, block.id, block.id) == asked(world.viggo, block.id) == ""


def test_links_stay_in_the_partnership_that_is_looked_at(world, block) -> None:
    from lokalnet.access import founding

    with as_role(MIGRATION):
        founding.join(Partnership.objects.get(id=world.elsewhere.id), world.gladsaxe)
    page = text_of(world.anna, block, partnership="test")
    assert f"/overblik/?area={block.id}&amp;partnership=test" in page
    assert f"/del/?area={block.id}&amp;partnership=test" in page
