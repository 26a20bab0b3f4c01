"""The page of a week: its numbers are the frozen ones, what goes well stands first, and it is there for its readers."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import translation

from lokalnet.access import founding
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.interface import due
from lokalnet.situation.areas import trend
from lokalnet.situation.briefing import drafting, freezing
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.measures import proposing
from lokalnet.situation.measures.proposing import Content
from lokalnet.situation.models import Measure
from lokalnet.situation.templatetags.figures import week_short
from tests.days import today
from tests.doors.people import give_roles
from tests.situation.briefings import MONDAY_AT_SIX
from tests.situation.telling import frame
from tests.situation.weekly import approved, client, drafted, of, page, rows, sections
from tests.world import VESTEGNEN


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def week(world):
    drafted(world)
    return world


def measure(world, title: str = "Lys på stien", visibility: str = "partnership") -> Measure:
    here = frame(world, world.anna)
    area = next(iter(here.areas))
    made = proposing.propose(here, Content(title, "Mørkt", "", "", "", visibility=visibility, areas=(area,)),
                             ends_on=today() + timedelta(days=30))
    with as_role(MIGRATION):  # it was proposed in the week that the briefing is about
        Measure.objects.filter(id=made).update(made_at=MONDAY_AT_SIX - timedelta(days=2))
    return Measure.objects.get(id=made)


# --- its numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "Ballerup", "Herlev"])
def test_every_number_on_the_page_is_the_frozen_one(week, place) -> None:
    made = approved(week, place)
    figures, shown = freezing.frozen(made), sections(page(week.anna, made))
    before, *parts = re.split('<h4 id="part-[0-9]+-name">|<h3>By category</h3>', shown["happened"])
    by_category = parts.pop()
    assert rows(before)[1:] == weeks(figures.whole)
    assert rows(by_category)[1:] == told(figures.whole)
    assert f"{figures.whole.told} report" in before and f"{figures.whole.unconfirmed} " in before
    assert [part.split("<")[0] for part in parts] == [str(part.area) for part in figures.parts]
    for part, html in zip(figures.parts, parts, strict=True):
        assert [row for row in rows(html) if row[0] not in ("Category", "Week")] == told(part) + weeks(part)
    assert f"{figures.whole.good} report" in shown["good"]


def weeks(section) -> list[list[str]]:
    return [[week_short(each.monday), str(each.count), *usual(each.usual)] for each in section.weeks]


def told(section) -> list[list[str]]:
    counted = [each for each in section.categories if each.severity != 0]
    lines = [[str(each.category), str(each.count), str(each.before), *usual(each.usual)] for each in counted]
    together = ["All but what goes well", str(section.told), str(section.weeks[-2].count), *usual(section.usual)]
    return [*lines, together] if lines else []


def usual(found) -> list[str]:
    if found is None:
        return ["–", "–"]
    median, low, high = (f"{round(each, 1):g}" for each in (found.median, found.low, found.high))
    return [median, f"{low}–{high}"]


def test_the_page_shows_what_was_frozen_and_not_what_was_told_since(week) -> None:
    made = approved(week)
    before = page(week.anna, made)
    for number in range(3):
        week.report(week.anna, key=f"late {number}", visibility="public",
                    occurred_at=MONDAY_AT_SIX - timedelta(days=2))
    assert rows(page(week.anna, made)) == rows(before)


def test_the_verdict_comes_before_its_numbers(week) -> None:
    happened = sections(page(week.anna, made := approved(week)))["happened"]
    verdict = trend.verdict(freezing.frozen(made).whole.level)
    assert happened.index(f'<p class="verdict">{verdict}') < happened.index("report") < happened.index("<table")


def test_sections_stand_in_the_order_in_which_they_are_met_about(week) -> None:
    order = [item.value for item in Item if item != Item.FOLLOWED]
    assert [*sections(page(week.anna, approved(week)))] == order
    assert order.index("good") < order.index("happened")


def test_areas_stand_in_the_order_of_the_alphabet(week) -> None:
    names = re.findall(r"<h4[^>]*>([^<]+)</h4>", page(week.anna, approved(week)))
    assert names == ["Ballerup", "Gladsaxe", "Herlev"]


def test_each_picture_has_a_name_of_its_own_and_its_numbers_in_a_table(week) -> None:
    shown = page(week.anna, approved(week))
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    pictures = shown.count('role="img"')
    assert pictures == 4 and shown.count(">Reports a week, and what is usual</caption>") == pictures


def test_it_says_what_the_counts_are_made_of_and_are_not(week) -> None:
    whole, municipal = page(week.anna, approved(week)), page(week.anna, approved(week, "Ballerup"))
    for shown in (whole, municipal):
        assert "Reports are not crime" in shown and "Refuted reports are not counted" in shown
    assert "within 250 m" in whole and "Only the municipalities" not in whole
    assert "Only the municipalities. Not for a screen that the police look at." in municipal


def test_in_danish_it_speaks_danish(week) -> None:
    shown = page(week.anna, approved(week), "da")
    with translation.override("da"):
        for item in Item:
            assert item == Item.FOLLOWED or str(item.label) in shown
    named = [each.category for each in freezing.frozen(of(week, state="approved")).whole.categories]
    assert named and all(each.da in shown and each.en not in shown for each in named if each.da != each.en)


# --- who gets it -----------------------------------------------------------------------------------------------------


def test_a_draft_is_there_for_coordinators_alone(week) -> None:
    draft = of(week)
    for member, status in ((week.adam, 200), (week.berit, 200), (week.anna, 404), (week.bo, 404), (week.lars, 404),
                           (week.clara, 404), (week.viggo, 403), (week.dorte, 403)):
        assert client(member).get(f"/ugen/{draft.id}/").status_code == status, member.name
    assert "waits to be approved" in client(week.berit).get("/ugen/").content.decode()
    for member in (week.anna, week.bo):
        assert "waits to be approved" not in client(member).get("/ugen/").content.decode()


def test_police_and_municipalities_read_the_partnerships(week) -> None:
    made = approved(week)
    for member, status in ((week.anna, 200), (week.bo, 200), (week.lars, 200), (week.clara, 404), (week.viggo, 403)):
        assert client(member).get(f"/ugen/{made.id}/").status_code == status


def test_the_police_cannot_reach_a_municipalitys(week) -> None:
    made, draft = approved(week, "Ballerup"), of(week, "Gladsaxe")
    give_roles(week.bo, [Role.COORDINATOR])
    assert client(week.anna).get(f"/ugen/{made.id}/").status_code == 200
    police = client(week.bo)
    for each in (made, draft):
        assert police.get(f"/ugen/{each.id}/").status_code == 404
        assert police.get(f"/ugen/{each.id}/?journal=pdf").status_code == 404
        assert police.get("/ugen/", {"kommune": str(each.municipality_id)}).status_code == 404
        for act in ("skriv", "godkend", "ny-udgave"):
            assert police.post(f"/ugen/{each.id}/{act}/").status_code == 404
    assert client(week.anna).get("/ugen/", {"kommune": str(made.municipality_id)}).status_code == 200
    for path in ("/ugen/", "/ugen/arkiv/"):
        assert "Ballerup</a>" not in police.get(path).content.decode()


# --- measures and promises by title ----------------------------------------------------------------------------------


def test_a_measure_stands_there_by_the_title_that_it_has_now(world) -> None:
    made = measure(world)
    drafted(world, rows=0)
    briefing = approved(world)
    assert "Lys på stien" in page(world.bo, briefing)
    with as_role(MIGRATION):
        Measure.objects.filter(id=made.id).update(title="Lygter på stien")
    shown = page(world.bo, briefing)
    assert "Lygter på stien" in shown and "Lys på stien" not in shown and f"/indsats/{made.id}/" in shown


def test_one_that_the_reader_may_not_see_any_more_is_counted_and_not_named(world) -> None:
    made = measure(world)
    drafted(world, rows=0)
    briefing = approved(world)
    with as_role(MIGRATION):
        Measure.objects.filter(id=made.id).update(visibility="municipalities")
    theirs = page(world.bo, briefing)
    assert "Lys på stien" not in theirs and "A measure that is no longer there, or not for you." in theirs
    assert "Lys på stien" in page(world.anna, briefing)


# --- with nothing to tell --------------------------------------------------------------------------------------------


def test_before_the_first_is_approved_the_page_says_when_it_comes(world) -> None:
    shown = client(world.anna).get("/ugen/").content.decode()
    assert "No briefing is approved yet." in shown and "Monday at six" in shown


def test_an_exercise_has_none_and_says_so(world) -> None:
    with as_role(MIGRATION):
        play = founding.partnership("spil", "Øvelsen", bounds=VESTEGNEN, valid_from=today())
        founding.join(play, world.gladsaxe)
        type(play).objects.filter(id=play.id).update(exercise_of=world.partnership,
                                                     valid_to=today() + timedelta(days=1))
    for path in ("/ugen/", "/ugen/arkiv/"):
        assert "An exercise has no briefing." in client(world.anna).get(path, {"partnership": "spil"}).content.decode()


def test_a_week_in_which_nobody_told_anything_reads_well(world) -> None:
    drafted(world, rows=0)
    shown = page(world.anna, approved(world))
    assert "0 reports in the week" in shown and "Too little to go by" in shown
    for words in ("Nothing was told this week", "No measure is agreed or under way.", "Nothing is overdue.",
                  "Told nothing, and did not say that the week was quiet"):
        assert words in shown


# --- one's own day ---------------------------------------------------------------------------------------------------


def tasks(world, member) -> list[str]:
    return [each.title for each in due.for_frame(frame(world, member)) if "briefing" in each.title]


def test_a_draft_is_a_task_for_coordinators_and_an_approved_one_is_new_for_all(world) -> None:
    drafted(world, rows=0, at=now())
    week = drafting.newest_week(now(), frame(world, world.anna).zone).isocalendar().week
    assert tasks(world, world.berit) == [f"Approve the briefings of week {week}"]
    assert tasks(world, world.bo) == tasks(world, world.viggo) == []
    approved(world)
    for member in (world.anna, world.bo, world.lars):
        assert tasks(world, member) == [f"The briefing of week {week} can be read"]
    assert tasks(world, world.viggo) == []


def test_an_unknown_briefing_is_not_there(world) -> None:
    assert client(world.anna).get(f"/ugen/{uuid.uuid4()}/").status_code == 404
    assert client(world.anna).get("/ugen/", {"kommune": "abc"}).status_code == 404
