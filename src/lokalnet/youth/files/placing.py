"""»Hvor tages det op?«: in which forum a file is taken up. A human decides it, says why, and until when.

It says where people sit down together and nothing else. Nothing is computed from it or sorted by it, and a victim or a
witness is never given one (design 3.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.laying import laid
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.youth.files import sealed
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.forums import of_organisation
from lokalnet.youth.models import About, Forum, Placing

LONGEST = timedelta(days=366)
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Choice:
    forum_id: UUID | None
    reason: str = field(repr=False)
    expires_on: date
    instead_of: UUID | None = None  # what stood there when the form was opened


def why_not(stay: Stay) -> str:
    """Why no forum can be decided now; empty where it can."""
    if stay.file.about != About.HELPED:
        return _("The file is about somebody who was harmed or has seen something: it is not taken up in a forum.")
    if stay.file.board_since:
        return _("The file awaits Ungdomskriminalitetsnævnet. Nothing is decided beside it.")
    return ""


def why_not_here(stay: Stay, fora: Sequence[Forum]) -> str:
    """Why the reader cannot decide one now; empty where they can."""
    if problem := why_not(stay):
        return problem
    if not stay.decides:
        return _("Whoever owns the file decides where it is taken up.")
    return "" if fora else _("Your organisation has not named where files are taken up yet. Whoever decides about "
                             "files does so, from the page »Files«.")


def decide(stay: Stay, placing_id: UUID, choice: Choice) -> None:
    """Raises NotAllowed, BrokenRule, Outdated."""
    if not stay.decides:
        raise NotAllowed("who owns the file decides where it is taken up, or who decides about files")
    if problem := why_not(stay):
        raise BrokenRule("forum", problem)
    if Placing.objects.filter(id=placing_id).exists():
        return
    forum = _forum(stay, choice.forum_id)
    _check(stay, choice)
    row = Placing(id=placing_id, file=stay.file, person_id=stay.file.person_id, controller_id=stay.file.controller_id,
                  forum=forum, decided_by_id=stay.seat.actor.member_id, expires_on=choice.expires_on)
    row.sealed = stay.sealer().sealed(row, forum=forum.name, reason=choice.reason.strip())
    with sealed.refused_as(BrokenRule("forum", _("This cannot be decided any more. Open the page again."))):
        if laid(row):
            stay.record("placing")


def current(stay: Stay) -> Placing | None:
    return Placing.objects.filter(file=stay.file, ended_at=None).order_by("-decided_at").first()


def _forum(stay: Stay, forum_id: UUID | None) -> Forum:
    found = next((each for each in of_organisation(stay.seat) if each.id == forum_id), None)
    if found is None:
        raise BrokenRule("forum", _("Choose where it is taken up."))
    return found


def _check(stay: Stay, choice: Choice) -> None:
    if len(choice.reason.strip()) < SHORTEST_REASON:
        raise BrokenRule("reason", _("Write why, in a sentence: it is a decision about somebody."))
    if not stay.today < choice.expires_on <= stay.today + LONGEST:
        raise BrokenRule("expires_on", _("Choose a day within the next year: then it is looked at again."))
    there = current(stay)
    if (there.id if there else None) != choice.instead_of:
        raise Outdated(_("Somebody else has decided this meanwhile. See what stands there now."), stay.file.edition)
