"""The look-up index, made anew from the sealed identities: after a restore, which leaves it empty, and in a rotation.

A copy is not looked up: it is somebody else's account, held for a while, and leads to no file here.
"""

from collections.abc import Iterator

from django.db import connection

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import keys, lookup
from lokalnet.persons.models import Access, Because, Lookup, Person
from lokalnet.persons.sealing import Spot, Unreadable, unseal

BATCH = 2000


def rebuild() -> int:
    """How many persons can be found again. Who enters somebody meanwhile waits until it is done."""
    with as_role(MIGRATION):
        with connection.cursor() as cursor:
            cursor.execute("lock table persons_lookup in share row exclusive mode")
        Lookup.objects.all().delete()
        made = list(_entries())
        Lookup.objects.bulk_create(made, batch_size=BATCH)
    return len({each.person_id for each in made})


def _entries() -> Iterator[Lookup]:
    copies = Access.objects.filter(because=Because.COPY).values("person")
    for person in Person.objects.exclude(id__in=copies).iterator(BATCH):
        for kind, digest in _digests(person).items():
            yield Lookup(person=person, controller_id=person.controller_id, kind=kind, digest=digest)


def _digests(person: Person) -> dict[str, bytes]:
    """None for a person whose key is gone, or whose identity does not open: it can be found by nobody."""
    spot = Spot("persons_person", person.id, person.controller_id)
    try:
        said = unseal(keys.fetch(person.id), spot, bytes(person.sealed))
    except (keys.KeyGone, Unreadable):
        return {}
    return lookup.of_identity(person.controller_id, said)
