"""A backup of the keys, apart from the database's, and how it comes back without bringing back what was erased.

It holds wrapped keys: the master keys, files in `keys/`, are kept apart from it. A restore adds what is missing to
the store that is there; ids that were destroyed since, by the store or by the list beside it, stay destroyed.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from lokalnet.persons import erasures, keys, store
from lokalnet.persons.wrapping import unwrap


class KeyBackupError(Exception):
    """The backup was not written or not read; the message says why."""


@dataclass(frozen=True)
class Restored:
    keys: int
    destroyed: int


def write(file: Path) -> int:
    """How many keys it holds. Never over another file; nothing of a deleted key is in it."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as problem:
        raise KeyBackupError(f"{file} could not be made ({problem.strerror})") from None
    try:
        store.reading().execute("vacuum into ?", [str(file)])
        _onto_the_disk(file)
    except BaseException:
        file.unlink()
        raise
    with closing(_open(file)) as backup:
        return int(backup.execute("select count(distinct id) from key").fetchone()[0])


def read(file: Path) -> Restored:
    """All of it or nothing. Raises StoreBroken, SecretMissing where a key does not open under the master keys here."""
    with closing(_open(file)) as backup:
        rows = backup.execute("select id, version, wrapped, master, made_at from key").fetchall()
        gone = dict(backup.execute("select id, at from destroyed").fetchall())
    gone |= {str(key_id): at for key_id, at in erasures.noted().items()}
    with store.writing() as connection:
        for key_id, at in gone.items():
            keys.bury(connection, UUID(key_id), at)
        there = _there(connection)
        buried = {row[0] for row in connection.execute("select id from destroyed")}
        missing = [row for row in rows if row[0] not in buried and row[:2] not in there]
        for key_id, version, wrapped, master, _made_at in missing:
            unwrap(wrapped, UUID(key_id), version, master=master)
        connection.executemany("insert into key values (?, ?, ?, ?, ?)", missing)
    store.forget()
    return Restored(keys=len(missing), destroyed=len({row[0] for row in rows} & buried))


def _there(connection: sqlite3.Connection) -> set[tuple[str, int]]:
    return set(connection.execute("select id, version from key").fetchall())


def _open(file: Path) -> sqlite3.Connection:
    """As it lies there: nothing is written beside it."""
    try:
        with closing(sqlite3.connect(address := f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as backup:
            backup.execute("select id, version, wrapped, master, made_at from key limit 1")
    except sqlite3.DatabaseError:
        raise KeyBackupError(f"{file} is not a backup of the keys") from None
    return sqlite3.connect(address, uri=True)


def _onto_the_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
