"""Follow something, change what is followed, and stop. Everybody follows for themselves, and gets no right by it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Event
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.ordering import danish
from lokalnet.notices.models import Pace
from lokalnet.situation import acting, picture, reading
from lokalnet.situation.following import matching, outlines
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.models import Severity, Subscription
from lokalnet.situation.models.following import LONGEST_NAME
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters
from lokalnet.situation.refusing import BadReport

MOST = 20
LOOKED_BACK = 7  # days, of the preview


class ChangedMeanwhile(ValueError):
    """The same was changed in another window since the form was opened; what was typed is still in it."""

    def __init__(self) -> None:
        super().__init__(_("You have changed this somewhere else meanwhile. See what it says now, and save again."))


@dataclass(frozen=True)
class Content:
    """What is followed, under which name, and how often it is told of."""

    name: str
    wanted: Wanted
    pace: str = Pace.DAILY


def may(actor: Actor) -> Decision:
    """Whoever is told of things, and reads observations. Raises NotAllowed."""
    reading.may_read(actor)
    return actor.require(Purpose.NOTICES, Fields.NOTICES)


def offered(actor: Actor) -> bool:
    return bool(actor.user_id and actor.may(Purpose.NOTICES, Fields.NOTICES)
                and actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN))


def link(frame: Frame, query: str) -> str:
    """Where following the set of these filters begins. Empty without the right."""
    return f"{reverse('new_follow')}?{query}" if offered(frame.actor) else ""


def of(frame: Frame) -> QuerySet[Subscription]:
    return Subscription.objects.filter(member_id=frame.actor.member_id, partnership=frame.partnership).order_by(
        danish("name"))


def one(actor: Actor, subscription_id: UUID) -> Subscription:
    """One's own, in whichever partnership. Raises Http404."""
    found = Subscription.objects.select_related("partnership").filter(
        id=subscription_id, member_id=actor.member_id).first()
    if found is None:
        raise Http404
    return found


def asked(frame: Frame, said: str) -> Subscription | None:
    """The one that an address names: one's own, or of somebody that one stands in for; else nothing."""
    if not said:
        return None
    try:
        wanted = UUID(said)
    except ValueError:
        return None
    return Subscription.objects.select_related("member").filter(id=wanted, partnership=frame.partnership).first()


def follow(frame: Frame, content: Content) -> UUID:
    """From now on; its id. Raises NotAllowed, BadReport."""
    decision = may(frame.actor)
    check(frame, content)
    made = uuid4()
    new = Subscription(id=made, member_id=frame.actor.member_id, partnership=frame.partnership,
                       told_to=matching.newest_change(), **_as_columns(content))
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except DatabaseError as problem:
        raise _refusal(problem) from None
    _record(frame.actor, "follow.made", decision, made)
    return made


def change(frame: Frame, subscription_id: UUID, content: Content, *, edition: int) -> None:
    """What was new until now is told of first, as it was wanted then. Raises Http404, BadReport, ChangedMeanwhile."""
    decision = may(frame.actor)
    before = of(frame).select_for_update(of=("self",)).select_related("partnership").filter(id=subscription_id).first()
    if before is None:
        raise Http404
    if before.edition != edition:
        raise ChangedMeanwhile
    check(frame, content)
    matching.tell_news(before)
    try:
        with transaction.atomic():
            of(frame).filter(id=subscription_id).update(edition=edition + 1, **_as_columns(content))
    except DatabaseError as problem:
        raise _refusal(problem) from None
    _record(frame.actor, "follow.changed", decision, subscription_id)


def stop(actor: Actor, subscription_id: UUID) -> None:
    """Stopped twice is stopped once. Raises NotAllowed, and Http404 for what was never one's own."""
    decision = may(actor)
    if _stopped_before(actor, subscription_id):
        return
    one(actor, subscription_id).delete()
    _record(actor, "follow.stopped", decision, subscription_id)


def _stopped_before(actor: Actor, subscription_id: UUID) -> bool:
    return Event.objects.filter(member_id=actor.member_id, kind="follow.stopped", subject=subscription_id).exists()


def content_of(followed: Subscription) -> Content:
    return Content(followed.name, matching.wanted(followed), followed.pace)


def check(frame: Frame, content: Content) -> None:
    """Raises BadReport for the first field that does not hold."""
    if not content.name or len(content.name) > LONGEST_NAME:
        raise BadReport("name", _("Give it a name of at most %(number)s characters.") % {"number": LONGEST_NAME})
    acting.check_words(frame, content.name, field="name")
    check_wanted(frame, content.wanted)
    if content.pace not in Pace.values:
        raise BadReport("pace", _("Choose how often you want to be told."))


def check_wanted(frame: Frame, wanted: Wanted) -> None:
    if not set(wanted.areas) <= set(frame.areas):
        raise BadReport("areas", _("Choose areas of the partnership."))
    if not set(wanted.categories) <= set(frame.categories):
        raise BadReport("categories", _("Choose among the partnership's categories."))
    if wanted.severity is not None and wanted.severity not in Severity.values:
        raise BadReport("severity", _("Choose one of the severities."))
    outlines.check(frame, wanted.outline)


def would_have_been(frame: Frame, wanted: Wanted) -> int:
    """How many reports of the last days it would have told of. Raises NotAllowed, BadReport."""
    may(frame.actor)
    check_wanted(frame, wanted)
    since, until = picture.last_days(LOOKED_BACK, frame.zone)
    filters = Filters(since=since, until=until, followed=replace(wanted, not_by=frame.actor.member_id))
    number = picture.count(frame.partnership, filters)
    reading.record(frame, reading.may_read(frame.actor), filters)
    return number


def _as_columns(content: Content) -> dict[str, Any]:
    wanted = content.wanted
    return {"name": content.name, "areas": list(wanted.areas), "categories": list(wanted.categories),
            "outline": [list(corner) for corner in wanted.outline] or None, "severity": wanted.severity,
            "pace": content.pace}


def _refusal(problem: DatabaseError) -> Exception:
    """What the constraints and the trigger said, in words."""
    cause = getattr(problem.__cause__, "diag", None)
    if getattr(cause, "sqlstate", "") == "LN001":
        return BadReport("name", _("You follow %(number)s things already. Stop following one first.") % {
            "number": MOST})
    if isinstance(problem, IntegrityError) and getattr(cause, "constraint_name", "") == "subscription_name_once":
        return BadReport("name", _("You follow something of that name already. Choose another name."))
    return problem


def _record(actor: Actor, kind: str, decision: Decision, subscription_id: UUID) -> None:
    events.record(actor, kind, decision=decision, purpose=Purpose.NOTICES, subject_kind="subscription",
                  subject=subscription_id)
