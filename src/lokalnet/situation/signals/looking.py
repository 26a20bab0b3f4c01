"""A look at everything that a partnership looks at: each group of categories, as each audience gets it.

It runs as the login `lokalnet_place`, acting for nobody: it is given cells, days and numbers (asking.py), and
writes looks and signals. All of a partnership's looks are stored in one transaction: a run that is killed has not
looked at all.
"""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from lokalnet.access import events
from lokalnet.access.models import Partnership
from lokalnet.analysis.detection.looking import look
from lokalnet.foundation.jobs import alone
from lokalnet.foundation.times import now
from lokalnet.situation.models import LOOKED_AT, Look, SignalAudience, SignalStepKind, Theme
from lokalnet.situation.picture import fetched
from lokalnet.situation.signals import asking, due, keeping
from lokalnet.situation.signals.seeing import Seen

BASELINE = timedelta(days=365)
Group = tuple[SignalAudience, Theme]
# The partnership's first: what all see is not opened once more for some of them.
AUDIENCES = SignalAudience.PARTNERSHIP, SignalAudience.MUNICIPALITIES
EVERYTHING: tuple[Group, ...] = tuple((audience, theme) for audience in AUDIENCES for theme in LOOKED_AT)
THREADS = 2  # of the machine's: those who serve pages on it go first

logger = logging.getLogger("lokalnet.work")


def look_where_due(*, at: datetime | None = None) -> int:
    """How many partnerships were looked at."""
    moment = at or now()
    wanted = set(due.partnerships(moment))
    return sum(look_at(partnership, at=moment) for partnership in Partnership.objects.raw(
        "select * from partnerships_at_work()") if partnership.id in wanted)


def look_at(partnership: Partnership, *, at: datetime, groups: Sequence[Group] = EVERYTHING) -> bool:
    """False where another worker is looking just now."""
    with alone(f"signals {partnership.id}") as mine:
        if mine:
            # Before the question: what comes in meanwhile is looked at again.
            upto = fetched("select newest_change()", [])[0][0]
            seen = list(_see(partnership, at, groups))
            with transaction.atomic():
                _store(seen, upto)
                _note(partnership, at, [step for each in seen for step in keeping.keep(each)])
    return mine


def _see(partnership: Partnership, at: datetime, groups: Sequence[Group]) -> Iterator[Seen]:
    day = at.astimezone(ZoneInfo(partnership.timezone)).date()
    answers = {audience: asking.asked(partnership.id, audience, since=day - BASELINE, until=day)
               for audience, _theme in groups}
    for audience, theme in groups:
        sighted = answers[audience].themes[theme]
        looked = look(sighted.told, sighted.voices, today=day, threads=THREADS,
                      seed=seed_of(partnership.id, audience, theme, day))
        yield Seen(partnership, audience, theme, at, sighted, looked, answers[audience].middles)


def seed_of(partnership: UUID, audience: str, theme: Theme, day: date) -> int:
    """Looking again at the same on the same day finds the same."""
    said = hashlib.sha256(f"{partnership} {audience} {theme} {day}".encode()).digest()
    return int.from_bytes(said[:4], "big")


def _store(seen: list[Seen], upto: int) -> None:
    """The newest look of a day stands for the day."""
    figures = ["looked_at", "upto", "word", "counted", "reporters", "organisations", "per_year"]
    Look.objects.bulk_create([
        Look(partnership=each.partnership, audience=each.audience, theme=each.theme, day=each.day, looked_at=each.at,
             upto=upto, word=each.looked.word.value, counted=each.looked.counted, reporters=each.looked.reporters,
             organisations=each.looked.organisations, per_year=each.looked.per_year) for each in seen],
        update_conflicts=True, unique_fields=["partnership", "audience", "theme", "day"], update_fields=figures)


def _note(partnership: Partnership, at: datetime, steps: list[SignalStepKind]) -> None:
    """An entry in the log where a look made or changed a signal, by a function that can write nothing else."""
    if not steps:
        return
    entry = events.entry(None, "signals.looked", dict(Counter(step.value for step in steps)), at=at,
                         subject_kind="partnership", subject=partnership.id)
    with connection.cursor() as cursor:
        cursor.execute("select note_look(%s, %s, %s, %s::jsonb, %s, %s, %s)", [
            entry.id, entry.at, entry.subject, json.dumps(entry.detail), bytes(entry.salt), bytes(entry.digest),
            bytes(entry.mac)])
    logger.info("signals: %s", entry.detail)
