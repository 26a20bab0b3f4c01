"""Who works on a file: its owner, and colleagues until a day. Whoever owns it can give it to another one."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.asking import answer, rows
from lokalnet.foundation.rules import BrokenRule
from lokalnet.youth.files.entering import Stay

LONGEST = timedelta(days=366)


def possible(stay: Stay) -> list[tuple[UUID, str]]:
    """Colleagues who may work on files: (member, name)."""
    found = rows("select id, name from access_member where organisation_id = %s "
                 "and works_on_files(id, organisation_id) order by name, id", stay.file.controller_id)
    return [(row[0], row[1]) for row in found]


def add(stay: Stay, colleague: UUID | None, *, until: date | None) -> None:
    """Raises NotAllowed, BrokenRule."""
    _require_runs(stay)
    if colleague is None:
        raise BrokenRule("colleague", _("Choose a colleague."))
    if until is None or not stay.today < until <= stay.today + LONGEST:
        raise BrokenRule("until", _("Choose a day within the next year: then the access ends by itself."))
    ends = datetime.combine(until + timedelta(days=1), time(), stay.seat.zone)
    if not answer("select assign_file(%s, %s, %s, %s)", uuid4(), stay.file.id, colleague, ends):
        raise BrokenRule("colleague", _("Choose a colleague who works with young people's files."))
    stay.record("colleague-added")


def release(stay: Stay, colleague: UUID | None) -> bool:
    """A colleague, or oneself. False for the owner, who gives the file to another one first."""
    if colleague is None or not answer("select release_file(%s, %s)", stay.file.id, colleague):
        return False
    stay.record("colleague-released")
    return True


def give(stay: Stay, colleague: UUID | None) -> None:
    """Another owner. Whoever owned it works on it until released. Raises NotAllowed, BrokenRule."""
    _require_runs(stay)
    if colleague is None or colleague == stay.file.owner_id:
        raise BrokenRule("owner", _("Choose another colleague."))
    if not answer("select give_file(%s, %s, %s)", uuid4(), stay.file.id, colleague):
        raise BrokenRule("owner", _("Choose a colleague who works with young people's files."))
    stay.record("given")


def _require_runs(stay: Stay) -> None:
    if not stay.decides:
        raise NotAllowed("who owns the file decides who works on it, or who decides about files")
