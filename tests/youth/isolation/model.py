"""Who may know what, written from the design's words (sections 2, 3 and 5) and not from the SQL or the rights table.

The model knows members, persons, files, concerns, offers and copies by names of its own. Every text that is played
carries a mark of its own; `may_read` says for a mark and a member whether the member may read it now.
"""

from dataclasses import dataclass, field

TELLS = {("municipality", "professional"), ("municipality", "street-worker"), ("municipality", "ssp-consultant"),
         ("municipality", "coordinator"), ("municipality", "case-worker"),
         ("police", "local-officer"), ("police", "coordinator"),
         ("psychiatry", "case-worker")}
TRIAGES = {("municipality", "ssp-consultant"), ("municipality", "coordinator"), ("police", "coordinator"),
           ("institution", "case-worker"), ("psychiatry", "case-worker"), ("prison-service", "case-worker")}
SHARES = {("municipality", "ssp-consultant"), ("municipality", "coordinator"), ("municipality", "case-worker"),
          ("police", "coordinator"), ("police", "local-officer"), ("psychiatry", "case-worker")}
WORKS = SHARES | {("municipality", "street-worker")}
OVERSEES = {(kind, "data-protection-officer") for kind in ("municipality", "police", "psychiatry")}


@dataclass
class Member:
    name: str
    organisation: str
    kind: str
    roles: set[str]
    ended: bool = False

    def is_one_of(self, those: set[tuple[str, str]]) -> bool:
        return not self.ended and any((self.kind, role) in those for role in self.roles)


@dataclass
class Person:
    """Of one organisation. `workers` work on the file, `emergency` has emergency access just now."""

    organisation: str
    file: str = ""
    workers: set[str] = field(default_factory=set)
    emergency: set[str] = field(default_factory=set)
    board: bool = False
    triage: bool = False
    holder: str = ""  # of a copy
    locked: bool = False


@dataclass
class Concern:
    author: str
    organisation: str
    person: str = ""  # empty: a draft
    open: bool = True


@dataclass
class Offer:
    giver: str
    receiver: str
    person: str
    state: str = "offered"
    answered_by: str = ""
    copy: str = ""  # the receiver's person


@dataclass(frozen=True)
class Mark:
    """What a text is: `kind` and the thing that it belongs to."""

    kind: str
    thing: str
    reader: str = ""  # of a reply


@dataclass
class Model:
    members: dict[str, Member] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    concerns: dict[str, Concern] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    marks: dict[str, list[Mark]] = field(default_factory=dict)

    def mark(self, kind: str, thing: str, reader: str = "") -> str:
        """A word that stands nowhere else, for a text about to be written."""
        word = f"mrk{len(self.marks):05d}x".translate(str.maketrans("0123456789", "ghijklmnop"))
        self.marks[word] = [Mark(kind, thing, reader)]
        return word

    def also(self, word: str, kind: str, thing: str, reader: str = "") -> None:
        """The text stands there too."""
        self.marks.setdefault(word, []).append(Mark(kind, thing, reader))

    # Who knows a person

    def works_on(self, member: Member, person: str) -> bool:
        return member.is_one_of(WORKS) and member.name in self.persons[person].workers

    def in_emergency(self, member: Member, person: str) -> bool:
        return member.is_one_of(SHARES) and member.name in self.persons[person].emergency

    def clarifies(self, member: Member, person: str) -> bool:
        held = self.persons[person]
        return held.triage and member.organisation == held.organisation and member.is_one_of(TRIAGES)

    def holds_copy(self, member: Member, person: str) -> bool:
        held = self.persons[person]
        return held.holder == member.name and not held.locked and member.is_one_of(SHARES)

    def knows_file(self, member: Member, person: str) -> bool:
        return self.works_on(member, person) or self.in_emergency(member, person)

    # Who may read a text

    def may_read(self, member: Member, word: str) -> bool:
        return not member.ended and any(
            getattr(self, f"_reads_{mark.kind}")(member, mark) for mark in self.marks.get(word, []))

    def _reads_identity(self, member: Member, mark: Mark) -> bool:
        person = mark.thing
        return (self.knows_file(member, person) or self.clarifies(member, person) or self.holds_copy(member, person))

    def _reads_concern(self, member: Member, mark: Mark) -> bool:
        concern = self.concerns[mark.thing]
        if concern.author == member.name and member.is_one_of(TELLS):
            return True
        return bool(concern.person) and (self.knows_file(member, concern.person)
                                         or self.clarifies(member, concern.person))

    def _reads_decision(self, member: Member, mark: Mark) -> bool:
        person = self.concerns[mark.thing].person
        return self.knows_file(member, person) or self.clarifies(member, person)

    def _reads_reply(self, member: Member, mark: Mark) -> bool:
        return (mark.reader == member.name and member.is_one_of(TELLS)) or self._reads_decision(member, mark)

    def _reads_file(self, member: Member, mark: Mark) -> bool:
        return self.knows_file(member, mark.thing)

    def _reads_emergency(self, member: Member, mark: Mark) -> bool:
        """Why somebody opened emergency access: they themselves, who works on the file, the data protection officer."""
        held = self.persons[mark.thing]
        return (mark.reader == member.name or self.works_on(member, mark.thing)
                or (member.organisation == held.organisation and member.is_one_of(OVERSEES)))

    def _reads_offer(self, member: Member, mark: Mark) -> bool:
        """The words of an offer: why it is necessary, who was informed, and later the reasons."""
        offer = self.offers[mark.thing]
        if self.knows_file(member, offer.person):
            return True
        return (member.organisation == offer.receiver and member.is_one_of(SHARES)
                and (offer.state == "offered" or offer.answered_by == member.name))

    def _reads_snapshot(self, member: Member, mark: Mark) -> bool:
        """What is offered, until it is answered: then it is nowhere but in the receiver's copy."""
        offer = self.offers[mark.thing]
        if offer.state not in ("offered", "expired"):
            return False
        return self.knows_file(member, offer.person) or (
            offer.state == "offered" and member.organisation == offer.receiver and member.is_one_of(SHARES))

    def _reads_kept(self, member: Member, mark: Mark) -> bool:
        """The ground on which a copy is kept: who keeps it."""
        return mark.reader == member.name and member.is_one_of(SHARES)

    def _reads_copy(self, member: Member, mark: Mark) -> bool:
        return self.holds_copy(member, mark.thing)
