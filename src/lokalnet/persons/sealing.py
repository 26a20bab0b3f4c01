"""What is known of a person, sealed: one value for each row, which opens only where it was made.

A value is bound to its table, column, row, controller, key and the key's version: moved anywhere else it opens no
more. Lengths are rounded up, so that they tell less. The layout: format (1 byte), version of the key (2), nonce (12),
then AES-256-GCM over canonical JSON and spaces.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lokalnet.persons import keys
from lokalnet.persons.keys import Key

FORMAT = 1
VERSION, NONCE = slice(1, 3), slice(3, 15)
ROUNDED = 64


class Unreadable(Exception):
    """Not sealed here, changed since, or under another key."""


@dataclass(frozen=True)
class Spot:
    """Where a sealed value stands."""

    table: str
    row: UUID
    controller: UUID
    column: str = "sealed"


def seal(key: Key, spot: Spot, said: Mapping[str, str]) -> bytes:
    nonce = os.urandom(12)
    head = bytes([FORMAT]) + key.version.to_bytes(2, "big") + nonce
    return head + AESGCM(key.secret).encrypt(nonce, _written(said), _bound(key, spot))


def unseal(key: Key, spot: Spot, sealed: bytes) -> dict[str, str]:
    """`key` in any version: what was sealed under an older one opens with that. Raises Unreadable."""
    key = _of_version(key, version_of(sealed))
    try:
        text = AESGCM(key.secret).decrypt(sealed[NONCE], sealed[NONCE.stop:], _bound(key, spot))
    except (InvalidTag, ValueError):
        raise Unreadable(spot.table) from None
    found: dict[str, str] = json.loads(text)
    return found


def version_of(sealed: bytes) -> int:
    """Of the key under which it was sealed. Raises Unreadable."""
    if len(sealed) <= NONCE.stop or sealed[0] != FORMAT:
        raise Unreadable("not a sealed value")
    return int.from_bytes(sealed[VERSION], "big")


def _of_version(key: Key, version: int) -> Key:
    if key.version == version:
        return key
    try:
        return keys.fetch_version(key.id, version)
    except keys.KeyGone:
        raise Unreadable(f"version {version} of the key is gone") from None


def _written(said: Mapping[str, str]) -> bytes:
    if not all(isinstance(word, str) for pair in said.items() for word in pair):
        raise TypeError("only words are sealed")
    text = json.dumps(dict(said), sort_keys=True, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % ROUNDED)


def _bound(key: Key, spot: Spot) -> bytes:
    return json.dumps([FORMAT, spot.table, spot.column, str(spot.row), str(spot.controller), str(key.id),
                       key.version]).encode()
