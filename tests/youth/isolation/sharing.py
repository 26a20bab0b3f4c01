"""The part of a life in which something is shared: offers, answers, recalls, and copies whose day comes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection

from lokalnet.disclosure.gate import answering, offering, snapshots, taking_back
from lokalnet.disclosure.gate.answering import TooLate
from lokalnet.disclosure.gate.wanting import Refused, Wish
from lokalnet.disclosure.law import installing, reading
from lokalnet.disclosure.models import Copy
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.youth.sharing.snapshot import snapshot
from tests.days import today
from tests.youth.isolation.life import REFUSALS, Life
from tests.youth.isolation.model import SHARES, Offer, Person
from tests.youth.isolation.pages import WORD


class SharingLife(Life):
    """A life with a gate in it."""

    refusals = (*REFUSALS, Refused, TooLate)

    def begin(self) -> None:
        super().begin()
        with as_role(MIGRATION):
            installing.install(self.room.world.partnership)

    def acts(self) -> list[Callable[[], bool]]:
        found = super().acts()
        if any(held.file for held in self.model.persons.values()):
            found += [*[self.offer] * 8, self.withhold]
        states = {each.state for each in self.model.offers.values()}
        if "offered" in states:
            found += [*[self.accept] * 4, self.decline, self.take_back, self.offer_runs_out]
        if "accepted" in states:
            found += [self.take_back, self.copy_runs_out]
        if "recalled" in states:
            found += [self.answer_recall] * 3
        return found

    def offer(self) -> bool:
        found = self.stay()
        if found is None:
            return False
        name, person, stay = found
        grounds = [each for each in reading.usable(stay.seat) if stay.seat.actor.organisation_kind in each.ground.gives]
        if not grounds:
            return False
        chosen = self.random.choice(grounds)
        receivers = [row for row in self.organisations() if row.kind in chosen.ground.receives]
        receiver = self.random.choice(receivers or self.organisations())
        fields = tuple(self.random.sample(chosen.ground.fields, self.random.randint(1, len(chosen.ground.fields))))
        offer = str(uuid4())
        words = f"mrk{uuid4().hex}"
        shown = snapshot(stay.seat, stay.file, fields, today=stay.today)
        made = str(offering.offer(stay.seat, person_id=UUID(person), snapshot=shown, form=UUID(offer), wish=Wish(
            receiver.id, chosen.id, chosen.ground.purposes[0], "between-meetings", fields,
            f"{words} er nødvendigt at vide", ("parents",), "", today() + timedelta(days=30))))
        who, held = self.model.members[name], self.model.persons[person]
        self.allowed(self.model.knows_file(who, person) and who.is_one_of(SHARES), f"{name} shared")
        self.allowed(str(receiver.id) != who.organisation and receiver.kind in ("municipality", "police", "psychiatry"),
                     f"shared with {receiver.name}")
        self.allowed(not held.board, "shared beside the board")
        self.model.offers[made] = Offer(held.organisation, str(receiver.id), person)
        self.model.also(words, "offer", made)
        for word in set(WORD.findall(" ".join(snapshots.said(shown).values()))):
            self.model.also(word, "snapshot", made)
        return True

    def organisations(self) -> list:  # type: ignore[type-arg]
        world = self.room.world
        return [world.gladsaxe, world.ballerup, world.herlev, world.police, self.room.psychiatry, world.housing]

    def withhold(self) -> bool:
        return self.in_file(lambda stay, word: offering.withhold(
            stay.seat, person_id=stay.file.person_id, receiver=None, purpose="", reason=f"{word} er ikke nødvendigt",
            form=uuid4()))

    def one(self, *states: str) -> str:
        found = [each for each, offer in self.model.offers.items() if offer.state in states]
        return self.random.choice(found) if found else ""

    def receiver_of(self, offer: str) -> str:
        return self.somebody(SHARES, self.model.offers[offer].receiver)

    def accept(self) -> bool:
        made = self.one("offered", "withdrawn")
        if not made:
            return False
        name, offer = self.receiver_of(made), self.model.offers[made]
        seat = self.seat(name)
        if seat is None:
            return False
        copy = answering.accept(seat, UUID(made))
        who = self.model.members[name]
        self.allowed(offer.state == "offered" and who.organisation == offer.receiver and who.is_one_of(SHARES),
                     f"{name} took an offer")
        with as_role(MIGRATION):
            person = str(Copy.objects.get(id=copy).person_id)
        self.model.persons[person] = Person(offer.receiver, holder=name)
        offer.state, offer.answered_by, offer.copy = "accepted", name, person
        for word, marks in self.model.marks.items():
            if any(mark.kind == "snapshot" and mark.thing == made for mark in marks):
                self.model.also(word, "copy", person)
        return True

    def decline(self) -> bool:
        made = self.one("offered")
        name, word = self.receiver_of(made), f"mrk{uuid4().hex}"
        seat = self.seat(name)
        if seat is None:
            return False
        answering.decline(seat, UUID(made), f"{word} er ikke os")
        offer, who = self.model.offers[made], self.model.members[name]
        self.allowed(who.organisation == offer.receiver and who.is_one_of(SHARES), f"{name} declined")
        offer.state, offer.answered_by = "declined", name
        self.model.also(word, "offer", made)
        return True

    def take_back(self) -> bool:
        made = self.one("offered", "accepted")
        if not made:
            return False
        offer, word = self.model.offers[made], f"mrk{uuid4().hex}"
        workers = self.model.persons[offer.person].workers
        name = self.random.choice([*workers]) if workers and self.random.random() < 0.7 else self.anybody()
        seat = self.seat(name)
        if seat is None:
            return False
        state = taking_back.take_back(seat, UUID(made), f"{word} var en fejl")
        who = self.model.members[name]
        self.allowed(self.model.knows_file(who, offer.person) and who.is_one_of(SHARES), f"{name} took back")
        offer.state = state.value
        if offer.copy:
            self.model.persons[offer.copy].locked = True
        self.model.also(word, "offer", made)
        return True

    def answer_recall(self) -> bool:
        made = self.one("recalled")
        offer = self.model.offers[made]
        name = offer.answered_by if self.random.random() < 0.8 else self.anybody()
        seat = self.seat(name)
        if seat is None or offer.state != "recalled":
            return False
        keeps, word = self.random.random() < 0.5, f"mrk{uuid4().hex}"
        if keeps:
            taking_back.kept(seat, UUID(made), f"{word} efter vores egen lov")
        else:
            taking_back.deleted(seat, UUID(made))
        self.allowed(name == offer.answered_by and self.model.members[name].is_one_of(SHARES), f"{name} answered")
        held = self.model.persons[offer.copy]
        if keeps:
            held.locked = False
            self.model.also(word, "offer", made)
            self.model.also(word, "kept", offer.copy, name)
        else:
            held.holder = ""
        offer.state = "answered"
        return True

    # Time

    def offer_runs_out(self) -> bool:
        made = self.one("offered")
        self.by_clock("update disclosure_offer set expires_at = now() - interval '1 second' where id = %s", made)
        self.model.offers[made].state = "expired"
        return True

    def copy_runs_out(self) -> bool:
        made = self.one("accepted")
        person = self.model.offers[made].copy
        self.by_clock("update persons_access set until = now() - interval '1 second' where person_id = %s", person)
        self.by_clock("update disclosure_copy set expires_on = today() - 1 where person_id = %s", person)
        self.model.persons[person].holder = ""
        self.model.offers[made].state = "over"
        return True

    def by_clock(self, statement: str, thing: str) -> None:
        with as_role(MIGRATION), connection.cursor() as cursor:
            cursor.execute(statement, [thing])
