"""A measure as a reader's own organisation files it: the words of its page, with the linked observations."""

from django.utils.translation import gettext as _

from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.journals import observations
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.measures import stepping, telling
from lokalnet.situation.measures.effects.showing import Shown
from lokalnet.situation.measures.telling import Line, Part
from lokalnet.situation.models import Measure, MeasureState
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight


def of_measure(frame: Frame, measure: Measure, parts: list[Part], lines: list[Line], sights: list[Sight],
               changed: Shown | None) -> Document:
    today = stepping.today()
    standing = measure.standing(today)
    copied, left_out = observations.copied_by(frame, sights)
    return paper(
        frame, _("Measure: %(title)s") % {"title": measure.title},
        facts=((_("State"), str(standing.label)), (_("Whose it is"),
               frame.organisations.get(measure.organisation_id, "–")), (_("Owner"), telling.owner(frame, measure)),
               (_("Partners"), ", ".join(f"{part.name} ({part.in_words})" for part in parts) or "–"),
               (_("Where"), telling.where(frame, measure.areas) or "–"),
               (_("Due"), telling.short(measure.due_on) if measure.due_on else "–"),
               (str(standing.label), telling.short(measure.ended_on)) if measure.ended_on else
               (_("Ends by itself"), telling.short(measure.ends_on)),
               (_("Who may see it?"), telling.visibility(frame, measure)),
               (_("Partnership"), frame.partnership.name), (_("Reference"), str(measure.id))),
        paragraphs=tuple(f"{name}\n{words}" for name, words in (*sections(measure), *_changed(changed))),
        tables=(*((observations.table(frame, copied, _("Observations it is about")),) if copied else ()),
                *(changed.counted if changed else ()), *_history(lines)),
        notes=(*left_out, *(changed.facts if changed else ())))


def sections(measure: Measure) -> list[tuple[str, str]]:
    """The measure in its own words: (question, answer), without what nobody has written."""
    end = _("Why it was dropped") if measure.state == MeasureState.DROPPED else _("What came of it")
    said = ((end, measure.outcome), (_("The problem"), measure.problem),
            (_("What we know"), measure.known), (_("What we do"), measure.doing),
            (_("How we will know that it helped"), measure.sign))
    return [(name, words) for name, words in said if words]


def _changed(changed: Shown | None) -> list[tuple[str, str]]:
    return [(_("Before and after"), " ".join(changed.paragraphs))] if changed else []


def _history(lines: list[Line]) -> tuple[Table, ...]:
    head = (_("When"), _("By whom"), _("What was done"), _("In words"))
    return (Table(_("History"), head, tuple((line.when, line.who, line.what, line.note) for line in lines)),)
