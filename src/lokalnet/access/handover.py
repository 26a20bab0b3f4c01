"""What somebody leaves behind, and who takes it over. Capabilities register their kinds of open work here.

Nothing that is somebody's to do may lose its owner when access ends: `administration.end` asks this list, and refuses
while something is open and no colleague is named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

OpenFor = Callable[[UUID], list[str]]
HandOver = Callable[[UUID, UUID], None]


@dataclass(frozen=True)
class Kind:
    """`open_for(member)` names each open thing in words; `hand_over(leaver, colleague)` moves all of them."""

    name: str
    open_for: OpenFor
    hand_over: HandOver


_kinds: dict[str, Kind] = {}


def register(kind: str, open_for: OpenFor, hand_over: HandOver) -> None:
    _kinds[kind] = Kind(kind, open_for, hand_over)


def open_for(member_id: UUID) -> list[str]:
    """Everything that is open with the member, in words."""
    return [what for kind in _kinds.values() for what in kind.open_for(member_id)]


def hand_over(leaver: UUID, *, to: UUID) -> list[str]:
    """Move everything; the names of the kinds of which there was something."""
    moved = [kind for kind in _kinds.values() if kind.open_for(leaver)]
    for kind in moved:
        kind.hand_over(leaver, to)
    return [kind.name for kind in moved]
