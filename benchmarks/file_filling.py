"""Files in a filled database, and one of them to be read, which the first member works on and is on a visit at.

`python -m benchmarks.file_filling make NUMBER SOCKET DATABASE` makes them as the owner and prints that one's id;
`... write NOTES FILE` writes in it as its owner does, in the login that serves.
"""

import sys
import uuid
from datetime import date, timedelta
from typing import Any

from benchmarks.filling import as_admin, run_file
from lokalnet.project import commands, logins

READER = "anna0@maalt.example"
OWN = 30  # files that the reader works on
MARKS, CONTACTS = 3, 3
SOON = date.today() + timedelta(days=60)


def make(number: int, socket: str, database: str) -> None:
    commands.set_up(logins.OWNER)
    from lokalnet.access.models import Member
    from lokalnet.foundation.roles import MIGRATION, as_role
    from lokalnet.youth import forums

    with as_role(MIGRATION):
        reader = Member.objects.select_related("organisation").get(user__email=READER)
        forums.install(reader.organisation)
        made = [_file(reader, place) for place in range(OWN)]
    with as_admin(socket, database) as admin:
        run_file(admin, "files.sql", {"organisation": reader.organisation_id, "number": number})
    print(made[0])


def _file(reader: Any, place: int) -> Any:
    """With a person and a key, in the reader's hands."""
    from lokalnet.access.acting import Actor
    from lokalnet.foundation.times import now
    from lokalnet.persons import identity
    from lokalnet.persons.identity import Identity
    from lokalnet.persons.models import Access
    from lokalnet.youth.models import File

    of = reader.organisation
    actor = Actor(reader.id, reader.user_id, reader.name, tuple(reader.roles), of.id, of.name, of.kind, ())
    person_id = identity.enter(actor, Identity(f"Målt Opdigtet {place}", born=date(2012, 5, 4)))
    made = File.objects.create(controller_id=of.id, person_id=person_id, number=f"2026-{place:04}", regime="gdpr",
                               owner=reader, inform_by=SOON, deletes_on=SOON + timedelta(days=200))
    Access.objects.create(person_id=person_id, controller_id=of.id, member=reader, because="assigned",
                          since=now() - timedelta(hours=1))
    return made.id


def write(notes: int, file_id: str) -> None:
    commands.set_up(logins.APP)
    from lokalnet.access.acting import acting_as, actor_of
    from lokalnet.access.rights import Purpose
    from lokalnet.access.seats import seat_for
    from lokalnet.youth.files import entering, fetching

    actor = actor_of(_reader())
    assert actor
    with acting_as(actor):
        seat = seat_for(actor)
        assert seat
        _write(entering.enter(seat, fetching.one(seat, uuid.UUID(file_id)), Purpose.EARLY_HELP), notes)


def _write(stay: Any, notes: int) -> None:
    from lokalnet.youth import forums
    from lokalnet.youth.files import contacts, marking, placing, writing
    from lokalnet.youth.files.contacts import Reach
    from lokalnet.youth.files.placing import Choice
    from lokalnet.youth.files.writing import Said
    from lokalnet.youth.models import NoteKind

    for place in range(notes):
        kind = list(NoteKind)[place % len(NoteKind)]
        writing.write(stay, uuid.uuid4(), Said(kind, "Et notat på et par linjer, som de fleste er. " * 4, "Skolen"))
    for _ in range(MARKS):
        marking.add(stay, uuid.uuid4(), "Ring først til mor", ends_on=SOON)
    for place in range(CONTACTS):
        contacts.add(stay, uuid.uuid4(), Reach(f"Kontakt {place}", "lærer", "44 00 00 00"))
    placing.decide(stay, uuid.uuid4(), Choice(forums.of_organisation(stay.seat)[0].id, "Skolen og klubben mødes", SOON))


def _reader() -> uuid.UUID:
    """As log-in finds them, before anybody is the actor."""
    from lokalnet.access.middleware import memberships_of
    from lokalnet.access.models import User

    return memberships_of(User.objects.get(email=READER).id)[0][0]


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        write(int(sys.argv[2]), sys.argv[3])
