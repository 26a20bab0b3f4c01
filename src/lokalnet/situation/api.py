"""The API over observations. What a key's organisation may not know, it does not get here either."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Header, Query, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation import tokens
from lokalnet.foundation.problems import Problem, ProblemSchema
from lokalnet.places.points import Bounds
from lokalnet.situation import knowing, marking, picture, reading, reporting, searching, showing
from lokalnet.situation.partnerships import Frame, frame_for
from lokalnet.situation.picture import Filters, Sight
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views import picture as picture_views

router = Router(tags=["observations"])
LONGEST_PAGE = 500


class NewObservation(Schema):
    model_config = ConfigDict(extra="forbid")  # a mistyped name must not fall back to a default

    category: str = Field(description="slug of a category of the partnership", examples=["nuisance"])
    lat: float = Field(description="degrees, WGS 84", examples=[55.7311])
    lon: float = Field(description="degrees, WGS 84", examples=[12.3633])
    occurred_at: AwareDatetime = Field(description="with an offset from UTC")
    precision: Literal["exact", "hour", "evening", "week"] = "exact"
    text: str = Field("", max_length=reporting.LONGEST_TEXT)
    visibility: Literal["organisation", "municipalities", "partnership", "public"] = "municipalities"
    police_sees: Literal["area", "text", "exact"] = Field(
        "text", description="how much the police get of a municipal report that is shared with them")
    partnership: str = Field("", description="slug; needed only when the organisation is in several")


class Stored(Schema):
    id: UUID
    marks: list[str] = Field([], description="kinds of description in the text by which somebody may be recognised: "
                             "taken, but look at it")


class Geometry(Schema):
    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Properties(Schema):
    category: str
    source: str
    visibility: str
    period_start: datetime = Field(description="start of the part of the day, or of the week")
    part: str
    occurred_at: datetime | None = Field(description="null where only the part of the day is shared")
    precision: str | None
    coarse: bool
    named_area: UUID | None = Field(description="the area that was named where no point was given; the point is then "
                                    "its middle")
    text: str
    standing: str = Field(description="unconfirmed until somebody else confirmed or refuted it")
    reporters: int = Field(description="how many have told of it")
    planned_presence: bool | None = Field(description="whether the own organisation had people there by plan; null for "
                                          "reports of others")
    under_measure: UUID | None = Field(description="the measure that the own organisation's report was made under")


class Feature(Schema):
    type: Literal["Feature"] = "Feature"
    id: UUID
    geometry: Geometry
    properties: Properties


class FeatureCollection(Schema):
    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[Feature]
    next: str | None = Field(description="cursor of the next page; null on the last")


class CategoryOut(Schema):
    slug: str
    name: str
    guidance: str
    severity: int


class Asked(Schema):
    bbox: str = Field("", description="west,south,east,north in degrees")
    from_: AwareDatetime | None = Field(None, alias="from")
    to: AwareDatetime | None = None
    category: str = ""
    standing: Literal["", "unconfirmed", "confirmed", "refuted"] = ""
    q: str = Field("", max_length=searching.LONGEST, description="words in the text, Danish; no persons")
    cursor: str = ""
    limit: int = Field(picture.PAGE, ge=1, le=LONGEST_PAGE)
    partnership: str = ""


def _frame(request: Request, slug: str) -> Frame:
    frame = frame_for(request.actor, slug)
    if frame is None:
        raise Problem(404, "partnership", _("Your organisation is in no partnership at present."))
    if not slug and sum(each.exercise_of_id is None for each in frame.mine) > 1:
        raise Problem(422, "partnership", _("Your organisation is in several partnerships: name one."))
    return frame


@router.post("/observations", response={201: Stored, 409: ProblemSchema, 422: ProblemSchema},
             summary="Tell what happened")
def create(request: Request, body: NewObservation,
           idempotency_key: str = Header("", alias="Idempotency-Key", max_length=200)) -> Any:  # type: ignore[type-arg]
    """Stored when this answers 201: the report survives the loss of any process. The same key with the same body
    gives the same answer and changes nothing; with another body it gives 409."""
    frame = _frame(request, body.partnership)
    entered = reporting.Report(category=body.category, longitude=body.lon, latitude=body.lat,
                               occurred_at=body.occurred_at, precision=body.precision, text=body.text,
                               visibility=body.visibility, police_sees=body.police_sees)
    try:
        known = knowing.places(frame) if body.text else frozenset()
        received = reporting.report(frame.actor, frame.partnership, entered, key=idempotency_key or str(uuid.uuid4()),
                                    places=known)
    except BadReport as problem:
        raise Problem(422, problem.field, problem.rule) from None
    except reporting.KeyUsedForAnother as problem:
        raise Problem(409, "Idempotency-Key", str(problem)) from None
    marks = sorted({mark.kind for mark in marking.marks(body.text, places=known)})
    return Status(201, Stored(id=received.observation_id, marks=marks))


@router.get("/observations", response={200: FeatureCollection, 422: ProblemSchema}, summary="The picture as GeoJSON")
def read(request: Request, asked: Query[Asked]) -> Any:
    """Newest first, as far as it is shared with the key's organisation."""
    frame = _frame(request, asked.partnership)
    right = reading.may_read(frame.actor)
    filters = _filters(frame, asked)
    try:
        after = showing.cursor_from(asked.cursor)
    except tokens.BadToken:
        raise Problem(422, "cursor", _("The cursor is not one of ours.")) from None
    page = picture.page(frame.partnership, filters, after=after, size=asked.limit)
    reading.record(frame, right, filters)
    return FeatureCollection(features=[_feature(frame, sight) for sight in page.sights],
                             next=showing.cursor_token(page.next) or None)


@router.get("/categories", response=list[CategoryOut], summary="Categories of the partnership")
def categories(request: Request, partnership: str = "") -> Any:
    frame = _frame(request, partnership)
    return [row for row in frame.categories.values() if row.active]


@router.get("/live", summary="News of the picture as server-sent events", response={200: None})
def live(request: Request) -> Any:
    """`changed` events name observations by id; fetch them again to get what you may see. Send `Last-Event-ID` to
    catch up without a gap."""
    _frame(request, "").actor.require(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS)
    return picture_views.stream(request)


def _filters(frame: Frame, asked: Asked) -> Filters:
    for field, moment in (("from", asked.from_), ("to", asked.to)):
        if moment and not 1900 < moment.year < 9000:
            raise Problem(422, field, _("The year must lie between 1900 and 9000."))
    # Known words only: what is asked for stands in the event log, which holds no free text.
    if asked.category and asked.category not in {row.slug for row in frame.categories.values()}:
        raise Problem(422, "category", _("Choose one of the categories."))
    search = searching.Search(asked.q, frame)
    if search.refused:
        raise Problem(422, "q", search.refused)
    usual_since, usual_until = picture.last_days(14, frame.zone)
    until = asked.to or usual_until
    since = asked.from_ or min(usual_since, until - timedelta(days=14))
    # In UTC, because PostgreSQL refuses some of the offsets that ISO 8601 allows (16 hours and more).
    return Filters(since=since.astimezone(UTC), until=until.astimezone(UTC), category=asked.category,
                   box=_box(asked.bbox), standing=asked.standing, words=search.query)


def _box(text: str) -> Bounds | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Problem(422, "bbox", _("Four numbers are needed: west,south,east,north.")) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Problem(422, "bbox", _("West must not exceed east, nor south north, in degrees."))
    return Bounds(west, south, east, north)


def _feature(frame: Frame, sight: Sight) -> Feature:
    return Feature(id=sight.id, geometry=Geometry(coordinates=(sight.longitude, sight.latitude)), properties=Properties(
        category=frame.categories[sight.category_id].slug, source=frame.organisations.get(sight.organisation_id, ""),
        visibility=sight.visibility, period_start=sight.period_start, part=sight.part, occurred_at=sight.occurred_at,
        precision=sight.precision, coarse=sight.coarse, named_area=sight.named_area, text=sight.text,
        standing=sight.standing, reporters=sight.reporters, **_flags(frame, sight)))


def _flags(frame: Frame, sight: Sight) -> dict[str, Any]:
    own = sight.organisation_id == frame.actor.organisation_id
    return {"planned_presence": sight.planned_presence if own else None,
            "under_measure": sight.under_measure if own else None}
