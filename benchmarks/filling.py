"""A measured database: people, places, many observations and measures, made by SQL, and a session for some people.

Run as a process of its own, because Django opens one database as one login: `python -m benchmarks.filling SIZE
PARTNERSHIPS DAYS ADMIN_SOCKET DATABASE MEASURES`. Prints session keys, one a line: one for a member of each
organisation.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from lokalnet.project import commands, logins

PLACES = 40


def main(number: int, partnerships: int, days: int, socket: str, database: str, measures: int) -> None:
    commands.set_up(logins.OWNER)
    for key in _people(partnerships):
        print(key)
    with as_admin(socket, database) as admin:
        run_file(admin, "observations.sql", {"number": number, "days": days})
        if measures:
            run_file(admin, "measures.sql", {"number": measures})
        admin.execute("vacuum analyze")


def _people(partnerships: int) -> list[str]:
    """Three municipalities and a police district; the first member of each has a session and a second factor."""
    import shapely
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from lokalnet.access import founding, middleware
    from lokalnet.access.rights import Role
    from lokalnet.foundation.roles import MIGRATION, as_role
    from lokalnet.places.models import Area
    from lokalnet.places.points import Bounds
    from lokalnet.situation import categories

    with as_role(MIGRATION):
        organisations = [founding.organisation(f"{name} Kommune", "municipality")
                         for name in ("Ballerup", "Gladsaxe", "Herlev")]
        organisations.append(founding.organisation("Vestegnens Politi", "police"))
        for place in range(partnerships):
            founded = founding.partnership(f"maalt-{place}", f"Målt partnerskab {place}",
                                           bounds=Bounds(12.2, 55.6, 12.7, 55.85), valid_from=date(2020, 1, 1))
            founding.join(founded, *organisations)
            categories.install(founded)
        for place in range(PLACES):
            x, y = 12.3 + place % 8 * 0.03, 55.68 + place // 8 * 0.024
            Area.objects.create(kind="municipality" if place == 0 else "parish", code=f"{place:04}",
                                name=f"Sogn {place}", longitude=x + 0.015, latitude=y + 0.012,
                                outline=shapely.to_wkb(shapely.MultiPolygon([shapely.box(x, y, x + 0.03, y + 0.024)])))
        members = [founding.member(each, f"Anna {place}", f"anna{place}@maalt.example", Role.LOCAL_OFFICER
                                   if each.kind == "police" else Role.STREET_WORKER)
                   for place, each in enumerate(organisations)]
    keys = []
    for member in members:
        session = SessionStore()
        session[SESSION_KEY] = str(member.user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
        session[middleware.SESSION_KEY] = str(member.id)
        session.create()
        keys.append(str(session.session_key))
        _second_factor(member.user)
    return keys


def _second_factor(user: object) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def as_admin(socket: str, database: str) -> psycopg.Connection[Any]:
    """The rows that the files make are consistent; checking each foreign key would take longer than all the rest."""
    admin = psycopg.connect(host=socket, user="postgres", dbname=database, autocommit=True,
                            cursor_factory=psycopg.ClientCursor)
    admin.execute("set session_replication_role = replica; set work_mem = '256MB'; set timezone = 'UTC'")
    admin.execute("select setseed(0.5)")
    return admin


def run_file(admin: psycopg.Connection[Any], file: str, values: dict[str, Any]) -> None:
    for statement in (Path(__file__).parent / file).read_text().split(";\n"):
        if statement.strip():
            admin.execute(statement, values)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5], int(sys.argv[6]))
