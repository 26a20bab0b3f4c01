"""The test of time itself: it tells alike from not alike."""

import time

from tests.timing import compare


def work(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def test_the_same_is_alike_and_two_milliseconds_more_are_not() -> None:
    alike = compare(lambda: work(0.001), lambda: work(0.001), margin=0.001)
    leak = compare(lambda: work(0.003), lambda: work(0.001), margin=0.001)
    assert alike.within(0.001) and not leak.within(0.001) and leak.apart(0.001)
