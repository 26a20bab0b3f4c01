"""Who reads signals, and which there are. The policies decide what exists for whom; nothing is ever ranked here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Organisation
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.places.areas import places
from lokalnet.situation.models import LOOKED_AT, Look, Signal, SignalAudience, SignalState, Theme
from lokalnet.situation.partnerships import Frame, frame_of

ALIVE = (SignalState.OPEN, SignalState.FADING)
PAGE = 25
STALE = timedelta(days=2)  # it is looked each night: then a look is late


@dataclass(frozen=True)
class Page:
    """Signals that are over, the newest first. `older`: before when those begin that had no room."""

    signals: list[Signal]
    older: date | None


@dataclass(frozen=True)
class LastLook:
    """The newest look at a group; none where nobody has looked yet."""

    theme: Theme
    look: Look | None

    @property
    def stale(self) -> bool:
        return self.look is not None and now() - self.look.looked_at > STALE


def may_read(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.SHARED_PICTURE, Fields.SIGNALS)


def reads(actor: Actor) -> bool:
    return bool(actor.partnership_ids and actor.may(Purpose.SHARED_PICTURE, Fields.SIGNALS))


def of(frame: Frame) -> QuerySet[Signal]:
    """Each thing that went on once: one that goes on as another is told of with that other."""
    return Signal.objects.filter(partnership=frame.partnership, goes_on_as=None)


def going_on(frame: Frame) -> list[Signal]:
    return list(of(frame).filter(state__in=ALIVE).order_by("-opened_at", "id"))


def over(frame: Frame, *, before: date | None = None) -> Page:
    """By when they began: the opened of that day and after are on the page before."""
    rows = of(frame).filter(state=SignalState.CLOSED).order_by("-first_day", "-opened_at", "id")
    found = list((rows.filter(first_day__lt=before) if before else rows)[:PAGE + 1])
    if len(found) <= PAGE:
        return Page(found, None)
    last = found[PAGE - 1].first_day
    kept = found[:PAGE] + list(rows.filter(first_day=last).exclude(id__in=[each.id for each in found[:PAGE]]))
    return Page(kept, last)


def last_looks(frame: Frame) -> list[LastLook]:
    """For each group that is looked at. A municipality gets the look at all that it shares with the others."""
    own = [SignalAudience.MUNICIPALITIES, SignalAudience.PARTNERSHIP] if _municipal(frame) else [
        SignalAudience.PARTNERSHIP]
    newest: dict[tuple[str, str], Look] = {}
    for look in Look.objects.filter(partnership=frame.partnership).order_by("theme", "audience", "-day").distinct(
            "theme", "audience"):
        newest[look.theme, look.audience] = look
    return [LastLook(each, next((newest[each, audience] for audience in own if (each, audience) in newest), None))
            for each in LOOKED_AT]


def one(frame: Frame, signal_id: UUID) -> tuple[Frame, Signal]:
    """The signal, and the seat in its partnership. Raises NotAllowed, Http404."""
    may_read(frame.actor)
    found = Signal.objects.filter(id=signal_id).select_related("goes_on_as").first()
    if found is None:
        raise Http404
    return frame_of(frame.actor, found.partnership_id) if found.partnership_id != frame.partnership.id else frame, found


def asked(frame: Frame, said: str) -> Signal | None:
    """The one that an address names, where its reader gets it; else nothing. One that goes on as another has a page."""
    try:
        return Signal.objects.filter(partnership=frame.partnership, id=UUID(said)).first() if said else None
    except ValueError:
        return None


def areas_of(frame: Frame, signals: Sequence[Signal]) -> dict[UUID, tuple[UUID, ...]]:
    """The areas of the partnership that each lies in, the largest kind first, by the middle of its middle cell."""
    found = places().areas_of([each.longitude for each in signals], [each.latitude for each in signals])
    return {each.id: tuple(area for area in areas if area in frame.areas)
            for each, areas in zip(signals, found, strict=True)}


def place_of(frame: Frame, areas: Iterable[UUID]) -> str:
    """The smallest of them that has a name people use; nothing outside all areas."""
    return frame.place_name(list(areas))


def in_area(frame: Frame, area_id: UUID, *, since: date | None = None) -> list[Signal]:
    """Those whose middle lies in it: what goes on, or with `since` what began on that day or later; newest first."""
    rows = of(frame).filter(first_day__gte=since) if since else of(frame).filter(state__in=ALIVE)
    found = list(rows.order_by("-opened_at", "id"))
    areas = areas_of(frame, found)
    return [each for each in found if area_id in areas[each.id]]


def own(frame: Frame, signals: Sequence[Signal]) -> list[Signal]:
    """Of these, those in the areas that the member looks after; all for who has none in particular."""
    if not frame.actor.area_ids:
        return list(signals)
    areas, mine = areas_of(frame, signals), set(frame.actor.area_ids)
    return [each for each in signals if mine & set(areas[each.id])]


def record_list(frame: Frame, decision: Decision) -> None:
    events.record(frame.actor, "signals.read", decision=decision, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="partnership", subject=frame.partnership.id)


def record(frame: Frame, decision: Decision, signal: Signal) -> None:
    events.record(frame.actor, "signal.read", decision=decision, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="signal", subject=signal.id)


def _municipal(frame: Frame) -> bool:
    return frame.actor.organisation_kind == Organisation.Kind.MUNICIPALITY
