"""Keys as they lie in the store: wrapped under a master key, which is a file of its own with versions."""

import os
import sqlite3
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lokalnet.persons import versions

MASTER = "persons-master"
NONCE = 12


class StoreBroken(Exception):
    """A key is there and cannot be unwrapped: it was tampered with, or the master key is another one."""


@dataclass(frozen=True)
class Key:
    id: UUID
    version: int
    secret: bytes = field(repr=False)


def wrap(key: Key, connection: sqlite3.Connection) -> tuple[bytes, int]:
    """Under the newest master key, and which that is.

    Where the file of a master key in use is lost, none is made anew in silence. Raises SecretMissing.
    """
    used = connection.execute("select max(master) from key").fetchone()[0]
    if used is not None:
        versions.at(MASTER, used)
    master, secret = versions.newest(MASTER)
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, key.secret, _bound(key.id, key.version, master)), master


def unwrap(wrapped: bytes, key_id: UUID, version: int, *, master: int) -> Key:
    """Raises StoreBroken, SecretMissing."""
    secret = versions.at(MASTER, master)
    try:
        opened = AESGCM(secret).decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(key_id, version, master))
    except (InvalidTag, ValueError):
        raise StoreBroken(f"the key {key_id} does not open under {MASTER}-{master}.key") from None
    return Key(key_id, version, opened)


def _bound(key_id: UUID, version: int, master: int) -> bytes:
    return f"{key_id} {version} {master}".encode()
