"""The month's texts on the data protection officer's desk, and how often somebody stood in one after all.

Twenty texts of the own organisation, drawn by chance by the database, which gives the officer those and no others.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from lokalnet.access.acting import Actor
from lokalnet.access.models import Partnership
from lokalnet.analysis.proportions import wilson
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation.models import Category, Change, KnownPlace, Sample
from lokalnet.situation.reporting import tell

SIZE = 20
FEW = 20  # a rate of fewer judged texts says nothing
MOST_MONTHS = 12


@dataclass(frozen=True)
class Sampled:
    """One text to judge, with the category that it was reported under."""

    id: UUID
    observation_id: UUID
    category: Category | None
    text: str


@dataclass(frozen=True)
class Desk:
    """A month's sample: what is left to judge, and how far it is. `removed` went before the officer came to it."""

    month: date
    left: tuple[Sampled, ...]
    fine: int
    slips: int
    removed: int

    @property
    def judged(self) -> int:
        return self.fine + self.slips

    @property
    def size(self) -> int:
        return self.judged + len(self.left)


@dataclass(frozen=True)
class Rate:
    """Slips among judged texts from `since` until today, with a 95 % Wilson interval, as shares of 1."""

    judged: int
    slips: int
    low: float
    high: float
    since: date
    until: date

    @property
    def enough(self) -> bool:
        return self.judged >= FEW

    @property
    def share(self) -> float:
        return self.slips / self.judged if self.judged else 0.0


def months(at: datetime | None = None) -> list[date]:
    """The first days of the complete months whose texts are still kept, newest first."""
    today = (at or now()).astimezone(COPENHAGEN).date()
    found: list[date] = []
    first = today.replace(day=1)
    while len(found) < MOST_MONTHS:
        first = (first - timedelta(days=1)).replace(day=1)
        if found and (today - first).days > settings.LOKALNET_TEXTS_KEPT_DAYS:
            break
        found.append(first)
    return found


def month_of(text: str) -> date:
    """The month asked for ("2026-10") if it is one of `months`, else the newest of them."""
    known = months()
    return next((month for month in known if f"{month:%Y-%m}" == text), known[0])


def desk(month: date) -> Desk:
    """The month's sample of the actor's organisation, drawn when it is first asked for."""
    with connection.cursor() as cursor:
        cursor.execute("select draw_sample(%s, %s)", [month, SIZE])
        cursor.execute("select sample_id, observation_id, category_id, said, verdict from sampled_texts(%s)", [month])
        rows = cursor.fetchall()
    categories = Category.objects.in_bulk({row[2] for row in rows})
    left = tuple(Sampled(row[0], row[1], categories.get(row[2]), row[3]) for row in rows if row[3] and not row[4])
    fine, slips = (sum(row[4] == verdict for row in rows) for verdict in (Sample.Verdict.FINE, Sample.Verdict.SLIP))
    return Desk(month, left, fine, slips, removed=len(rows) - len(left) - fine - slips)


def judge(actor: Actor, wanted: Sampled, verdict: Sample.Verdict) -> bool:
    """Say what stands in a text; one in which somebody stands is removed at once. False when it was judged already."""
    with connection.cursor() as cursor:
        cursor.execute("select judge_sample(%s, %s)", [wanted.id, verdict.value])
        done: bool = cursor.fetchone()[0]
    # A category that the actor cannot read is one of a partnership that is over: nobody looks at its picture.
    if done and verdict == Sample.Verdict.SLIP and wanted.category:
        tell(actor, wanted.category.partnership_id, Change.Kind.CHANGED, wanted.observation_id)
    return done


def rate(partnership: Partnership, at: datetime | None = None) -> Rate:
    """What is published in the installation, over all parties of the partnership and the last year."""
    today = (at or now()).astimezone(COPENHAGEN).date()
    with connection.cursor() as cursor:
        cursor.execute("select judged, slips from slip_rate(%s)", [partnership.id])
        judged, slips = cursor.fetchone()
    low, high = wilson(slips, judged) if judged else (0.0, 1.0)
    return Rate(judged, slips, low, high, today - timedelta(days=365), today)


def proposals(partnership: Partnership) -> list[KnownPlace]:
    """What people said is a place when the guard took it for a name, and nobody has looked at yet; newest first."""
    return list(_words(partnership).filter(approved_at=None).order_by("-said_at", "word"))


def words(partnership: Partnership) -> list[KnownPlace]:
    """What counts as a place for everybody, the newest approval first."""
    return list(_words(partnership).filter(approved_at__isnull=False).order_by("-approved_at", "word"))


def approve(actor: Actor, partnership: Partnership, word_id: UUID) -> bool:
    """From now on the guard lets the word stand for everybody. False when there is none to approve."""
    return bool(_words(partnership).filter(id=word_id, approved_at=None).update(
        approved_at=now(), approved_by_id=actor.member_id))


def strike(partnership: Partnership, word_id: UUID) -> bool:
    """The guard stops the word from now on, also where it was approved. False when there is none to strike."""
    return bool(_words(partnership).filter(id=word_id).update(struck_at=now()))


def _words(partnership: Partnership) -> QuerySet[KnownPlace]:
    return KnownPlace.objects.filter(partnership=partnership, struck_at=None)
