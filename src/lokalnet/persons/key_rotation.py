"""The store's part of a rotation: a new master key, a new version of every key, and the older ones gone at the end.

`begin` is one transaction of the store, so a process that is killed has begun or not. What was sealed meanwhile under
an older version opens with that one until `finish`.
"""

import os
import sqlite3
from collections.abc import Collection
from uuid import UUID

from lokalnet.foundation.times import now
from lokalnet.persons import keys, opening, store, versions
from lokalnet.persons.wrapping import MASTER, Key, unwrap, wrap


def unfinished() -> bool:
    return bool(store.reading().execute("select count(*) from rotation").fetchone()[0])


def begin() -> int:
    """How many keys got a newer version, under which is sealed from now on. Raises RoomClosed."""
    opening.check_open()
    with store.writing() as connection:
        versions.renew(MASTER)
        _wrap_anew(connection)
        newest = connection.execute("select id, max(version) from key group by id").fetchall()
        for key_id, version in newest:
            keys.insert(connection, Key(UUID(key_id), version + 1, os.urandom(32)))
        connection.execute("insert into rotation values (?)", [now().isoformat()])
    _drop_masters()
    return len(newest)


def finish(keeping: Collection[UUID] = ()) -> None:
    """Older versions go, except those of `keeping`: keys under which something could not be sealed anew."""
    with store.writing() as connection:
        newest = connection.execute("select id, max(version) from key group by id").fetchall()
        connection.executemany("delete from key where id = ? and version < ?",
                               [row for row in newest if UUID(row[0]) not in keeping])
        connection.execute("delete from rotation")
    _drop_masters()


def _wrap_anew(connection: sqlite3.Connection) -> None:
    rows = connection.execute("select id, version, wrapped, master from key").fetchall()
    for key_id, version, wrapped, master in rows:
        again, newest = wrap(unwrap(wrapped, UUID(key_id), version, master=master), connection)
        connection.execute("update key set wrapped = ?, master = ? where id = ? and version = ?",
                           [again, newest, key_id, version])


def _drop_masters() -> None:
    with store.writing() as connection:  # so that nobody wraps under one of them just now
        used = {row[0] for row in connection.execute("select distinct master from key")}
        versions.drop_all_but(MASTER, used)
    store.forget()
