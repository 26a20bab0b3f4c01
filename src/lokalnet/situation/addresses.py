"""Links between pages of one partnership: who is in several stays in the one that is being looked at."""

from lokalnet.access.seats import address

__all__ = ["address"]
