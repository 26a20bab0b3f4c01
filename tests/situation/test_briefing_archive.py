"""All weeks by place: what was approved is found again, what was replaced is marked, and a draft is for its writers."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.briefing import archive, freezing
from lokalnet.situation.models import Briefing
from tests.situation.briefings import MONDAY_AT_SIX, WEEK
from tests.situation.telling import frame
from tests.situation.weekly import approved, client, drafted, of, page


@pytest.fixture
def week(world):
    drafted(world, rows=0)
    return world


def shown(member, **query: str) -> str:
    answer = client(member).get("/ugen/arkiv/", query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def earlier(world, weeks: int) -> None:
    for back in range(1, weeks + 1):
        drafted(world, rows=0, at=MONDAY_AT_SIX - timedelta(weeks=back))


def links(html: str) -> set[str]:
    return set(re.findall(r"/ugen/([0-9a-f-]{36})/", html))


def test_each_sees_what_is_there_for_them(week) -> None:
    whole, ballerup, gladsaxe = approved(week), approved(week, "Ballerup"), of(week, "Gladsaxe")
    assert links(shown(week.bo)) == {str(whole.id)}
    assert links(shown(week.anna)) == {str(whole.id), str(ballerup.id)}
    assert {str(whole.id), str(ballerup.id), str(gladsaxe.id)} < links(shown(week.berit))
    assert links(shown(week.clara)) == set()
    assert client(week.viggo).get("/ugen/arkiv/").status_code == 403


def test_an_edition_that_was_replaced_is_marked_there_and_on_its_page(week) -> None:
    first = approved(week, summary="Den første")
    freezing.begin_edition(frame(week, week.adam), first.id)
    assert links(shown(week.anna)) == {str(first.id)}  # until the new one is approved
    second = approved(week)
    html = shown(week.anna)
    assert links(html) == {str(first.id), str(second.id)}
    assert "edition 1, replaced" in html and "Edition 2" in html
    old = page(week.anna, first)
    assert "This edition was replaced by a newer one." in old and f'href="/ugen/{second.id}/"' in old
    assert "Den første" in old and "This edition was replaced" not in page(week.anna, second)


def test_half_a_year_stands_on_a_page_and_the_rest_follows(week) -> None:
    earlier(week, 29)
    with as_role(MIGRATION):
        weeks = Briefing.objects.filter(municipality=None, partnership=week.partnership).count()
    here = frame(week, week.berit)
    first = archive.page(here, before=None)
    rest = archive.page(here, before=first.older)
    assert weeks == 30 and len(first.weeks) == archive.WEEKS and first.weeks[0].monday == WEEK
    assert [each.monday for each in (*first.weeks, *rest.weeks)] == [WEEK - timedelta(weeks=back)
                                                                     for back in range(30)]
    assert rest.older is None
    assert f"foer={first.older}" in shown(week.berit) and 'rel="next"' not in shown(week.berit, foer=str(first.older))


def test_it_asks_the_database_as_often_for_many_weeks_as_for_one(week) -> None:
    def asked() -> int:
        here = frame(week, week.berit)
        with CaptureQueriesContext(connection) as caught:
            archive.page(here, before=None)
        return len(caught)

    one = asked()
    earlier(week, 9)
    assert asked() == one


def test_the_weeks_beside_it_are_a_click_away(week) -> None:
    newer = approved(week)
    earlier(week, 1)
    older = approved(week)
    assert f'href="/ugen/{older.id}/" rel="prev"' in page(week.anna, newer)
    assert f'href="/ugen/{newer.id}/" rel="next"' in page(week.anna, older)


def test_a_day_that_is_none_is_the_newest_page(week) -> None:
    assert links(shown(week.berit, foer="i går")) == links(shown(week.berit)) != set()
