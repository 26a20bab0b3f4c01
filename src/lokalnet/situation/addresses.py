"""Links between pages of one partnership: who is in several stays in the one that is being looked at."""

from collections.abc import Callable
from uuid import UUID

from lokalnet.access.seats import Seat, address

__all__ = ["address", "addresses"]

ANY = UUID(int=0)


def addresses(seat: Seat, route: str) -> Callable[[UUID], str]:
    """As `address`, for many things of one kind: Django takes 20 µs for each."""
    before, after = address(seat, route, ANY).split(str(ANY))
    return lambda id_: f"{before}{id_}{after}"
