"""Tell what happened: from what somebody entered to rows that are durable and said once."""

import functools
import hmac
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Partnership
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.home import secret
from lokalnet.foundation.times import now
from lokalnet.places.areas import places
from lokalnet.places.points import BadPoint, Bounds, Cell, cell_of, check_point
from lokalnet.situation import flagging, guard, periods, photos
from lokalnet.situation.models import (
    Category,
    Change,
    Exact,
    Observation,
    PoliceSees,
    Precision,
    Receipt,
    Text,
    Visibility,
)
from lokalnet.situation.refusing import BadReport

LONGEST_TEXT = 2000
CLOCK_DRIFT = timedelta(minutes=10)
OLDEST = timedelta(days=366)


class KeyUsedForAnother(ValueError):
    """The idempotency key came before, with another body; `observation_id` is what it was received as."""

    def __init__(self, observation_id: UUID) -> None:
        super().__init__(_("This was received before, with other content. What came first stands."))
        self.observation_id = observation_id


@dataclass(frozen=True)
class Report:
    """What one member tells. Coordinates in degrees (WGS 84), `occurred_at` aware."""

    category: str
    longitude: float
    latitude: float
    occurred_at: datetime
    precision: str = Precision.EXACT
    text: str = ""
    visibility: str = Visibility.MUNICIPALITIES
    police_sees: str = PoliceSees.TEXT
    named_area: UUID | None = None  # instead of a point; the coordinates are then the area's middle
    said_now: bool = False  # "now" said twice is the same, though the clock has gone on
    photo: bytes | None = None  # as it was sent

    def body_hash(self) -> bytes:
        """Keyed, with the key outside the database: a short text cannot be found by trying from a dump."""
        when = "now" if self.said_now else self.occurred_at.isoformat()
        said = [self.category, self.longitude, self.latitude, when, self.precision, self.text, self.visibility,
                self.police_sees, *([str(self.named_area)] if self.named_area else []),
                *([keyed(self.photo).hex()] if self.photo else [])]
        return keyed(json.dumps(said).encode())


def keyed(said: bytes) -> bytes:
    """32 bytes that stand for what was said, and that nobody can try texts against without the key."""
    return hmac.digest(_receipt_key(), said, "sha256")


@functools.cache
def _receipt_key() -> bytes:
    return secret("receipts")


@dataclass(frozen=True)
class Received:
    observation_id: UUID
    repeated: bool


def report(actor: Actor, partnership: Partnership, entered: Report, *, key: str,
           places: Collection[str] = (), written_at: datetime | None = None) -> Received:
    """Store a report once. The same key with the same body changes nothing and gives the same answer.

    `written_at` is the time by the clock of the device that it was written on, which is kept beside ours. Raises
    NotAllowed, BadReport, or KeyUsedForAnother. Durable when the running transaction commits.
    """
    decision = actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    before = _receipt(actor, key)
    if before:
        return _again(before, entered)
    category = check(partnership, entered, places=places)
    picture = photos.check(category, entered.photo)
    observation_id = uuid.uuid4()
    # Two sends at once: the second waits here for the first one's commit and then finds its receipt.
    Receipt.objects.bulk_create([Receipt(member_id=actor.member_id, key=key, body_hash=entered.body_hash(),
                                         observation_id=observation_id, written_at=written_at,
                                         device_id=actor.device_id)], ignore_conflicts=True)
    receipt = Receipt.objects.get(member_id=actor.member_id, key=key)
    if receipt.observation_id != observation_id:
        return _again(receipt, entered)
    stored = _store(actor, partnership, category, entered, observation_id)
    if picture and entered.photo:
        photos.store(stored, picture, brought=keyed(entered.photo))
    events.record(actor, "observation.reported", decision=decision, purpose=Purpose.REPORT,
                  subject_kind="observation", subject=observation_id, visibility=entered.visibility)
    return Received(observation_id, repeated=False)


def received(actor: Actor, key: str) -> bool:
    """Whether a report with this key came before."""
    return _receipt(actor, key) is not None


def _again(receipt: Receipt, entered: Report) -> Received:
    if receipt.body_hash is not None and bytes(receipt.body_hash) != entered.body_hash():
        raise KeyUsedForAnother(receipt.observation_id)
    return Received(receipt.observation_id, repeated=True)


def received_as(actor: Actor, key: str, observation_id: UUID) -> bool:
    """Whether the report with this key became that observation."""
    before = _receipt(actor, key)
    return before is not None and before.observation_id == observation_id


def _receipt(actor: Actor, key: str) -> Receipt | None:
    return Receipt.objects.filter(member_id=actor.member_id, key=key).first()


def check(partnership: Partnership, entered: Report, *, places: Collection[str] = (),
          only: frozenset[str] | None = None) -> Category:
    """Every rule on a report, in the order of the form. The category, when all hold.

    `places` are words that the guard shall not take for names. `only` is what a correction changes: the time and the
    text that it leaves alone were judged when they came.
    """
    # Compared here and not in the database, which does not take every character that a client can send.
    category = next((row for row in Category.objects.filter(partnership=partnership, active=True)
                     if row.slug == entered.category), None)
    if category is None:
        raise BadReport("category", _("Choose one of the categories."))
    try:
        check_point(entered.longitude, entered.latitude, bounds_of(partnership))
    except BadPoint as problem:
        raise BadReport("place", str(problem)) from None
    if only is None or "time" in only:
        _check_time(entered.occurred_at)
    for field, value, known in (("precision", entered.precision, Precision),
                                ("visibility", entered.visibility, Visibility),
                                ("police_sees", entered.police_sees, PoliceSees)):
        if value not in known.values:
            raise BadReport(field, _("Choose one of: %(values)s.") % {"values": ", ".join(known.values)})
    if len(entered.text) > LONGEST_TEXT:
        raise BadReport("text", _("The text may be %(number)s characters long.") % {"number": LONGEST_TEXT})
    if only is None or "text" in only:
        _check_text(entered.text, places)
    return category


def _check_text(text: str, places: Collection[str]) -> None:
    try:
        guard.check_text(text, places=places)
    except guard.RefusedText as problem:
        raise BadReport("text", str(problem)) from None


def _check_time(occurred_at: datetime) -> None:
    if occurred_at.tzinfo is None:
        raise BadReport("occurred_at", _("The time needs an offset from UTC."))
    if occurred_at > now() + CLOCK_DRIFT:
        raise BadReport("occurred_at", _("The time lies in the future."))
    if occurred_at < now() - OLDEST:
        raise BadReport("occurred_at", _("The time lies more than a year back."))


def usual_visibility(actor: Actor) -> str:
    """Who sees a report when its sender changes nothing: school, club and street work tell the municipalities."""
    return Visibility.PARTNERSHIP if actor.organisation_kind == "police" else Visibility.MUNICIPALITIES


def bounds_of(partnership: Partnership) -> Bounds:
    return Bounds(partnership.west, partnership.south, partnership.east, partnership.north)


def _store(actor: Actor, partnership: Partnership, category: Category, entered: Report,
           observation_id: UUID) -> Observation:
    zone = ZoneInfo(partnership.timezone)
    spot = spot_of(partnership, entered)
    start, part = periods.period_of(entered.occurred_at, entered.precision, zone)
    audience = {"partnership_id": partnership.id, "organisation_id": actor.organisation_id,
                "source_kind": actor.organisation_kind, "visibility": entered.visibility,
                "police_sees": entered.police_sees}
    observation = Observation(id=observation_id, category=category, period_start=start, part=part, **spot.coarse,
                              **audience)
    observation.save(force_insert=True)
    Exact(observation_id=observation_id, reporter_id=actor.member_id, **spot.exact,
          occurred_at=periods.no_finer_than(entered.occurred_at, entered.precision, zone), precision=entered.precision,
          **flagging.flags(partnership, spot.exact["areas"], entered.occurred_at, entered.precision),
          **audience).save(force_insert=True)
    if entered.text.strip():
        Text(observation_id=observation_id, text=entered.text.strip(), **audience).save(force_insert=True)
    tell(actor, partnership.id, Change.Kind.REPORTED, observation_id)
    return observation


@dataclass(frozen=True)
class Spot:
    """Where a report lies, as the columns of its two rows have it."""

    coarse: dict[str, Any]
    exact: dict[str, Any]


def spot_of(partnership: Partnership, entered: Report) -> Spot:
    """A named area has no exact point: its middle is kept as old points are, and lies in what holds the whole area."""
    index, point = places(), (entered.longitude, entered.latitude)
    cell = cell_of(*point, partnership.projection)
    coarse = {"cell_x": cell.x, "cell_y": cell.y, "longitude": cell.longitude, "latitude": cell.latitude,
              "named_area": entered.named_area}
    if entered.named_area:
        held = index.areas_around(entered.named_area)
        kept = middle_of_area(*point, partnership.projection)
        return Spot(coarse | {"areas": held}, {"longitude": kept.longitude, "latitude": kept.latitude, "areas": held,
                                               "coarsened": True})
    return Spot(coarse | {"areas": index.areas_at(cell.longitude, cell.latitude)},
                {"longitude": point[0], "latitude": point[1], "areas": index.areas_at(*point), "coarsened": False})


def middle_of_area(longitude: float, latitude: float, projection: int) -> Cell:
    """Where a report that names an area is kept: no finer than an old point."""
    return cell_of(longitude, latitude, projection, metres=settings.LOKALNET_COARSE_METRES)


def tell(actor: Actor, partnership_id: UUID, kind: str, observation_id: UUID | None, **more: Any) -> None:
    """News for the live picture: written now, numbered when this transaction has committed.

    `more` is what else there is to say of it: `reported_at`, `visibility_before`.
    """
    Change(kind=kind, partnership_id=partnership_id, organisation_id=actor.organisation_id,
           observation_id=observation_id, **more).save(force_insert=True)
    transaction.on_commit(number_changes, robust=True)


def number_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select number_changes()")
