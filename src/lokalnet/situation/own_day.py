"""What the picture holds for one member's day: answers owed and got, what is new in the own areas, texts to check.

Each list asks the database as often however much there is, and is cut where a page would drown.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.situation import answering, periods, picture
from lokalnet.situation.addresses import address
from lokalnet.situation.models import Act, ActKind, Answer, Exact
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters, Sight
from lokalnet.situation.protection import sampling

MOST_OWED = 20
MOST_GOT, GOT_SINCE = 10, timedelta(days=7)
MORNING = time(6)


def due_for(frame: Frame) -> Iterable[Task]:
    yield from answers_owed(frame)
    yield from answers_got(frame)
    yield from news(frame)
    yield from texts(frame)


def answers_owed(frame: Frame) -> Iterator[Task]:
    """One task for each report whose reporter waits, the oldest first, and one for all that are too many."""
    waiting, words = answering.waiting(frame), periods.Words(frame.zone)
    for due in answering.due_of(frame, waiting[:MOST_OWED]) if waiting else ():
        yield Task(Part.WAITING, _("Answer: %(what)s") % {"what": _what(frame, due.sight)},
                   address(frame, "observation", due.sight.id) + "#answer", due.until, _told(frame, words, due.sight))
    if more := len(waiting[MOST_OWED:]):
        yield Task(Part.WAITING, ngettext("%(number)d more waits for an answer", "%(number)d more wait for an answer",
                                          more) % {"number": more}, address(frame, "answers"))


def answers_got(frame: Frame) -> Iterator[Task]:
    """What was answered about the reader's own reports in the last week, the newest first."""
    if not frame.actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN):
        return
    found = list(Exact.objects.filter(
        reporter_id=frame.actor.member_id, answered_at__gt=now() - GOT_SINCE, partnership_id=frame.partnership.id)
        .order_by("-answered_at").values_list("observation_id", flat=True)[:MOST_GOT])
    answers = dict.fromkeys(found, "") | dict(Act.objects.filter(
        observation_id__in=found, kind=ActKind.ANSWERED).order_by("at").values_list("observation_id", "answer"))
    sights = {sight.id: sight for sight in picture.some(list(answers))} if found else {}
    for id_, answer in answers.items():
        if id_ in sights:
            yield Task(Part.NEW, _("Your report was answered: %(what)s") % {"what": _what(frame, sights[id_])},
                       address(frame, "own_reports"), about=str(Answer(answer).label))


def news(frame: Frame) -> Iterator[Task]:
    """One task for each of the reader's areas in which others have told of something since yesterday morning."""
    actor = frame.actor
    if not actor.area_ids or not actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN):
        return
    since = datetime.combine((now().astimezone(frame.zone) - timedelta(days=1)).date(), MORNING, frame.zone)
    for area_id, number in _told_in(frame, since):
        if area_id in frame.areas:
            yield Task(Part.NEW, ngettext("%(number)d new observation in %(area)s",
                                          "%(number)d new observations in %(area)s", number)
                       % {"number": number, "area": frame.areas[area_id].name},
                       address(frame, "overview", area=area_id, since=since.date()), about=_("since yesterday at 6"))


def _told_in(frame: Frame, since: datetime) -> list[tuple[UUID, int]]:
    """The number in each of the reader's areas, the reader's own left out: the list's set, under the same policies."""
    until = picture.last_days(1, frame.zone)[1]
    rows = picture.readable(frame.partnership, Filters(since=since, until=until, areas=frame.actor.area_ids))
    found: list[tuple[UUID, int]] = [(row[0], row[1]) for row in picture.fetched(
        f"select area, count(*) from (select unnest(coalesce(e.areas, o.areas)) as area {rows.source(joined=True)} "  # noqa: S608
        "and e.reporter_id is distinct from %s) told where area = any(%s) group by area order by count(*) desc, area",
        [*rows.values, frame.actor.member_id, list(frame.actor.area_ids)])]
    return found


def texts(frame: Frame) -> Iterator[Task]:
    """The month's texts that the data protection officer has not judged yet."""
    if frame.partnership.exercise_of_id or not frame.actor.may(Purpose.DATA_PROTECTION, Fields.TEXT_SAMPLE):
        return
    desk = sampling.desk(sampling.months()[0])
    if number := len(desk.left):
        month = date_format(desk.month, pgettext("month pattern", "F Y"))
        title = ngettext("%(number)d text of %(month)s to check", "%(number)d texts of %(month)s to check", number)
        yield Task(Part.MINE, title % {"number": number, "month": month}, address(frame, "text_sample"))


def _what(frame: Frame, sight: Sight) -> str:
    """«Hærværk, Grantoften»"""
    place = frame.place_name(sight.areas)
    name = frame.categories[sight.category_id].name
    return f"{name}, {place}" if place else name


def _told(frame: Frame, words: periods.Words, sight: Sight) -> str:
    """When it was, and by whom it was told where that is not the own organisation."""
    when = words.of(sight.period_start, sight.part, sight.occurred_at, sight.precision)
    source = frame.organisations.get(sight.organisation_id, "")
    return when if source in ("", frame.actor.organisation_name) else f"{when} · {source}"
