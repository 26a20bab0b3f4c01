"""A measure that is made of a signal: it begins with the signal's areas and observations, and they stay linked."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import Http404, QueryDict

from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation import picture, reading
from lokalnet.situation.addresses import address
from lokalnet.situation.measures import linking, stepping
from lokalnet.situation.measures import starting as measures
from lokalnet.situation.measures.starting import Start
from lokalnet.situation.models import Measure, MeasureState, Signal, SignalMeasure
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import reading as signals
from lokalnet.situation.signals import showing


@dataclass(frozen=True)
class Made:
    """A measure that was made of a signal, for somebody who may see both."""

    id: UUID
    url: str
    title: str
    standing: MeasureState
    organisation: str


def link(frame: Frame, signal: Signal) -> str:
    """Where a measure about it begins. Empty without the right."""
    return address(frame, "new_measure", signal=signal.id) if frame.actor.may(
        Purpose.MEASURES, Fields.MEASURES) else ""


def begin(frame: Frame, query: QueryDict) -> Start:
    """As the address says: of a signal, or as any other. Raises NotAllowed, Http404."""
    said = query.get("signal", "")
    return _from_signal(frame, _asked(frame, said)) if said else measures.begin(frame, query)


def again(frame: Frame, sent: QueryDict) -> Start:
    """What a form that comes back is about, as its sender may read it now. Raises Http404."""
    start, said = measures.again(frame, sent.get("about", "")), sent.get("signal", "")
    return replace(start, signal=_asked(frame, said).id) if said else start


def keep(frame: Frame, start: Start, measure_id: UUID) -> None:
    """That the measure was made of the signal, where it was."""
    if start.signal:
        SignalMeasure(id=uuid4(), signal_id=start.signal, measure_id=measure_id,
                      member_id=frame.actor.member_id).save(force_insert=True)


def measures_of(frame: Frame, signal: Signal) -> list[Made]:
    """Those that its reader sees, the newest first."""
    rows = Measure.objects.filter(id__in=SignalMeasure.objects.filter(signal=signal).values("measure_id"))
    today = stepping.today()
    return [Made(row.id, address(frame, "measure", row.id), row.title, row.standing(today),
                 frame.organisations.get(row.organisation_id, "")) for row in rows.order_by("-made_at")]


def signals_of(frame: Frame, measure_id: UUID) -> list[Signal]:
    """What a measure was made of, of what its reader gets."""
    if not signals.reads(frame.actor):
        return []
    return list(Signal.objects.filter(id__in=SignalMeasure.objects.filter(measure_id=measure_id).values("signal_id")))


def _from_signal(frame: Frame, signal: Signal) -> Start:
    """Its area, its observations, and what it is called: never their words."""
    right, filters = reading.may_read(frame.actor), showing.filters(frame, signal)
    page = picture.page(frame.partnership, filters, size=linking.MOST)
    reading.record(frame, right, filters)
    areas = signals.areas_of(frame, [signal])[signal.id]
    return Start(showing.named(frame, signal), areas[-1:], tuple(page.sights), page.next is not None, signal.id)


def _asked(frame: Frame, said: str) -> Signal:
    signals.may_read(frame.actor)
    found = signals.asked(frame, said)
    if found is None:
        raise Http404
    return found
