"""Who watches: an organisation's people out there between two times, and how they are reached."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation.areas.covering import related
from lokalnet.situation.directory import directory, telephones
from lokalnet.situation.models import Watch
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.reading import Right

RIGHTS = ((Purpose.ADMINISTRATION, Fields.CONTACTS), (Purpose.MEASURES, Fields.PRESENCE))
MORNING = time(6)
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Watching:
    """One watch in words; `link` rings the number, and is empty where there is none. `who` is empty where the
    organisation says no more than that it is out.
    """

    id: UUID
    organisation: str
    who: str
    phone: str
    link: str
    area_id: UUID | None
    area: str
    when: str
    starts_at: datetime
    ends_at: datetime
    own: bool
    measure: str = ""  # its title, for who may see the measure
    measure_id: UUID | None = None


@dataclass(frozen=True)
class Entered:
    """What somebody enters of a watch; aware times, `ends_at` after `starts_at`."""

    who: str
    phone: str
    area_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    measure_id: UUID | None = None


def right_to_keep(actor: Actor) -> Right | None:
    """Who keeps the own organisation's telephones, and whoever works out there; None for everybody else."""
    for purpose, fields in RIGHTS:
        if decision := actor.may(purpose, fields):
            return Right(decision, purpose)
    return None


def require(actor: Actor) -> Right:
    """Raises NotAllowed."""
    return right_to_keep(actor) or Right(actor.require(*RIGHTS[0]), RIGHTS[0][0])


def tonight(frame: Frame, moment: datetime | None = None) -> list[Watching]:
    """Who watches from now until six in the morning, local time. One question to the database."""
    moment = moment or now()
    return between(frame, moment, next_morning(moment, frame.zone), moment)


def between(frame: Frame, since: datetime, until: datetime, moment: datetime) -> list[Watching]:
    """Who is out at some time between the two, told as of `moment`. One question to the database."""
    rows = Watch.objects.filter(partnership=frame.partnership, ends_at__gt=since, starts_at__lt=until).order_by(
        "starts_at", "organisation__name", "who").values_list(
        "id", "organisation__name", "who", "phone", "area_id", "area__name", "starts_at", "ends_at", "organisation_id",
        "measure_id", "measure__title")
    return [Watching(id_, organisation, who, phone, telephones.link(phone), area_id, area or "",
                     in_words(starts, ends, moment, frame.zone), starts, ends, of == frame.actor.organisation_id,
                     title or "", measure_id)
            for id_, organisation, who, phone, area_id, area, starts, ends, of, measure_id, title in rows]


def there(frame: Frame, area_id: UUID) -> list[Watching]:
    """Of those, who watches the area, one around it or in it, or the whole partnership."""
    near = related(frame, area_id)
    return [watch for watch in tonight(frame) if watch.area_id is None or watch.area_id in near]


def next_morning(moment: datetime, zone: ZoneInfo) -> datetime:
    """The next six o'clock in the morning. By the calendar: the night that the clocks change is as long as it is."""
    local = moment.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone)


def in_words(starts: datetime, ends: datetime, moment: datetime, zone: ZoneInfo) -> str:
    """«20.00–02.00», «nu–02.00», or with the day where it is not within a day from now."""
    begins = _("now") if starts <= moment else _clock(starts, moment, zone)
    return f"{begins}–{_clock(ends, moment, zone)}"


def hours(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """«20.00–02.00», where the day stands elsewhere."""
    pattern = pgettext("time pattern", "H:i")
    return "–".join(date_format(at.astimezone(zone), pattern) for at in (starts, ends))


def _clock(at: datetime, moment: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    clock = date_format(local, pgettext("time pattern", "H:i"))
    if at - moment < A_DAY:
        return clock
    day = date_format(local, pgettext("date pattern", "j M"))
    return f"{day} {clock}"


def own(frame: Frame) -> list[Watch]:
    """The own organisation's watches that are not over, for whoever may keep them."""
    if not right_to_keep(frame.actor):
        return []
    return list(Watch.objects.filter(partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
                                     ends_at__gt=now()).order_by("starts_at", "who"))


def one(actor: Actor, watch_id: UUID) -> Watch:
    """A watch of the own organisation, to change. Raises NotAllowed, and Http404 for anybody else's."""
    require(actor)
    found = Watch.objects.filter(id=watch_id, organisation_id=actor.organisation_id,
                                 partnership_id__in=actor.partnership_ids).first()
    if found is None:
        raise Http404
    return found


def add(frame: Frame, entered: Entered) -> Watch:
    """A new watch of the own organisation. Another one at the same time is fine: two teams.

    Raises NotAllowed and RefusedText.
    """
    check(frame, entered)
    watch = Watch(id=uuid4(), partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
                  **vars(entered))
    watch.save(force_insert=True)
    record(frame.actor, watch.id, "added")
    return watch


def change(frame: Frame, watch: Watch, entered: Entered) -> None:
    """Raises NotAllowed and RefusedText."""
    check(frame, entered)
    for field, value in vars(entered).items():
        setattr(watch, field, value)
    watch.save(force_update=True)
    record(frame.actor, watch.id, "changed")


def remove(frame: Frame, watch: Watch) -> None:
    record(frame.actor, watch.id, "removed")
    watch.delete()


def copy_to_next_week(frame: Frame, watch: Watch) -> Watch:
    """The same watch at the same time by the clock a week later, also where the clocks change in between.

    A second press waits for the first and finds its copy. Raises NotAllowed and RefusedText.
    """
    Watch.objects.select_for_update().filter(id=watch.id).first()
    entered = Entered(watch.who, watch.phone, watch.area_id, _week_later(watch.starts_at, frame.zone),
                      _week_later(watch.ends_at, frame.zone), watch.measure_id)
    same = Watch.objects.filter(partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
                                **vars(entered)).first()
    return same or add(frame, entered)


def day_of_copy(frame: Frame, watch: Watch) -> str:
    return date_format(_week_later(watch.starts_at, frame.zone), pgettext("date pattern", "l j M"))


def _week_later(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=7), local.time(), zone)


def check(frame: Frame, entered: Entered) -> None:
    require(frame.actor)
    directory.check_words(frame, entered.who)


def record(actor: Actor, watch_id: UUID, act: str) -> None:
    right = require(actor)
    events.record(actor, "watch.changed", decision=right.decision, purpose=right.purpose, subject_kind="watch",
                  subject=watch_id, act=act)
