"""What is missing or beyond the law is refused on the server, each at its field, all of it at once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from lokalnet.disclosure.checking import refusals
from tests.disclosure.wanting import TODAY, ground, refused, wanted

SSP = "rpl-115-1-1"
FLAWS = [
    ({"necessity": ""}, ("necessity", "necessity-missing")),
    ({"necessity": "Fordi det haster"}, ("necessity", "necessity-missing")),
    ({"necessity": "   \n  "}, ("necessity", "necessity-missing")),
    ({"stage": ""}, ("stage", "stage-missing")),
    ({"stage": "whenever"}, ("stage", "stage-missing")),
    ({"purpose": ""}, ("purpose", "purpose-missing")),
    ({"purpose": "investigation"}, ("purpose", "purpose-missing")),
    ({"fields": ()}, ("fields", "fields-missing")),
    ({"fields": ("identity", "shoe-size")}, ("fields", "field-not-covered")),
    ({"informed": (), "not_informed_why": " "}, ("informed", "informed-missing")),
    ({"informed": ("neighbours",)}, ("informed", "informed-unknown")),
    ({"expires_on": None}, ("expires_on", "expiry-missing")),
    ({"expires_on": TODAY}, ("expires_on", "expiry-over")),
    ({"expires_on": TODAY + timedelta(days=91)}, ("expires_on", "expiry-too-late")),
    ({"age": None}, ("age", "age-unknown")),
    ({"age": 9}, ("age", "age-too-young")),
    ({"for_investigation": True}, ("for_investigation", "investigation-barred")),
    ({"receiver_kind": "housing"}, ("receiver", "receiver-outside-the-law")),
    ({"receiver_kind": "association"}, ("receiver", "receiver-outside-the-law")),
    ({"giver_kind": "housing"}, ("ground", "giver-outside-the-law")),
]


def test_what_is_lawful_and_complete_passes() -> None:
    assert refused(SSP) == set()


@pytest.mark.parametrize(("flaw", "why"), FLAWS)
def test_one_flaw_is_refused_at_its_field(flaw: dict[str, Any], why: tuple[str, str]) -> None:
    assert refused(SSP, **flaw) == {why}


def test_who_was_not_told_needs_a_reason_and_then_it_passes() -> None:
    assert not refused(SSP, informed=(), not_informed_why="Forældrene fortælles det ved samtalen i morgen")


def test_ninety_days_are_the_longest() -> None:
    assert not refused(SSP, expires_on=TODAY + timedelta(days=90))


def test_without_a_ground_nothing_is_shared() -> None:
    assert [each.rule for each in refusals(None, wanted(), today=TODAY, confirmed=True)] == ["ground-missing"]


def test_a_field_beyond_the_ground_is_named_in_the_readers_words() -> None:
    with override("en"):
        found = refusals(ground("bl-132"), wanted(giver_kind="municipality", purpose="move", fields=("forum",)),
                         today=TODAY, confirmed=False)
    assert [each.words for each in found] == ["Barnets lov § 132 does not cover »Where it is taken up«."]


@pytest.mark.parametrize(("since", "until", "passes"), [
    (TODAY, TODAY, True), (TODAY + timedelta(days=1), None, False),
    (date(2020, 1, 1), TODAY - timedelta(days=1), False)])
def test_a_ground_works_from_its_first_day_to_its_last(since: date, until: date | None, passes: bool) -> None:
    found = refusals(replace(ground(SSP), valid_from=since, valid_to=until), wanted(), today=TODAY, confirmed=True)
    assert [each.rule for each in found] == ([] if passes else ["ground-not-in-force"])


def test_no_ground_opens_for_investigation_even_without_the_bar() -> None:
    unbarred = replace(ground(SSP), bars=())
    found = refusals(unbarred, wanted(for_investigation=True), today=TODAY, confirmed=True)
    assert [each.rule for each in found] == ["investigation"]


def test_everything_wrong_is_said_at_once() -> None:
    assert {field for field, _ in refused(SSP, fields=(), necessity="", stage="", informed=(), expires_on=None,
                                          age=None)} == {"fields", "necessity", "stage", "informed", "expires_on",
                                                         "age"}
