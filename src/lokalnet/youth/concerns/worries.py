"""What somebody writes when they are worried, and how it lies sealed. Facts and assessment are kept apart."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from uuid import UUID

from lokalnet.persons import identity, keys, sealing
from lokalnet.persons.identity import Identity
from lokalnet.persons.sealing import Spot
from lokalnet.youth.models import ConcernText

TABLE = "youth_concern_text"
WHO = "who_"


@dataclass(frozen=True)
class Words:
    """In the order of the screen: what goes well comes first. Kept out of every representation."""

    why: str = field(default="", repr=False)  # in a line, asked before anything else
    strengths: str = field(default="", repr=False)
    facts: str = field(default="", repr=False)
    source: str = field(default="", repr=False)  # who saw it, and when
    assessment: str = field(default="", repr=False)
    youth_says: str = field(default="", repr=False)
    parents_say: str = field(default="", repr=False)
    tried: str = field(default="", repr=False)
    acute_words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Worry:
    """`who` is as typed until it is sent. Of a notification of the municipality only its day is kept, never its words.
    """

    who: Identity
    words: Words
    acute: bool = False
    notified_on: date | None = None

    def said(self) -> dict[str, str]:
        return {f"{WHO}{name}": value for name, value in self.who.said().items()} | asdict(self.words)


def from_said(said: Mapping[str, str], *, acute: bool, notified_on: date | None) -> Worry:
    who = identity.from_said({name.removeprefix(WHO): value for name, value in said.items() if name.startswith(WHO)})
    return Worry(who, Words(**{each.name: said.get(each.name, "") for each in fields(Words)}), acute, notified_on)


def key_of(row: ConcernText) -> UUID:
    """The draft's own, or the person's."""
    return row.person_id or row.concern_id


def spot(concern_id: UUID, controller_id: UUID) -> Spot:
    return Spot(TABLE, concern_id, controller_id)


def opened(row: ConcernText, *, acute: bool, notified_on: date | None) -> Worry:
    said = sealing.unseal(keys.fetch(key_of(row)), spot(row.concern_id, row.controller_id), bytes(row.sealed))
    return from_said(said, acute=acute, notified_on=notified_on)


def sealed(key: keys.Key, concern_id: UUID, controller_id: UUID, worry: Worry) -> bytes:
    return sealing.seal(key, spot(concern_id, controller_id), worry.said())
