"""A file that is there already, with who works on it: as if somebody had told of a worry a while ago."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection

from lokalnet.access.models import Member
from lokalnet.access.rights import Purpose
from lokalnet.access.seats import Seat, seat_of
from lokalnet.disclosure.models import regime_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import identity
from lokalnet.persons.identity import Identity
from lokalnet.persons.models import Access
from lokalnet.youth.files import entering, fetching, sealed
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import About, Concern, ConcernState, ConcernText, File
from tests.days import today
from tests.persons.numbers import nobodys
from tests.world import World
from tests.youth.people import Room

EMIL = "Emil Opdigtet"
AGO = timedelta(hours=1)


@dataclass(frozen=True)
class Opened:
    file_id: UUID
    person_id: UUID
    number: str


def born(age: int = 14) -> date:
    """On a day that is not the first of January, nor the last of February."""
    return today().replace(year=today().year - age, day=min(today().day, 28)) - timedelta(days=3)


def opened(world: World, owner: Member, *, number: str = "2026-0001", about: About = About.HELPED,
           who: Identity | None = None, deletes_on: date | None = None) -> Opened:
    """A file in the owner's hands, for an hour. The actor is the owner afterwards."""
    actor = world.actor(owner)
    person_id = identity.enter(actor, who or Identity(EMIL, nobodys(born()), born()))
    with as_role(MIGRATION):
        made = File.objects.create(
            controller_id=owner.organisation_id, person_id=person_id, number=number, about=about, owner=owner,
            regime=regime_of(actor.organisation_kind), opened_at=now() - AGO, inform_by=today() + timedelta(days=28),
            deletes_on=deletes_on or today() + timedelta(days=365))
    way(person_id, owner)
    return Opened(made.id, person_id, number)


def way(person_id: UUID, member: Member, because: str = "assigned", until: datetime | None = None) -> None:
    with as_role(MIGRATION):
        Access.objects.create(person_id=person_id, controller_id=member.organisation_id, member=member,
                              because=because, since=now() - AGO, until=until)


def seat(room: Room, member: Member) -> Seat:
    return seat_of(room.world.actor(member), room.world.partnership.id)


def stay(room: Room, member: Member, made: Opened, purpose: Purpose = Purpose.EARLY_HELP) -> Stay:
    """The member, on a visit at the file."""
    here = seat(room, member)
    return entering.enter(here, fetching.one(here, made.file_id), purpose)


def worry(made: Opened, author: Member) -> UUID:
    """Told of somebody who is helped already: it was routed to the file. Its words are sealed as the author's were."""
    concern_id = uuid4()
    with as_role(MIGRATION):
        Concern.objects.create(id=concern_id, controller_id=author.organisation_id, author=author,
                               person_id=made.person_id, state=ConcernState.SENT, sent_at=now())
        text = ConcernText(concern_id=concern_id, controller_id=author.organisation_id, author=author,
                           person_id=made.person_id)
        text.sealed = sealed.of(made.person_id, author.organisation_id).sealed(text, facts="Han stod alene ved hallen")
        text.save(force_insert=True)
    return concern_id


def number_of(query: str, *values: object) -> int:
    """As the actor, in raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return int(cursor.fetchone()[0])
