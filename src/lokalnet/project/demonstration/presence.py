"""Who is out in the coming week of the demonstration, and which of the year's reports were made by whoever was out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from lokalnet.access.models import Organisation, Partnership
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.project.demonstration.people import BALLERUP, GLADSAXE, HERLEV, VESTEGN
from lokalnet.situation.models import Watch

THURSDAY, FRIDAY, SATURDAY = 3, 4, 5
# Organisation, who (or nobody in particular), telephone, area, weekdays, from and until: hours after midnight are the
# next day's.
ROUNDS = (
    (GLADSAXE, "Gadeplan, aftenhold", "99 99 40 10", "Høje Gladsaxe", (THURSDAY, FRIDAY, SATURDAY), 18, 26),
    (GLADSAXE, "", "", "Blokhaven", (FRIDAY,), 19, 23),
    (BALLERUP, "Gadeteamet", "99 99 20 30", "Grantoften", (THURSDAY, FRIDAY, SATURDAY), 19, 25),
    (VESTEGN, "Lokalpatruljen", "99 99 10 14", "Grantoften", (FRIDAY, SATURDAY), 20, 26),
    (HERLEV, "SSP ude", "", "Herlev", (FRIDAY,), 18, 22),
)
WEEK = 7
FLAGGED_SINCE = timedelta(days=60)


def fill(partnership: Partnership, organisations: dict[str, Organisation]) -> None:
    """At every start, in the migration role: the week ahead, where nothing is written for it."""
    zone = ZoneInfo(partnership.timezone)
    today = now().astimezone(zone).date()
    areas = {area.name: area for area in Area.objects.defer("outline").exclude(kind=Area.Kind.PARISH)}
    for ahead in range(1, WEEK + 1):
        day = today + timedelta(days=ahead)
        begins = datetime.combine(day, time(12), zone)
        if Watch.objects.filter(partnership=partnership, starts_at__gte=begins,
                                starts_at__lt=begins + timedelta(days=1)).exists():
            continue
        Watch.objects.bulk_create([Watch(
            partnership=partnership, organisation=organisations[name], who=who, phone=phone, area=areas.get(area),
            starts_at=_at(day, since, zone), ends_at=_at(day, until, zone))
            for name, who, phone, area, weekdays, since, until in ROUNDS if day.weekday() in weekdays])


def flag(partnership: Partnership) -> None:
    """The last two months' reports as they would have been flagged: on the rounds above, and under what was agreed."""
    with connection.cursor() as cursor:
        for name, _who, _phone, _area, weekdays, since, _until in ROUNDS:
            cursor.execute(
                "update situation_observation_exact e set planned_presence = true from access_organisation o "
                "where o.id = e.organisation_id and o.name = %s and e.partnership_id = %s and e.precision = 'exact' "
                "and e.occurred_at > %s and extract(isodow from e.occurred_at at time zone %s) = any(%s) "
                "and extract(hour from e.occurred_at at time zone %s) between %s and 23",
                [name, partnership.id, now() - FLAGGED_SINCE, partnership.timezone, [day + 1 for day in weekdays],
                 partnership.timezone, since])
        cursor.execute(
            "update situation_observation_exact e set under_measure_id = m.id from situation_measure m "
            "where m.partnership_id = %s and m.organisation_id = e.organisation_id and m.areas && e.areas "
            "and m.state in ('agreed', 'under-way') and e.precision = 'exact' and exists (select from situation_step s "
            "where s.measure_id = m.id and s.kind = 'agreed' and s.at <= e.occurred_at)", [partnership.id])


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """By the clock on the wall, also where the night is an hour longer."""
    return datetime.combine(day + timedelta(days=hour // 24), time(hour % 24), zone)
