"""No more mail, with one click from the mail itself: without log-in, because whoever is annoyed will not log in first.

The token says which member and can nothing but stop: sealed for this purpose, it opens nothing else (RFC 8058).
"""

from uuid import UUID

from django.db import connection

from lokalnet.access import events
from lokalnet.access.acting import acting_as, actor_of
from lokalnet.access.rights import Purpose
from lokalnet.foundation import tokens
from lokalnet.foundation.tokens import BadToken

PURPOSE = "notices-stop"


def token_for(member_id: UUID) -> str:
    return tokens.seal(PURPOSE, str(member_id))


def known(token: str) -> bool:
    """Is it one of ours? Looks, and changes nothing: mail scanners open links."""
    try:
        _member(token)
    except BadToken:
        return False
    return True


def stop(token: str) -> None:
    """Again is harmless. Raises BadToken."""
    member_id = _member(token)
    with connection.cursor() as cursor:
        cursor.execute("select notices_stop(%s)", [member_id])
        stopped: bool = cursor.fetchone()[0]
    actor = actor_of(member_id)
    if stopped and actor:
        with acting_as(actor):
            events.record(actor, "notices.stopped", purpose=Purpose.NOTICES, subject_kind="member", subject=member_id)


def _member(token: str) -> UUID:
    try:
        return UUID(tokens.unseal(PURPOSE, token))
    except (ValueError, TypeError, AttributeError) as problem:
        raise BadToken("not a token of this installation") from problem
