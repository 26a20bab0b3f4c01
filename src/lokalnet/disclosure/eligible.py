"""What the gate offers at all: no recipient, purpose or ground stands in a list that the law would then refuse.

`grounds` are those that may be used today (law/reading.py).
"""

from collections.abc import Iterable

from lokalnet.access.rights import LAWFUL
from lokalnet.disclosure.grounds import Ground


def receivers(giver_kind: str, purpose: str, grounds: Iterable[Ground]) -> tuple[str, ...]:
    """The kinds of authority that some usable ground lets the giver share with for the purpose."""
    covered = {kind for ground in grounds if giver_kind in ground.gives and purpose in ground.purposes
               for kind in ground.receives}
    return tuple(kind for kind in LAWFUL if giver_kind in LAWFUL and kind in covered)


def grounds_for(giver_kind: str, receiver_kind: str, purpose: str, grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Of the usable grounds those that cover both sides and the purpose: what is chosen among."""
    return tuple(ground for ground in grounds if giver_kind in ground.gives and purpose in ground.purposes
                 and receiver_kind in receivers(giver_kind, purpose, (ground,)))
