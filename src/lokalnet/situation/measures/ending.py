"""What is past its last day ends by itself."""

from django.db import connection, transaction

from lokalnet.access import events


def end_measures() -> int:
    """Write it down, in batches and any number of times; how many ended (sql/steps.sql)."""
    ended = 0
    while number := _batch():
        ended += number
    if ended:
        events.record(None, "measures.ended", number=ended)
    return ended


def _batch() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select end_measures()")
        return int(cursor.fetchone()[0])
