"""A file in the running demonstration, in the hands of somebody with this log-in: `python -m ... EMAIL NAME NUMBER`."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from lokalnet.project import logins
from lokalnet.project.commands import set_up

ROOT = Path(__file__).resolve().parents[2]


def made(email: str, name: str, number: str) -> str:
    """The file's id. In a process of its own, because a test has the database of the tests."""
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return subprocess.run([sys.executable, "-m", "tests.browser.file_made", email, name, number], check=True, text=True,
                          cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, stdout=subprocess.PIPE).stdout.strip()


def main(email: str, name: str, number: str) -> None:
    set_up(logins.OWNER)
    from lokalnet.access.acting import Actor
    from lokalnet.access.models import Member
    from lokalnet.disclosure.models import regime_of
    from lokalnet.foundation.roles import MIGRATION, as_role
    from lokalnet.foundation.times import now
    from lokalnet.persons import identity
    from lokalnet.persons.identity import Identity
    from lokalnet.persons.models import Access
    from lokalnet.youth.models import File
    from tests.days import today
    from tests.persons.numbers import nobodys
    from tests.youth.opened import born

    with as_role(MIGRATION):
        owner = Member.objects.select_related("organisation").get(user__email=email)
        works_for = owner.organisation
        actor = Actor(owner.id, owner.user_id, owner.name, tuple(owner.roles), works_for.id, works_for.name,
                      works_for.kind, ())
        person_id = identity.enter(actor, Identity(name, nobodys(born()), born()))
        file = File.objects.create(
            controller_id=owner.organisation_id, person_id=person_id, number=number, owner=owner,
            regime=regime_of(actor.organisation_kind), inform_by=today() + timedelta(days=28),
            deletes_on=today() + timedelta(days=365))
        Access.objects.create(person_id=person_id, controller_id=owner.organisation_id, member=owner,
                              because="assigned", since=now() - timedelta(hours=1))
    print(file.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
