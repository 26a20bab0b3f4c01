"""Every URL, tried by every kind of actor. A URL without a line in the table fails, and so does a line without one."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from lokalnet.access.middleware import SESSION_KEY
from lokalnet.access.models import Member, User
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.project.testbed import Testbed
from tests.database.test_log_tampering import WORKER, django_in
from tests.doors.opening import LOGIN, SECRET, Stage, address, knock, outcome, stage
from tests.doors.people import browser
from tests.doors.table import BUT, DOORS, KINDS
from tests.doors.walking import Found, every_door
from tests.world import World, build

NAME = f"doors_{WORKER}"
HAS_OBJECT = ("observation_id", "version_id", "view_id", "category_id", "invitation_id", "member_id", "key_id",
              "export_id", "upload_id", "contact_id", "watch_id", "device_id", "commitment_id", "briefing_id",
              "measure_id", "question_id", "notice_id", "subscription_id", "conflict_id", "row_id", "line_id",
              "entry_id", "message_id", "signal_id", "ground_id", "file_id", "worry_id", "concern_id",
              "person_id", "offer_id", "given_id", "copy_id")
UNKNOWN = "00000000-0000-4000-8000-000000000000"
WITHOUT_SECOND_FACTOR = ("konto/", "^konto/", "sprog/", "udseende/", "healthz", "beskeder/stop/")
SAME_FOR_ALL = ("ude/", "ude.js", "manifest.webmanifest")

pytestmark = pytest.mark.django_db
each_door = pytest.mark.parametrize("line", DOORS, ids=lambda line: f"{line[1]} /{line[0]}")


@pytest.fixture(scope="module")
def set_up(bed: Testbed, django_db_blocker: Any) -> Iterator[Stage]:
    """Set once, in a database of its own: every try is undone, and to set it takes longer than most of them."""
    bed.clone(NAME)
    with django_db_blocker.unblock(), django_in(NAME), override_settings(LOKALNET_DEMO=True):  # the person room is open
        with transaction.atomic():
            made = stage(build())
        yield made
    bed.drop(NAME)


@pytest.fixture
def world(set_up: Stage) -> World:
    return set_up.world


def tried(set_up: Stage, kind: str, line: tuple[Any, ...], objects: dict[str, str] | None = None) -> Any:
    """One try, undone afterwards, so that no actor meets what another one did."""
    pattern, method, entitled = line[:3]
    with transaction.atomic():
        answer = knock(set_up.client(kind, entitled), method, pattern, (objects or set_up.objects) | set_up.held(kind))
        transaction.set_rollback(True)
    return answer


def test_every_door_has_a_line_and_every_line_a_door() -> None:
    lines = [Found(str(line[0]), str(line[1])) for line in DOORS]
    assert len(lines) == len(set(lines))
    assert set(every_door()) - set(lines) == set(), "doors that nobody thought of"
    assert set(lines) - set(every_door()) == set(), "lines about doors that are gone"


@each_door
def test_everybody_gets_what_the_table_says(set_up: Stage, line: tuple[Any, ...]) -> None:
    expected = dict(zip(KINDS, line[3:], strict=True))
    got = {kind: tried(set_up, kind, line) for kind in KINDS}
    assert {kind: outcome(answer) for kind, answer in got.items()} == expected
    for kind in ("nobody", "stranger", "colleague", "caretaker", "dpo"):
        said = got[kind].content.decode(errors="replace")
        assert SECRET not in said
        if "observation_id" not in line[0]:  # a page repeats its own address
            assert set_up.objects["observation_id"] not in said


@pytest.mark.parametrize("kind", list(BUT))
@each_door
def test_a_phone_or_a_link_is_nobody_but_at_its_own_doors(set_up: Stage, kind: str, line: tuple[Any, ...]) -> None:
    answer = tried(set_up, kind, line)
    assert outcome(answer) == BUT[kind].get((str(line[0]), str(line[1])), line[3])
    assert SECRET not in answer.content.decode(errors="replace")


def test_every_exception_is_about_a_door() -> None:
    doors = {(str(line[0]), str(line[1])) for line in DOORS}
    assert {door for exceptions in BUT.values() for door in exceptions} <= doors


@pytest.mark.parametrize("line", [line for line in DOORS if any(name in str(line[0]) for name in HAS_OBJECT)],
                         ids=lambda line: f"{line[1]} /{line[0]}")
def test_a_stranger_cannot_tell_what_exists_from_what_does_not(set_up: Stage, line: tuple[Any, ...]) -> None:
    """404 both times, and the same page, for everybody who is not entitled."""
    nothing = set_up.objects | dict.fromkeys(HAS_OBJECT, UNKNOWN)
    assert outcome(tried(set_up, "stranger", line)) == 404
    let_in = {kind for kind, status in zip(KINDS, line[3:], strict=True) if status in (200, 302, 422)}
    for kind in {"stranger", "colleague", "caretaker", "dpo", "nobody"} - let_in:
        there, not_there = tried(set_up, kind, line), tried(set_up, kind, line, nothing)
        assert outcome(there) == outcome(not_there), kind
        if kind != "nobody":  # who is sent to log in takes the address along
            assert without_token(there.content) == without_token(not_there.content), kind


def without_token(page: bytes) -> bytes:
    page = re.sub(rb'csrfmiddlewaretoken" value="[^"]*', b"", page)
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"", page)


def test_every_door_with_an_object_says_which_in_its_pattern() -> None:
    """Else the stage has nothing to put behind it, and the stranger's 404 proves nothing."""
    known = {*HAS_OBJECT, "area_id", "token", "uidb36", "key", "z", "x", "y"}
    named = {name for door in every_door() for name in re.findall(r"<(?:\w+:)?(\w+)>", door.pattern)}
    assert named <= known


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
def test_methods_that_no_door_names_change_nothing(set_up: Stage, method: str) -> None:
    """405, or what the actor would get anyway; never a way around."""
    client = browser(set_up.world.clara)
    for line in DOORS:
        with transaction.atomic():
            answer = client.generic(method, knock_at(set_up, line))
            transaction.set_rollback(True)
        assert answer.status_code < 500, line
        assert SECRET.encode() not in answer.content


def knock_at(set_up: Stage, line: tuple[Any, ...]) -> str:
    return address(str(line[0]), set_up.objects)


@pytest.mark.parametrize("line", [line for line in DOORS if line[1] == "POST" and not str(line[0]).startswith("api/")],
                         ids=lambda line: f"/{line[0]}")
def test_no_form_is_taken_from_another_site(set_up: Stage, line: tuple[Any, ...]) -> None:
    """Without the token of our own form every POST is refused, whoever is logged in."""
    member = browser(set_up.gorm if line[2] == "gorm" else getattr(set_up.world, str(line[2])))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.cookies
    with transaction.atomic():
        answer = strict.post(knock_at(set_up, line), {"sent": "1"})
        transaction.set_rollback(True)
    # A paired phone's addresses take no cookie at all, and neither does the link that stops the mail: its token, which
    # no other site knows, is the only proof.
    alone = {"enhed/": 401, "beskeder/stop/": 404}
    said = [status for begin, status in alone.items() if str(line[0]).startswith(begin)] or [403, 405]
    assert answer.status_code in said


def test_whose_membership_ended_is_out_at_the_next_request(world: World) -> None:
    client = browser(world.anna)
    assert client.get("/overblik/").status_code == 200
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(ended_at=now() - timedelta(hours=1))
    answer = client.get("/overblik/")
    assert outcome(answer) == LOGIN
    assert outcome(client.get("/del/")) == LOGIN


def test_whose_log_in_was_closed_is_out_at_the_next_request(world: World) -> None:
    client = browser(world.anna)
    with as_role(MIGRATION):
        User.objects.filter(id=world.anna.user_id).update(is_active=False)
    assert outcome(client.get("/overblik/")) == LOGIN


def test_a_session_that_names_anothers_membership_gets_its_own(world: World) -> None:
    """The membership in the session is believed only for the user's own log-in."""
    client = browser(world.anna)
    session = client.session
    session[SESSION_KEY] = str(world.lars.id)
    session.save()
    assert client.get("/overblik/").context["actor"].member_id == world.anna.id


def test_where_a_second_factor_is_asked_for_no_door_opens_without_one(set_up: Stage, monkeypatch) -> None:
    """But those at which it is set up. A key has no second factor: it is one of its own."""
    monkeypatch.setattr(settings, "LOKALNET_TWO_FACTOR_REQUIRED", True)
    for line in DOORS:
        pattern = str(line[0])
        elsewhere = pattern.startswith((*WITHOUT_SECOND_FACTOR, "api/", "enhed/")) or pattern in SAME_FOR_ALL
        if elsewhere or line[1] != "GET":
            continue
        answer = tried(set_up, "entitled", line)
        assert (answer.status_code, answer.get("Location", "")) == (302, "/konto/to-faktor/app/til/"), pattern
