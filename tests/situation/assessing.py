"""What organisations have written about an area, put there past the form, for tests of what comes of it."""

from typing import Any
from uuid import uuid4

from django.db import connection

from lokalnet.access import founding
from lokalnet.access.models import Member, Organisation
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import quarters
from lokalnet.situation.assessments.writing import Said
from lokalnet.situation.models import Assessment, Sign
from tests.situation.telling import area
from tests.world import World

BOX = (12.35, 55.72, 12.37, 55.74)
INSERT = ("insert into situation_assessment (id, partnership_id, organisation_id, area_id, quarter, sign, member_id, "
          "seen, words, sources, certainty, edition, written_at) "
          "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)")


def this_quarter() -> Quarter:
    return quarters.of(quarters.today())


def neighbourhood(code: str = "g", box: tuple[float, float, float, float] = BOX) -> Area:
    return area("neighbourhood", code, box)


def stands(world: World, member: Member, where: Area, sign: str = Sign.DEALING, *, quarter: Quarter | None = None,
           seen: str = "seen", certainty: str = "medium", **more: Any) -> Assessment:
    """A row, whatever the policies say of it."""
    row = {"partnership": world.partnership, "words": "Bag butikkerne", "sources": ["own"]} | more
    with as_role(MIGRATION):
        made = Assessment(organisation_id=member.organisation_id, member=member, area=where, sign=sign, seen=seen,
                          quarter=(quarter or this_quarter()).first,
                          certainty="" if seen == "cannot-say" else certainty, **row)
        made.save(force_insert=True)
    return made


def insert(world: World, member: Member, where: Area, **other: Any) -> int:
    """The same by SQL, under the policies of whoever acts at present."""
    row = {"partnership_id": world.partnership.id, "organisation_id": member.organisation_id, "area_id": where.id,
           "quarter": this_quarter().first, "sign": "dealing", "member_id": member.id, "seen": "not-seen", "words": "",
           "sources": ["own"], "certainty": "low", "edition": 1, "written_at": now()} | other
    return sql(INSERT, uuid4(), *row.values())


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def ask(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def club(world: World, name: str = "Testklubben") -> Member:
    """Carla, who trains in a club that stands under Gladsaxe's name."""
    with as_role(MIGRATION):
        found = founding.organisation(name, Organisation.Kind.ASSOCIATION, shown_as="Gladsaxe Kommune")
        founding.join(world.partnership, found)
        return founding.member(found, "Carla", f"carla@{name.lower()}.example", Role.ASSOCIATION_CONTACT)


def all_signs(**other: Said) -> dict[Sign, Said]:
    plain = {sign: Said("not-seen", "", ("own",), "low") for sign in Sign}
    return plain | {Sign(name): said for name, said in other.items()}


def entered(edition: int = 0, **other: str | list[str]) -> dict[str, Any]:
    """As a browser sends the page; `other` are fields by their names with an underscore."""
    fields: dict[str, Any] = {"edition": str(edition)}
    for sign in Sign:
        fields |= {f"{sign}-seen": "not-seen", f"{sign}-sources": ["own"], f"{sign}-certainty": "low",
                   f"{sign}-words": ""}
    return fields | {name.replace("_", "-"): value for name, value in other.items()}
