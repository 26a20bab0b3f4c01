"""What a member gets from pages, addresses and files of the service: every door, asked with every id that exists.

Who asks tries harder than a browser would: files are entered for each purpose first, and ids are taken from nowhere
that the member may look.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any
from uuid import UUID

from django.db import transaction

from lokalnet.access.models import Member
from tests.doors.people import browser
from tests.doors.walking import every_door

WORD = re.compile(r"mrk[a-z0-9]+")
SEARCHED = ("overblik/", "overblik/mere/", "mine/")  # with a mark as what is looked for
WITHOUT_LOG_IN = re.compile(r"^(konto|static|api|enhed|svar-link|invitation|sprog|udseende|healthz|baggrundskort)")
LEADS_OUT = re.compile(r"(log-ud|live|afslut)")


def addresses(ids: dict[str, list[UUID]]) -> Iterator[tuple[str, str]]:
    """(pattern, address) of every page that can be asked for, with each id in each place of its kind."""
    for door in every_door():
        if door.method != "GET" or WITHOUT_LOG_IN.match(door.pattern) or LEADS_OUT.search(door.pattern):
            continue
        names = re.findall(r"<uuid:(\w+)>", door.pattern)
        if "<str:" in door.pattern or "<int:" in door.pattern or any(name not in ids for name in names):
            continue
        for chosen in product(*(ids[name] for name in names)):
            yield door.pattern, "/" + re.sub(r"<uuid:\w+>", "{}", door.pattern).format(*chosen)


def answers(member: Member, ids: dict[str, list[UUID]], *, words: Iterable[str] = ()) -> Iterator[tuple[str, str, Any]]:
    """(pattern, address, answer) of everything; what it changes (visits, entries) is undone."""
    client = browser(member)
    with transaction.atomic():
        for file in ids.get("file_id", []):
            client.post(f"/sag/{file}/ind/", {"purpose": "early-help"})
        for pattern, address in addresses(ids):
            yield pattern, address, client.get(address)
        for page, word in product(SEARCHED, words):
            yield page, f"/{page}?q={word}", client.get(f"/{page}", {"q": word})
        transaction.set_rollback(True)


def words_in(answer: Any) -> set[str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return set(WORD.findall(body.decode(errors="replace")))


