"""The log of one person's data, to be handed out: days, purposes and organisations, and nobody at work.

Whoever the data is about may know when and what for it was looked up, and not by whom (EU Court of Justice, C-579/21;
Datatilsynet, June 2024). So no clock times stand in it either: they would tell whose shift it was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events, papers, wording
from lokalnet.access.rights import Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.pdf import Document, Table
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.persons.models import Because, Visit
from lokalnet.youth.oversight import cases, numbers, sharing, visiting
from lokalnet.youth.oversight.cases import Case
from lokalnet.youth.oversight.sharing import Offered


@dataclass(frozen=True)
class Line:
    """`number`: how many times that day."""

    day: date
    organisation: str
    what: str
    purpose: str
    number: int = 1


@dataclass(frozen=True)
class Log:
    number: str
    looks: list[Line]
    shares: list[Line]


def check(person_id: UUID) -> None:
    """Raises Http404 for a person of another organisation, as for nobody."""
    if not numbers.is_ours(person_id):
        raise Http404


def of(seat: Seat, case: Case, person_id: UUID) -> Log:
    """Raises Http404. The look is an entry."""
    check(person_id)
    visits = visiting.within(seat.actor, case).filter(person_id=person_id)
    looks, shares = list(_looks(seat, visits)), list(_shares(seat, sharing.of_person(seat, case, person_id)))
    cases.looked(seat.actor, case, "person", shown=len(looks) + len(shares), person_id=person_id)
    return Log(numbers.of([person_id]).get(person_id, ""), looks, shares)


def copied(seat: Seat, case: Case, person_id: UUID, form: str) -> None:
    events.record(seat.actor, "person-log.copied", decision=cases.may(seat.actor), purpose=Purpose.DATA_PROTECTION,
                  subject_kind="person", subject=person_id, case_number=case.number, form=form)


def _looks(seat: Seat, visits: Iterable[Visit]) -> Iterator[Line]:
    days = Counter((visit.entered_at.astimezone(COPENHAGEN).date(), _what(visit), wording.purpose(visit.purpose))
                   for visit in visits)
    for (day, what, purpose), number in sorted(days.items(), reverse=True):
        yield Line(day, seat.actor.organisation_name, what, purpose, number)


def _what(visit: Visit) -> str:
    if visit.wrong:
        return _("Opened by mistake and left")
    return _("Read by emergency access") if visit.because == [Because.OVERRIDE] else pgettext("a look-up", "Read")


def _shares(seat: Seat, offers: list[Offered]) -> Iterator[Line]:
    for offer in offers:
        day = offer.at.astimezone(COPENHAGEN).date()
        words = _("Shared with %(organisation)s") if offer.given else _("Received from %(organisation)s")
        if not offer.taken:
            words = _("Offered to %(organisation)s, who did not get it")
        yield Line(day, seat.actor.organisation_name, words % {"organisation": offer.other},
                   f"{offer.purpose} ({offer.ground})")


def paper(seat: Seat, case: Case, log: Log) -> Document:
    """As it is handed out: by the organisation, without the name of anybody who works there."""
    title = _("Who has read file %(number)s") % {"number": log.number} if log.number else _("Who has read it")
    facts = ((_("Responsible for the data"), seat.actor.organisation_name), (_("Our case number"), case.number),
             (_("Period"), f"{date_format(case.since)} – {date_format(case.until)}"))
    return papers.unsigned(papers.paper(seat, title, facts=facts, tables=(
        _table(_("Look-ups"), log.looks), _table(_("Shared"), log.shares)), notes=(_note(), _elsewhere())), seat)


def _table(caption: str, lines: list[Line]) -> Table:
    head = (_("Day"), _("Organisation"), _("What"), _("Purpose"), pgettext("how many", "Times"))
    return Table(caption, head, tuple((date_format(line.day, "SHORT_DATE_FORMAT"), line.organisation, line.what,
                                       line.purpose, str(line.number)) for line in lines))


def _note() -> str:
    return _("Whoever the data is about may know when it was looked up and what for, and not who of the staff did it.")


def _elsewhere() -> str:
    return _("An organisation with which something was shared answers itself for its copy and for who has read that.")
