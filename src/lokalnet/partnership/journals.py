"""Commitments for the journal: each authority keeps its own record of what was promised."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access.papers import paper
from lokalnet.access.seats import Seat
from lokalnet.foundation.pdf import Document, Table
from lokalnet.partnership.commitments import OfParty, Said, Standing


def of_list(seat: Seat, parties: Sequence[OfParty]) -> Document:
    head = (pgettext("what", "Promised"), pgettext("day", "By"), _("How it stands"), _("Why"))
    return paper(
        seat, _("Commitments: %(name)s") % {"name": seat.partnership.name},
        tables=tuple(Table(party.name, head, tuple(
            (each.text, _day(each), how(each), each.why) for each in party.commitments)) for party in parties))


def of_one(seat: Seat, commitment: Standing, said: Sequence[Said]) -> Document:
    facts = ((_("Partnership"), seat.partnership.name), (_("Promised by"), commitment.party),
             (pgettext("day", "By"), _day(commitment)), (_("How it stands"), how(commitment)))
    lines = tuple((date_format(each.at.astimezone(seat.zone), "SHORT_DATETIME_FORMAT"), each.organisation, each.what,
                   " ".join(filter(None, (each.why, before(each))))) for each in said)
    return paper(seat, _("Commitment"), facts=facts, paragraphs=(commitment.text,),
                 tables=(Table(_("What was said"), (_("When"), _("From"), _("What"), _("In words")), lines),))


def before(said: Said) -> str:
    """What stood there before a change of words or day."""
    parts = [_("Before: %(was)s") % {"was": said.was}] if said.was else []
    if said.was_due:
        parts.append(_("Before: by %(day)s") % {"day": date_format(said.was_due, "DATE_FORMAT")})
    return " ".join(parts)


def how(commitment: Standing) -> str:
    return _("Late") if commitment.late else str(commitment.state.label)


def _day(commitment: Standing) -> str:
    return date_format(commitment.due_on, "DATE_FORMAT")
