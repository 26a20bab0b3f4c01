"""How observations are shown: names, words for times and places, points for the map."""

import functools
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lokalnet.access.acting import Actor
from lokalnet.foundation import tokens
from lokalnet.interface.templatetags.pieces import mark
from lokalnet.situation import map_points, periods
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.map_points import Points
from lokalnet.situation.models import PoliceSees, Standing, Visibility
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Cursor, Filters, Sight

PAGE_CURSOR = "page cursor"


class Exactness(TextChoices):
    """How exact a place is, for this reader."""

    POINT = "point", gettext_lazy("exact point")
    AREA = "area", gettext_lazy("the area, no point")
    SQUARE = "square", gettext_lazy("within 250 m")
    OLD = "old", gettext_lazy("within 100 m")


def how_exact(sight: Sight, *, coarsened: bool = False) -> Exactness:
    """`coarsened` is for points that have grown old (retention)."""
    if sight.named_area:
        return Exactness.AREA
    return Exactness.SQUARE if sight.coarse else Exactness.OLD if coarsened else Exactness.POINT


@dataclass(frozen=True)
class Card:
    """One observation in words, for list and detail page."""

    url: str
    id: UUID
    mark: SafeString
    name: str
    severity: int
    icon: str
    when: str
    where: str
    source: str
    text: str
    coarse: bool
    within: str
    square: bool
    visibility: str
    longitude: float
    latitude: float
    standing: str
    standing_name: str
    state: str
    reporters: str
    text_removed: bool


def cards(frame: Frame, sights: list[Sight]) -> list[Card]:
    """What a page of cards shares (addresses, symbols, words) is made once: it was most of the page's time."""
    words, somewhere = periods.Words(frame.zone), UUID(int=0)
    address = reverse("observation", args=[somewhere])
    audience = functools.cache(in_words)
    standings = {value: str(label) for value, label in Standing.choices}
    told_by = functools.cache(reporters)
    within = {each: str(each.label) for each in Exactness} | {Exactness.POINT: ""}
    looks = {id_: (mark(row.severity, row.icon), row.name, row.severity, row.icon)
             for id_, row in frame.categories.items()}
    return [Card(
        address.replace(str(somewhere), str(sight.id)), sight.id, *looks[sight.category_id],
        when=words.of(sight.period_start, sight.part, sight.occurred_at, sight.precision),
        where=_where(frame, sight), source=frame.organisations.get(sight.organisation_id, ""),
        text=sight.text, coarse=sight.coarse, within=within[how_exact(sight)],
        square=how_exact(sight) == Exactness.SQUARE, visibility=audience(sight.visibility, sight.police_sees),
        longitude=sight.longitude, latitude=sight.latitude, standing=sight.standing,
        standing_name=standings[sight.standing], state=sight.state, reporters=told_by(sight.reporters),
        text_removed=sight.text_removed) for sight in sights]


def _where(frame: Frame, sight: Sight) -> str:
    """A coarse place lies in the area of its square's middle, and perhaps not in that area."""
    name = frame.place_name(sight.areas)
    return _("near %(place)s") % {"place": name} if name and how_exact(sight) == Exactness.SQUARE else name


def reporters(number: int) -> str:
    """How many have told of it, when more than one."""
    return "" if number < 2 else ngettext("%(number)d reporter", "%(number)d reporters", number) % {"number": number}


def place(frame: Frame, filters: Filters) -> str:
    """The name of the one area that the reader filters by, or nothing."""
    return frame.areas[filters.areas[0]].name if len(filters.areas) == 1 and filters.areas[0] in frame.areas else ""


def in_words(visibility: str, police_sees: str) -> str:
    """Who sees it, as the sender chose."""
    if visibility in (Visibility.PARTNERSHIP, Visibility.PUBLIC):
        return _("%(visibility)s. The police get: %(detail)s.") % {
            "visibility": Visibility(visibility).label, "detail": PoliceSees(police_sees).label}
    return f"{Visibility(visibility).label}."


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


def on_map(frame: Frame, points: Points) -> bytes:
    """The map's points as JSON."""
    return map_points.as_json(points, origin=frame.bounds[:2],
                              looks=[(row.icon, row.severity) for row in frame.categories.values()])


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
    return {"since": filters.since.isoformat(), "until": filters.until.isoformat(),
            "areas": sorted(str(area) for area in filters.areas), "category": filters.category,
            "organisations": sorted(str(id_) for id_ in filters.organisations), "severity": filters.severity,
            "standing": filters.standing, "searched": bool(filters.words),
            "box": [filters.box.west, filters.box.south, filters.box.east, filters.box.north] if filters.box else None,
            **({"followed": _followed_for_log(filters.followed)} if filters.followed else {}),
            **({"signal": str(filters.signal.id)} if filters.signal else {})}


def _followed_for_log(wanted: Wanted) -> dict[str, Any]:
    return {"areas": sorted(str(each) for each in wanted.areas), "outline": [list(corner) for corner in wanted.outline],
            "categories": sorted(str(each) for each in wanted.categories), "severity": wanted.severity}
