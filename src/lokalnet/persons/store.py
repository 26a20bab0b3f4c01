"""The file that holds the keys: SQLite in `keys/`, outside the database, for several processes and threads at once.

What is deleted is overwritten (`secure_delete`), also in the write-ahead file (`forget`). The file is whole before it
has its name, so nobody opens half a store, and a process that is killed leaves a transaction whole or not at all.
"""

import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from lokalnet.foundation.home import home

PATIENCE = 30  # seconds that a writer waits for another
MADE = """
    pragma journal_mode = wal;
    create table key (
      id text not null, version integer not null check (version between 1 and 65535), wrapped blob not null,
      master integer not null, made_at text not null, primary key (id, version)) strict;
    create table destroyed (id text primary key, at text not null) strict;
    create trigger never_anew before insert on key when exists (select 1 from destroyed where id = new.id)
      begin select raise(abort, 'destroyed'); end;
    create table rotation (begun_at text not null) strict;  -- a row while one is not finished
"""
_of_thread = threading.local()


def path() -> Path:
    return home() / "keys" / "persons.sqlite3"


def reading() -> sqlite3.Connection:
    """The thread's own connection: a process that was forked opens its own, and so does one whose file was replaced."""
    file = path()
    if not file.exists():
        _make_once(file)
    wanted = os.getpid(), file, file.stat().st_ino
    if getattr(_of_thread, "opened", None) != wanted:
        _of_thread.connection, _of_thread.opened = connect(file), wanted
    found: sqlite3.Connection = _of_thread.connection
    return found


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """One writer at a time, over all processes; nothing of it is kept where it raises."""
    connection = reading()
    connection.execute("begin immediate")
    try:
        yield connection
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def forget() -> None:
    """What was deleted leaves the write-ahead file too, as soon as no reader is in its way."""
    reading().execute("pragma wal_checkpoint(truncate)").fetchall()


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")
    return connection


def _make_once(file: Path) -> None:
    file.parent.mkdir(exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".new") as new:  # with mode 0600
        with closing(connect(Path(new.name))) as connection:
            connection.executescript(MADE)
        with suppress(FileExistsError):
            os.link(new.name, file)
