"""What people of the demonstration follow, and what is new in it since yesterday."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, OuterRef, Subquery

from lokalnet.access.models import Member, Partnership
from lokalnet.foundation.times import now
from lokalnet.notices.models import Notice, Pace
from lokalnet.places.models import Area
from lokalnet.situation.models import Category, Change, Exact, Measure, Subscription

JONAS, AMALIE = "koordinator@ballerup.example", "gadeplan@gladsaxe.example"
RASMUS, HENRIK = "lokalbetjent@politi.example", "leder@politi.example"
RECENT, TOLD_LATELY = timedelta(days=4), timedelta(days=10)
# Drawn by hand, corner by corner: the path between the station and Grantoften.
PATH = [[12.3571, 55.7298], [12.3622, 55.7291], [12.3668, 55.7306], [12.3671, 55.7335], [12.3604, 55.7339],
        [12.3566, 55.7321]]


@dataclass(frozen=True)
class Followed:
    who: str
    name: str
    pace: Pace
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severity: int | None = None
    outline: list[list[float]] | None = None


FOLLOWED = (
    Followed(JONAS, "Grantoften og Hede-Magleparken", Pace.DAILY, ("Grantoften", "Hede-Magleparken")),
    Followed(JONAS, "Skud og våben i hele netværket", Pace.AT_ONCE, categories=("shots", "weapons")),
    Followed(JONAS, "Stien bag stationen", Pace.BELL, outline=PATH),
    Followed(AMALIE, "Høje Gladsaxe", Pace.DAILY, ("Høje Gladsaxe",)),
    Followed(RASMUS, "Alvorligt i Ballerup", Pace.AT_ONCE, ("Ballerup",), severity=3),
    Followed(HENRIK, "Middel og høj alvor, alle steder", Pace.WEEKLY, severity=2),
)


def fill(partnership: Partnership) -> None:
    """In the migration role, once. The reports of the last days are news; nobody has opened the bell since."""
    members = {member.user.email: member for member in Member.objects.exclude(user=None).select_related("user")
               if member.user}
    first, last = _news(partnership)
    areas = {area.name: area.id for area in Area.objects.defer("outline").exclude(kind=Area.Kind.PARISH)}
    categories = {row.slug: row.id for row in Category.objects.filter(partnership=partnership)}
    made = [Subscription(
        id=uuid.uuid4(), member=members[each.who], partnership=partnership, name=each.name, pace=each.pace,
        areas=[areas[name] for name in each.areas], categories=[categories[slug] for slug in each.categories],
        severity=each.severity, outline=each.outline, told_to=last) for each in FOLLOWED]
    Subscription.objects.bulk_create(made)
    Notice.objects.bulk_create([Notice(
        member=each.member, partnership=partnership, kind="observations", subject=each.id, since=first,
        pace=each.pace) for each in made])
    _opened_long_ago(partnership)


def _news(partnership: Partnership) -> tuple[int, int]:
    """The recent reports as numbered news; the numbers of the first and the last."""
    recent = Exact.objects.filter(partnership_id=partnership.id, reported_at__gt=now() - RECENT).order_by("reported_at")
    changes = [Change(number=number, kind=Change.Kind.REPORTED, partnership_id=partnership.id,
                      organisation_id=row.organisation_id, observation_id=row.observation_id)
               for number, row in enumerate(recent, start=1)]
    Change.objects.bulk_create(changes)
    return 1, max(len(changes), 1)


def _opened_long_ago(partnership: Partnership) -> None:
    """Measures and answers told of themselves when they were made: each notice is as old as what it tells of."""
    answered = Exact.objects.filter(observation_id=OuterRef("subject")).values("answered_at")[:1]
    Notice.objects.filter(kind="answer").update(
        made_at=Subquery(answered), changed_at=Subquery(answered), waits_since=Subquery(answered))
    Notice.objects.filter(kind="answer", made_at__lt=now() - RECENT).update(opened_at=F("made_at"))
    for measure in Measure.objects.filter(partnership=partnership):
        lately = measure.changed_at > now() - TOLD_LATELY
        Notice.objects.filter(subject=measure.id).update(
            made_at=measure.changed_at, changed_at=measure.changed_at, waits_since=measure.changed_at,
            opened_at=None if lately else measure.changed_at)
