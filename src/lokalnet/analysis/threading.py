"""Work in threads: in order, and given up at once when somebody stops it."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")


def in_threads(act: Callable[[Item], Done], items: Iterable[Item], *, threads: int) -> Iterator[Done]:
    """What came of each item, in their order. Whoever stops early waits for what is under way, and for no more."""
    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(act, items)
    finally:
        pool.shutdown(cancel_futures=True)
