"""Kinds of notices: the capability that knows the thing says it in words, for the one who reads, as of now.

So a notice holds nothing that could be read by whoever may not, and a right that is lost takes its words along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lokalnet.access.seats import Seat
from lokalnet.notices.models import Notice


@dataclass(frozen=True)
class Said:
    """A notice in the reader's language: `about` is one quiet line, `number` how many things it stands for."""

    title: str
    url: str
    about: str = ""
    number: int = 1


@dataclass(frozen=True)
class Kind:
    """`render` gives None where the reader may not, or need not, see it any more.

    `counted` is the line in a mail, "12 new reports in what you follow": a number, and no place, title or content.
    """

    slug: str
    render: Callable[[Seat, Notice], Said | None]
    counted: Callable[[int], Any]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.slug] = kind


def said(seat: Seat, notice: Notice) -> Said | None:
    """None also where the thing is not for the reader, and for a kind whose capability is gone."""
    kind = _kinds.get(notice.kind)
    try:
        return kind.render(seat, notice) if kind else None
    except (Http404, PermissionDenied):
        return None


def counted(slug: str, number: int) -> str:
    return str(_kinds[slug].counted(number))


def order() -> list[str]:
    """The kinds, in the order they were registered in: so they stand in a mail."""
    return list(_kinds)
