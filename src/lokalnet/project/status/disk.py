"""Room: on the disk of the home folder, and what the database takes."""

import shutil
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from lokalnet.foundation.home import home
from lokalnet.project.status.facts import Fact, State, size

MB = 1024 * 1024
LARGEST = 5
TABLES = """
    select relname::text, pg_total_relation_size(oid) as bytes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by bytes desc, relname limit %s"""


def outside(_at: datetime) -> Iterator[Fact]:
    usage = shutil.disk_usage(home())
    look, wrong = settings.LOKALNET_DISK_LOOK_MB, settings.LOKALNET_DISK_WRONG_MB
    state = State.WRONG if usage.free < wrong * MB else State.LOOK if usage.free < look * MB else State.FINE
    yield Fact("disk.free", state, _("%(free)s of %(total)s are free on the disk of the home folder.") % {
        "free": size(usage.free), "total": size(usage.total)},
        _("Worth a look below %(look)s, wrong below %(wrong)s.") % {"look": size(look * MB), "wrong": size(wrong * MB)},
        {"free_bytes": usage.free, "total_bytes": usage.total})


def inside(_at: datetime) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        whole: int = cursor.fetchone()[0]
        cursor.execute(TABLES, [LARGEST])
        largest: dict[str, int] = dict(cursor.fetchall())
    yield Fact("database.size", State.TOLD, _("The database takes %(size)s.") % {"size": size(whole)},
               values={"bytes": whole})
    yield Fact("database.tables", State.TOLD, _("Its largest tables: %(tables)s.") % {
        "tables": ", ".join(f"{table} {size(number)}" for table, number in largest.items())}, values=largest)
