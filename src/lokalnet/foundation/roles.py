"""Step into another database role for a few statements, and back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

MIGRATION = "lokalnet_migration"
PLACE = "lokalnet_place"  # detection: it has no grant on anything about persons


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """In a transaction; the role before comes back on leaving, also inside a longer transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_user")
        before = cursor.fetchone()[0]
        cursor.execute(f'set local role "{role}"')
        yield
        cursor.execute(f'set local role "{before}"')
