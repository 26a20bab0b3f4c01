"""What is planted in a world is found, and what is not there is not said."""

import random
from datetime import timedelta

import numpy as np

from lokalnet.situation.layers import density, near_repeat, significant
from lokalnet.situation.layers.layer import Found
from lokalnet.situation.layers.squares import squares
from lokalnet.situation.models import LOOKED_AT
from tests.situation.layering import START, Row, asked
from tests.situation.test_layer_rule import TODAY, UNTIL, any_world


def told(rows: list[Row]):  # type: ignore[no-untyped-def]
    return squares(asked(rows), LOOKED_AT, until=UNTIL)


def even(seed: int, *, wide: int = 8, each: int = 6) -> list[Row]:
    """The same chance of a report everywhere, by nine people."""
    rng = random.Random(seed)
    rows = [Row(START + timedelta(days=rng.randrange(91)), (x, y), n % 9)
            for x in range(wide) for y in range(wide) for n in range(3)]
    return rows + [Row(START + timedelta(days=rng.randrange(91)), (rng.randrange(wide), rng.randrange(wide)),
                       rng.randrange(9)) for _ in range(wide * wide * (each - 3))]


def test_the_squares_around_which_more_is_told_stand_out() -> None:
    rng = random.Random(1)
    planted = [Row(START + timedelta(days=rng.randrange(91)), (rng.choice([2, 3]), rng.choice([2, 3])),
                   rng.randrange(9)) for _ in range(80)]
    found = significant.layer(told(even(1) + planted))
    out = {(square.x, square.y) for square in found.squares if square.step}
    assert {(2, 2), (2, 3), (3, 2), (3, 3)} <= out
    assert out <= {(x, y) for x in range(1, 5) for y in range(1, 5)}


def test_where_all_is_even_hardly_anything_stands_out() -> None:
    """In none of twenty worlds more than one in twenty of the squares."""
    found = [significant.layer(told(even(seed))).coloured for seed in range(20)]
    assert sum(number > 0 for number in found) <= 4
    assert max(found) <= 3


def test_with_few_squares_there_is_too_little_to_go_by() -> None:
    few = significant.layer(told(even(1, wide=4)))
    assert (few.found, few.squares) == (Found.TOO_LITTLE, ())
    assert density.layer(told([])).found == Found.TOO_LITTLE
    assert near_repeat.layer(told(even(1, wide=3)), until=UNTIL, today=TODAY).found == Found.TOO_LITTLE


def test_the_denser_a_square_the_higher_its_step() -> None:
    rows = any_world(2, number=900)
    found = density.layer(told(rows))
    assert {square.step for square in found.squares} == {1, 2, 3}
    assert found.steps[0] < found.steps[1]
    alone = density.layer(told([Row(START, (x, 0), n) for x, most in ((0, 3), (40, 30), (80, 300))
                                for n in range(most)]))
    assert [square.step for square in alone.squares] == [1, 2, 3]


def repeating(seed: int, *, share: float = 0.8) -> list[Row]:
    """A share of what is told is followed by more of it within two weeks, in the square or beside it."""
    rng = random.Random(seed)
    rows = even(seed, each=5)
    for row in list(rows):
        if rng.random() < share:
            spot = row.spot[0] + rng.choice([-1, 0, 0, 1]), row.spot[1] + rng.choice([-1, 0, 0, 1])
            day = min(row.day + timedelta(days=rng.randint(1, 13)), UNTIL)
            rows.append(Row(day, spot if all(0 <= each < 8 for each in spot) else row.spot, rng.randrange(9)))
    return rows


def test_repeats_are_found_with_how_long_and_how_far() -> None:
    found = near_repeat.layer(told(repeating(1)), until=UNTIL, today=TODAY)
    assert found.found == Found.SOME
    assert found.window is not None
    assert found.window.days in (7, 14)
    assert found.window.metres in (250, 500)
    assert 1 < found.window.low < found.window.ratio < found.window.high


def test_without_repeats_none_are_found() -> None:
    found = [near_repeat.layer(told(even(seed)), until=UNTIL, today=TODAY).found for seed in range(20)]
    assert set(found) <= {Found.NONE, Found.SOME}
    assert found.count(Found.SOME) <= 2


def test_several_who_tell_of_one_evening_are_no_repeat() -> None:
    """Neither in one square nor in those beside it."""
    rng = random.Random(4)
    rows = []
    for row in even(4):
        rows += [Row(row.day, (min(row.spot[0] + beside, 7), row.spot[1]), (row.reporter + n) % 9)
                 for n, beside in enumerate(rng.choices([0, 1], k=3))]
    assert near_repeat.layer(told(rows), until=UNTIL, today=TODAY).found == Found.NONE


def test_the_time_runs_where_something_was_told_lately_and_nowhere_else() -> None:
    quiet = [row for row in repeating(1, share=1) if row.day < TODAY - timedelta(days=near_repeat.DAYS[-1])]
    assert near_repeat.layer(told(quiet), until=UNTIL, today=TODAY).coloured == 0
    found = near_repeat.layer(told([*quiet, Row(TODAY, (0, 0), 1)]), until=UNTIL, today=TODAY)
    assert found.window is not None
    running = {(square.x, square.y) for square in found.squares if square.step}
    reach = found.window.metres / 250
    assert running == {(x, y) for x in range(8) for y in range(8) if np.hypot(x, y) <= reach + 0.01}
