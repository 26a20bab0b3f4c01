"""Who may know that a person's data is held at all. The database decides (sql/vault.sql); pages only ask."""

from collections.abc import Iterable
from uuid import UUID

from lokalnet.foundation.asking import answer, rows
from lokalnet.persons.models import Because

FILE = (Because.ASSIGNED, Because.OVERRIDE)
TRIAGE = (Because.TRIAGE, *FILE)
COPY = (Because.COPY,)
NOBODY = UUID(int=0)


def knows(person_id: UUID | None, ways: Iterable[Because]) -> bool:
    """Does the actor know the person by one of these ways now? The same work whether or not there is such a person."""
    return bool(answer("select %s = any(array(select known_persons(%s)))", person_id or NOBODY, list(ways)))


def ways_to(person_id: UUID) -> tuple[Because, ...]:
    """By which ways the actor knows the person now."""
    return tuple(Because(way) for way in answer("select ways_to(%s)", person_id))


def colleagues_with(person_id: UUID) -> list[tuple[UUID, str]]:
    """Who works on the person's file now, for who knows it too: (member, until when as text, empty for no end)."""
    return [(row[0], row[1]) for row in rows(
        "select member_id, coalesce(((until - interval '1 second') at time zone 'Europe/Copenhagen')::date::text, '') "
        "from persons_access where person_id = %s "
        "and because = 'assigned' and (until is null or until > now()) order by since, id", person_id)]
