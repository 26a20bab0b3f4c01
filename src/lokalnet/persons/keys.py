"""A key for each person, each concern that is not sent yet and each offer: destroyed, what was sealed is gone.

Keys never come near the database, where every dump would hold them beside what they open. They are wrapped under a
master key, a file of its own, so that a copy of the store alone opens nothing. An id that was destroyed never gets a
key again: a backup that comes back later must not bring back what was erased.
"""

import os
import sqlite3
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lokalnet.foundation.times import now
from lokalnet.persons import opening, store, versions

MASTER = "persons-master"
NONCE = 12


class KeyGone(Exception):
    """There is no key with this id: it was destroyed, or never made."""


class StoreBroken(Exception):
    """A key is there and cannot be unwrapped: it was tampered with, or the master key is another one."""


@dataclass(frozen=True)
class Key:
    id: UUID
    version: int
    secret: bytes = field(repr=False)


def make(key_id: UUID) -> Key:
    """The key that is there already, where there is one. Raises RoomClosed; KeyGone for an id that was destroyed."""
    opening.check_open()
    with store.writing() as connection:
        if not _versions(connection, key_id):
            _insert(connection, Key(key_id, 1, os.urandom(32)))
    return fetch(key_id)


def renew(key_id: UUID) -> Key:
    """A newer version, under which is sealed from now on; the older ones stay until `drop_before`."""
    opening.check_open()
    with store.writing() as connection:
        found = _versions(connection, key_id)
        if not found:
            raise KeyGone(str(key_id))
        _insert(connection, Key(key_id, found[-1] + 1, os.urandom(32)))
    return fetch(key_id)


def fetch(key_id: UUID) -> Key:
    """The newest version. Raises KeyGone."""
    return _fetch(key_id, "order by version desc limit 1")


def fetch_version(key_id: UUID, version: int) -> Key:
    """For what was sealed earlier. Raises KeyGone."""
    return _fetch(key_id, "and version = ?", version)


def _fetch(key_id: UUID, which: str, *parameters: int) -> Key:
    for once_more in (True, False):
        row = store.reading().execute(f"select version, wrapped, master from key where id = ? {which}",  # noqa: S608
                                      [str(key_id), *parameters]).fetchone()
        if row is None:
            break
        try:
            return Key(key_id, row[0], _unwrap(row[1], key_id, row[0], master=row[2]))
        except versions.SecretMissing:
            if not once_more:  # else it may have been wrapped anew since it was read, and the old master dropped
                raise
    raise KeyGone(str(key_id))


def versions_of(key_id: UUID) -> list[int]:
    """Rising; empty where the key is gone."""
    return _versions(store.reading(), key_id)


def drop_before(key_id: UUID, version: int) -> None:
    """Only for who has seen that nothing is sealed under the older versions any more."""
    with store.writing() as connection:
        connection.execute("delete from key where id = ? and version < ?", [str(key_id), version])
    store.forget()


def destroy(key_id: UUID) -> None:
    """For good, and as often as it is asked."""
    with store.writing() as connection:
        connection.execute("insert or ignore into destroyed values (?, ?)", [str(key_id), now().isoformat()])
        connection.execute("delete from key where id = ?", [str(key_id)])
    store.forget()


def destroyed() -> set[UUID]:
    return {UUID(row[0]) for row in store.reading().execute("select id from destroyed")}


def ids() -> list[UUID]:
    return [UUID(row[0]) for row in store.reading().execute("select distinct id from key order by id")]


def _versions(connection: sqlite3.Connection, key_id: UUID) -> list[int]:
    return [row[0] for row in connection.execute("select version from key where id = ? order by 1", [str(key_id)])]


def _insert(connection: sqlite3.Connection, key: Key) -> None:
    _require_master(connection)
    wrapped, master = wrap(key)
    try:
        connection.execute("insert into key values (?, ?, ?, ?, ?)",
                           [str(key.id), key.version, wrapped, master, now().isoformat()])
    except sqlite3.IntegrityError:
        raise KeyGone(str(key.id)) from None


def _require_master(connection: sqlite3.Connection) -> None:
    """Where the file of the master key is lost, nothing makes another one in silence. Raises SecretMissing."""
    used = connection.execute("select max(master) from key").fetchone()[0]
    if used is not None:
        versions.at(MASTER, used)


def wrap(key: Key) -> tuple[bytes, int]:
    """Under the newest master key, and which that is. The caller holds the store: no master is dropped meanwhile."""
    master, secret = versions.newest(MASTER)
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, key.secret, _bound(key.id, key.version, master)), master


def _unwrap(wrapped: bytes, key_id: UUID, version: int, *, master: int) -> bytes:
    secret = versions.at(MASTER, master)
    try:
        return AESGCM(secret).decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(key_id, version, master))
    except (InvalidTag, ValueError):
        raise StoreBroken(f"the key {key_id} does not open under {MASTER}-{master}.key") from None


def _bound(key_id: UUID, version: int, master: int) -> bytes:
    return f"{key_id} {version} {master}".encode()
