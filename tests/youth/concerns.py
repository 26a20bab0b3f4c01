"""Worries that tests tell of. Nobody has the numbers (tests/persons/numbers.py)."""

from datetime import date
from uuid import UUID, uuid4

from lokalnet.access.models import Member
from lokalnet.access.seats import Seat, seat_of
from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import drafting, sending
from lokalnet.youth.concerns.worries import Words, Worry
from lokalnet.youth.models import About, Outcome, Step
from lokalnet.youth.triage import deciding
from lokalnet.youth.triage.deciding import Wanted
from tests.days import today
from tests.persons.numbers import nobodys
from tests.youth.people import Room

NAME = "Emil Opdigtet"
FACTS = "Han har sovet i en kælder tre nætter"
WORDS = Words(why="Han kommer ikke hjem", strengths="Han passer sin træning", facts=FACTS,
              source="Set af mig, mandag og tirsdag", assessment="Jeg tror, at han er bange")


def born(years: int = 14) -> date:
    """That many years old today, and not born on the first of January."""
    day = today().replace(day=min(today().day, 28), year=today().year - years)
    return day if (day.month, day.day) != (1, 1) else day.replace(year=day.year - 1, month=12, day=30)


def who(name: str = NAME, *, years: int = 14, nth: int = 0) -> Identity:
    return Identity(name, nobodys(born(years), nth=nth), born(years))


def seat(room: Room, member: Member) -> Seat:
    return seat_of(room.world.actor(member), room.world.partnership.id)


def begun(room: Room, by: Member, about: Identity | None = None) -> UUID:
    actor = room.world.actor(by)
    return drafting.begin(actor, about or who(), WORDS.why, concern_id=uuid4())


def written(room: Room, by: Member, about: Identity | None = None, **more: object) -> tuple[UUID, int]:
    """A draft that can be sent, and its edition."""
    about = about or who()
    concern_id = begun(room, by, about)
    worry = Worry(about, WORDS, **more)  # type: ignore[arg-type]
    return concern_id, drafting.save(room.world.actor(by), concern_id, worry, edition=1)


def sent(room: Room, by: Member, about: Identity | None = None, **more: object) -> UUID:
    concern_id, edition = written(room, by, about, **more)
    sending.send(seat(room, by), concern_id, edition=edition)
    return concern_id


def decided(room: Room, by: Member, concern_id: UUID, step: Step = Step.CONTACT, outcome: Outcome = Outcome.ONWARD,
            **more: object) -> Outcome:
    reply = "" if outcome == Outcome.ONWARD else "Tak, vi har set på det"
    said = {"urgent": False, "reason": "Det er set på", "reply": reply}
    return deciding.decide(seat(room, by), concern_id, Wanted(step, outcome, **(said | more)))  # type: ignore[arg-type]


def with_file(room: Room, by: Member, about: Identity | None = None) -> UUID:
    """A worry that ended in a file in Karl's hands: through all four steps."""
    concern_id = sent(room, by, about)
    for step in (Step.CONTACT, Step.FIRST, Step.SCREENING):
        decided(room, room.sanne, concern_id, step)
    decided(room, room.sanne, concern_id, Step.FINAL, Outcome.FILE, owner=room.karl.id, about=About.HELPED)
    return concern_id
