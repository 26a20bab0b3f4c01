"""One random life of the person room: acts by anybody, entitled or not, each through the functions that pages call.

An act that is done must be one that the model allows; one that is refused changes nothing in the model. So a function
that lets too much through is found even where nobody reads what came of it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404

from lokalnet.access import models as access
from lokalnet.access.acting import actor_of
from lokalnet.access.seats import Seat, seat_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.persons.identity import Identity
from lokalnet.persons.visiting import NoVisit
from lokalnet.youth import forums, models
from lokalnet.youth.concerns import drafting, sending
from lokalnet.youth.concerns.worries import Words, Worry
from lokalnet.youth.files import (
    colleagues,
    contacts,
    entering,
    fetching,
    informing,
    keeping,
    marking,
    overriding,
    placing,
    writing,
)
from lokalnet.youth.models import About, Informing, NoteKind, Outcome, Step
from lokalnet.youth.triage import deciding
from lokalnet.youth.triage import reading as triage
from tests.days import today
from tests.persons.numbers import nobodys
from tests.youth.concerns import born
from tests.youth.isolation.model import SHARES, TELLS, TRIAGES, WORKS, Concern, Member, Model, Person
from tests.youth.people import Room

REFUSALS: tuple[type[Exception], ...] = (Http404, PermissionDenied, BrokenRule, Outdated, NoVisit)
YOUNG = 6  # real young people; several organisations may know the same
ROLES = {"municipality": ["professional", "street-worker", "ssp-consultant", "case-worker", "coordinator", "analyst"],
         "police": ["local-officer", "coordinator", "leader"], "psychiatry": ["case-worker"]}


class TooMuch(AssertionError):
    """Something was done that the model does not allow."""


@dataclass
class Life:
    room: Room
    random: Random
    model: Model = field(default_factory=Model)
    rows: dict[str, access.Member] = field(default_factory=dict)  # by name
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    drafts: dict[str, tuple[int, Worry]] = field(default_factory=dict)
    refusals = REFUSALS

    # The cast

    def begin(self) -> None:
        room, world = self.room, self.room.world
        with as_role(MIGRATION):
            for organisation in (world.gladsaxe, world.ballerup, world.police, room.psychiatry):
                forums.install(organisation)
        for row in (room.tove, room.sanne, room.karl, room.signe, room.petra, room.freja, room.gorm, world.anna,
                    world.bo, world.berit, world.clara, world.viggo, world.dorte, world.adam, world.lars):
            self.rows[row.name] = row
            self.model.members[row.name] = Member(row.name, str(row.organisation_id), row.organisation.kind,
                                                  set(row.roles))

    def seat(self, name: str) -> Seat | None:
        """As the member from here on; None for whoever is no member any more, or of no partnership here."""
        actor = actor_of(self.rows[name].id)
        if actor is None or self.room.world.partnership.id not in actor.partnership_ids:
            return None
        return seat_of(self.room.world.actor(self.rows[name]), self.room.world.partnership.id)

    # One step

    def step(self) -> str:
        act = self.random.choice(self.acts())
        try:
            with transaction.atomic():
                did = act()
        except self.refusals:
            did = False
        (self.done if did else self.refused).update([act.__name__])
        return act.__name__

    def acts(self) -> list[Callable[[], bool]]:
        """What can be tried now: there is little sense in writing in files where there are none."""
        waiting = [told for told in self.model.concerns.values() if told.person and told.open]
        enough = len(waiting) + len(self.drafts) > 3
        found = [self.change_role, self.leave, self.come_back, *[self.tell] * (1 if enough else 8)]
        found += [self.send] * 6 * bool(self.drafts) + [self.decide] * 3 * len(waiting[:2])
        if any(held.file for held in self.model.persons.values()):
            found += [self.write, self.write, self.keep_in_mind, self.reach, self.place, self.inform, self.release,
                      self.add_colleague, self.give, self.wrong_file, self.await_board,
                      *[self.take_emergency_access] * 3]
        if any(held.emergency for held in self.model.persons.values()):
            found += [self.emergency_is_over] * 2
        return found

    def anybody(self) -> str:
        return self.random.choice(list(self.rows))

    def somebody(self, those: set[tuple[str, str]], organisation: str = "") -> str:
        """Mostly one who may, and every fourth time anybody: else nothing would ever come to a file."""
        likely = [name for name, who in self.model.members.items()
                  if who.is_one_of(those) and organisation in ("", who.organisation)]
        return self.random.choice(likely) if likely and self.random.random() < 0.75 else self.anybody()

    def allowed(self, may: bool, what: str) -> None:
        if not may:
            raise TooMuch(what)

    # Worries

    def tell(self) -> bool:
        name = self.somebody(TELLS)
        seat = self.seat(name)
        if seat is None:
            return False
        concern = str(uuid4())
        self.model.concerns[concern] = Concern(name, self.model.members[name].organisation)
        words = {part: self.model.mark("concern", concern) for part in ("name", "why", "facts", "source", "assessment")}
        who = Identity(f"{words['name']} Opdigtet", *self.young())
        try:
            drafting.begin(seat.actor, who, words["why"], concern_id=UUID(concern))
        except REFUSALS:
            del self.model.concerns[concern]
            for word in words.values():
                del self.model.marks[word]
            raise
        self.allowed(self.model.members[name].is_one_of(TELLS), f"{name} told of a worry")
        worry = Worry(who, Words(words["why"], "Passer sin træning", words["facts"], words["source"],
                                 words["assessment"]))
        edition = drafting.save(seat.actor, UUID(concern), worry, edition=1)
        self.drafts[concern] = edition, worry
        return True

    def young(self) -> tuple[str, object]:
        number = self.random.randrange(YOUNG)
        day = born(12 + number)
        return nobodys(day, nth=number), day

    def send(self) -> bool:
        if not self.drafts:
            return False
        concern = self.random.choice(list(self.drafts))
        told = self.model.concerns[concern]
        name = told.author if self.random.random() < 0.8 else self.anybody()
        seat = self.seat(name)
        if seat is None:
            return False
        sending.send(seat, UUID(concern), edition=self.drafts[concern][0])
        self.allowed(name == told.author and self.model.members[name].is_one_of(TELLS), f"{name} sent {told.author}'s")
        _, worry = self.drafts.pop(concern)
        self.sent(concern, told, worry)
        return True

    def sent(self, concern: str, told: Concern, worry: Worry) -> None:
        """It came to a person of the organisation's: one that it knew, or a new one with the name that was written."""
        with as_role(MIGRATION):
            person = str(models.Concern.objects.get(id=concern).person_id)
        if person not in self.model.persons:
            self.model.persons[person] = Person(told.organisation)
            self.model.also(worry.who.name.split()[0], "identity", person)
        told.person = person
        held = self.model.persons[person]
        if not any(self.model.works_on(self.model.members[name], person) for name in held.workers):
            held.triage = True

    def decide(self) -> bool:
        waiting = [each for each, told in self.model.concerns.items() if told.person and told.open]
        if not waiting:
            return False
        concern = self.random.choice(waiting)
        told = self.model.concerns[concern]
        name = self.somebody(TRIAGES, told.organisation)
        seat = self.seat(name)
        if seat is None:
            return False
        row = triage.known(UUID(concern))
        triage.enter(seat.actor, row)
        onward = row.step != Step.FINAL and self.random.random() < 0.95
        outcome = Outcome.ONWARD if onward else self.random.choice([Outcome.ADVICE, Outcome.NOTHING, Outcome.FILE,
                                                                     Outcome.FILE, Outcome.FILE])
        owner = self.somebody(WORKS, told.organisation)
        reason, reply = f"mrk{uuid4().hex}", f"mrk{uuid4().hex}"
        deciding.decide(seat, UUID(concern), deciding.Wanted(
            Step(row.step), outcome, self.random.random() < 0.2, reason, "" if onward else reply,
            self.rows[owner].id, About.HELPED, today() + timedelta(days=300)))
        held = self.model.persons[told.person]
        who = self.model.members[name]
        self.allowed(self.model.clarifies(who, told.person) or self.model.works_on(who, told.person)
                     or self.model.in_emergency(who, told.person), f"{name} decided")
        self.allowed(not held.board, "something was decided beside the board")
        self.model.also(reason, "decision", concern)
        if not onward:
            self.model.also(reply, "reply", concern, told.author)
            told.open = False
        if outcome == Outcome.FILE:
            self.opened(told.person, owner)
        if not any(each.open for each in self.model.concerns.values() if each.person == told.person):
            held.triage = False
        return True

    def opened(self, person: str, owner: str) -> None:
        with as_role(MIGRATION):
            file = models.File.objects.get(person_id=person)
        held = self.model.persons[person]
        self.allowed(not held.file, "a second file about the same person")
        self.allowed(self.model.members[owner].organisation == held.organisation
                     and self.model.members[owner].is_one_of(WORKS), f"{owner} was given a file")
        held.file = str(file.id)
        held.workers.add(owner)

    # Files

    def stay(self) -> tuple[str, str, entering.Stay] | None:
        """Somebody in some file: mostly one who works on it, and often not."""
        files = [person for person, held in self.model.persons.items() if held.file]
        if not files:
            return None
        person = self.random.choice(files)
        held = self.model.persons[person]
        near = [*held.workers, *held.emergency]
        name = self.random.choice(near) if near and self.random.random() < 0.7 else self.anybody()
        seat = self.seat(name)
        if seat is None:
            return None
        file = fetching.one(seat, UUID(held.file))
        stay = entering.enter(seat, file, self.random.choice(["early-help", "informing", "disclosure"]))
        self.allowed(self.model.knows_file(self.model.members[name], person), f"{name} entered a file")
        return name, person, stay

    def in_file(self, act: Callable[[entering.Stay, str], object]) -> bool:
        """An act that leaves a text in a file, which is said to hold a new mark."""
        found = self.stay()
        if found is None:
            return False
        word = self.model.mark("file", found[1])
        try:
            act(found[2], word)
        except self.refusals:
            del self.model.marks[word]
            raise
        return True

    def write(self) -> bool:
        kind = self.random.choice(NoteKind.values)
        return self.in_file(lambda stay, word: writing.write(stay, uuid4(), writing.Said(kind, word, "Læreren")))

    def keep_in_mind(self) -> bool:
        day = today() + timedelta(days=20)
        return self.in_file(lambda stay, word: marking.add(stay, uuid4(), word, ends_on=day))

    def reach(self) -> bool:
        return self.in_file(lambda stay, word: contacts.add(stay, uuid4(), contacts.Reach(word, "Mor", "")))

    def inform(self) -> bool:
        return self.in_file(lambda stay, word: informing.note(stay, uuid4(), informing.Told(
            Informing.Whom.PARENTS, today(), word)))

    def place(self) -> bool:
        def act(stay: entering.Stay, word: str) -> None:
            before = placing.current(stay)
            fora = list(models.Forum.objects.filter(controller_id=stay.file.controller_id).values_list("id", flat=True))
            forum = self.random.choice(fora) if fora else None
            placing.decide(stay, uuid4(), placing.Choice(
                forum, f"{word} fordi det er sådan", today() + timedelta(days=60), before.id if before else None))
            self.allowed(not self.model.persons[str(stay.file.person_id)].board, "a forum beside the board")

        return self.in_file(act)

    def add_colleague(self) -> bool:
        found = self.stay()
        if found is None:
            return False
        colleague = self.somebody(WORKS, self.model.persons[found[1]].organisation)
        colleagues.add(found[2], self.rows[colleague].id, until=None)
        held = self.model.persons[found[1]]
        who = self.model.members[colleague]
        self.allowed(who.organisation == held.organisation and who.is_one_of(WORKS), f"{colleague} was added")
        held.workers.add(colleague)
        return True

    def release(self) -> bool:
        found = self.stay()
        if found is None:
            return False
        held = self.model.persons[found[1]]
        colleague = self.random.choice([*held.workers]) if held.workers else self.anybody()
        if not colleagues.release(found[2], self.rows[colleague].id):
            return False
        held.workers.discard(colleague)
        return True

    def give(self) -> bool:
        found = self.stay()
        if found is None:
            return False
        colleague = self.somebody(WORKS, self.model.persons[found[1]].organisation)
        colleagues.give(found[2], self.rows[colleague].id)
        held = self.model.persons[found[1]]
        who = self.model.members[colleague]
        self.allowed(who.organisation == held.organisation and who.is_one_of(WORKS), f"{colleague} was given a file")
        held.workers.add(colleague)
        return True

    def await_board(self) -> bool:
        found = self.stay()
        if found is None:
            return False
        held = self.model.persons[found[1]]
        keeping.await_board(found[2], None if held.board else today(), "Nævnet har den", edition=found[2].file.edition)
        held.board = not held.board
        return True

    # Emergency access

    def take_emergency_access(self) -> bool:
        files = [person for person, held in self.model.persons.items() if held.file]
        if not files:
            return False
        asked = self.model.persons[self.random.choice(files)]
        name = self.somebody(SHARES, asked.organisation)
        with as_role(MIGRATION):
            number = models.File.objects.get(id=asked.file).number
        seat = self.seat(name)
        if seat is None:
            return False
        word = f"mrk{uuid4().hex}"
        opened = overriding.ask(seat, overriding.Asked(number, f"{word} og det haster"))
        if opened is None:
            return False
        # A number is the own organisation's: others have the same, of another file.
        person, held = next(pair for pair in self.model.persons.items() if pair[1].file == str(opened))
        who = self.model.members[name]
        self.allowed(who.organisation == held.organisation and who.is_one_of(SHARES), f"{name} took emergency access")
        if not self.model.knows_file(who, person):
            held.emergency.add(name)
            self.model.also(word, "emergency", person, name)
        return True

    def emergency_is_over(self) -> bool:
        """Three hours later."""
        open_ones = [held for held in self.model.persons.values() if held.emergency]
        if not open_ones:
            return False
        held = self.random.choice(open_ones)
        name = self.random.choice([*held.emergency])
        person = next(each for each, other in self.model.persons.items() if other is held)
        with as_role(MIGRATION), connection.cursor() as cursor:
            cursor.execute("update persons_access set until = now() - interval '1 second' where because = 'override' "
                           "and member_id = %s and person_id = %s", [self.rows[name].id, person])
        held.emergency.discard(name)
        return True

    def wrong_file(self) -> bool:
        found = self.stay()
        if found is None:
            return False
        entering.was_wrong(found[2].seat, found[2].file)
        self.model.persons[found[1]].emergency.discard(found[0])
        return True

    # Those who work here

    def change_role(self) -> bool:
        name = self.anybody()
        who = self.model.members[name]
        kept = {"data-protection-officer", "administrator"} & who.roles
        if kept or who.kind not in ROLES or self.random.random() < 0.6:
            return False
        who.roles = {self.random.choice(ROLES[who.kind])}
        self.write_member(name, roles=list(who.roles))
        return True

    def leave(self) -> bool:
        name = self.anybody()
        if self.random.random() < 0.7:
            return False
        self.model.members[name].ended = True
        self.write_member(name, ended_at="2020-01-01T00:00:00Z")
        return True

    def come_back(self) -> bool:
        gone = [name for name, who in self.model.members.items() if who.ended]
        if not gone:
            return False
        name = self.random.choice(gone)
        self.model.members[name].ended = False
        self.write_member(name, ended_at=None)
        return True

    def write_member(self, name: str, **columns: object) -> None:
        with as_role(MIGRATION):
            access.Member.objects.filter(id=self.rows[name].id).update(**columns)
