"""The person room of the demonstration: its people do in it what people do, through the services that pages use.

So keys, entries in the log, notices and visits come about as in life. It runs as the application's login, with somebody
acting in each moment; afterwards the moments are laid back in time (aging.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import psycopg
from django.db import transaction
from django.utils import translation

from lokalnet.access.acting import act_as
from lokalnet.access.rights import Purpose
from lokalnet.access.seats import Seat, seat_of
from lokalnet.disclosure.gate import answering, copies, offering, taking_back
from lokalnet.disclosure.gate.wanting import Wish
from lokalnet.disclosure.models import Ground
from lokalnet.foundation.times import now
from lokalnet.project import database, logins
from lokalnet.project.demonstration import aging, filework
from lokalnet.project.demonstration.youths import (
    BIRGITTE,
    EMIL,
    JONAS,
    LINE,
    LONE,
    METTE,
    NADIA,
    TOBIAS,
    TOLD,
    Told,
)
from lokalnet.youth.concerns import drafting, own, sending
from lokalnet.youth.concerns.worries import Worry
from lokalnet.youth.files import entering, fetching, overriding
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.overriding import Asked
from lokalnet.youth.models import About, File, Outcome, Step
from lokalnet.youth.sharing.snapshot import snapshot
from lokalnet.youth.triage import deciding, reading
from lokalnet.youth.triage.deciding import Wanted

WHO = """select u.email, m.id, p.id from access_member m join access_user u on u.id = m.user_id, access_partnership p
  where p.slug = 'vestegnen'"""
STEPS = (Step.CONTACT, Step.FIRST, Step.SCREENING)


def concern_id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demonstration/{key}")


@dataclass
class Scene:
    """Who there is, and when each moment was."""

    moments: list[tuple[datetime, datetime, int]] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)

    @cached_property
    def members(self) -> dict[str, tuple[UUID, UUID]]:
        with psycopg.connect(**database.parameters(logins.OWNER)) as connection:  # type: ignore[arg-type]
            connection.execute(f"set role {logins.MIGRATION}")
            return {email: (member, partnership) for email, member, partnership in connection.execute(WHO)}

    @contextmanager
    def moment(self, email: str, days: int) -> Iterator[Seat]:
        """Somebody acts, so many days ago."""
        began, (member_id, partnership_id) = now(), self.members[email]
        with transaction.atomic():
            actor = act_as(member_id)
            assert actor is not None
            yield seat_of(actor, partnership_id)
        self.moments.append((began, now(), days))

    @contextmanager
    def at_file(self, email: str, key: str, days: int, purpose: Purpose = Purpose.EARLY_HELP) -> Iterator[Stay]:
        with self.moment(email, days) as seat:
            yield entering.enter(seat, fetching.one(seat, self.files[key].id), purpose)


def fill() -> None:
    """Once: where there is something already, it stays. In Danish, which some services write in their notes."""
    with translation.override("da"):
        _fill(Scene())


def _fill(scene: Scene) -> None:
    with scene.moment(LINE, 0) as seat:
        if own.told(seat.actor):
            return
    scene.moments.clear()
    for told in sorted(TOLD, key=lambda each: -each.days):
        _tell(scene, told)
        if told.key in OPENED:
            _clarify(scene, told)
    _leave_open(scene)
    filework.fill(scene)
    _share(scene)
    _break_in(scene)
    aging.moved(scene.moments)


def today() -> date:
    return drafting.today()


def _tell(scene: Scene, told: Told) -> None:
    with scene.moment(told.by, told.days) as seat:
        who = told.youth.who(today())
        made = drafting.begin(seat.actor, who, told.words.why, concern_id=concern_id(told.key))
        worry = Worry(who, told.words, told.acute, today() if told.notified else None)
        edition = drafting.save(seat.actor, made, worry, edition=1)
        if told.sent:
            sending.send(seat, made, edition=edition)


# Who clarifies, and who then has the file in hand.
OPENED = {"silas": (TOBIAS, BIRGITTE), "viggo": (TOBIAS, TOBIAS), "malte": (EMIL, EMIL), "ella": (EMIL, NADIA),
          "laurits": (JONAS, JONAS), "otto": (JONAS, NADIA), "karla": (METTE, METTE), "ella-police": (LONE, LONE)}


def _clarify(scene: Scene, told: Told) -> None:
    """Step by step over some days, until a file is opened."""
    decider, owner = OPENED[told.key]
    for number, step in enumerate(STEPS, 1):
        _onward(scene, decider, told.key, step, told.days - number)
    with scene.moment(decider, told.days - 5) as seat:
        person_id = reading.known(concern_id(told.key)).person_id
        assert person_id is not None
        about = About.WITNESS if told.key == "viggo" else About.HELPED
        deciding.decide(seat, concern_id(told.key), Wanted(
            Step.FINAL, Outcome.FILE, urgent=False, owner=scene.members[owner][0], about=about,
            reason="Der er brug for, at nogen holder fast i det over tid.",
            reply="Tak, fordi du skrev. Vi har taget det op, og du er velkommen til at ringe til os."))
    with scene.moment(owner, told.days - 5):
        scene.files[told.key] = File.objects.get(person_id=person_id)


def _onward(scene: Scene, decider: str, key: str, step: Step, days: int) -> None:
    with scene.moment(decider, days) as seat:
        deciding.decide(seat, concern_id(key), Wanted(
            step, Outcome.ONWARD, urgent=False, reason="Vi har talt med den, der skrev, og ser nærmere på det."))


def _leave_open(scene: Scene) -> None:
    """One at each step, and one that ended with advice."""
    _onward(scene, TOBIAS, "noah", Step.CONTACT, 0)
    for days, step in ((8, Step.CONTACT), (7, Step.FIRST)):
        _onward(scene, EMIL, "asta", step, days)
    with scene.moment(TOBIAS, 30) as seat:
        deciding.decide(seat, concern_id("freja"), Wanted(
            Step.CONTACT, Outcome.ADVICE, urgent=False, reason="Familien er i gang selv, og det går den rigtige vej.",
            reply="Godt set. Tal med Frejas far igen om to uger, og skriv, hvis det ikke er blevet bedre."))


NEEDED = "Modtageren møder den unge i hverdagen og skal kende aftalerne for at kunne støtte op om dem."


@dataclass(frozen=True)
class Shared:
    """Of which file, by whom, to whom, on which ground, and what."""

    key: str
    by: str
    to: str
    ground: str = "rpl-115-2-ssp"
    purpose: str = "ssp"
    stage: str = "between-meetings"
    fields: tuple[str, ...] = ("identity", "strengths", "agreements")
    preset: str = ""
    told: str = ""

    def wish(self, scene: Scene, seat: Seat) -> Wish:
        receiver = next(id_ for id_, name in seat.organisations.items() if name == self.to)
        ground = Ground.objects.get(partnership=seat.partnership, code=self.ground, state="in-force")
        return Wish(receiver, ground.id, self.purpose, self.stage, self.fields, NEEDED, ("young-person", "parents"), "",
                    today() + timedelta(days=80), self.preset, self.told)


POLICE, GLADSAXE = "Københavns Vestegns Politi", "Gladsaxe Kommune"


def _offer(scene: Scene, shared: Shared, days: int) -> UUID:
    with scene.at_file(shared.by, shared.key, days, Purpose.DISCLOSURE) as stay:
        wish = shared.wish(scene, stay.seat)
        if shared.told:
            return offering.tell(stay.seat, person_id=stay.file.person_id, wish=wish, form=uuid4())
        seen = snapshot(stay.seat, stay.file, wish.fields, today=today())
        return offering.offer(stay.seat, person_id=stay.file.person_id, wish=wish, form=uuid4(), snapshot=seen)


def _share(scene: Scene) -> None:
    _offer(scene, Shared("silas", TOBIAS, POLICE, stage="at-meeting", told="Lokalbetjenten og koordinatoren"), 20)
    _offer(scene, Shared("malte", EMIL, GLADSAXE, "bl-132", "move", "moving", preset="flytning",
                         fields=("identity", "concern-facts", "strengths", "agreements")), 3)
    taken = _offer(scene, Shared("ella", NADIA, POLICE, fields=("identity", "strengths", "agreements")), 25)
    with scene.moment(LONE, 24) as seat:
        copies.read(seat, answering.accept(seat, taken))
    declined = _offer(scene, Shared("otto", NADIA, POLICE), 30)
    with scene.moment(LONE, 28) as seat:
        answering.decline(seat, declined, "Vi har ingen kontakt med ham, og det er ikke nødvendigt for os nu.")
    _take_back(scene, _offer(scene, Shared("otto", NADIA, GLADSAXE), 18))
    with scene.at_file(METTE, "karla", 12, Purpose.DISCLOSURE) as stay:
        police = next(id_ for id_, name in stay.seat.organisations.items() if name == POLICE)
        offering.withhold(stay.seat, person_id=stay.file.person_id, receiver=police, purpose="ssp", form=uuid4(),
                          reason="Vi når målet sammen med familien og træneren. Politiet behøver det ikke.")


def _take_back(scene: Scene, offer_id: UUID) -> None:
    """It was taken, and the giver takes it back: the receiver has not answered yet."""
    with scene.moment(TOBIAS, 16) as seat:
        copies.read(seat, answering.accept(seat, offer_id))
    with scene.at_file(NADIA, "otto", 2, Purpose.DISCLOSURE) as stay:
        taking_back.take_back(stay.seat, offer_id, "Han bliver alligevel på sin skole i Ballerup.")


def _break_in(scene: Scene) -> None:
    """Emergency access one evening; and somebody who opened the wrong file, and said so."""
    with scene.moment(EMIL, 6) as seat:
        opened = overriding.ask(seat, Asked(
            scene.files["otto"].number,
            "Otto står ved klubben og har ingen at tage hjem til, og rådgiveren kan ikke træffes."))
        assert opened is not None
        entering.enter(seat, fetching.one(seat, opened), Purpose.EARLY_HELP)
    with scene.at_file(TOBIAS, "silas", 5) as stay:
        entering.was_wrong(stay.seat, stay.file)
