"""An area drawn by oneself: what may be drawn, and that its edge is where it was drawn."""

import pytest

from lokalnet.situation.following import outlines
from lokalnet.situation.refusing import BadReport
from tests.situation.following import AROUND, follows, run, told
from tests.situation.telling import frame
from tests.world import GRANTOFTEN, World

X, Y = GRANTOFTEN
TENTH = 1e-5  # about a metre north, and less east


def refused(world: World, ring: tuple[tuple[float, float], ...]) -> str:
    with pytest.raises(BadReport) as problem:
        outlines.check(frame(world, world.berit), ring)
    assert problem.value.field == "outline"
    return str(problem.value.rule)


@pytest.mark.parametrize(("x", "y", "inside"), [
    (X - 0.01, Y, True), (X + 0.01, Y, True), (X, Y - 0.005, True), (X - 0.01, Y - 0.005, True),
    (X - 0.01 - TENTH, Y, False), (X + 0.01 + TENTH, Y, False), (X, Y + 0.005 + TENTH, False),
    (X, Y + 0.005 - TENTH, True)])
def test_what_lies_on_the_line_is_inside_and_what_lies_a_metre_out_is_not(world: World, x: float, y: float,
                                                                          inside: bool) -> None:
    follows(world, world.berit, outline=AROUND)
    world.report(world.anna, key="one", longitude=x, latitude=y)
    run()
    assert told(world, world.berit) == ([1] if inside else [])


def test_a_hollow_of_the_drawn_area_is_outside(world: World) -> None:
    """A horseshoe around the point."""
    follows(world, world.berit, outline=(
        (X - 0.02, Y - 0.01), (X + 0.02, Y - 0.01), (X + 0.02, Y + 0.01), (X + 0.01, Y + 0.01), (X + 0.01, Y - 0.005),
        (X - 0.01, Y - 0.005), (X - 0.01, Y + 0.01), (X - 0.02, Y + 0.01)))
    world.report(world.anna, key="hollow")
    world.report(world.anna, key="leg", longitude=X + 0.015)
    run()
    assert told(world, world.berit) == [1]


def test_the_direction_of_drawing_does_not_matter(world: World) -> None:
    follows(world, world.berit, outline=tuple(reversed(AROUND)))
    world.report(world.anna, key="one")
    run()
    assert told(world, world.berit) == [1]


def test_from_three_to_sixty_corners(world: World) -> None:
    outlines.check(frame(world, world.berit), AROUND[:3])
    assert refused(world, AROUND[:2])
    many = tuple((X - 0.01 + n / 5000, Y) for n in range(60))
    assert refused(world, (*many, (X, Y + 0.01)))
    outlines.check(frame(world, world.berit), (*many[:58], (X + 0.001, Y + 0.01), (X - 0.01, Y + 0.01)))


def test_a_line_that_crosses_itself_is_refused(world: World) -> None:
    a, b, c, d = AROUND
    assert refused(world, (a, c, b, d))


@pytest.mark.parametrize("corner", [(9.5, 56.1), (Y, X), (720000.0, 6180000.0), (float("nan"), Y), (X, float("inf"))])
def test_a_corner_outside_is_refused_with_what_is_wrong(world: World, corner: tuple[float, float]) -> None:
    assert refused(world, (corner, *AROUND[1:]))


def test_an_area_that_points_at_a_doorway_is_refused(world: World) -> None:
    narrow, wide = 0.0010, 0.0023  # 250 m are 0.0022 degrees north
    for high, fine in ((narrow, False), (wide, True)):
        ring = ((X - 0.01, Y), (X + 0.01, Y), (X + 0.01, Y + high), (X - 0.01, Y + high))
        if fine:
            outlines.check(frame(world, world.berit), ring)
        else:
            assert "250" in refused(world, ring)
    assert refused(world, ((X, Y), (X + 0.01, Y), (X + 0.02, Y)))


@pytest.mark.parametrize("text", ["[", "{}x", "[[1]]", "[[\"a\", 1]]", "7", "[[1,2,3]]", "null", "[null]",
                                  "[" * 5000])
def test_what_no_map_of_ours_sends_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(BadReport) as problem:
        outlines.entered(text)
    assert problem.value.field == "outline"


def test_a_ring_that_ends_where_it_began_is_kept_once() -> None:
    assert outlines.entered("[[1, 2], [3, 4], [5, 6], [1, 2]]") == ((1, 2), (3, 4), (5, 6))
    assert outlines.entered("") == ()
