"""Briefings on a page, for tests: drafts of a made-up past, and one that a coordinator approved."""

import re
from datetime import datetime
from html import unescape
from typing import Any

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.briefing import drafting, freezing, writing
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.briefing.writing import Said
from lokalnet.situation.models import Briefing
from tests.doors.people import browser
from tests.situation.briefings import MONDAY_AT_SIX, past
from tests.situation.telling import frame
from tests.world import World


def drafted(world: World, *, rows: int = 400, at: datetime = MONDAY_AT_SIX) -> None:
    """Drafts of the week before `at`, of the partnership and its municipalities; made by the worker, for nobody."""
    if rows:
        past(world, rows=rows, years=1.2, seed=5)
    set_actor(None)
    drafting.draft_missing(at=at)


def of(world: World, municipality: str = "", *, state: str = "draft") -> Briefing:
    """The partnership's, or a municipality's; whoever acts."""
    with as_role(MIGRATION):
        return Briefing.objects.get(partnership=world.partnership, municipality__name=municipality or None, state=state)


def approved(world: World, municipality: str = "", *, by: Member | None = None, **words: str) -> Briefing:
    """Approved by Adam as it is, with words to sections (`under_way` for "under-way")."""
    draft, here = of(world, municipality), frame(world, by or world.adam)
    if words:
        writing.write(here, draft.id, {Item(name.replace("_", "-")): said(text) for name, text in words.items()})
    return freezing.approve(here, draft.id, digest=draft.digest)


def said(words: str, *, on: str = "") -> Said:
    """Typed into a field that was opened with the words `on`."""
    return Said(words, writing.mark(on))


def client(member: Member, language: str = "en") -> Any:
    found = browser(member)
    found.cookies["django_language"] = language
    return found


def page(member: Member, briefing: Briefing, language: str = "en") -> str:
    answer = client(member, language).get(f"/ugen/{briefing.id}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def sections(shown: str) -> dict[str, str]:
    """The page's sections by their id, in their order."""
    found = re.split(r'<section id="([a-z-]+)"', shown)
    return dict(zip(found[1::2], found[2::2], strict=True))


def rows(shown: str) -> list[list[str]]:
    """The cells of all tables' bodies, without mark-up."""
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr>(.*?)</tr>", shown, re.DOTALL)]
