"""What stands on a page of a file, as it is shown; what the gate shares is chosen from the same.

Words are kept out of every representation, so that no error report holds them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from lokalnet.persons.identity import Identity
from lokalnet.youth.models import About, ConcernState, File, Informing, NoteKind, Outcome, Step

ORDER = (NoteKind.STRENGTH, NoteKind.OWN_VIEW, NoteKind.PARENTS_VIEW, NoteKind.FACT, NoteKind.ASSESSMENT,
         NoteKind.AGREEMENT)


@dataclass(frozen=True)
class Written:
    """A note. `corrections` follow what they correct, the oldest first; nothing is overwritten."""

    id: UUID
    kind: NoteKind
    at: datetime
    author: str
    text: str = field(repr=False)
    source: str = field(default="", repr=False)  # of a fact: who saw or told it
    corrections: tuple["Written", ...] = ()


@dataclass(frozen=True)
class Placed:
    """Where the file is taken up, by whose decision, why, and until when."""

    id: UUID
    forum_id: UUID
    forum: str
    reason: str = field(repr=False)
    decided_by: str
    decided_at: datetime
    expires_on: date
    ended_at: datetime | None


@dataclass(frozen=True)
class Reachable:
    """A contact: a parent, a teacher, a club."""

    id: UUID
    name: str = field(repr=False)
    relation: str = field(repr=False)
    phone: str = field(repr=False)
    edition: int


@dataclass(frozen=True)
class Marked:
    id: UUID
    words: str = field(repr=False)
    made_by: str
    made_at: datetime
    ends_on: date


@dataclass(frozen=True)
class Informed:
    id: UUID
    whom: Informing.Whom
    told_on: date
    words: str = field(repr=False)
    member: str


@dataclass(frozen=True)
class Decided:
    step: Step
    outcome: Outcome
    urgent: bool
    decider: str
    at: datetime
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Worry:
    """A concern about the person, as its author wrote it. `open` where it waits to be decided here."""

    id: UUID
    state: ConcernState
    step: Step
    acute: bool
    sent_at: datetime
    open: bool
    said: dict[str, str] = field(repr=False)
    decisions: tuple[Decided, ...] = ()


@dataclass(frozen=True)
class Colleague:
    member_id: UUID
    name: str
    until: date | None  # None for no end
    owner: bool


@dataclass(frozen=True)
class Sheet:
    """All that the page of a file shows."""

    file: File
    who: Identity
    about: About
    owner: str
    notes: tuple[Written, ...]
    placings: tuple[Placed, ...]  # the newest first
    contacts: tuple[Reachable, ...]
    marks: tuple[Marked, ...]  # open ones
    informed: tuple[Informed, ...]  # the newest first
    worries: tuple[Worry, ...]
    colleagues: tuple[Colleague, ...]

    def of_kind(self, kind: NoteKind) -> tuple[Written, ...]:
        return tuple(each for each in self.notes if each.kind == kind)

    @property
    def sections(self) -> list[tuple[NoteKind, tuple[Written, ...]]]:
        """What goes well stands first, then what the young person and the parents say."""
        return [(kind, self.of_kind(kind)) for kind in ORDER]

    @property
    def cpr(self) -> str:
        return f"{self.who.cpr[:6]}-{self.who.cpr[6:]}" if self.who.cpr else ""

    @property
    def placed(self) -> Placed | None:
        """Where it is taken up now; what has expired does not hold any more."""
        return next((each for each in self.placings if each.ended_at is None), None)

    @property
    def told(self) -> bool:
        """Whether the young person or the parents were informed."""
        return any(each.whom != Informing.Whom.WAITS for each in self.informed)
