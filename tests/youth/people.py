"""Who works in the person room of the tests, beside those of the world.

Tove teaches in Gladsaxe and may tell of a worry. Sanne is Gladsaxe's SSP consultant, Karl its case worker. Signe is
Ballerup's SSP consultant, Petra coordinates for the police, and Freja works for psychiatry.
"""

from dataclasses import dataclass
from datetime import date

from lokalnet.access import founding
from lokalnet.access.models import Member, Organisation, Party
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.world import World


@dataclass(frozen=True)
class Room:
    world: World
    psychiatry: Organisation
    tove: Member
    sanne: Member
    karl: Member
    signe: Member
    petra: Member
    freja: Member
    gorm: Member  # Gladsaxe's data protection officer


def room(world: World) -> Room:
    with as_role(MIGRATION):
        psychiatry = founding.organisation("Testpsykiatrien", Organisation.Kind.PSYCHIATRY)
        Party.objects.create(partnership=world.partnership, organisation=psychiatry, valid_from=date(2020, 1, 1))
        people = {name: founding.member(of, name.capitalize(), f"{name}@personrum.example", role)
                  for name, of, role in (
            ("tove", world.gladsaxe, Role.PROFESSIONAL), ("sanne", world.gladsaxe, Role.SSP_CONSULTANT),
            ("karl", world.gladsaxe, Role.CASE_WORKER), ("signe", world.ballerup, Role.SSP_CONSULTANT),
            ("petra", world.police, Role.COORDINATOR), ("freja", psychiatry, Role.CASE_WORKER),
            ("gorm", world.gladsaxe, Role.DATA_PROTECTION_OFFICER))}
    return Room(world, psychiatry, **people)
