"""Measures of the demonstration, each in another state, with what was said on the way. All of it is invented."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.models import Measure, MeasureObservation, Observation, Step, StepKind

JONAS, AMALIE, METTE = "koordinator@ballerup.example", "gadeplan@gladsaxe.example", "ssp@herlev.example"
RASMUS, HENRIK, IDA = "lokalbetjent@politi.example", "leder@politi.example", "analytiker@ballerup.example"


@dataclass(frozen=True)
class Taken:
    """A step, so many days after the measure was proposed; `days` are counted from today."""

    who: str
    kind: StepKind
    day: float
    note: str = ""
    days: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """A measure; days are counted from today, `made` backwards."""

    by: str
    title: str
    areas: tuple[str, ...]
    visibility: str
    made: int
    due: int | None
    ends: int
    problem: str
    known: str
    doing: str
    sign: str
    owner: str = ""
    asked: tuple[str, ...] = ()
    about: str = ""  # a category: its newest reports there are linked
    taken: tuple[Taken, ...] = ()


MEASURES = (
    Planned(
        JONAS, "Lys på stien bag Grantoften", ("Grantoften",), "partnership", 23, 6, 67,
        "Tre lamper på stien mellem stationen og Grantoften er slukket, og flere går udenom efter kl. 17.",
        "Gadeteamet har set det fire aftener. Vi ved ikke, om de er gået i stykker eller slået i stykker.",
        "Driften skifter lamperne. Gadeteamet går stien hver torsdag og fredag, til de virker.",
        "Ingen melder om mørke på stien i fire uger, og klubbens unge bruger den igen.",
        JONAS, (HENRIK,), "unsafe-place", (
            Taken(JONAS, StepKind.AGREED, 1), Taken(RASMUS, StepKind.JOINED, 2),
            Taken(JONAS, StepKind.STARTED, 5),
            Taken(RASMUS, StepKind.COMMENTED, 9, "Vi tager stien med på aftenpatruljen i samme periode."),
            Taken(IDA, StepKind.COMMENTED, 16, "To af de tre lamper virker nu. Den sidste venter på en ny mast."))),
    Planned(
        AMALIE, "Fast voksen på hjørnet ved Høje Gladsaxe Center", ("Høje Gladsaxe",), "partnership", 5, 18, 85,
        "Uro ved centret flere aftener i træk. Butikker lukker tidligere.",
        "Det sker mest torsdag til lørdag. Vi ved ikke, hvad der satte det i gang.",
        "To fra Gadeplan står på hjørnet torsdag, fredag og lørdag kl. 18–22 i fire uger.",
        "Butikkerne holder åbent til normal tid.", AMALIE, (HENRIK, JONAS), "nuisance", (
            Taken(AMALIE, StepKind.COMMENTED, 1, "Vi kan begynde på torsdag, hvis det bliver aftalt."),)),
    Planned(
        METTE, "Åben hal i Herlev fredag aften", ("Herlev",), "municipalities", 40, -4, 50,
        "Unge hænger ud på parkeringspladsen, fordi der ikke er andre steder åbent efter kl. 20.",
        "Klubberne lukker kl. 20. Hallen står tom.", "Hallen er åben fredag kl. 20–23 med to voksne.",
        "Mindst 25 unge kommer hver gang, og pladsen er stille.", METTE, (JONAS,), "positive", (
            Taken(METTE, StepKind.COMMENTED, 3, "Hallen er fri. Vi mangler én voksen."),
            Taken(JONAS, StepKind.JOINED, 6))),
    Planned(
        HENRIK, "Scooterkørsel på stierne ved Gladsaxe Ringvej", ("Gladsaxe",), "partnership", 60, -20, 20,
        "Scootere på gangstierne skaber utryghed hos ældre og børnefamilier.",
        "Flest meldinger søndag eftermiddag.", "Synlig patrulje på cykel søndage kl. 13–17, og dialog om værkstedet.",
        "Under to meldinger om måneden.", RASMUS, (JONAS,), "nuisance", (
            Taken(HENRIK, StepKind.AGREED, 1), Taken(RASMUS, StepKind.STARTED, 6),
            Taken(RASMUS, StepKind.DONE, 46, "Seks søndage på cykel. Meldingerne faldt fra ni til to om måneden. "
                  "Værkstedet fortsætter uden os."))),
    Planned(
        AMALIE, "Lys og liv på Bagsværd Torv", ("Bagsværd Torv",), "partnership", 172, -100, 0,
        "Ruder og lamper bliver smadret ved torvet, flest i weekenden.",
        "Det er sket hele vinteren. Vi ved ikke, om det er de samme.",
        "Nyt lys, cafeen holder åbent til kl. 22 fredag og lørdag, og Gadeplan kommer forbi.",
        "Halvt så mange meldinger om hærværk som i vinter.", AMALIE, (HENRIK,), "vandalism", (
            Taken(AMALIE, StepKind.AGREED, 1), Taken(HENRIK, StepKind.JOINED, 2), Taken(AMALIE, StepKind.STARTED, 4),
            Taken(AMALIE, StepKind.DONE, 88, "Lyset er sat op, og cafeen bliver ved. Gadeplan kommer ikke fast "
                  "længere."))),
    Planned(
        JONAS, "Fælles nattevandring i efterårsferien", ("Ballerup", "Herlev"), "partnership", 100, -55, 30,
        "I ferien er der flere unge ude sent og færre voksne.", "Sidste år var det roligt de aftener, der blev gået.",
        "Forældre, gadeteam og lokalpoliti går sammen fire aftener.", "Ingen alvorlige episoder i ugen.", JONAS,
        (METTE, HENRIK), "", (
            Taken(JONAS, StepKind.AGREED, 2), Taken(METTE, StepKind.JOINED, 3),
            Taken(JONAS, StepKind.DROPPED, 30, "For få forældre kunne. Vi prøver igen til sommer, tidligere ude."))),
    Planned(
        JONAS, "Rene kældre i Grantoften", ("Grantoften",), "municipalities", 95, -20, -3,
        "Affald og ild i kældergangene.", "Driften har ryddet to gange.",
        "Ugentlig runde med ejendomskontoret i otte uger.", "Ingen ild, og døre der kan låses.", JONAS, (),
        "vandalism", (
            Taken(JONAS, StepKind.AGREED, 1), Taken(JONAS, StepKind.STARTED, 8),
            Taken(IDA, StepKind.COMMENTED, 40, "Døren i blok 4 mangler stadig en lås."))),
    Planned(
        IDA, "Fjern hashsalg fra tunnelen ved Malmparken", ("Ballerup",), "organisation", 3, 30, 80,
        "Flere melder om salg i tunnelen om eftermiddagen.", "Vi har kun set det to gange selv.",
        "Gadeteamet tæller i to uger, før vi beslutter noget.", "Vi ved, om det er fast, og hvornår.",
        "", (), "drug-dealing", ()),
    Planned(
        HENRIK, "Cykelmærkning og lås ved Ballerup Station", ("Ballerup",), "partnership", 12, 26, 78,
        "Mange cykler bliver stjålet ved stationen.", "Tallene er de samme som sidste efterår.",
        "Mærkning to eftermiddage, og bedre lås mod aflevering af den gamle.",
        "Færre tyverier i december end i oktober.", HENRIK, (JONAS,), "", (
            Taken(HENRIK, StepKind.AGREED, 1),
            Taken(HENRIK, StepKind.PROLONGED, 8, "Leverancen af låse er forsinket.", {"until": 88}))),
)


def fill(partnership: Partnership, members: dict[str, Member]) -> None:
    """Once, in the migration role; what follows from each step, the database does."""
    if Measure.objects.filter(partnership=partnership).exists():
        return
    areas = {area.name: area for area in Area.objects.defer("outline").order_by("kind")
             if area.kind != Area.Kind.PARISH}
    for planned in MEASURES:
        _make(partnership, members, [areas[name] for name in planned.areas], planned)


def _make(partnership: Partnership, members: dict[str, Member], areas: list[Area], planned: Planned) -> None:
    zone = ZoneInfo(partnership.timezone)
    today, by = now().astimezone(zone).date(), members[planned.by]
    began = datetime.combine(today - timedelta(days=planned.made), time(9, 20), zone)
    measure = Measure(
        id=uuid.uuid4(), partnership=partnership, organisation_id=by.organisation_id, title=planned.title,
        visibility=planned.visibility, problem=planned.problem, known=planned.known, doing=planned.doing,
        sign=planned.sign, owner=members.get(planned.owner), areas=[area.id for area in areas],
        due_on=None if planned.due is None else today + timedelta(days=planned.due),
        ends_on=today + timedelta(days=max(planned.ends, 0)), made_at=began, changed_at=began)
    measure.save(force_insert=True)
    Step.objects.filter(measure=measure).update(member=by)  # nobody acts here, so its first step is nobody's
    for name in planned.asked:
        _step(measure, by, StepKind.ASKED, began + timedelta(minutes=1),
              detail={"organisation": str(members[name].organisation_id)})
    for taken in planned.taken:
        _step(measure, members[taken.who], taken.kind, began + timedelta(days=taken.day, hours=5), taken.note,
              {name: (today + timedelta(days=day)).isoformat() for name, day in taken.days.items()})
    if planned.ends < 0:
        _end(measure, today + timedelta(days=planned.ends), began)
    _link(measure, by, planned.about)


def _step(measure: Measure, who: Member | None, kind: StepKind, at: datetime, note: str = "",
          detail: dict[str, str] | None = None) -> None:
    Step(id=uuid.uuid4(), measure=measure, organisation_id=who.organisation_id if who else measure.organisation_id,
         member=who, kind=kind, note=note, detail=detail or {}, at=min(at, now())).save(force_insert=True)


def _end(measure: Measure, day: date, began: datetime) -> None:
    Measure.objects.filter(id=measure.id).update(ends_on=day)
    _step(measure, None, StepKind.ENDED, datetime.combine(day + timedelta(days=1), time(0, 10), began.tzinfo))


def _link(measure: Measure, by: Member, category: str) -> None:
    """The newest reports of a category there, when it was proposed, of those that everybody there sees."""
    rows = Observation.objects.filter(partnership_id=measure.partnership_id, areas__overlap=measure.areas, state="live",
                                      category__slug=category, period_start__lt=measure.made_at,
                                      visibility__in=("partnership", "public"))
    MeasureObservation.objects.bulk_create([
        MeasureObservation(measure=measure, observation=row, organisation_id=by.organisation_id, member=by,
                           at=measure.made_at) for row in rows.order_by("-period_start")[:4]])
