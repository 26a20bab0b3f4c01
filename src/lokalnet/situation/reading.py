"""Reading is an act: by which right somebody reads observations, and the trace that it leaves."""

from dataclasses import dataclass

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.situation import showing
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters


@dataclass(frozen=True)
class Right:
    """The right by which somebody reads, and what for."""

    decision: Decision
    purpose: Purpose


def may_read(actor: Actor) -> Right:
    """Why the actor may read observations. Raises NotAllowed."""
    shared = actor.may(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS)
    if shared:
        return Right(shared, Purpose.SHARED_PICTURE)
    return Right(actor.require(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN), Purpose.REPORT)


def record(frame: Frame, right: Right, filters: Filters) -> None:
    """Who looked, why, and by which criterion, in the same transaction as the answer."""
    events.record(frame.actor, "picture.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="partnership", subject=frame.partnership.id, filters=showing.for_log(filters))
