"""Pieces that one capability shows on another's page: the page names a slot, and whoever is above fills it.

So a page tells what points to its thing without its capability knowing the ones that are built on it.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.safestring import SafeString

Piece = Callable[[HttpRequest, Any, UUID], SafeString]  # the request, the seat, the thing; empty where there is nothing

_pieces: dict[str, list[Piece]] = {}


def register(slot: str, piece: Piece) -> None:
    if piece not in _pieces.setdefault(slot, []):
        _pieces[slot].append(piece)


def pieces(request: HttpRequest, slot: str, seat: Any, thing: UUID) -> list[SafeString]:
    return [shown for piece in _pieces.get(slot, []) if (shown := piece(request, seat, thing))]
