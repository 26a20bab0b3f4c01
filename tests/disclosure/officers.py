"""Who keeps the grounds: Dorte is Ballerup's data protection officer, Gorm Gladsaxe's. Sanne shares, and only reads."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lokalnet.access import founding
from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.access.seats import Seat, seat_of
from lokalnet.disclosure.law import installing, proposing
from lokalnet.disclosure.law.rows import ground_of
from lokalnet.disclosure.models import Ground, GroundState
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.world import World

WHY = "Klubberne har ikke brug for adressen"
UNVERIFIED = "bl-exchange"


@dataclass(frozen=True)
class Law:
    world: World
    dorte: Member
    gorm: Member
    sanne: Member

    def seat(self, member: Member) -> Seat:
        return seat_of(self.world.actor(member), self.world.partnership.id)

    def in_force(self, code: str = "rpl-115-3-ssp-to") -> Ground:
        with as_role(MIGRATION):
            return Ground.objects.get(partnership=self.world.partnership, code=code, state=GroundState.IN_FORCE)

    def row(self, ground_id: UUID) -> Ground:
        with as_role(MIGRATION):
            return Ground.objects.get(id=ground_id)

    def proposed(self, by: Member, code: str = "rpl-115-3-ssp-to", **changed: Any) -> Ground:
        """A change of a ground; by itself one that shares less."""
        row = self.in_force(code)
        wanted = replace(ground_of(row), **(changed or {"fields": ("identity",)}))
        return self.row(proposing.propose_change(self.seat(by), row, wanted, why=WHY))


def law(world: World) -> Law:
    with as_role(MIGRATION):
        installing.install(world.partnership)
        gorm = founding.member(world.gladsaxe, "Gorm", "gorm@gladsaxe.example", Role.DATA_PROTECTION_OFFICER)
        sanne = founding.member(world.gladsaxe, "Sanne", "sanne@gladsaxe.example", Role.SSP_CONSULTANT)
    return Law(world, world.dorte, gorm, sanne)


def sql(query: str, *values: object) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []
