"""How observations are shown: names, words for times and places, points for the map."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access.acting import Actor
from lokalnet.foundation import tokens
from lokalnet.situation import periods
from lokalnet.situation.models import Category, PoliceSees, Visibility
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Cursor, Filters, Sight

PAGE_CURSOR = "page cursor"


@dataclass(frozen=True)
class Card:
    """One observation in words, for list and detail page."""

    id: UUID
    category: Category
    when: str
    where: str
    source: str
    text: str
    own: bool
    coarse: bool
    visibility: str
    longitude: float
    latitude: float


def cards(frame: Frame, sights: list[Sight]) -> list[Card]:
    return [Card(
        id=sight.id, category=frame.categories[sight.category_id],
        when=periods.in_words(sight.period_start, sight.part, sight.occurred_at, sight.precision, frame.zone),
        where=frame.place_name(sight.areas), source=frame.organisations.get(sight.organisation_id, ""),
        text=sight.text, own=sight.organisation_id == frame.actor.organisation_id, coarse=sight.coarse,
        visibility=in_words(sight), longitude=sight.longitude, latitude=sight.latitude) for sight in sights]


def in_words(sight: Sight) -> str:
    """Who sees it, as the sender chose."""
    if sight.visibility in (Visibility.PARTNERSHIP, Visibility.PUBLIC):
        return f"{Visibility(sight.visibility).label}. {_('The police get:')} {PoliceSees(sight.police_sees).label}."
    return f"{Visibility(sight.visibility).label}."


def seen_by(actor: Actor) -> dict[str, str]:
    """What the send button says for each choice."""
    police = _("Seen by: the municipalities and the police")
    return {
        Visibility.ORGANISATION.value: _("Seen by: only %(organisation)s") % {"organisation": actor.organisation_name},
        Visibility.MUNICIPALITIES.value: _("Seen by: the municipalities") if actor.organisation_kind == "municipality"
        else _("Seen by: the municipalities and %(organisation)s") % {"organisation": actor.organisation_name},
        Visibility.PARTNERSHIP.value: police,
        Visibility.PUBLIC.value: _("Seen by: the municipalities and the police; counted in public figures"),
    }


def feature_collection(frame: Frame, points: list[tuple[Any, ...]]) -> dict[str, Any]:
    """GeoJSON for the map, as small as it can be: id, category's position, severity, coarse."""
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [round(x, 6), round(y, 6)]},
         "properties": {"id": str(id_), "severity": frame.categories[category].severity,
                        "icon": frame.categories[category].icon, "coarse": coarse}}
        for id_, x, y, category, coarse in points]}


def cursor_token(cursor: Cursor | None) -> str:
    if cursor is None:
        return ""
    return tokens.seal(PAGE_CURSOR, [cursor.period_start.isoformat(),
                                     cursor.occurred_at.isoformat() if cursor.occurred_at else None, str(cursor.id)])


def cursor_from(token: str) -> Cursor | None:
    """Raises tokens.BadToken."""
    if not token:
        return None
    start, exact, id_ = tokens.unseal(PAGE_CURSOR, token)
    return Cursor(datetime.fromisoformat(start), datetime.fromisoformat(exact) if exact else None, UUID(id_))


def for_log(filters: Filters) -> dict[str, Any]:
    """The criterion of a search, as the log keeps it."""
    return {"since": filters.since.isoformat(), "until": filters.until.isoformat(), "area": str(filters.area or ""),
            "category": filters.category, "organisation": str(filters.organisation or ""),
            "severity": filters.severity}
