"""One's own reports with their answers, and who waits for one."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.answering import Due, Told
from lokalnet.situation.journals.observations import table
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.models import Answer
from lokalnet.situation.partnerships import Frame


def of_own(frame: Frame, told: Sequence[Told]) -> Document:
    sights = [each.sight for each in told]
    listed = table(frame, sights)
    answers = tuple("; ".join(_answer(frame, act) for act in each.answers) for each in told)
    rows = tuple((*row, answer) for row, answer in zip(listed.rows, answers, strict=True))
    return paper(frame, _("My reports"), facts=((_("Partnership"), frame.partnership.name),),
                 tables=(Table("", (*listed.head, _("Answer")), rows),) if rows else ())


def _answer(frame: Frame, act: Any) -> str:
    when = date_format(act.at.astimezone(frame.zone), pgettext("date pattern", "j M Y, H:i"))
    said = str(Answer(act.answer).label)
    return f"{when}: {said}. {act.note}".strip()


def of_due(frame: Frame, owed: Sequence[Due]) -> Document:
    listed = table(frame, [each.sight for each in owed])
    days = (date_format(each.until, "DATE_FORMAT") for each in owed)
    rows = tuple((day, *row) for day, row in zip(days, listed.rows, strict=True))
    return paper(frame, _("Who waits for an answer"), facts=((_("Partnership"), frame.partnership.name),),
                 tables=(Table("", (_("Answer before the end of"), *listed.head), rows),) if rows else ())
