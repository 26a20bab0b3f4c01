"""How one wants to be told is chosen by oneself, for oneself, and two windows that disagree notice it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from lokalnet.access.models import Member, User
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.interface import beside
from lokalnet.notices.models import Preferences
from tests.access.people import browser_of, events
from tests.notices.kit import wants
from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/beskeder/indstillinger/"
TODAY = now().astimezone(COPENHAGEN).date()
DAY = timedelta(days=1)
CHOSEN = {"act": "mail", "mail": "on", "language": "da", "pace": "daily", "hour": "6", "quiet_from": "18",
          "quiet_until": "8", "quiet_weekends": "on", "most_a_day": "3", "edition": "0"}


def stands(member: Member) -> Preferences | None:
    with as_role(MIGRATION):
        return Preferences.objects.filter(member=member).first()


def mail_is_ticked(client: Client) -> bool:
    (box,) = re.findall(r'<input[^>]*name="mail"[^>]*>', client.get(PAGE).content.decode())
    return " checked" in box


def test_what_is_chosen_stands_and_another_members_does_not_change(world: World) -> None:
    assert browser_of(world.anna).post(PAGE, CHOSEN).status_code == 302
    chosen = stands(world.anna)
    assert chosen is not None and stands(world.berit) is None
    assert (chosen.mail, chosen.pace, chosen.hour, chosen.quiet_from, chosen.quiet_until, chosen.quiet_weekends,
            chosen.most_a_day, chosen.edition) == (True, "daily", 6, 18, 8, True, 3, 1)
    assert [each.member_id for each in events("notices.chosen")] == [world.anna.id]


def test_the_mails_language_is_chosen_here_whatever_the_screen_speaks(world: World) -> None:
    anna = browser_of(world.anna)
    for language in ("en", "da"):
        assert anna.post(PAGE, CHOSEN | {"language": language, "edition": "1" if stands(world.anna) else "0"}
                         ).status_code == 302
        with as_role(MIGRATION):
            assert [User.objects.get(id=each.user_id).language for each in (world.anna, world.berit)] == [
                language, "da"]
    assert anna.post(PAGE, CHOSEN | {"language": "fr", "edition": "1"}).status_code == 422


def test_a_second_click_changes_nothing(world: World) -> None:
    anna = browser_of(world.anna)
    for _ in range(2):
        assert anna.post(PAGE, CHOSEN).status_code == 302
    assert len(events("notices.chosen")) == 1


def test_looking_makes_no_row(world: World) -> None:
    assert browser_of(world.anna).get(PAGE).status_code == 200
    assert stands(world.anna) is None


def test_two_windows_that_disagree_notice_it_and_the_second_try_goes(world: World) -> None:
    anna = browser_of(world.anna)
    anna.post(PAGE, CHOSEN)
    late = CHOSEN | {"hour": "9"}
    answer = anna.post(PAGE, late)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'name="edition" value="1"' in page and '<option value="9" selected' in page
    assert stands(world.anna).hour == 6  # type: ignore[union-attr]
    assert anna.post(PAGE, late | {"edition": "1"}).status_code == 302


@pytest.mark.parametrize("said", [{"pace": "now"}, {"hour": "24"}, {"quiet_from": "x"}, {"most_a_day": "0"},
                                  {"most_a_day": "1000"}, {"edition": "x"}])
def test_what_makes_no_sense_is_said_at_its_field_and_the_rest_stays(world: World, said: dict[str, str]) -> None:
    answer = browser_of(world.anna).post(PAGE, CHOSEN | said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    if "edition" not in said:
        assert f'id="id_{next(iter(said))}_error"' in page
    assert "quiet_until" in said or '<option value="8" selected' in page
    assert stands(world.anna) is None


def test_turning_mail_off_and_on_is_one_choice_with_stopping_by_the_link(world: World) -> None:
    wants(world.anna, stopped_at=now())
    anna = browser_of(world.anna)
    assert not mail_is_ticked(anna)
    anna.post(PAGE, CHOSEN | {"edition": "1"})
    assert stands(world.anna).wants_mail  # type: ignore[union-attr]
    assert mail_is_ticked(anna)


# Who is away


def test_days_away_are_saved_and_taken_back(world: World) -> None:
    anna = browser_of(world.anna)
    assert anna.post(PAGE, {"act": "away", "away_from": TODAY, "away_until": TODAY + 3 * DAY,
                            "edition": "0"}).status_code == 302
    assert (stands(world.anna).away_from, stands(world.anna).away_until) == (TODAY, TODAY + 3 * DAY)  # type: ignore[union-attr]
    assert anna.post(PAGE, {"act": "away", "away_from": "", "away_until": "", "edition": "1"}).status_code == 302
    assert stands(world.anna).away_from is None  # type: ignore[union-attr]


@pytest.mark.parametrize(("first", "last", "field"), [
    (3, 1, "away_until"), (-3, -1, "away_until"), (0, 400, "away_until"), (0, None, "away_until"),
    (None, 0, "away_from")])
def test_days_that_cannot_be_are_said_at_the_field(world: World, first: int | None, last: int | None,
                                                   field: str) -> None:
    days = ["" if each is None else TODAY + each * DAY for each in (first, last)]
    answer = browser_of(world.anna).post(PAGE, {"act": "away", "away_from": days[0], "away_until": days[1],
                                                "edition": "0"})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert all(f'value="{day}"' in answer.content.decode() for day in days if day)


def test_the_page_names_the_one_who_stands_in_as_long_as_they_work_here(world: World) -> None:
    anna = browser_of(world.anna)
    page = anna.get(PAGE).content.decode()
    assert "Adam" not in page
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(stand_in=world.adam)
    assert "Adam" in anna.get(PAGE).content.decode()
    with as_role(MIGRATION):
        Member.objects.filter(id=world.adam.id).update(ended_at=now() - DAY)
    assert "Adam" not in anna.get(PAGE).content.decode()


# What others add


def test_other_capabilities_show_what_the_member_follows_here(world: World, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(beside, "_pieces", {})
    beside.register("notices", lambda request, seat, member: SafeString(f"<p>Følger: {member}</p>"))
    assert f"<p>Følger: {world.anna.id}</p>" in browser_of(world.anna).get(PAGE).content.decode()
