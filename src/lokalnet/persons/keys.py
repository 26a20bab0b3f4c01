"""A key for each person, each concern that is not sent yet and each offer: destroyed, what was sealed is gone.

Keys never come near the database, where every dump would hold them beside what they open. They are wrapped under a
master key, a file of its own, so that a copy of the store alone opens nothing. An id that was destroyed never gets a
key again: a backup that comes back later must not bring back what was erased.

A key is fetched in the transaction that seals with it: a rotation waits for the transactions that began before it, and
then takes away the older versions (`rotating.py`).
"""

import os
import sqlite3
from uuid import UUID

from lokalnet.foundation.times import now
from lokalnet.persons import erasures, opening, store, versions
from lokalnet.persons.wrapping import Key, StoreBroken, unwrap, wrap

__all__ = ["Key", "KeyGone", "KeyTaken", "StoreBroken", "bury", "destroy", "destroyed", "fetch", "fetch_version",
           "held", "insert", "make", "make_new", "versions_of"]


class KeyGone(Exception):
    """There is no key with this id: it was destroyed, or never made."""


class KeyTaken(Exception):
    """Something lies under a key with this id already."""


def make(key_id: UUID) -> Key:
    """The key that is there already, where there is one. Raises RoomClosed; KeyGone for an id that was destroyed."""
    opening.check_open()
    with store.writing() as connection:
        if not _versions(connection, key_id):
            insert(connection, Key(key_id, 1, os.urandom(32)))
    return fetch(key_id)


def make_new(key_id: UUID) -> Key:
    """For an id that came from outside: nobody chooses the key of something else, which would go with what they made.

    Raises RoomClosed, KeyGone, KeyTaken.
    """
    opening.check_open()
    with store.writing() as connection:
        if _versions(connection, key_id):
            raise KeyTaken(str(key_id))
        insert(connection, Key(key_id, 1, os.urandom(32)))
    return fetch(key_id)


def insert(connection: sqlite3.Connection, key: Key) -> None:
    """In the caller's transaction of the store, so that no master key is dropped meanwhile. Raises KeyGone."""
    wrapped, master = wrap(key, connection)
    try:
        connection.execute("insert into key values (?, ?, ?, ?, ?)",
                           [str(key.id), key.version, wrapped, master, now().isoformat()])
    except sqlite3.IntegrityError:
        raise KeyGone(str(key.id)) from None


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
            return unwrap(row[1], key_id, row[0], master=row[2])
        except versions.SecretMissing:
            if not once_more:  # else it may have been wrapped anew since it was read, and the old master dropped
                raise
    raise KeyGone(str(key_id))


def versions_of(key_id: UUID) -> list[int]:
    """Rising; empty where the key is gone."""
    return _versions(store.reading(), key_id)


def _versions(connection: sqlite3.Connection, key_id: UUID) -> list[int]:
    return [row[0] for row in connection.execute("select version from key where id = ? order by 1", [str(key_id)])]


def destroy(key_id: UUID) -> None:
    """For good, and as often as it is asked."""
    erasures.note(key_id)
    with store.writing() as connection:
        bury(connection, key_id, now().isoformat())
    store.forget()


def bury(connection: sqlite3.Connection, key_id: UUID, at: str) -> None:
    connection.execute("insert or ignore into destroyed values (?, ?)", [str(key_id), at])
    connection.execute("delete from key where id = ?", [str(key_id)])


def held() -> int:
    """How many ids have a key."""
    return int(store.reading().execute("select count(distinct id) from key").fetchone()[0])


def destroyed() -> set[UUID]:
    return {UUID(row[0]) for row in store.reading().execute("select id from destroyed")}
