"""Telling the young person and the parents what is held: within a month of hearing of it (GDPR 14), or why it waits."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.foundation.laying import laid
from lokalnet.foundation.rules import BrokenRule
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import Informing


@dataclass(frozen=True)
class Told:
    whom: str
    on: date | None
    words: str = field(repr=False)


def note(stay: Stay, informing_id: UUID, told: Told) -> None:
    """Raises NotAllowed, BrokenRule."""
    stay.require_assigned()
    words, waits = told.words.strip(), told.whom == Informing.Whom.WAITS
    if told.whom not in Informing.Whom.values:
        raise BrokenRule("whom", _("Choose who was told."))
    if waits and not words:
        raise BrokenRule("words", _("Write why it waits, and what it waits for."))
    day = stay.today if waits else told.on
    if day is None or day > stay.today:
        raise BrokenRule("told_on", _("Write the day on which they were told."))
    row = Informing(id=informing_id, file=stay.file, person_id=stay.file.person_id, member_id=stay.seat.actor.member_id,
                    controller_id=stay.file.controller_id, whom=told.whom, told_on=day)
    row.sealed = stay.sealer().sealed(row, words=words)
    if laid(row):
        stay.record("informing-waits" if waits else "informing")
