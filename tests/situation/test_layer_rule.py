"""A square is shown where at least three different people told of it, and what is too few counts nowhere."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from lokalnet.situation.layers import density, near_repeat, significant
from lokalnet.situation.layers.layer import Found, Layer
from lokalnet.situation.layers.squares import FEWEST_REPORTERS, squares
from lokalnet.situation.models import LOOKED_AT, Theme
from tests.situation.layering import START, Row, any_world, asked, reporters

WEEKS = 13
UNTIL = START + timedelta(weeks=WEEKS) - timedelta(days=1)
TODAY = UNTIL + timedelta(days=4)
SETTINGS = [LOOKED_AT, *((theme,) for theme in LOOKED_AT)]


def layers(rows: list[Row], themes: tuple[Theme, ...] = LOOKED_AT, *, from_day: int = 0) -> tuple[Layer, ...]:
    since = START + timedelta(days=from_day)
    told = squares(asked(row for row in rows if row.day >= since), themes, until=UNTIL)
    return density.layer(told), significant.layer(told), near_repeat.layer(told, until=UNTIL, today=TODAY)


@pytest.mark.parametrize("seed", range(40))
def test_no_square_is_drawn_of_which_fewer_than_three_people_told(seed) -> None:
    """In any world, for every layer, group and period, also after going from one setting to the other."""
    rows = any_world(seed, number=random.Random(seed).choice([5, 40, 300, 900]))
    for from_day in (0, 63):
        for themes in SETTINGS:
            told = reporters([row for row in rows if row.day >= START + timedelta(days=from_day)], themes, UNTIL)
            enough = {spot for spot, people in told.items() if len(people) >= 3}
            for layer in layers(rows, themes, from_day=from_day):
                drawn = {(square.x, square.y) for square in layer.squares}
                assert drawn == (enough if drawn else set())
            assert {(square.x, square.y) for square in layers(rows, themes, from_day=from_day)[0].squares} == enough


@pytest.mark.parametrize("seed", range(12))
def test_what_is_too_few_to_show_changes_nothing_in_any_layer(seed) -> None:
    """Two worlds that differ in the squares with too few, and in nothing else: nobody can tell them apart."""
    rows = any_world(seed, number=900)
    for themes in SETTINGS:
        enough = {spot for spot, people in reporters(rows, themes, UNTIL).items() if len(people) >= FEWEST_REPORTERS}
        without = [row for row in rows if row.spot in enough or row.theme not in themes]
        twice = rows + [replace(row, day=row.day + timedelta(days=1)) for row in rows
                        if row.spot not in enough and row.day < UNTIL and row.theme in themes]
        assert len(without) < len(rows) < len(twice)
        assert layers(without, themes) == layers(rows, themes) == layers(twice, themes)


@pytest.mark.parametrize("seed", range(12))
def test_neither_the_numbers_of_reporters_nor_the_order_of_rows_are_told(seed) -> None:
    rows = any_world(seed, number=900)
    rng = random.Random(seed)
    numbers = list(range(1000, 1009))
    rng.shuffle(numbers)
    others = [replace(row, reporter=numbers[row.reporter]) for row in rng.sample(rows, len(rows))]
    assert layers(rows) == layers(others)


def test_the_test_worlds_are_no_empty_ones() -> None:
    """Else the tests above would prove nothing: there are squares of both kinds, and layers that found something."""
    rows = any_world(3, number=900)
    numbers = [len(people) for people in reporters(rows, LOOKED_AT, UNTIL).values()]
    assert min(numbers) < 3 <= max(numbers)
    assert [layer.found for layer in layers(rows)] == [Found.SOME, Found.SOME, Found.NONE]


def three_tell(spot: tuple[int, int] = (0, 0)) -> list[Row]:
    return [Row(START, spot, reporter) for reporter in (1, 2, 3)]


def test_what_one_person_tells_of_a_square_on_one_day_counts_once() -> None:
    rows = three_tell() + three_tell((1, 0))
    told = squares(asked(rows + [Row(START, (0, 0), 1)] * 20), LOOKED_AT, until=UNTIL)
    assert told.reports.tolist() == [3, 3]
    assert layers(rows) == layers(rows + [Row(START, (0, 0), 1)] * 20)


def test_two_people_who_tell_a_hundred_times_are_two() -> None:
    rows = [Row(START + timedelta(days=day), (0, 0), day % 2) for day in range(90)]
    assert layers(rows)[0].squares == ()


def test_who_saw_it_too_is_a_person_and_not_another_report() -> None:
    rows = [Row(START, (0, 0), 1), Row(START, (0, 0), 2, voice=True), Row(START, (0, 0), 3, voice=True)]
    told = squares(asked(rows), LOOKED_AT, until=UNTIL)
    assert (len(told), told.reports.tolist()) == (1, [1])


def test_one_person_counts_once_over_all_groups() -> None:
    rows = [Row(START, (0, 0), 1, theme) for theme in LOOKED_AT] + [Row(START, (0, 0), 2)]
    assert layers(rows)[0].squares == ()


def test_who_tells_after_the_period_is_not_among_the_three() -> None:
    rows = [Row(START, (0, 0), 1), Row(START, (0, 0), 2), Row(UNTIL + timedelta(days=1), (0, 0), 3)]
    assert layers(rows)[0].squares == ()
    assert layers([*rows, Row(UNTIL, (0, 0), 3)])[0].squares != ()


def test_groups_that_are_not_looked_at_are_in_no_layer() -> None:
    rows = [replace(row, theme=theme) for row in three_tell() for theme in (Theme.GOOD, Theme.NONE)]
    assert layers(rows)[0].squares == ()
