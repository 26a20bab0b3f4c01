"""Whoever reports gets an answer within three working days; who owes one sees it as work that is due.

A housing company's or a club's reports are answered by the municipality that stands as their source on the screen;
every other organisation answers its own people. Coordinators and systems report without waiting for an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import holidays
from django.db import connection
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose, Role
from lokalnet.foundation.times import now
from lokalnet.situation import acting, picture
from lokalnet.situation.models import Act, ActKind, Answer
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight
from lokalnet.situation.refusing import BadReport

WORKING_DAYS = 3
LOOKED_BACK = timedelta(days=60)
MOST_DUE = 200
WAITS_FOR_NONE = [Role.COORDINATOR.value, Role.SYSTEM.value]
NEEDS_WORDS = (Answer.OUTCOME, Answer.NO_MORE)


@dataclass(frozen=True)
class Due:
    """An answer that is owed, and by when. `late` when that day is over."""

    sight: Sight
    until: date
    late: bool


@dataclass(frozen=True)
class Told:
    """One of the reader's own reports, with the answers that it got, newest first."""

    sight: Sight
    answers: tuple[Act, ...]


@lru_cache(maxsize=4)
def _danish_holidays() -> Any:
    return holidays.country_holidays("DK")


def deadline(reported_at: datetime, frame: Frame, days: int = WORKING_DAYS) -> date:
    """The last day for an answer: so many working days after the day of the report, Danish public holidays left out."""
    day = reported_at.astimezone(frame.zone).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in _danish_holidays()
    return day


def answer(frame: Frame, observation_id: UUID, kind: str, note: str) -> None:
    """Raises BadReport, or as `acting.do`."""
    if kind not in Answer.values:
        raise BadReport("answer", _("Choose an answer."))
    if Answer(kind) in NEEDS_WORDS and not note.strip():
        raise BadReport("note", _("Say it in a sentence or two: the reporter reads this and nothing else."))
    acting.do(frame, observation_id, ActKind.ANSWERED, answer=kind, note=note)


def may_answer(frame: Frame) -> bool:
    return bool(frame.actor.may(Purpose.ANSWER, Fields.ANSWERS))


Waiting = list[tuple[UUID, datetime]]  # a report, and when it was made


def due_for(frame: Frame) -> list[Due]:
    """Answers that the actor's organisation owes in this partnership, the oldest deadline first."""
    return due_of(frame, waiting(frame))


def number_due(frame: Frame) -> int:
    return len(waiting(frame))


def due_of(frame: Frame, waiting: Waiting) -> list[Due]:
    """These as the actor gets them, each with its deadline, the oldest first."""
    today = now().astimezone(frame.zone).date()
    found = [(deadline(reported, frame), observation_id) for observation_id, reported in waiting]
    sights = {sight.id: sight for sight in picture.some([observation_id for _until, observation_id in found])}
    return [Due(sights[id_], until, until < today) for until, id_ in sorted(found, key=lambda pair: pair[0])
            if id_ in sights]


def waiting(frame: Frame) -> Waiting:
    """The reports without an answer, MOST_DUE at most, the oldest first; none for who may not answer."""
    if not may_answer(frame):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.observation_id, e.reported_at from situation_observation_exact e "
            "join situation_observation o on o.id = e.observation_id "
            "where e.partnership_id = %s and e.organisation_id = any(array("  # the own, and what stands under its name
            "select id from access_organisation where id = %s or shown_as = %s)) and o.state = 'live' "
            "and o.period_start > %s and e.reported_at > %s and e.answered_at is null and not exists "
            "(select from access_member m where m.id = e.reporter_id and m.roles && %s::varchar[]) "
            "order by e.reported_at limit %s",
            [frame.partnership.id, frame.actor.organisation_id, frame.actor.organisation_name, now() - LOOKED_BACK,
             now() - LOOKED_BACK, WAITS_FOR_NONE, MOST_DUE])
        rows: Waiting = cursor.fetchall()
    return rows


def told_by(frame: Frame, *, most: int = picture.PAGE) -> list[Told]:
    """The actor's own reports in this partnership with their answers, newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select e.observation_id from situation_observation_exact e where e.reporter_id = %s and "
                       "e.partnership_id = %s order by e.reported_at desc limit %s",
                       [frame.actor.member_id, frame.partnership.id, most])
        return told(row[0] for row in cursor.fetchall())


def told(observations: Iterable[UUID]) -> list[Told]:
    """These reports, as far as they are there to see, with their answers."""
    ids = list(observations)
    answers: dict[UUID, list[Act]] = {}
    for act in Act.objects.filter(observation_id__in=ids, kind=ActKind.ANSWERED).order_by("-at"):
        answers.setdefault(act.observation_id, []).append(act)
    sights = {sight.id: sight for sight in picture.some(ids)}
    return [Told(sights[id_], tuple(answers.get(id_, ()))) for id_ in ids if id_ in sights]
