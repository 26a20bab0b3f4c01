"""Who is out tonight and in the coming week: by night and area, so that partners know where somebody is and where not.

An area and hours of an organisation. Never where somebody stands, and nobody's name.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.foundation.ordering import danish
from lokalnet.foundation.times import now
from lokalnet.situation.directory import watching
from lokalnet.situation.directory.watching import MORNING, Entered, Watching
from lokalnet.situation.models import Measure, MeasureState, PartnerState, Watch
from lokalnet.situation.partnerships import Frame

NIGHTS = 8
MOST_MEASURES = 100
USUAL_HOURS = time(18), time(2)
RUNNING = (MeasureState.AGREED, MeasureState.UNDER_WAY)


@dataclass(frozen=True)
class Night:
    """From six to six, named by its evening. `areas` are (name, who is out there); no name is the whole partnership."""

    evening: date
    name: str
    areas: list[tuple[str, list[Watching]]]


def nights(frame: Frame, moment: datetime | None = None) -> list[Night]:
    """Tonight, and those of the seven next in which somebody is out. One question to the database."""
    moment = moment or now()
    first = evening_of(moment, frame)
    rows = watching.between(frame, moment, morning_after(first + timedelta(days=NIGHTS - 1), frame), moment)
    found: dict[date, list[Watching]] = {first: []}
    for row in rows:
        evening = max(first, evening_of(row.starts_at, frame))
        clock = row if evening == first else replace(row, when=watching.hours(row.starts_at, row.ends_at, frame.zone))
        found.setdefault(evening, []).append(clock)
    return [Night(evening, name_of(evening, first), _by_area(rows)) for evening, rows in sorted(found.items())]


def choices(frame: Frame) -> list[tuple[str, str]]:
    """The nights that one can write for, as a select has them."""
    first = evening_of(now(), frame)
    days = [first + timedelta(days=ahead) for ahead in range(NIGHTS)]
    return [(day.isoformat(), name_of(day, first)) for day in days]


def name_of(evening: date, first: date) -> str:
    return _("Tonight") if evening == first else date_format(evening, pgettext("date pattern", "l j M"))


def evening_of(moment: datetime, frame: Frame) -> date:
    """Until six in the morning it is still the night before."""
    local = moment.astimezone(frame.zone)
    return local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)


def morning_after(evening: date, frame: Frame) -> datetime:
    return datetime.combine(evening + timedelta(days=1), MORNING, frame.zone)


def hours_of(evening: date, begins: time, ends: time, frame: Frame) -> tuple[datetime, datetime]:
    """The two moments, in UTC: a time before six is the next morning's, and an end before the start is a day later."""
    day = evening if begins >= MORNING else evening + timedelta(days=1)
    last = day if ends > begins else day + timedelta(days=1)
    return (datetime.combine(day, begins, frame.zone).astimezone(UTC),
            datetime.combine(last, ends, frame.zone).astimezone(UTC))


def write(frame: Frame, key: UUID, entered: Entered) -> bool:
    """«Vi er ude.» The key was made with the form, so a second press writes nothing; False when it was one.

    Raises NotAllowed and RefusedText.
    """
    watching.check(frame, entered)
    if Watch.objects.filter(id=key).exists():
        return False
    watch = Watch(id=key, partnership=frame.partnership, organisation_id=frame.actor.organisation_id, **vars(entered))
    with transaction.atomic():
        Watch.objects.bulk_create([watch], ignore_conflicts=True)
    watching.record(frame.actor, key, "added")
    return True


def measures(frame: Frame) -> list[tuple[str, str]]:
    """What the own organisation is doing with others or alone: (id, title). Who is out is out for one of these."""
    ours = Q(organisation_id=frame.actor.organisation_id) | Q(
        id__in=Measure.objects.filter(partners__organisation_id=frame.actor.organisation_id,
                                      partners__state=PartnerState.JOINED).values("id"))
    rows = Measure.objects.filter(ours, partnership=frame.partnership, state__in=RUNNING,
                                  ends_on__gte=now().astimezone(frame.zone).date()).order_by(danish("title"))
    return [(str(id_), title) for id_, title in rows.values_list("id", "title")[:MOST_MEASURES]]


def _by_area(rows: list[Watching]) -> list[tuple[str, list[Watching]]]:
    found: dict[str, list[Watching]] = {}
    for row in sorted(rows, key=lambda row: (row.area != "", row.area, row.starts_at)):
        found.setdefault(row.area, []).append(row)
    return list(found.items())
