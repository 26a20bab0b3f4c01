"""Something to keep in mind until a day: at most three at a time, so that each is read."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.foundation.laying import laid
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now
from lokalnet.youth.files import sealed
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import Mark

MOST = 3
LONGEST = timedelta(days=366)


def add(stay: Stay, mark_id: UUID, words: str, *, ends_on: date) -> None:
    """Raises NotAllowed, BrokenRule."""
    stay.require_assigned()
    if not words.strip():
        raise BrokenRule("words", _("Write what to keep in mind."))
    if not stay.today < ends_on <= stay.today + LONGEST:
        raise BrokenRule("ends_on", _("Choose a day within the next year: a mark ends by itself."))
    row = Mark(id=mark_id, file=stay.file, person_id=stay.file.person_id, controller_id=stay.file.controller_id,
               made_by_id=stay.seat.actor.member_id, ends_on=ends_on)
    row.sealed = stay.sealer().sealed(row, words=words.strip())
    if Mark.objects.filter(id=mark_id).exists():
        return
    if number(stay) >= MOST:
        raise too_many()
    with sealed.refused_as(too_many()):
        if laid(row):
            stay.record("mark")


def too_many() -> BrokenRule:
    return BrokenRule("words", _("Three marks are open already. End one of them first."))


def number(stay: Stay) -> int:
    return Mark.objects.filter(file=stay.file, ended_at=None, ends_on__gte=stay.today).count()


def end(stay: Stay, mark_id: UUID) -> None:
    """Once more changes nothing, and so does a mark of another file. Raises NotAllowed."""
    stay.require_assigned()
    if Mark.objects.filter(id=mark_id, file=stay.file, ended_at=None).update(ended_at=now()):
        stay.record("mark-ended")
