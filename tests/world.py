"""The people and places that tests speak of.

Anna works on the streets of Gladsaxe and owns what she reports. Bo is an officer of the police that she may share
with. Berit coordinates in Ballerup. Clara works for a municipality outside the partnership and has no business here.
Viggo is a caretaker of the housing association. Dorte is Ballerup's data protection officer, Adam Gladsaxe's local
administrator, Lars leads at the police.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import shapely

from lokalnet.access import founding
from lokalnet.access.acting import Actor, actor_of, set_actor
from lokalnet.access.models import Member, Organisation, Partnership
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.places.points import Bounds
from lokalnet.situation import categories, reporting
from lokalnet.situation.reporting import Report

VESTEGNEN = Bounds(12.2, 55.6, 12.7, 55.85)
GRANTOFTEN = (12.3633, 55.7311)
SQUARES = {"Ballerup": ("0151", 12.28, 55.70, 12.42, 55.76), "Herlev": ("0163", 12.42, 55.70, 12.46, 55.76),
           "Gladsaxe": ("0159", 12.46, 55.70, 12.56, 55.78)}
PASSWORD = "en lang adgangskode til test"
# Argon2 with the smallest cost: the tests log in often.
PASSWORD_HASH = ""


@dataclass(frozen=True)
class World:
    partnership: Partnership
    elsewhere: Partnership
    gladsaxe: Organisation
    ballerup: Organisation
    herlev: Organisation
    police: Organisation
    housing: Organisation
    outside: Organisation
    anna: Member
    bo: Member
    berit: Member
    clara: Member
    viggo: Member
    dorte: Member
    adam: Member
    lars: Member

    def actor(self, member: Member) -> Actor:
        """The member as an actor, set for the rest of the test's transaction."""
        found = actor_of(member.id)
        assert found is not None
        set_actor(found)
        return found

    def report(self, member: Member, *, key: str, **said: object):  # type: ignore[no-untyped-def]
        """What the member reports, and the observation's id."""
        entered = {"category": "nuisance", "longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1],
                   "occurred_at": datetime.now(UTC) - timedelta(hours=1)} | said
        return reporting.report(self.actor(member), self.partnership, Report(**entered), key=key).observation_id  # type: ignore[arg-type]


def build() -> World:
    with as_role(MIGRATION):
        return _build()


def _build() -> World:
    start = date(2020, 1, 1)
    here = founding.partnership("test", "Testpartnerskabet", bounds=VESTEGNEN, valid_from=start)
    there = founding.partnership("andet", "Et andet partnerskab", bounds=VESTEGNEN, valid_from=start)
    gladsaxe = founding.organisation("Gladsaxe Kommune", "municipality")
    ballerup = founding.organisation("Ballerup Kommune", "municipality")
    herlev = founding.organisation("Herlev Kommune", "municipality")
    police = founding.organisation("Testpolitiet", "police")
    housing = founding.organisation("Testbo", "housing", shown_as="Ballerup Kommune (bolig)")
    outside = founding.organisation("Nabokommune", "municipality")
    founding.join(here, gladsaxe, ballerup, herlev, police, housing)
    founding.join(there, outside)
    for each in (here, there):
        categories.install(each)
    for name, (code, *box) in SQUARES.items():
        Area.objects.get_or_create(kind="municipality", code=code, defaults={
            "name": name, "outline": shapely.to_wkb(shapely.MultiPolygon([shapely.box(*box)])),
            "longitude": (box[0] + box[2]) / 2, "latitude": (box[1] + box[3]) / 2})

    def person(of: Organisation, name: str, *roles: Role) -> Member:
        return founding.member(of, name, f"{name.lower()}@{of.name.split()[0].lower()}.example", *roles)

    return World(
        here, there, gladsaxe, ballerup, herlev, police, housing, outside,
        anna=person(gladsaxe, "Anna", Role.STREET_WORKER), bo=person(police, "Bo", Role.LOCAL_OFFICER),
        berit=person(ballerup, "Berit", Role.COORDINATOR), clara=person(outside, "Clara", Role.STREET_WORKER),
        viggo=person(housing, "Viggo", Role.CARETAKER), dorte=person(ballerup, "Dorte", Role.DATA_PROTECTION_OFFICER),
        adam=person(gladsaxe, "Adam", Role.ADMINISTRATOR, Role.COORDINATOR), lars=person(police, "Lars", Role.LEADER))
