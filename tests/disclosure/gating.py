"""Sanne of Gladsaxe works on a file and shares something of it; Signe of Ballerup, or Petra of the police, may take it.

Berit of Ballerup may take it too, and Tove of Gladsaxe has no business with what was shared.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Purpose
from lokalnet.access.seats import Seat, seat_of
from lokalnet.disclosure.gate import answering, offering
from lokalnet.disclosure.gate.wanting import Wish
from lokalnet.disclosure.law import installing
from lokalnet.disclosure.models import Copy, Ground, Offer
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.youth.files import entering, fetching, writing
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.writing import Said
from lokalnet.youth.sharing.snapshot import snapshot
from tests.days import today
from tests.doors.people import browser
from tests.world import World
from tests.youth import people
from tests.youth.opened import Opened, opened
from tests.youth.people import Room

FACT, STRENGTH, ASSESSMENT = "Han stod alene ved hallen", "Han passer sin lillesøster", "Vi tror at han er ensom"
NECESSITY = "Ballerups klub skal kunne tage imod ham"


@dataclass(frozen=True)
class Gate:
    room: Room
    file: Opened

    @property
    def world(self) -> World:
        return self.room.world

    def seat(self, member: Member) -> Seat:
        return seat_of(self.world.actor(member), self.world.partnership.id)

    def stay(self, member: Member | None = None) -> Stay:
        """On a visit at the file."""
        here = self.seat(member or self.room.sanne)
        return entering.enter(here, fetching.one(here, self.file.file_id), Purpose.DISCLOSURE)

    def ground(self, code: str = "rpl-115-2-ssp") -> Ground:
        with as_role(MIGRATION):
            return Ground.objects.get(partnership=self.world.partnership, code=code, state="in-force")

    def wish(self, **changed: Any) -> Wish:
        lawful = Wish(self.world.police.id, self.ground().id, "ssp", "at-meeting", ("identity", "concern-facts"),
                      NECESSITY, ("parents",), "", today() + timedelta(days=30))
        return replace(lawful, **changed)

    def offered(self, *, form: UUID | None = None, **changed: Any) -> UUID:
        """By Sanne, who is on a visit."""
        stay, wish = self.stay(), self.wish(**changed)
        return offering.offer(stay.seat, person_id=self.file.person_id, wish=wish, form=form or uuid4(),
                              snapshot=snapshot(stay.seat, stay.file, wish.fields, today=today()))

    def taken(self, by: Member | None = None, **changed: Any) -> tuple[UUID, UUID]:
        """The offer, and the copy that somebody of the police took of it."""
        offer_id = self.offered(**changed)
        return offer_id, answering.accept(self.seat(by or self.room.petra), offer_id)

    def offer(self, offer_id: UUID) -> Offer:
        with as_role(MIGRATION):
            return Offer.objects.get(id=offer_id)

    def copy(self, copy_id: UUID) -> Copy:
        with as_role(MIGRATION):
            return Copy.objects.get(id=copy_id)

    def events(self, kind: str) -> list[Event]:
        with as_role(MIGRATION):
            return list(Event.objects.filter(kind=kind).order_by("at"))

    def browser(self, member: Member) -> Client:
        client = browser(member)
        set_actor(None)
        return client


def gate(world: World) -> Gate:
    with as_role(MIGRATION):
        installing.install(world.partnership)
    room = people.room(world)
    made = Gate(room, opened(world, room.sanne))
    stay = made.stay()
    for kind, text in (("fact", FACT), ("strength", STRENGTH), ("assessment", ASSESSMENT)):
        writing.write(stay, uuid4(), Said(kind, text, "SSP"))
    return made


def sql(query: str, *values: object) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def sql_as_owner(query: str, *values: object) -> None:
    with as_role(MIGRATION):
        sql(query, *values)
