"""What somebody wants to share, as it would pass; each test changes what it is about."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from lokalnet.disclosure.checking import Wanted, refusals
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.shipped import danish_law

TODAY = date(2026, 3, 2)
WANTED = Wanted(giver_kind="police", receiver_kind="municipality", purpose="ssp", age=14,
                fields=("identity", "concern-facts"), necessity="Skolen skal kunne støtte hjemkomsten",
                stage="at-meeting", informed=("parents",), not_informed_why="",
                expires_on=TODAY + timedelta(days=30), for_investigation=False)


def ground(code: str) -> Ground:
    return next(each for each in danish_law() if each.code == code)


def wanted(**changed: Any) -> Wanted:
    return replace(WANTED, **changed)


def refused(code: str, *, confirmed: bool = False, **changed: Any) -> set[tuple[str, str]]:
    """Field and rule of everything that is refused."""
    return {(each.field, each.rule)
            for each in refusals(ground(code), wanted(**changed), today=TODAY, confirmed=confirmed)}
