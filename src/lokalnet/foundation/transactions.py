"""Waiting for others' transactions: what began before a change may still act on what it read before."""

import time

from django.db import connection

# Every open transaction holds its own virtual id; who asks needs no right for that.
OPEN = """
    select l.virtualtransaction from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'virtualxid' and l.granted and l.mode = 'ExclusiveLock' and a.pid <> pg_backend_pid()
      and a.datname = current_database()"""
PAUSE = 0.2


def let_pass() -> None:
    """Return when every transaction of this database that is open now is over. Never inside a transaction."""
    before = _open()
    while before := before & _open():
        time.sleep(PAUSE)


def _open() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        return {row[0] for row in cursor.fetchall()}
