"""An area's assessment as a reader's own organisation files it: every sign with everybody's words, none weighed."""

from django.utils.translation import gettext as _

from lokalnet.access.models import Organisation
from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.assessments import quarters
from lokalnet.situation.assessments.reading import AreaPage, Entry
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.partnerships import Frame


def of_assessment(frame: Frame, page: AreaPage) -> Document:
    """The police file their own words alone, as with reports: there is no police export over municipal words."""
    police = frame.actor.organisation_kind == Organisation.Kind.POLICE
    tables = tuple(Table(line.name, _head(), tuple(
        _row(each) for each in line.entries if each.writer.own or not police)) for line in page.lines)
    facts = ((_("Partnership"), frame.partnership.name), (_("Area"), page.place.name),
             (_("Quarter"), quarters.name(page.quarter)))
    said = tuple(f"{line.name}. {line.disagreement}" for line in page.lines if line.disagreement)
    return paper(
        frame, _("Area assessment: %(name)s") % {"name": page.place.name},
        facts=(*facts, (_("Not written yet"), page.missing)) if page.missing else facts,
        paragraphs=() if police else said, tables=tuple(each for each in tables if each.rows),
        notes=(_("Each organisation has written what it sees. Nothing is added up, and disagreement stands."),
               *((_("What others have written is not in the police's copy."),) if police else ())))


def _head() -> tuple[str, ...]:
    return (_("Who"), _("Is it seen?"), _("Certainty"), _("Sources"), _("Since last quarter"), _("In words"))


def _row(entry: Entry) -> tuple[str, ...]:
    who = entry.writer.name if entry.writer.name.startswith(entry.writer.kind_name) else (
        f"{entry.writer.kind_name} · {entry.writer.under}")
    return who, entry.seen, entry.certainty, entry.sources, entry.change, entry.words
