"""What the log of the person room may hold: rows as the services leave them, at any time that a test wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client

from lokalnet.access.models import Member
from lokalnet.access.rights import Purpose
from lokalnet.disclosure.law import installing
from lokalnet.disclosure.models import Copy, Ground, Offer, OfferSource
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.persons import identity, keys, sealing
from lokalnet.persons.identity import Identity
from lokalnet.persons.models import Override, Visit
from lokalnet.persons.sealing import Spot
from lokalnet.youth.models import File
from tests.access.people import browser_of
from tests.days import today
from tests.persons.numbers import nobodys
from tests.youth.people import Room

EMIL = "Emil Opdigtet"
WHY = "Hun er væk, og jeg skal bruge hendes mors nummer"
CASE = {"case_number": "2026-77", "file_number": ""}


@dataclass(frozen=True)
class Held:
    """A file and whom it is about."""

    person: UUID
    file: UUID
    number: str


def held(room: Room, by: Member, number: str) -> Held:
    """A file of the member's organisation, owned by the member."""
    born = today().replace(year=today().year - 14, day=15)
    person = identity.enter(room.world.actor(by), Identity(EMIL, nobodys(born), born))
    with as_role(MIGRATION):
        made = File.objects.create(controller_id=by.organisation_id, person_id=person, number=number, regime="gdpr",
                                   owner=by, deletes_on=today() + timedelta(days=300),
                                   inform_by=today() + timedelta(days=20))
    return Held(person, made.id, number)


def weekday(days_ago: int = 3) -> date:
    """That many days ago, or the nearest earlier day that is no weekend."""
    day = today() - timedelta(days=days_ago)
    while day.isoweekday() >= 6:
        day -= timedelta(days=1)
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), COPENHAGEN)


def visit(person: UUID, member: Member, when: datetime, *, stayed: timedelta | None = timedelta(minutes=20),
          because: Sequence[str] = ("assigned",), purpose: Purpose = Purpose.EARLY_HELP, wrong: bool = False) -> UUID:
    with as_role(MIGRATION):
        return Visit.objects.create(
            person_id=person, controller_id=member.organisation_id, member=member, purpose=purpose.value,
            because=list(because), entered_at=when, ends_at=when + timedelta(hours=2),
            left_at=when + stayed if stayed else None, wrong=wrong).id


def override(person: UUID, member: Member, when: datetime, *, reason: str = WHY, wrong: bool = False) -> UUID:
    made = uuid4()
    sealed = sealing.seal(keys.fetch(person), Spot("persons_override", made, member.organisation_id),
                          {"reason": reason})
    with as_role(MIGRATION):
        Override.objects.create(id=made, person_id=person, controller_id=member.organisation_id, member=member,
                                sealed=sealed, opened_at=when, ends_at=when + timedelta(hours=3), wrong=wrong)
    return made


def offer(room: Room, giver: Member, receiver: Member, person: UUID, **more: Any) -> Offer:
    """Between two municipalities, on a ground of the law; `taken_as`: the receiver's own person, once taken."""
    taken_as = more.pop("taken_as", None)
    with as_role(MIGRATION):
        installing.install(room.world.partnership)
        ground = Ground.objects.filter(verified=True, gives__contains=["municipality"], state="in-force",
                                       receives__contains=["municipality"]).order_by("code")[0]
        answered = {"state": "accepted", "answered_at": now(), "answered_by": receiver} if taken_as else {}
        made = Offer.objects.create(**{
            "partnership": room.world.partnership, "giver_id": giver.organisation_id, "giver_member": giver,
            "receiver_id": receiver.organisation_id, "ground": ground, "purpose": ground.purposes[0],
            "stage": "at-meeting", "fields": ground.fields[:2], "informed": "yes", "sealed": b"NOEDVENDIGT",
            "copy_until": today() + timedelta(days=30), "snapshot": b"KOPIENS INDHOLD",
            "expires_at": now() + timedelta(days=7)} | answered | more)
        OfferSource.objects.create(offer=made, giver_id=giver.organisation_id, person_id=person)
        if taken_as:
            Copy.objects.create(offer=made, controller_id=receiver.organisation_id, person_id=taken_as,
                                holder=receiver, regime="gdpr", expires_on=made.copy_until)
    return made


def officer(member: Member, **said: str) -> Client:
    """At the desk, with a case of the last month open."""
    client = browser_of(member)
    month = {"since": (today() - timedelta(days=30)).isoformat(), "until": today().isoformat()}
    answer = client.post("/databeskyttelse/personer/", CASE | month | said)
    assert answer.status_code == 302, answer.content.decode()
    return client


def shown(client: Client, section: str) -> str:
    answer = client.get(f"/databeskyttelse/personer/{section}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def seen(query: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({query}) asked", values or None)
        return int(cursor.fetchone()[0])
