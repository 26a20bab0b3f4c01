"""What the parties of the demonstration promised each other, and questions to a club that never logs in. Invented."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.times import now
from lokalnet.partnership.models import Commitment, CommitmentVersion, State
from lokalnet.project.demonstration.measures import AMALIE, HENRIK, JONAS
from lokalnet.situation.models import AnswerKind, Measure, Question, Step, StepKind


@dataclass(frozen=True)
class Promised:
    """By whom, what, and by which day; days are counted from today, `made` backwards. `settled` how long ago."""

    by: str
    text: str
    due: int
    made: int
    state: State = State.OPEN
    why: str = ""
    settled: int = 0
    measure: str = ""  # the title of one that is part of it


PROMISES = (
    Promised(JONAS, "Alle slukkede lamper på stierne ved Grantoften bliver meldt og skiftet inden for to uger.", 19, 60,
             measure="Lys på stien bag Grantoften"),
    Promised(JONAS, "Gadeteamet er ude torsdag, fredag og lørdag aften hele vinteren.", 120, 60),
    Promised(JONAS, "Kommunen holder et møde med boligforeningerne hvert kvartal.", -6, 100,
             measure="Rene kældre i Grantoften"),
    Promised(JONAS, "Nattevandrerne får et fast lokale i Ballerup.", -40, 150, State.KEPT,
             "Lokalet i kulturhuset er åbent fredag og lørdag fra kl. 19.", 44),
    Promised(HENRIK, "Lokalpolitiet svarer på en henvendelse om uro på et sted inden for tre hverdage.", 45, 70),
    Promised(HENRIK, "Patruljen kører stierne mellem Herlev og Gladsaxe igennem hver weekend.", -20, 120, State.CHANGED,
             "Vi går i stedet sammen med gadeteamene fredag. Det har flere glæde af.", 21),
    Promised(HENRIK, "To åbne møder om tryghed i Gladsaxe inden sommer.", -150, 300, State.BROKEN,
             "Der blev kun holdt ét. Det andet blev aflyst på grund af et stort arrangement i byen.", 148),
)


def fill(partnership: Partnership, members: dict[str, Member]) -> None:
    """Once, in the migration role."""
    if Commitment.objects.filter(partnership=partnership).exists():
        return
    zone = ZoneInfo(partnership.timezone)
    for promised in PROMISES:
        _promise(partnership, members[promised.by], promised, now().astimezone(zone).date(), zone)
    _ask(partnership, members)


def _promise(partnership: Partnership, by: Member, promised: Promised, today: date, zone: ZoneInfo) -> None:
    said_at = datetime.combine(today - timedelta(days=promised.made), time(10, 30), zone)
    made = Commitment(id=uuid.uuid4(), partnership=partnership, party_id=by.organisation_id, text=promised.text,
                      due_on=today + timedelta(days=promised.due), made_by=by, made_at=said_at, changed_at=said_at)
    made.save(force_insert=True)
    if promised.state != State.OPEN:
        _settle(made, by, promised, datetime.combine(today - timedelta(days=promised.settled), time(14, 5), zone))
    Measure.objects.filter(partnership=partnership, title=promised.measure).update(commitment=made)


def _settle(made: Commitment, by: Member, promised: Promised, at: datetime) -> None:
    CommitmentVersion(id=uuid.uuid4(), commitment=made, partnership_id=made.partnership_id,
                      organisation_id=by.organisation_id, member=by, edition=2, text=made.text, due_on=made.due_on,
                      state=promised.state, why=promised.why).save(force_insert=True)
    CommitmentVersion.objects.filter(commitment=made, edition=2).update(at=at)  # the database writes the time itself
    Commitment.objects.filter(id=made.id).update(changed_at=at)


def _ask(partnership: Partnership, members: dict[str, Member]) -> None:
    """One question that waits, whose link nobody has, and one that the club has answered."""
    corner = Measure.objects.get(partnership=partnership, title__startswith="Fast voksen på hjørnet")
    _question(corner, members[AMALIE], "Kan klubben have åbent en time længere om fredagen, mens vi står der?")
    light = Measure.objects.get(partnership=partnership, title__startswith="Lys på stien")
    asked = "Bruger jeres unge stien igen efter træning?"
    _answer(_question(light, members[JONAS], asked), "De fleste gør. De yngste bliver stadig hentet.")


def _question(measure: Measure, by: Member, asked: str) -> Question:
    made = Question(id=uuid.uuid4(), partnership_id=measure.partnership_id, organisation_id=by.organisation_id,
                    asked_by=by, measure=measure, label="Boldklubben", question=asked, kind=AnswerKind.BOTH,
                    token_hash=secrets.token_bytes(32), asked_at=now() - timedelta(days=2),
                    expires_at=now() + timedelta(days=5))
    made.save(force_insert=True)
    return made


def _answer(question: Question, words: str) -> None:
    """As the database does it for whoever holds the link (situation/sql/questions.sql)."""
    at = now() - timedelta(hours=5)
    Question.objects.filter(id=question.id).update(answered_at=at, reply="yes", words=words)
    Step(id=uuid.uuid4(), measure=question.measure, organisation_id=question.organisation_id, at=at,
         kind=StepKind.ANSWERED, note=f"»{question.question}«\n{question.label}: Ja. {words}",
         detail={"question": str(question.id), "reply": "yes"}).save(force_insert=True)
