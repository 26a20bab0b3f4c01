"""What a signal says in words: the sentence, how long, and how often chance gives as much."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from lokalnet.situation.models import Look, Signal
from lokalnet.situation.signals import words

DAY = date(2026, 11, 24)


def of(**said: object) -> Signal:
    row = {"theme": "drugs", "observed": 9, "expected": 2.1, "first_day": date(2026, 11, 22),
           "last_day": DAY}
    return Signal(**row | said)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("said", "place", "sentence"), [
    ({}, "Grantoften", "9 reports of drug dealing around Grantoften in 3 days; about 2 would be usual"),
    ({"first_day": date(2026, 10, 28)}, "Ballerup",
     "9 reports of drug dealing around Ballerup in 4 weeks; about 2 would be usual"),
    ({"first_day": DAY, "expected": .2}, "", "9 reports of drug dealing on one day; usually there are none, or one")])
def test_the_sentence(said: dict[str, object], place: str, sentence: str) -> None:
    assert words.sentence(of(**said), place) == sentence


@pytest.mark.parametrize(("per_year", "said"), [
    (30, "about 30 times a year"), (12, "about once a month"), (1.3, "about once in 9 months"),
    (1, "about once a year"),
    (.2, "about once in 5 years"), (.001, "less than once in 20 years")])
def test_how_often_chance_gives_as_much(per_year: float, said: str) -> None:
    assert words.how_often(per_year) == said


def test_one_report_and_one_person_are_said_as_one() -> None:
    assert words.looked(Look(word="too-little", counted=1, reporters=1)) == (
        "Too little to go by: 1 report from 1 person in the last year")
