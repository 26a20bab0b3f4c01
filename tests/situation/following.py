"""Following for tests: what a member follows, what the notices of it say to somebody, and a run that tells."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import translation

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices import kinds
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from lokalnet.situation.following import matching, subscribing
from lokalnet.situation.following.subscribing import Content
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.models import Subscription
from tests.situation.telling import frame
from tests.world import GRANTOFTEN, World

X, Y = GRANTOFTEN
AROUND = ((X - 0.01, Y - 0.005), (X + 0.01, Y - 0.005), (X + 0.01, Y + 0.005), (X - 0.01, Y + 0.005))


def follows(world: World, member: Member, *, name: str = "Det nye", pace: str = "daily", **wanted: Any) -> UUID:
    return subscribing.follow(frame(world, member), Content(name, Wanted(**wanted), pace))


def run() -> None:
    """As the worker does it: nobody is the actor before and after."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lokalnet.actor', '', true)")
    matching.tell_followers()


def notices(member: Member, kind: str = "observations") -> list[Notice]:
    with as_role(MIGRATION):
        return list(Notice.objects.filter(member=member, kind=kind).order_by("made_at", "id"))


def said(world: World, member: Member, notice: Notice) -> Said | None:
    """In English, as the member gets it now."""
    with translation.override("en"):
        return kinds.said(frame(world, member), notice)


def told(world: World, member: Member, kind: str = "observations") -> list[int]:
    """How much each of the member's notices says to the member now; nothing for one that says nothing."""
    found = [said(world, member, notice) for notice in notices(member, kind)]
    return [each.number for each in found if each]


def now_is(subscription: UUID) -> Subscription:
    with as_role(MIGRATION):
        return Subscription.objects.get(id=subscription)
