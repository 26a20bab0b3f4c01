"""Whose reports a layer is made of, and the trace that looking leaves. Who reads signals reads layers."""

from dataclasses import dataclass
from datetime import date, timedelta

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import MUNICIPALITY, Purpose
from lokalnet.analysis.seasons import WEEK, monday_of
from lokalnet.foundation.times import now
from lokalnet.situation.layers.choosing import Chosen, Kind
from lokalnet.situation.layers.layer import Layer
from lokalnet.situation.layers.squares import Squares, squares
from lokalnet.situation.models.signals import SignalAudience
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import asking, reading
from lokalnet.situation.signals.asking import Cell


@dataclass(frozen=True)
class Look:
    """A layer as its readers get it, of the days from `since` to `until`. `middles` are those of its squares: longitude
    and latitude."""

    chosen: Chosen
    audience: SignalAudience
    since: date
    until: date
    layer: Layer
    middles: dict[Cell, tuple[float, float]]


def audience_of(actor: Actor) -> SignalAudience:
    """Municipalities see what they share with each other; the police what both get."""
    municipal = actor.organisation_kind == MUNICIPALITY
    return SignalAudience.MUNICIPALITIES if municipal else SignalAudience.PARTNERSHIP


def look(frame: Frame, chosen: Chosen) -> Look:
    """Leaves an entry in the log. Raises NotAllowed."""
    decision = reading.may_read(frame.actor)
    today = now().astimezone(frame.zone).date()
    until = monday_of(today) - timedelta(days=1)
    since = until + timedelta(days=1) - chosen.weeks * WEEK
    audience = audience_of(frame.actor)
    asked = asking.asked(frame.partnership.id, audience, since=since, until=today)
    layer = _layer(chosen.kind, squares(asked, chosen.themes, until=until), until=until, today=today)
    events.record(frame.actor, "layers.read", decision=decision, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="partnership", subject=frame.partnership.id, **chosen.asked)
    return Look(chosen, audience, since, until, layer,
                {(square.x, square.y): asked.middles[square.x, square.y] for square in layer.squares})


def _layer(kind: Kind, told: Squares, *, until: date, today: date) -> Layer:
    # Their compiled parts take a second to load, which no worker is to wait for that never draws a layer.
    from lokalnet.situation.layers import density, near_repeat, significant

    match kind:
        case Kind.DENSITY:
            return density.layer(told)
        case Kind.SIGNIFICANT:
            return significant.layer(told)
        case Kind.NEAR_REPEAT:
            return near_repeat.layer(told, until=until, today=today)
