"""Whom to ring in the demonstration, who watches tonight, and how many live where. All of it is invented.

Numbers of residents are rounded for the demonstration; those of the parishes are made up altogether and say so. The
telephone numbers are not in use: they begin with 99 99.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.access.models import Organisation, Partnership
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.project.demonstration import people
from lokalnet.situation.models import Contact, Watch

ROUNDED = "afrundet, til demonstrationen"
INVENTED = "opfundet, til demonstrationen"
MUNICIPALITIES = {"Ballerup": 49_000, "Herlev": 29_000, "Gladsaxe": 69_000}
PARISHES = {
    "Ballerup": 15_000, "Måløv": 10_000, "Skovlunde": 14_000, "Pederstrup": 10_000, "Herlev": 13_000,
    "Præstebro": 8_000, "Lindehøj": 8_000, "Gladsaxe": 11_000, "Søborggård": 7_000, "Bagsværd": 13_000,
    "Stengård": 7_000, "Mørkhøj": 8_000, "Søborgmagle": 9_000, "Haralds": 6_000, "Buddinge": 8_000,
}


@dataclass(frozen=True)
class Telephone:
    organisation: str
    name: str
    phone: str
    hours: str
    about: str
    area: str = ""
    position: int = 1


TELEPHONES = (
    Telephone(people.VESTEGN, "Lokalpolitiets vagt", "99 99 10 14", "hele døgnet", "Det, der ikke kan vente til 114"),
    Telephone(people.VESTEGN, "SSP og forebyggelse", "99 99 10 20", "hverdage 8–15", "Unge og tryghed", position=2),
    Telephone(people.BALLERUP, "Lokal koordinator", "99 99 20 10", "hverdage 8–16", "Aftaler på tværs"),
    Telephone(people.BALLERUP, "Gadeteamet", "99 99 20 30", "tors–lør 18–01", "Uro ude, lige nu", "Ballerup", 2),
    Telephone(people.HERLEV, "SSP-vagten", "99 99 30 10", "hverdage 8–20", "Unge, som nogen er bekymret for"),
    Telephone(people.GLADSAXE, "Gadeplan", "99 99 40 10", "alle dage 15–23", "Unge på gaden"),
    Telephone(people.GLADSAXE, "Vej og park, vagt", "99 99 40 50", "hele døgnet", "Lys, hegn og knust glas",
              "Gladsaxe", 2),
    Telephone(people.HOUSING, "Ejendomskontoret", "99 99 50 10", "hverdage 7–14", "Kældre, opgange og låse",
              "Grantoften"),
    Telephone(people.CLUB, "Klubhuset", "99 99 60 10", "man–tors 16–20", "Træning og haltider", "Høje Gladsaxe"),
)
# Organisation, who, telephone, area, from and until: hours after midnight are the next day's.
WATCHES = (
    (people.GLADSAXE, "Gadeplan, aftenhold", "99 99 40 10", "Gladsaxe", 17, 23),
    (people.BALLERUP, "Gadeteamet", "99 99 20 30", "Ballerup", 19, 25),
    (people.VESTEGN, "Lokalpatruljen", "99 99 10 14", "", 16, 26),
)


def fill(partnership: Partnership, organisations: dict[str, Organisation]) -> None:
    """At every start, in the migration role: what is missing, and watches for tonight. What was entered since stays."""
    areas = {(area.kind, area.name): area for area in Area.objects.defer("outline")}
    _residents()
    by_name = {name: area for (kind, name), area in sorted(areas.items(), reverse=True) if kind != Area.Kind.PARISH}
    if not Contact.objects.filter(partnership=partnership).exists():
        Contact.objects.bulk_create([Contact(
            partnership=partnership, organisation=organisations[row.organisation], name=row.name, phone=row.phone,
            hours=row.hours, about=row.about, area=by_name.get(row.area), position=row.position)
            for row in TELEPHONES])
    _watches(partnership, organisations, by_name)


def _residents() -> None:
    for kind, numbers, source in ((Area.Kind.MUNICIPALITY, MUNICIPALITIES, ROUNDED),
                                  (Area.Kind.PARISH, PARISHES, INVENTED)):
        for name, number in numbers.items():
            wanted = f"{name} Sogn" if kind == Area.Kind.PARISH else name
            Area.objects.filter(kind=kind, name=wanted, residents__isnull=True).update(
                residents=number, residents_source=source)


def _watches(partnership: Partnership, organisations: dict[str, Organisation], areas: dict[str, Area]) -> None:
    """Of this evening, or of the one that is not over yet."""
    zone = ZoneInfo(partnership.timezone)
    local = now().astimezone(zone)
    evening = (local - timedelta(hours=6)).date()
    midnight = datetime.combine(evening, time(), zone)
    if Watch.objects.filter(partnership=partnership, starts_at__gte=midnight).exists():
        return
    Watch.objects.bulk_create([Watch(
        partnership=partnership, organisation=organisations[name], who=who, phone=phone, area=areas.get(area),
        starts_at=_at(midnight, since), ends_at=_at(midnight, until))
        for name, who, phone, area, since, until in WATCHES])


def _at(midnight: datetime, hour: int) -> datetime:
    """By the clock on the wall, also where the night is an hour longer."""
    day = midnight.date() + timedelta(days=hour // 24)
    return datetime.combine(day, time(hour % 24), midnight.tzinfo)
