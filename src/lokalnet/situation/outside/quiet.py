"""A quiet week: somebody was out and had nothing to report, which is another thing than silence."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation.models import Exact, QuietWeek
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

THURSDAY = 3
WEEKS_BACK = 2


def offered(today: date) -> date:
    """The Monday of the week that one can speak of: this one from Thursday on, until then the last one."""
    monday = today - timedelta(days=today.weekday())
    return monday if today.weekday() >= THURSDAY else monday - timedelta(weeks=1)


def say(frame: Frame, week: date) -> None:
    """Said twice is said once. Raises NotAllowed, and BadReport where it cannot be true."""
    decision = frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    _check(frame, week)
    new = QuietWeek(id=uuid.uuid4(), partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
                    member_id=frame.actor.member_id, week=week)
    if said(frame, week):
        return
    QuietWeek.objects.bulk_create([new], ignore_conflicts=True)
    events.record(frame.actor, "week.quiet", decision=decision, purpose=Purpose.REPORT, subject_kind="partnership",
                  subject=frame.partnership.id, week=week.isoformat())


def of_text(entered: str) -> date:
    """Raises BadReport."""
    try:
        return date.fromisoformat(entered)
    except ValueError:
        raise BadReport("week", _("Choose this week, or one of the two before it.")) from None


def said(frame: Frame, week: date) -> bool:
    return QuietWeek.objects.filter(partnership=frame.partnership, member_id=frame.actor.member_id, week=week).exists()


def state(frame: Frame, week: date) -> str:
    """"said", "not" where the member reported something that week, or "offered"."""
    if said(frame, week):
        return "said"
    return "not" if _reported(frame, week) else "offered"


def _reported(frame: Frame, week: date) -> bool:
    return Exact.objects.filter(partnership_id=frame.partnership.id, reporter_id=frame.actor.member_id,
                                occurred_at__date__range=(week, week + timedelta(days=6))).exists()


@dataclass(frozen=True)
class Told:
    """Who said that a week was quiet: organisations as others see them, each with how many of its people."""

    week: date
    told: list[tuple[str, int]]


def lately(frame: Frame) -> Told:
    """Of the week that one speaks of now. For whoever shares the picture; others hear of their own alone."""
    week = offered(now().astimezone(frame.zone).date())
    told = Counter(QuietWeek.objects.filter(partnership=frame.partnership, week=week).values_list(
        "organisation_id", flat=True))
    return Told(week, sorted((frame.organisations.get(id_, ""), number) for id_, number in told.items()))


def _check(frame: Frame, week: date) -> None:
    today = now().astimezone(frame.zone).date()
    monday = today - timedelta(days=today.weekday())
    if week.weekday() or not monday - timedelta(weeks=WEEKS_BACK) <= week <= monday:
        raise BadReport("week", _("Choose this week, or one of the two before it."))
    if week == monday and today.weekday() < THURSDAY:
        raise BadReport("week", _("The week has only begun. Say so from Thursday on."))
    if _reported(frame, week):
        raise BadReport("week", _("You have reported something that week, so it was not quiet."))
