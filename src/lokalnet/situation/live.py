"""The live picture: what a stream starts with, and how a change becomes an event.

An event says which observations are new, by id. Its own id is an opaque cursor: numbers would tell how much happens
elsewhere, and the order of a catch-up would tell in which order coarse reports were made, so a catch-up is one event
with its ids in an order that tells nothing.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connection

from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation import tokens
from lokalnet.foundation.live import News

CURSOR = "live cursor"


@dataclass(frozen=True)
class Opening:
    """What a stream begins with: the events missed, where it stands, and what it listens to."""

    events: bytes
    number: int
    listens_to: frozenset[tuple[UUID, UUID]]


def may_listen(actor: Actor) -> bool:
    """Those who see partners' observations. Others have no live feed: they see their own on the next page."""
    return bool(actor.may(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS))


def cursor_at(number: int) -> str:
    """A cursor that stands at a change: for a page to listen from the moment that it was made."""
    return tokens.seal(CURSOR, number)


def open_stream(actor: Actor, last_event_id: str) -> Opening:
    """Catch up from the cursor that the client last saw; without one, from now. Raises tokens.BadToken."""
    with connection.cursor() as cursor:
        cursor.execute("select newest_change()")
        newest: int = cursor.fetchone()[0]
        after = newest
        missed: list[tuple[UUID, UUID | None]] = []
        if last_event_id:
            after = int(tokens.unseal(CURSOR, last_event_id))
            cursor.execute("select partnership_id, observation_id from changes_for_actor(%s, %s)", [after, newest])
            missed = [(row[0], row[1]) for row in cursor.fetchall()]
    listens_to = frozenset((partnership, actor.organisation_id) for partnership in actor.partnership_ids)
    start = encode(newest, "changed" if missed else "open", missed)
    return Opening(b"retry: 2000\n" + start, newest, listens_to)


def encode(number: int, name: str, changes: list[tuple[UUID, UUID | None]]) -> bytes:
    """One server-sent event. `partnerships` whose picture changed, and the `observations` that are new."""
    body = json.dumps({"partnerships": sorted({str(partnership) for partnership, _ in changes}),
                       "observations": sorted(str(observation) for _, observation in changes if observation)})
    return f"id: {tokens.seal(CURSOR, number)}\nevent: {name}\ndata: {body}\n\n".encode()


async def news_after(database: psycopg.AsyncConnection, after: int) -> list[News]:
    """Number what was left unnumbered by a process that died, and fetch all news after a number."""
    rows = await (await database.execute(
        "select newest, number, partnership_id, observation_id, organisation_id from news_since(%s)",
        [after])).fetchall()
    audiences: dict[tuple[int, UUID, UUID | None], set[tuple[UUID, UUID]]] = defaultdict(set)
    for _newest, number, partnership, observation, organisation in rows:
        if number is not None:
            audiences[number, partnership, observation].add((partnership, organisation))
    news = [News(number, frozenset(audience), encode(number, "changed", [(partnership, observation)]))
            for (number, partnership, observation), audience in sorted(audiences.items(), key=lambda item: item[0][0])]
    # A number whose audience is empty still moves the position on.
    return [*news, *(News(row[0], frozenset(), b"") for row in rows[:1])]


async def newest_number(database: psycopg.AsyncConnection) -> int:
    row = await (await database.execute("select newest_change()")).fetchone()
    return int(row[0]) if row else 0
