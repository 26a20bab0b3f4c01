"""Once a year, of an area that had signals: what would have to be true for us to stop?

First three months after the area's first signal, and then a year after the last answer, as long as it had a signal in
the last year. What is answered is added to; the newest holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.rights import Purpose
from lokalnet.foundation.rules import Outdated
from lokalnet.foundation.times import now
from lokalnet.situation import acting
from lokalnet.situation.areas.covering import related
from lokalnet.situation.models import LONGEST_WORDS, StopQuestion
from lokalnet.situation.partnerships import Frame, Place
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.signals import judging, reading
from lokalnet.situation.signals.turns import take_turn

FIRST_AFTER, AGAIN_AFTER, YEAR = timedelta(days=91), timedelta(days=365), timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """The question of one area. `due` is its day, also before it has come; `answers`, the newest first."""

    place: Place
    signals: int
    due: date
    waits: bool
    answers: tuple[StopQuestion, ...]

    @property
    def newest(self) -> StopQuestion | None:
        return self.answers[0] if self.answers else None


def asked(frame: Frame) -> list[Asked]:
    """Of each area with a signal of the last year that the reader gets: those that wait first, by the alphabet."""
    today = _today(frame)
    since = today - YEAR
    signals = list(reading.of(frame).exclude(last_day__lt=since - AGAIN_AFTER).order_by("first_day"))
    areas = reading.areas_of(frame, signals)
    found: dict[UUID, list[tuple[date, date]]] = {}
    for each in signals:
        for area in areas[each.id][-1:]:
            found.setdefault(area, []).append((each.first_day, each.last_day))
    recent = {area: days for area, days in found.items() if max(last for _first, last in days) >= since}
    said = _answers(frame, recent)
    there = [_asked(place, recent[id_], said[id_], since, today) for id_, place in frame.areas.items()
                 if id_ in recent]
    return sorted(there, key=lambda each: not each.waits)


def _asked(place: Place, days: list[tuple[date, date]], said: tuple[StopQuestion, ...], since: date,
           today: date) -> Asked:
    due = _due(days, said)
    return Asked(place, sum(last >= since for _first, last in days), due, due <= today, said)


def of_area(frame: Frame, area_id: UUID) -> Asked | None:
    return next((each for each in asked(frame) if each.place.id == area_id), None)


def said_by(frame: Frame, about: Asked) -> str:
    """Which organisation gave the newest answer, and when; never which of its members."""
    if about.newest is None:
        return ""
    day = date_format(about.newest.at.astimezone(frame.zone), pgettext("date pattern", "j M Y"))
    who = frame.organisations.get(about.newest.organisation_id, _("Somebody"))
    return f"{who}, {day}"


def waiting(frame: Frame) -> list[Asked]:
    """Those that wait, in the areas that the member looks after; all for who has none in particular."""
    if not judging.judges(frame.actor):
        return []
    mine: frozenset[object] = frozenset().union(*(related(frame, area) for area in frame.actor.area_ids))
    return [each for each in asked(frame) if each.waits and (not frame.actor.area_ids or each.place.id in mine)]


def answer(frame: Frame, area_id: UUID, words: str, *, key: UUID, edition: int) -> None:
    """Raises NotAllowed, Http404, BadReport (for `words`), Outdated."""
    decision = judging.may_judge(frame)
    take_turn(area_id, frame.partnership.id)
    about = of_area(frame, area_id)
    if about is None:
        raise Http404
    words = words.strip()
    _check(frame, words)
    if StopQuestion.objects.filter(id=key).exists():
        return
    if len(about.answers) != edition:
        raise Outdated(_("Somebody has answered meanwhile: »%(words)s«. What you wrote is still here; send it again if "
                         "it is to hold instead.") % {"words": about.answers[0].words}, len(about.answers))
    StopQuestion(id=key, partnership=frame.partnership, area_id=area_id, year=_today(frame).year, words=words,
                 organisation_id=frame.actor.organisation_id, member_id=frame.actor.member_id).save(force_insert=True)
    events.record(frame.actor, "stop-question.answered", decision=decision, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="area", subject=area_id, partnership=str(frame.partnership.id))


def _check(frame: Frame, words: str) -> None:
    if not words:
        raise BadReport("words", _("Say in a few sentences what would have to be true."))
    if len(words) > LONGEST_WORDS:
        raise BadReport("words", _("The text may be %(number)s characters long.") % {"number": LONGEST_WORDS})
    acting.check_words(frame, words, field="words")


def _answers(frame: Frame, areas: Iterable[UUID]) -> dict[UUID, tuple[StopQuestion, ...]]:
    rows: QuerySet[StopQuestion] = StopQuestion.objects.filter(
        partnership=frame.partnership, area_id__in=list(areas)).order_by("-at", "-id")
    found: dict[UUID, list[StopQuestion]] = {area: [] for area in areas}
    for row in rows:
        found[row.area_id].append(row)
    return {area: tuple(each) for area, each in found.items()}


def _due(days: list[tuple[date, date]], answers: tuple[StopQuestion, ...]) -> date:
    if answers:
        return answers[0].at.date() + AGAIN_AFTER
    return min(first for first, _last in days) + FIRST_AFTER


def _today(frame: Frame) -> date:
    return now().astimezone(frame.zone).date()
