"""Conflict readiness in the demonstration: a contact tree that is ready, one conflict that is over, one that waits.

All of it is invented. The telephone numbers are not in use: they begin with 99 99.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.access.models import Member, Organisation, Partnership
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.project.demonstration.people import BALLERUP, GLADSAXE, HERLEV, HOUSING, VESTEGN
from lokalnet.situation.conflicts.opening import PROPOSAL_LASTS
from lokalnet.situation.models import (
    LogEntry,
    LogStanding,
    Measure,
    MeasureKind,
    MeasureVisibility,
    Message,
    MessageAgreement,
    MessageEdition,
    Review,
    Step,
    StepKind,
    TreeCall,
    TreeRow,
)

LEADER, COORDINATOR = "leder@politi.example", "koordinator@ballerup.example"
OFFICER, SSP = "lokalbetjent@politi.example", "ssp@herlev.example"
# Duty, organisation, telephone, who rings it.
TREE = (
    ("Vagthavende", VESTEGN, "99 99 10 14", ""),
    ("Koordinator på vagt", BALLERUP, "99 99 20 10", "Vagthavende"),
    ("SSP-leder", HERLEV, "99 99 30 10", "Vagthavende"),
    ("Gadeplan, holdleder", GLADSAXE, "99 99 40 10", "Vagthavende"),
    ("Skoleleder på vagt", BALLERUP, "99 99 20 44", "Koordinator på vagt"),
    ("Klubleder på vagt", BALLERUP, "99 99 20 45", "Koordinator på vagt"),
    ("Ejendomskontoret", HOUSING, "99 99 50 10", "Koordinator på vagt"),
    ("Presse, kommunen", BALLERUP, "99 99 20 60", "Koordinator på vagt"),
)
AGO = 47  # days since the conflict that is over was opened
LASTED = 6


@dataclass(frozen=True)
class Wanted:
    title: str
    known: str
    areas: tuple[str, ...]


EARLIER = Wanted(
    "Uro mellem to grupper unge, Grantoften",
    "Slagsmål på torvet fredag aften med 10-15 unge. Ingen kom alvorligt til skade. Der går rygter om, at det "
    "fortsætter i weekenden.", ("Grantoften",))
WAITING = Wanted(
    "Trusler efter fodboldkamp, Høje Gladsaxe",
    "Vi har set opslag om et opgør ved hallen i morgen aften. Vi ved ikke, om det er alvor. Klubben har aflyst "
    "aftenens træning.", ("Høje Gladsaxe",))
REVIEWS = (
    (1, "Roligt i nat. Skolerne melder om stille gange, men mange spørgsmål.", "hold",
     "Gadeteamet er på torvet 19-23, lokalpolitiet kører forbi hver time."),
    (2, "To forsøg på at samle folk, begge løst ved samtale på stedet.", "hold", "Samme plan som i går."),
    (3, "Ingen nye hændelser. Forældrene har holdt møde i beboerhuset.", "scale-down",
     "Gadeteamet fortsætter, politiet går ned til to runder."),
    (4, "Stadig roligt.", "scale-down", ""),
    (5, "Fire rolige døgn.", "stand-down", "Samler op på næste mandagsmøde."),
)


def fill(partnership: Partnership) -> None:
    """Once, in the migration role. What was entered since stays."""
    if TreeRow.objects.filter(partnership=partnership).exists():
        return
    members = {member.user.email: member for member in Member.objects.filter(
        user__email__in=[LEADER, COORDINATOR, OFFICER, SSP]).select_related("user") if member.user}
    _template(partnership, {each.name: each for each in Organisation.objects.all()})
    _Earlier(partnership, members).play()
    _proposed(partnership, WAITING, members[LEADER], now() - timedelta(minutes=40))


def _template(partnership: Partnership, organisations: dict[str, Organisation]) -> None:
    made: dict[str, TreeRow] = {}
    for position, (function, organisation, phone, parent) in enumerate(TREE, 1):
        made[function] = TreeRow(
            id=uuid.uuid4(), partnership=partnership, organisation=organisations[organisation], function=function,
            phone=phone, parent=made.get(parent), position=position, changed_by=organisations[BALLERUP])
        made[function].save(force_insert=True)


def _proposed(partnership: Partnership, wanted: Wanted, by: Member, at: datetime) -> Measure:
    measure = Measure(
        id=uuid.uuid4(), partnership=partnership, organisation=by.organisation, kind=MeasureKind.CONFLICT,
        visibility=MeasureVisibility.PARTNERSHIP, title=wanted.title, known=wanted.known, made_at=at, changed_at=at,
        areas=list(Area.objects.filter(name__in=wanted.areas).values_list("id", flat=True)),
        ends_on=(now().astimezone(ZoneInfo(partnership.timezone)) + PROPOSAL_LASTS).date())
    measure.save(force_insert=True)
    Step.objects.filter(measure=measure, kind=StepKind.PROPOSED).update(member=by, at=at)
    return measure


class _Earlier:
    """The one that is over, as it went; its rows are written now and dated back."""

    def __init__(self, partnership: Partnership, members: dict[str, Member]) -> None:
        self.partnership, self.members = partnership, members
        self.zone = ZoneInfo(partnership.timezone)
        self.first: date = now().astimezone(self.zone).date() - timedelta(days=AGO)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(self.first + timedelta(days=day), time(hour, minute), self.zone)

    def by(self, email: str, at: datetime) -> dict[str, object]:
        member = self.members[email]
        return {"id": uuid.uuid4(), "measure": self.measure, "organisation_id": member.organisation_id,
                "member": member, "at": at}

    def play(self) -> None:
        self.measure = _proposed(self.partnership, EARLIER, self.members[LEADER], self.at(0, 21, 10))
        self.step(COORDINATOR, StepKind.AGREED, self.at(0, 21, 25))
        self.rung()
        self.logged()
        self.said()
        for day, changed, choice, who in REVIEWS:
            review = Review(**self.by(COORDINATOR, self.at(day, 9)), changed=changed, choice=choice, who=who,
                            day=now().astimezone(self.zone).date())
            review.save(force_insert=True)
            Review.objects.filter(id=review.id).update(day=self.first + timedelta(days=day))
        self.step(COORDINATOR, StepKind.COMMENTED, self.at(LASTED, 9), "Der har været roligt i fire døgn.",
                  {"about": "stand-down"})
        self.step(COORDINATOR, StepKind.DONE, self.at(LASTED, 9),
                  "Uroen stoppede. Skolerne sagde det samme hele vejen, og forældrene var med fra andendagen.")
        Measure.objects.filter(id=self.measure.id).update(
            ends_on=self.first + timedelta(days=14), changed_at=self.at(LASTED, 9))
        TreeRow.objects.filter(measure=self.measure).update(phone="", changed_at=self.at(0, 21, 25))

    def step(self, email: str, kind: StepKind, at: datetime, note: str = "",
             detail: dict[str, str] | None = None) -> None:
        Step(**self.by(email, at), kind=kind, note=note, detail=detail or {}).save(force_insert=True)

    def rung(self) -> None:
        for minute, row in enumerate(TreeRow.objects.filter(measure=self.measure).order_by("position")):
            call = TreeCall(**self.by(LEADER if minute < 4 else COORDINATOR, self.at(0, 21, 28 + minute)), row=row,
                            outcome="reached")
            call.save(force_insert=True)

    def logged(self) -> None:
        self.rumour = LogEntry(**self.by(SSP, self.at(0, 22, 5)),
                               words="Der siges på skolen, at en dreng er stukket ned på torvet.")
        self.seen = LogEntry(**self.by(OFFICER, self.at(0, 22, 20)),
                             words="Torvet er tomt. To patruljer bliver i området til kl. 02.")
        for entry in (self.rumour, self.seen):
            entry.save(force_insert=True)
        for email, entry, standing, hour, reason in (
                (OFFICER, self.rumour, "refuted", 22, "Ingen er stukket. Skadestuen og patruljen på stedet siger det "
                                                      "samme."),
                (COORDINATOR, self.seen, "confirmed", 23, "Gadeteamet stod der selv.")):
            LogStanding(**self.by(email, self.at(0, hour, 40)), entry=entry, standing=standing,
                        reason=reason).save(force_insert=True)

    def said(self) -> None:
        message = Message(**self.by(COORDINATOR, self.at(0, 23, 45)), audience="schools")
        message.save(force_insert=True)
        edition = MessageEdition(
            **self.by(COORDINATOR, self.at(0, 23, 45)), message=message, number=1, builds_on=self.seen,
            words="Der var slagsmål på torvet fredag aften. Ingen kom alvorligt til skade, og ingen er stukket ned. "
                  "Politi og gadeteam er synlige i området hele weekenden. Send gerne børn og forældre videre til "
                  "kommunens SSP, hvis de er utrygge.")
        edition.save(force_insert=True)
        for email in (COORDINATOR, LEADER):
            MessageAgreement(**self.by(email, self.at(0, 23, 50)), edition=edition).save(force_insert=True)
