"""A conflict as its readers get it, and what it is just now: waiting for a second party, open, or over."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.models import Measure, MeasureKind, MeasureState, Step, StepKind
from lokalnet.situation.partnerships import Frame, frame_of

OPEN = (MeasureState.AGREED, MeasureState.UNDER_WAY)
MOST_SHOWN = 100


def may_look(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.MEASURES, Fields.MEASURES)


def may_lead(actor: Actor) -> bool:
    """Opens, agrees to messages, holds the day's review, stands down: coordinators and leaders."""
    return bool(actor.may(Purpose.MEASURES, Fields.CONFLICTS))


def require_lead(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.MEASURES, Fields.CONFLICTS)


@dataclass(frozen=True)
class Conflict:
    """One conflict with the steps that it has taken, oldest first, in the frame of its reader."""

    measure: Measure
    frame: Frame
    steps: tuple[Step, ...]

    @property
    def id(self) -> UUID:
        found: UUID = self.measure.id
        return found

    @property
    def today(self) -> date:
        return today(self.frame)

    @property
    def is_open(self) -> bool:
        """As the database has it (`conflict_open`): over at once when its last day is, before any job ran."""
        return self.measure.state in OPEN and self.measure.ends_on >= self.today

    @property
    def waits(self) -> bool:
        """For the second party."""
        return bool(self.measure.state == MeasureState.PROPOSED and self.measure.ends_on >= self.today)

    @property
    def over(self) -> bool:
        """It was open once and is not any more."""
        return not self.is_open and self.agreed is not None

    @cached_property
    def agreed(self) -> Step | None:
        """The confirming of the second party, which opened it."""
        return next((step for step in self.steps if step.kind == StepKind.AGREED), None)

    @property
    def opened_on(self) -> date | None:
        return self.agreed.at.astimezone(self.frame.zone).date() if self.agreed else None

    @property
    def parties(self) -> list[str]:
        """Who opened it: the proposing organisation, and the one that confirmed."""
        ids = [self.measure.organisation_id, *([self.agreed.organisation_id] if self.agreed else [])]
        return [self.name_of(id_) for id_ in ids]

    @property
    def places(self) -> list[str]:
        return [self.frame.areas[id_].name for id_ in self.measure.areas if id_ in self.frame.areas]

    @property
    def state(self) -> str:
        return "open" if self.is_open else "waiting" if self.waits else "over"

    @property
    def state_name(self) -> str:
        if self.waits:
            return _("Waits for one more party")
        if self.is_open:
            return pgettext("conflict", "Open")
        return pgettext("conflict", "Over") if self.agreed else _("Never opened")

    @property
    def ending(self) -> Step | None:
        """The step that ended it, with its reason; None when its time ran out and no job has noticed yet."""
        last = [step for step in self.steps if step.kind in (StepKind.DONE, StepKind.DROPPED, StepKind.ENDED)]
        return last[-1] if last and not self.is_open else None

    def name_of(self, organisation_id: UUID | None) -> str:
        return self.frame.organisations.get(organisation_id, _("Somebody")) if organisation_id else "Lokalnet"

    def who(self, row: Any) -> str:
        """The organisation, never a colleague's name; the reader's own rows say so."""
        name = self.name_of(row.organisation_id)
        return _("%(organisation)s (you)") % {"organisation": name} if row.member_id == self.frame.actor.member_id \
            else name

    def when(self, moment: datetime) -> str:
        """The clock alone for today; with the day otherwise."""
        local = moment.astimezone(self.frame.zone)
        clock = date_format(local, pgettext("time pattern", "H:i"))
        day = "" if local.date() == self.today else date_format(local, pgettext("date pattern", "j M"))
        return f"{day} {clock}".strip()

    def require_open(self) -> None:
        """Raises NotPossible. The policies say the same."""
        if not self.is_open:
            raise NotPossible(_("This conflict is not open. It can be read, and nothing can be added."))


def today(frame: Frame) -> date:
    return now().astimezone(frame.zone).date()


def one(frame: Frame, measure_id: UUID) -> Conflict:
    """The conflict in its own partnership's frame. Raises NotAllowed, and Http404 for what the actor does not see."""
    may_look(frame.actor)
    measure = Measure.objects.filter(id=measure_id, kind=MeasureKind.CONFLICT).first()
    if measure is None:
        raise Http404
    return _with_steps(frame_of(frame.actor, measure.partnership_id), [measure])[0]


def of_partnership(frame: Frame) -> list[Conflict]:
    """Those that wait and those that are open first, then the earlier ones, newest first."""
    rows = list(Measure.objects.filter(partnership=frame.partnership, kind=MeasureKind.CONFLICT).order_by(
        "-made_at")[:MOST_SHOWN])
    found = _with_steps(frame, rows)
    return sorted(found, key=lambda each: ("open", "waiting", "over").index(each.state))


def live(frame: Frame) -> list[Conflict]:
    """Those that are open or wait, newest first. Two questions; one when there is none."""
    rows = Measure.objects.filter(partnership=frame.partnership, kind=MeasureKind.CONFLICT, ends_on__gte=today(frame),
                                  state__in=(MeasureState.PROPOSED, *OPEN)).order_by("-made_at")[:MOST_SHOWN]
    return _with_steps(frame, list(rows))


def _with_steps(frame: Frame, rows: list[Measure]) -> list[Conflict]:
    steps: dict[UUID, list[Step]] = {row.id: [] for row in rows}
    if rows:
        for step in Step.objects.filter(measure_id__in=steps).order_by("at", "id"):
            steps[step.measure_id].append(step)
    return [Conflict(row, frame, tuple(steps[row.id])) for row in rows]


def note(conflict: Conflict, kind: str, decision: Decision, **detail: Any) -> None:
    """An entry in the log about this conflict."""
    events.record(conflict.frame.actor, kind, decision=decision, purpose=Purpose.MEASURES, subject_kind="measure",
                  subject=conflict.id, **detail)
