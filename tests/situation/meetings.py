"""Approved briefings that tests meet about: drafted as the worker does it, approved by Adam of Gladsaxe."""

import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.briefing import deciding, drafting, freezing
from lokalnet.situation.measures.proposing import Content
from lokalnet.situation.models import Briefing, BriefingDecision, DecisionKind
from lokalnet.situation.partnerships import Frame, frame_for
from tests.situation.briefings import MONDAY_AT_SIX
from tests.situation.measuring import today
from tests.world import World


def frame(world: World, member: Member) -> Frame:
    found = frame_for(world.actor(member))
    assert found
    return found


def drafted(world: World, *, weeks: int = 0, municipality: str | None = None) -> Briefing:
    """The draft of so many weeks after the first one, of the whole partnership or of a municipality."""
    set_actor(None)
    at = MONDAY_AT_SIX + timedelta(weeks=weeks)
    drafting.draft_missing(at=at)
    with as_role(MIGRATION):
        found = Briefing.objects.filter(partnership=world.partnership, municipality__name=municipality) \
            if municipality else Briefing.objects.filter(partnership=world.partnership, municipality=None)
        return found.order_by("-week")[0]


def approved(world: World, *, weeks: int = 0, municipality: str | None = None) -> Briefing:
    draft = drafted(world, weeks=weeks, municipality=municipality)
    return freezing.approve(frame(world, world.adam), draft.id, digest=draft.digest)


def follow(world: World, briefing: Briefing, words: str = "Er lampen skiftet?", *, slug: str = "happened",
           key: UUID | None = None) -> UUID:
    """Berit says that it is taken up again; the decision."""
    key = key or uuid.uuid4()
    deciding.decide(frame(world, world.berit), briefing.id, slug, DecisionKind.FOLLOW, words=words, key=key)
    return key


def nothing(world: World, briefing: Briefing, *, slug: str = "happened") -> None:
    deciding.decide(frame(world, world.berit), briefing.id, slug, DecisionKind.NOTHING, words="", key=uuid.uuid4())


def content(**said: Any) -> Content:
    return Content(**{"title": "Lys på stien", "problem": "", "known": "", "doing": "Driften skifter lamperne.",
                      "sign": "", "visibility": "partnership"} | said)


def measure(world: World, briefing: Briefing, *, key: UUID | None = None, slug: str = "happened", **said: Any) -> UUID:
    """Berit proposes a measure from it; the decision."""
    key = key or uuid.uuid4()
    deciding.decide_measure(frame(world, world.berit), briefing.id, slug, content(**said),
                            ends_on=today() + timedelta(days=90), key=key)
    return key


def rows(briefing: Briefing) -> list[BriefingDecision]:
    with as_role(MIGRATION):
        return list(BriefingDecision.objects.filter(briefing=briefing).order_by("at", "id"))
