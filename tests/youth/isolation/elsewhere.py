"""Where no word of a person may ever stand: the queue, notices and mails, the log, what is told live, the API, and any
column of any table that is not sealed.
"""

from django.core import mail
from django.db import connection

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Organisation
from lokalnet.foundation.asking import rows
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices import sending
from tests.doors.people import api_key, keyed
from tests.doors.walking import every_door
from tests.youth.isolation.pages import words_in


def holds_nothing(*organisations: Organisation) -> None:
    set_actor(None)
    mail.outbox.clear()
    sending.send_due()
    for letter in mail.outbox:
        assert "mrk" not in f"{letter.subject} {letter.body} {letter.alternatives} {letter.to}"
    with as_role(MIGRATION):
        assert tables_with("mrk") == []
    for organisation in organisations:
        client = keyed(api_key(organisation, "observations"))
        for door in every_door():
            if door.pattern.startswith("api/") and door.method == "GET" and "<" not in door.pattern and "live" not in (
                    door.pattern):
                assert words_in(client.get(f"/{door.pattern}")) == set(), door.pattern


def tables_with(text: str) -> list[str]:
    """Every table of which some row, written out, has the text; what is sealed is written out as the bytes it is."""
    found = []
    with connection.cursor() as cursor:
        for (table,) in rows("select relname::text from pg_class where relnamespace = 'public'::regnamespace "
                             "and relkind = 'r' order by 1"):
            cursor.execute(f"select exists (select from {table} t where t::text like %s)", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found
