"""Tell a member that something happened: the same as the function in the database, for what is written in Python."""

from uuid import UUID

from django.db import connection

from lokalnet.notices.models import Pace


def tell(member_id: UUID, *, partnership_id: UUID, kind: str, subject: UUID, since: int | None = None,
         pace: Pace | None = None) -> None:
    """In the running transaction: the notice stands or falls with what it tells of.

    `pace` None is the member's own for what they have in hand. Who tells several goes by the order of their ids.
    """
    with connection.cursor() as cursor:
        cursor.execute("select notices_tell(%s, %s, %s, %s, %s, %s)",
                       [member_id, partnership_id, kind, subject, since, pace])
