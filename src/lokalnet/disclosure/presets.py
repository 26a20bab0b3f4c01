"""Three occasions that fill the gate with what is the same each time.

Never what somebody has to think about each time: why it is necessary, which fields, who was told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lokalnet.access.rights import INSTITUTION, MUNICIPALITY, POLICE
from lokalnet.disclosure.eligible import grounds_for
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.purposes import Purpose, Stage


@dataclass(frozen=True)
class Way:
    """Who it goes to from whom, by default."""

    giver_kind: str
    receiver_kind: str
    ground: str


@dataclass(frozen=True)
class Preset:
    slug: str
    label: object
    purpose: Purpose
    stage: Stage
    lasts: timedelta
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Filled:
    """What stands in the gate when a preset was chosen. There is nothing else to fill."""

    purpose: str
    stage: str
    ground: Ground
    receiver_kind: str
    expires_on: date


PRESETS: tuple[Preset, ...] = (
    Preset("overleveringsmoede", _("Handover meeting"), Purpose.SSP, Stage.AT, timedelta(days=30), (
        Way(POLICE, MUNICIPALITY, "rpl-115-1-1"), Way(MUNICIPALITY, POLICE, "rpl-115-2-ssp"))),
    Preset("netvaerksmoede", _("Network meeting"), Purpose.SSP, Stage.BEFORE, timedelta(days=60), (
        Way(MUNICIPALITY, POLICE, "rpl-115-2-ssp"), Way(POLICE, MUNICIPALITY, "rpl-115-1-1"),
        Way(INSTITUTION, MUNICIPALITY, "rpl-115-3-ssp-from"))),
    Preset("flytning", pgettext_lazy("preset", "Move"), Purpose.MOVE, Stage.MOVING, timedelta(days=90), (
        Way(MUNICIPALITY, MUNICIPALITY, "bl-132"),)),
)


def fill(preset: Preset, giver_kind: str, *, today: date, grounds: Iterable[Ground]) -> Filled | None:
    """None where the giver has no use for it, or its ground is not among the usable ones."""
    usable = tuple(grounds)
    for way in preset.ways:
        for ground in grounds_for(giver_kind, way.receiver_kind, preset.purpose, usable):
            if way.giver_kind == giver_kind and ground.code == way.ground:
                return Filled(preset.purpose.value, preset.stage.value, ground, way.receiver_kind,
                              today + preset.lasts)
    return None


def offered(giver_kind: str, *, today: date, grounds: Iterable[Ground]) -> list[tuple[Preset, Filled]]:
    """The presets that fill something for this giver, in their order."""
    usable = tuple(grounds)
    made = ((preset, fill(preset, giver_kind, today=today, grounds=usable)) for preset in PRESETS)
    return [(preset, filled) for preset, filled in made if filled is not None]
