"""What a file says of itself: until when it is kept, as what somebody is in it, and whether it waits for the board.

Each change says why, in a note that stands in the file.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from lokalnet.foundation.laying import laid
from lokalnet.foundation.rules import BrokenRule
from lokalnet.interface import days
from lokalnet.youth.files import entering
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import About, File, Note, NoteKind

LONGEST = timedelta(days=730)


def keep_until(stay: Stay, day: date, reason: str, *, edition: int) -> None:
    """Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    if day == stay.file.deletes_on:
        return
    if not stay.today < day <= stay.today + LONGEST:
        raise BrokenRule("day", _("Choose a day within the next two years."))
    _change(stay, reason, edition, _("»Deleted at the latest« changed from %(before)s to %(after)s.") % {
        "before": _day(stay.file.deletes_on), "after": _day(day)}, deletes_on=day)
    stay.record("deletion-day")


def is_about(stay: Stay, about: str, reason: str, *, edition: int) -> None:
    """A victim or witness has no forum: one that was decided ends. Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    if about not in About.values:
        raise BrokenRule("about", _("Choose as what the young person is in the file."))
    if about == stay.file.about:
        return
    _change(stay, reason, edition, _("In the file as: %(before)s; now: %(after)s.") % {
        "before": About(stay.file.about).label, "after": About(about).label}, about=about)
    stay.record("about")


def await_board(stay: Stay, since: date | None, reason: str, *, edition: int) -> None:
    """From a day on, or no more. Nothing is decided or shared beside it. Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    if since == stay.file.board_since:
        return
    if since and since > stay.today:
        raise BrokenRule("since", _("That day has not come yet."))
    _change(stay, reason, edition,
            _("Awaits Ungdomskriminalitetsnævnet since %(day)s.") % {"day": _day(since)} if since
            else _("No longer awaits Ungdomskriminalitetsnævnet."), board_since=since)
    stay.record("board" if since else "board-over")


def _change(stay: Stay, reason: str, edition: int, what: str, **columns: object) -> None:
    if not reason.strip():
        raise BrokenRule("reason", _("Write why: it stands in the file."))
    entering.changed(stay.file, edition=edition, **columns)
    row = Note(id=uuid4(), file=stay.file, person_id=stay.file.person_id, controller_id=stay.file.controller_id,
               kind=NoteKind.ASSESSMENT, author_id=stay.seat.actor.member_id)
    row.sealed = stay.sealer().sealed(row, text=f"{what} {reason.strip()}")
    laid(row)


def _day(day: date) -> str:
    return days.written(day, "DATE_FORMAT")


def awaits_board(file: File) -> bool:
    """Whether everything else waits: no forum, no sharing, no step of clarifying."""
    return file.board_since is not None


