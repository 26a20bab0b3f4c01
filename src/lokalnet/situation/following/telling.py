"""Notices in words: for the one who reads, with that reader's rights, at the moment of reading or sending."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.notices.kinds import Kind, Said
from lokalnet.notices.models import Notice
from lokalnet.situation.following import matching
from lokalnet.situation.measures import stepping, telling
from lokalnet.situation.models import Exact, Measure, MeasureState, Subscription
from lokalnet.situation.partnerships import framed_as
from lokalnet.situation.picture import COUNTED


def observations(seat: Seat, notice: Notice) -> Said | None:
    """What came since, of what the reader may see now. Whose it is stands there for a stand-in."""
    found = Subscription.objects.select_related("partnership").filter(id=notice.subject).first()
    if found is None or notice.since is None:
        return None
    number = matching.number_new(found, since=notice.since, reader=seat.actor.member_id)
    if not number:
        return None
    counted = _("More than %(number)d new reports: »%(name)s«") if number > COUNTED else ngettext(
        "%(number)d new report: »%(name)s«", "%(number)d new reports: »%(name)s«", number)
    return Said(counted % {"number": min(number, COUNTED), "name": found.name},
                address(seat, "overview", follow=found.id), number=number)


def measure(seat: Seat, notice: Notice) -> Said | None:
    """A measure that the reader takes care of, and what happened with it last."""
    found = _measure(seat, notice.subject)
    if found is None:
        return None
    return Said(found.title, address(seat, "measure", found.id), about=_last(seat, found))


def conflict(seat: Seat, notice: Notice) -> Said | None:
    """Conflict readiness: proposed, open, or over."""
    found = _measure(seat, notice.subject)
    if found is None:
        return None
    standing = found.standing(stepping.today())
    words = {MeasureState.PROPOSED: _("Conflict readiness is proposed: %(title)s"),
             MeasureState.AGREED: _("Conflict readiness is open: %(title)s"),
             MeasureState.UNDER_WAY: _("Conflict readiness is open: %(title)s")}
    said = words.get(standing, _("Conflict readiness is over: %(title)s"))
    return Said(said % {"title": found.title}, address(seat, "conflict", found.id), about=_last(seat, found))


def answer(seat: Seat, notice: Notice) -> Said | None:
    """That there is an answer, to whoever reported; what it says stands on the page of the own reports."""
    found = Exact.objects.filter(observation_id=notice.subject, reporter_id=seat.actor.member_id).first()
    if found is None:
        return None
    day = date_format(found.reported_at.astimezone(seat.zone), pgettext("date pattern", "j F"))
    return Said(_("Your report of %(day)s was answered") % {"day": day}, address(seat, "own_reports"))


def _measure(seat: Seat, measure_id: UUID) -> Measure | None:
    if not seat.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return None
    return Measure.objects.filter(id=measure_id, partnership=seat.partnership).first()


def _last(seat: Seat, about: Measure) -> str:
    line = telling.last(framed_as(seat), about)
    return f"{line.who}: {line.what}" if line else ""


KINDS = (
    Kind("observations", observations, lambda number: ngettext(
        "%(number)d new report in what you follow", "%(number)d new reports in what you follow", number)
        % {"number": number}),
    Kind("measure", measure, lambda number: ngettext(
        "News of %(number)d measure that you take part in", "News of %(number)d measures that you take part in", number)
        % {"number": number}),
    Kind("conflict", conflict, lambda number: ngettext(
        "News of %(number)d conflict", "News of %(number)d conflicts", number) % {"number": number}),
    Kind("answer", answer, lambda number: ngettext(
        "%(number)d of your reports was answered", "%(number)d of your reports were answered", number)
        % {"number": number}),
)
