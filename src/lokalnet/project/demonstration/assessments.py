"""What police, municipalities, housing and a club see in three areas, in this quarter and the one before.

They do not agree, and some things have changed: that is what the page is for. All of it is invented.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.access.models import Member, Organisation, Partnership
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.project.demonstration.people import BALLERUP, CLUB, GLADSAXE, HERLEV, HOUSING, VESTEGN
from lokalnet.situation.assessments import quarters
from lokalnet.situation.models import Assessment, Certainty, Seen, Sign, Source

STRENGTHS, RECRUITING, DEALING, TERRITORY = Sign
SEEN, NOT, UNSURE = Seen
OWN, RESIDENTS, SCHOOL, PARTNER, OTHER = Source
LOW, MEDIUM, HIGH = Certainty


@dataclass(frozen=True)
class Row:
    sign: Sign
    seen: Seen
    certainty: Certainty | None
    sources: tuple[Source, ...]
    words: str = ""


# By area, organisation, and how many quarters ago.
SAID: dict[tuple[str, str, int], tuple[Row, ...]] = {
    ("Grantoften", VESTEGN, 1): (
        Row(STRENGTHS, UNSURE, None, ()),
        Row(RECRUITING, SEEN, LOW, (PARTNER,), "Enkelte henvendelser til yngre ved butikkerne, fortalt af andre."),
        Row(DEALING, SEEN, MEDIUM, (OWN,), "Handel på stien bag butikkerne i de tidlige aftentimer."),
        Row(TERRITORY, NOT, MEDIUM, (OWN,)),
    ),
    ("Grantoften", VESTEGN, 0): (
        Row(STRENGTHS, SEEN, MEDIUM, (OWN, PARTNER), "De unge hilser igen, når vi går gennem området til fods."),
        Row(RECRUITING, SEEN, MEDIUM, (OWN, PARTNER),
            "Ældre unge giver yngre mad og cigaretter og beder om små tjenester bagefter. Set fire gange i efteråret."),
        Row(DEALING, NOT, MEDIUM, (OWN,), "Ikke set, siden belysningen på stien blev skiftet."),
        Row(TERRITORY, NOT, HIGH, (OWN,)),
    ),
    ("Grantoften", BALLERUP, 1): (
        Row(STRENGTHS, SEEN, HIGH, (OWN, RESIDENTS), "Mødrenes aftenture på fredage."),
        Row(RECRUITING, NOT, MEDIUM, (SCHOOL, OWN)),
        Row(DEALING, SEEN, HIGH, (OWN, RESIDENTS), "Salg fra bænkene bag butikkerne, mest torsdag og fredag."),
        Row(TERRITORY, NOT, MEDIUM, (OWN,)),
    ),
    ("Grantoften", BALLERUP, 0): (
        Row(STRENGTHS, SEEN, HIGH, (OWN, RESIDENTS),
            "Mødrenes aftenture har fået følge af to fædregrupper. Lektiecaféen er fuld hver tirsdag."),
        Row(RECRUITING, NOT, LOW, (SCHOOL, OWN), "Skolen og gadeteamet har ikke mærket det, men ferien var urolig."),
        Row(DEALING, SEEN, LOW, (RESIDENTS,), "Beboere fortæller om salg fra en bil ved containerne."),
        Row(TERRITORY, NOT, MEDIUM, (OWN,)),
    ),
    ("Grantoften", HOUSING, 1): (
        Row(STRENGTHS, UNSURE, None, ()), Row(RECRUITING, UNSURE, None, ()),
        Row(DEALING, SEEN, MEDIUM, (OWN,), "Poser og emballage i kældergangen under blok C."),
        Row(TERRITORY, NOT, LOW, (OWN,)),
    ),
    ("Grantoften", HOUSING, 0): (
        Row(STRENGTHS, SEEN, MEDIUM, (OWN, RESIDENTS), "Beboerne har selv taget gården ved legepladsen i brug igen."),
        Row(RECRUITING, UNSURE, None, ()),
        Row(DEALING, SEEN, MEDIUM, (OWN,), "Stadig emballage i kældergangen, mest mandag morgen."),
        Row(TERRITORY, SEEN, LOW, (OWN, RESIDENTS), "Ny skrift på gavlen om, hvis gård det er. Malet over to gange."),
    ),
    ("Høje Gladsaxe", VESTEGN, 1): (
        Row(STRENGTHS, SEEN, LOW, (PARTNER,), "Godt samarbejde med klubben."), Row(RECRUITING, NOT, MEDIUM, (OWN,)),
        Row(DEALING, SEEN, HIGH, (OWN,), "Handel i tunnelen under stationsvejen efter klokken 20."),
        Row(TERRITORY, SEEN, MEDIUM, (OWN,), "Grupper udefra blev bedt om at gå."),
    ),
    ("Høje Gladsaxe", VESTEGN, 0): (
        Row(STRENGTHS, SEEN, MEDIUM, (OWN,), "Godt samarbejde med klubben og driften om lys og låse."),
        Row(RECRUITING, NOT, LOW, (OWN,)),
        Row(DEALING, SEEN, HIGH, (OWN, RESIDENTS), "Fortsat handel i tunnelen, nu også om eftermiddagen."),
        Row(TERRITORY, NOT, MEDIUM, (OWN,)),
    ),
    ("Høje Gladsaxe", GLADSAXE, 1): (
        Row(STRENGTHS, SEEN, HIGH, (OWN, SCHOOL), "Fritidsjobbene: 14 unge i arbejde."),
        Row(RECRUITING, UNSURE, None, ()),
        Row(DEALING, SEEN, MEDIUM, (OWN,), "Tunnelen."), Row(TERRITORY, NOT, LOW, (OWN,)),
    ),
    ("Høje Gladsaxe", GLADSAXE, 0): (
        Row(STRENGTHS, SEEN, HIGH, (OWN, SCHOOL), "Fritidsjobbene fortsætter, og ventelisten er kortere."),
        Row(RECRUITING, SEEN, LOW, (SCHOOL,), "Skolen er bekymret for frikvarterer, hvor ældre venter ved hegnet."),
        Row(DEALING, SEEN, MEDIUM, (OWN,), "Tunnelen, og trappen ved indkøbscentret om eftermiddagen."),
        Row(TERRITORY, NOT, MEDIUM, (OWN,)),
    ),
    ("Høje Gladsaxe", CLUB, 0): (
        Row(STRENGTHS, SEEN, HIGH, (OWN,), "To nye hold, og alle kommer trygt til og fra træning."),
        Row(RECRUITING, NOT, HIGH, (OWN,), "Vi ser det ikke på banerne eller i klubhuset."),
        Row(DEALING, NOT, MEDIUM, (OWN,), "Ikke omkring banerne."), Row(TERRITORY, UNSURE, None, ()),
    ),
    ("Herlev Hovedgade", HERLEV, 1): (
        Row(STRENGTHS, SEEN, MEDIUM, (OWN,), "Butikkerne ringer selv, før det bliver til uro."),
        Row(RECRUITING, NOT, MEDIUM, (OWN, SCHOOL)), Row(DEALING, NOT, LOW, (RESIDENTS,)),
        Row(TERRITORY, NOT, HIGH, (OWN,)),
    ),
    ("Herlev Hovedgade", HERLEV, 0): (
        Row(STRENGTHS, SEEN, HIGH, (OWN, OTHER), "Butikkernes vagtordning med gadeplan virker hver weekend."),
        Row(RECRUITING, NOT, MEDIUM, (OWN, SCHOOL)),
        Row(DEALING, SEEN, LOW, (RESIDENTS,), "Enkelte har set salg ved cykelparkeringen."),
        Row(TERRITORY, NOT, HIGH, (OWN,)),
    ),
}


def fill(partnership: Partnership, organisations: dict[str, Organisation]) -> None:
    """Once, in the migration role. Nothing of Ballerup's first area is missing; of the third the police's is."""
    if Assessment.objects.filter(partnership=partnership).exists():
        return
    areas = {area.name: area for area in Area.objects.defer("outline").filter(kind=Area.Kind.NEIGHBOURHOOD)}
    writer = {each.organisation_id: each for each in Member.objects.filter(
        organisation__in=organisations.values(), user__isnull=False).order_by("-name")}
    Assessment.objects.bulk_create([
        _row(partnership, areas[area], writer[organisations[name].id], ago, row)
        for (area, name, ago), rows in SAID.items() for row in rows if area in areas])


def _row(partnership: Partnership, area: Area, member: Member, ago: int, row: Row) -> Assessment:
    quarter = quarters.of(quarters.today())
    for _quarter in range(ago):
        quarter = quarter.before
    written = datetime.combine(quarter.first + timedelta(days=44), time(10), ZoneInfo(partnership.timezone))
    return Assessment(
        partnership=partnership, organisation_id=member.organisation_id, member=member, area=area,
        quarter=quarter.first, sign=row.sign, seen=row.seen, words=row.words,
        sources=[each for each in Source if each in row.sources],
        certainty=row.certainty or "", written_at=min(written, now()))
