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
from lokalnet.access.models import Member, Organisation, Partnership, Party, User
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
    """All rows of a table in one statement: nearly every test begins with this."""
    start = date(2020, 1, 1)
    here = founding.partnership("test", "Testpartnerskabet", bounds=VESTEGNEN, valid_from=start)
    there = founding.partnership("andet", "Et andet partnerskab", bounds=VESTEGNEN, valid_from=start)
    gladsaxe, ballerup, herlev, police, housing, outside = Organisation.objects.bulk_create([
        Organisation(name=name, kind=kind, shown_as=shown_as or name) for name, kind, shown_as in (
            ("Gladsaxe Kommune", "municipality", ""), ("Ballerup Kommune", "municipality", ""),
            ("Herlev Kommune", "municipality", ""), ("Testpolitiet", "police", ""),
            ("Testbo", "housing", "Ballerup Kommune (bolig)"), ("Nabokommune", "municipality", ""))])
    Party.objects.bulk_create([
        *(Party(partnership=here, organisation=each, valid_from=start)
          for each in (gladsaxe, ballerup, herlev, police, housing)),
        Party(partnership=there, organisation=outside, valid_from=start)])
    for each in (here, there):
        categories.install(each)
    Area.objects.bulk_create([
        Area(kind="municipality", code=code, name=name,
             outline=shapely.to_wkb(shapely.MultiPolygon([shapely.box(*box)])),
             longitude=(box[0] + box[2]) / 2, latitude=(box[1] + box[3]) / 2)
        for name, (code, *box) in SQUARES.items()])
    people = (
        (gladsaxe, "Anna", Role.STREET_WORKER), (police, "Bo", Role.LOCAL_OFFICER),
        (ballerup, "Berit", Role.COORDINATOR), (outside, "Clara", Role.STREET_WORKER),
        (housing, "Viggo", Role.CARETAKER), (ballerup, "Dorte", Role.DATA_PROTECTION_OFFICER),
        (gladsaxe, "Adam", Role.ADMINISTRATOR, Role.COORDINATOR), (police, "Lars", Role.LEADER))
    users = User.objects.bulk_create([
        User(email=f"{name.lower()}@{of.name.split()[0].lower()}.example", password="!") for of, name, *_ in people])
    anna, bo, berit, clara, viggo, dorte, adam, lars = Member.objects.bulk_create([
        Member(user=user, organisation=of, name=name, title="", roles=[role.value for role in roles])
        for user, (of, name, *roles) in zip(users, people, strict=True)])
    return World(here, there, gladsaxe, ballerup, herlev, police, housing, outside,
                 anna=anna, bo=bo, berit=berit, clara=clara, viggo=viggo, dorte=dorte, adam=adam, lars=lars)
