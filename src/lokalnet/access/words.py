"""What may stand in free text. The entry guard belongs to a capability above; it registers itself here at the start.

So a capability below it, such as `partnership`, holds its texts to the same rules without knowing the guard. Where
none is registered nothing is taken: a text that nobody looked at is not stored.
"""

from collections.abc import Callable

from lokalnet.access.seats import Seat
from lokalnet.foundation.rules import BrokenRule

Check = Callable[[Seat, str], str]  # the rule that is broken, in the reader's words; empty where none is

_checks: list[Check] = []


class BadWords(BrokenRule):
    """The words that were entered cannot be taken."""


def register(check: Check) -> None:
    if check not in _checks:
        _checks.append(check)


def check(seat: Seat, words: str, *, field: str) -> None:
    """Raises BadWords for the field."""
    if not _checks:
        raise RuntimeError("no capability checks texts")
    for each in _checks:
        if rule := each(seat, words):
            raise BadWords(field, rule)
