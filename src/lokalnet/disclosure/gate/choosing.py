"""What can be chosen in the gate: nothing that contradicts what was chosen before it, or that the law would refuse.

The recipient comes first, then what it is for, then the ground. What is the only one left is chosen at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lokalnet.access.seats import Seat
from lokalnet.disclosure import eligible, presets
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.gate import wanting
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.law import reading
from lokalnet.disclosure.models import regime_of
from lokalnet.disclosure.presets import Preset
from lokalnet.disclosure.purposes import Purpose, Stage

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chosen:
    """As it stands in the form; empty where nothing was chosen."""

    receiver: str = ""
    purpose: str = ""
    ground: str = ""
    stage: str = ""
    preset: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Choices:
    """What can be chosen beside what was."""

    chosen: Chosen
    presets: tuple[Preset, ...]
    receivers: Options
    purposes: Options
    grounds: Options
    fields: Options
    ground: Ground | None  # the one that was chosen


class Law:
    """The grounds that the giver can share on today about somebody of this age, with their ids."""

    def __init__(self, seat: Seat, age: int | None) -> None:
        self.giver = seat.actor.organisation_kind
        self.today = wanting.today(seat)
        self.partners = wanting.partners(seat)
        regimes = ("", regime_of(self.giver).value)
        self.grounds = {str(each.id): each.ground for each in reading.usable(seat)
                        if self.giver in each.ground.gives and each.ground.regime in regimes
                        and age is not None and each.ground.covers_age(age)}

    def receivers(self, purposes: Iterable[str]) -> Options:
        kinds = {kind for each in purposes for kind in eligible.receivers(self.giver, each, self.grounds.values())}
        return tuple((str(id_), each.name) for id_, each in self.partners.items() if each.kind in kinds)

    def kind_of(self, receiver: str) -> str:
        return next((each.kind for id_, each in self.partners.items() if str(id_) == receiver), "")

    def covering(self, receiver: str, purpose: str) -> dict[str, Ground]:
        """Everything that fits where nothing was chosen yet."""
        kind = self.kind_of(receiver)
        return {id_: ground for id_, ground in self.grounds.items()
                if (not kind or kind in ground.receives) and (not purpose or purpose in ground.purposes)}


def choices(seat: Seat, age: int | None, chosen: Chosen) -> Choices:
    law = Law(seat, age)
    receivers = law.receivers(Purpose.values)
    chosen = replace(chosen, receiver=_kept(chosen.receiver, receivers))
    purposes = tuple((each.value, str(each.label)) for each in Purpose
                     if any(each in ground.purposes for ground in law.covering(chosen.receiver, "").values()))
    chosen = replace(chosen, purpose=_kept(chosen.purpose, purposes))
    grounds = law.covering(chosen.receiver, chosen.purpose)
    options = tuple((id_, f"{ground.paragraph} · {ground.title}") for id_, ground in grounds.items())
    chosen = replace(chosen, ground=_kept(chosen.ground, options) if chosen.receiver and chosen.purpose
                     else _still(chosen.ground, options))
    ground = grounds.get(chosen.ground)
    fields = _fields([ground] if ground else grounds.values())
    return Choices(chosen, _presets(law), receivers, purposes, options, fields, ground)


def _kept(value: str, options: Options) -> str:
    """What was chosen, if it still can be; else the only one that there is."""
    return options[0][0] if len(options) == 1 else _still(value, options)


def _still(value: str, options: Options) -> str:
    return value if value in dict(options) else ""


def _fields(grounds: Iterable[Ground]) -> Options:
    covered = {field for ground in grounds for field in ground.fields}
    return tuple((each.value, str(each.label)) for each in Shared if each.value in covered)


def _presets(law: Law) -> tuple[Preset, ...]:
    return tuple(preset for preset, _ in presets.offered(law.giver, today=law.today, grounds=law.grounds.values()))


def with_preset(seat: Seat, age: int | None, slug: str) -> Chosen:
    """What the preset fills; nothing where it is none that this giver is offered."""
    law = Law(seat, age)
    for preset, filled in presets.offered(law.giver, today=law.today, grounds=law.grounds.values()):
        if preset.slug == slug:
            ground = next(id_ for id_, each in law.grounds.items() if each.key == filled.ground.key)
            of_kind = [str(id_) for id_, each in law.partners.items() if each.kind == filled.receiver_kind]
            return Chosen(of_kind[0] if len(of_kind) == 1 else "", filled.purpose, ground, filled.stage,
                          preset.slug, filled.expires_on)
    return Chosen()


def stages() -> Options:
    return tuple((each.value, str(each.label)) for each in Stage)


def as_id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
