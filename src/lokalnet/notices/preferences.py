"""How a member wants to be told: by mail or not, when, and how often."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import User
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.notices.models import Message, Pace, Preferences, State


class BadWish(BrokenRule):
    """A wish that cannot be met: names the field and the rule."""


class ChangedMeanwhile(Outdated):
    """Changed in another window since the page was opened."""

    def __init__(self, edition: int) -> None:
        super().__init__(
            _("This was changed in another window meanwhile. See what stands here now, and save again."), edition)


@dataclass(frozen=True)
class Wanted:
    """Hours are of the day in Copenhagen; `pace` is for what the member has in hand; `language` is the mail's."""

    language: str
    mail: bool
    pace: Pace
    hour: int
    quiet_from: int
    quiet_until: int
    quiet_weekends: bool
    most_a_day: int


def may(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.NOTICES, Fields.NOTICES)


def of(actor: Actor) -> Preferences:
    """What was chosen, else how everybody begins."""
    return Preferences.objects.filter(member=actor.member_id).first() or Preferences(
        member_id=actor.member_id, edition=0)


def language_of(actor: Actor) -> str:
    """Of the mail that the member gets, whatever the screen speaks."""
    return User.objects.values_list("language", flat=True).get(members=actor.member_id)


@transaction.atomic
def choose(actor: Actor, wanted: Wanted, *, edition: int) -> None:
    """Asking for mail also starts it again where a link had stopped it. Raises NotAllowed, ChangedMeanwhile."""
    values = asdict(wanted) | ({"stopped_at": None} if wanted.mail else {})
    language = values.pop("language")
    change(actor, values, edition=edition)
    User.objects.filter(members=actor.member_id).update(language=language)


@transaction.atomic
def change(actor: Actor, values: Mapping[str, Any], *, edition: int) -> None:
    """These and no others, if they are still as the page showed them. The same twice changes nothing."""
    decision = may(actor)
    stands = of(actor)
    if all(getattr(stands, name) == value for name, value in values.items()):
        return
    Preferences.objects.bulk_create([Preferences(member_id=actor.member_id, edition=0)], ignore_conflicts=True)
    mine = Preferences.objects.filter(member=actor.member_id)
    if not mine.filter(edition=edition).update(**values, edition=edition + 1):
        raise ChangedMeanwhile(mine.values_list("edition", flat=True).get())
    events.record(actor, "notices.chosen", decision=decision, purpose=Purpose.NOTICES, subject_kind="member",
                  subject=actor.member_id)


def start_again(actor: Actor) -> None:
    """Mail goes as it did before it was stopped. Twice is harmless."""
    may(actor)
    stands = of(actor)
    if stands.stopped_at or not stands.mail:
        change(actor, {"mail": True, "stopped_at": None}, edition=stands.edition)


def refused(actor: Actor) -> Message | None:
    """The last mail, when the mail server refused the member's address for good."""
    last = Message.objects.filter(member=actor.member_id, handed_at__isnull=False).order_by("-handed_at").first()
    return last if last and last.state == State.REFUSED else None
