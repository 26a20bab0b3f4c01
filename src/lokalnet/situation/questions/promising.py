"""A measure may be part of what its partnership's parties promised each other: it points to one commitment."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.times import now
from lokalnet.partnership.models import Commitment, State
from lokalnet.situation.measures import stepping
from lokalnet.situation.measures.proposing import ChangedMeanwhile
from lokalnet.situation.models import Measure, StepKind
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

LONGEST_CHOICE = 90


def today_in(frame: Frame) -> date:
    return now().astimezone(frame.zone).date()


def may_point(measure: Measure) -> bool:
    """Whoever may change the measure, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute("select can_step('changed', %s)", [measure.id])
        return bool(cursor.fetchone()[0])


def choices(frame: Frame, measure: Measure) -> list[tuple[UUID, str]]:
    """Open commitments of the partnership, and the one that is chosen already."""
    rows = Commitment.objects.filter(partnership=measure.partnership_id).order_by("due_on", "id")
    return [(row.id, f"{frame.organisations.get(row.party_id, '')}: {_short(row.text)}") for row in rows
            if row.state == State.OPEN or row.id == measure.commitment_id]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CHOICE else f"{text[:LONGEST_CHOICE].rstrip()} …"


def point(frame: Frame, measure: Measure, commitment_id: UUID | None, *, edition: int) -> None:
    """Raises NotAllowed, BadReport, and ChangedMeanwhile. The same once more changes nothing."""
    if commitment_id == measure.commitment_id:
        return
    if not may_point(measure):
        raise NotAllowed("only who may change a measure says what it is part of")
    if commitment_id and commitment_id not in dict(choices(frame, measure)):
        raise BadReport("commitment", _("Choose one of the commitments."))
    with transaction.atomic():
        if not Measure.objects.filter(id=measure.id, edition=edition).update(
                commitment=commitment_id, edition=edition + 1):
            raise ChangedMeanwhile
        stepping.take(frame, measure.id, StepKind.CHANGED, fields=["commitment"])
