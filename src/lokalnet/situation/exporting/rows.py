"""The rows of a file: the set of the list and the map, by the same SQL, each row as its reader gets it."""

import functools
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext as _

from lokalnet.access.models import Partnership
from lokalnet.situation import flagging, periods, picture, showing
from lokalnet.situation.exporting.tables import Column, Sheet, Value
from lokalnet.situation.journals.observations import Dated
from lokalnet.situation.models import Part, Precision, Standing
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters, Sight

MOST = 100_000
AT_ONCE = 2_000


def count(partnership: Partnership, filters: Filters) -> int:
    """How many rows, up to MOST + 1."""
    found = picture.readable(partnership, filters)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from (select 1 {found.source(joined=False)} limit %s) counted",  # noqa: S608
                       [*found.values, MOST + 1])
        return int(cursor.fetchone()[0])


def sights(partnership: Partnership, filters: Filters, most: int) -> Iterator[tuple[Sight, bool]]:
    """The list's set in the list's order, a few at a time; needs the actor's transaction to stay open.

    With each, whether its exact point was coarsened since, by the rule for old points.
    """
    found = picture.readable(partnership, filters)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"select {picture.SIGHT}, coalesce(e.coarsened, false) {found.source(joined=True)} "
                       "order by o.period_start desc, e.occurred_at desc nulls last, o.id limit %s",
                       [*found.values, most])
        while several := cursor.fetchmany(AT_ONCE):
            yield from ((Sight(*row[:-1]), row[-1]) for row in several)


class Rows:
    """A sheet of sights. What was written is known afterwards: how many, whose words, and whether the end was cut."""

    def __init__(self, frame: Frame, filters: Filters) -> None:
        self._frame, self._filters = frame, filters
        self.count = 0
        self.cut = False
        self.with_text: list[UUID] = []

    def sheet(self) -> Sheet:
        return Sheet(_("Observations"), columns(), self._rows())

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        maker = Maker(self._frame)
        for sight, coarsened in sights(self._frame.partnership, self._filters, MOST + 1):
            if self.count == MOST:
                self.cut = True
                return
            self.count += 1
            if sight.text:
                self.with_text.append(sight.id)
            yield maker.row(sight, coarsened=coarsened)


def columns() -> tuple[Column, ...]:
    return (Column("id", _("Reference"), 38), Column("category", _("Category"), 20), Column("when", _("When"), 28),
            Column("from", _("From time"), 18), Column("until", _("To time"), 18),
            Column("precision", _("How sure is the time?"), 20), Column("place", _("Place"), 24),
            Column("longitude", _("Longitude"), 12), Column("latitude", _("Latitude"), 12),
            Column("place_precision", _("How exact is the place?"), 22), Column("source", _("Sender"), 28),
            Column("standing", _("Standing"), 14), Column("reporters", _("Number of reporters"), 12),
            Column("visibility", _("Who may see it?"), 40), Column("text", _("Text"), 80),
            Column("planned_presence", _("Under planned presence"), 12),
            Column("under_measure", _("Under a measure"), 40))


class Maker:
    """Rows in the language of the file; words that many rows share are looked up once."""

    def __init__(self, frame: Frame) -> None:
        self._frame, self._words = frame, Dated(frame.zone)
        self._precisions = {value: str(label) for value, label in Precision.choices}
        self._standings = {value: str(label) for value, label in Standing.choices}
        self._exactness = {each: str(each.label) for each in showing.Exactness}
        self._measure = functools.cache(_measure)

    def row(self, sight: Sight, *, coarsened: bool) -> tuple[Value, ...]:
        frame = self._frame
        precision = precision_of(sight)
        start, end = span(sight, frame.zone)
        return (str(sight.id), frame.categories[sight.category_id].name,
                self._words.of(sight.period_start, sight.part, sight.occurred_at, sight.precision), start, end,
                self._precisions[precision], frame.place_name(sight.areas), sight.longitude, sight.latitude,
                self._exactness[showing.how_exact(sight, coarsened=coarsened)],
                frame.organisations.get(sight.organisation_id, ""),
                self._standings[sight.standing], sight.reporters,
                showing.in_words(sight.visibility, sight.police_sees), sight.text, *self._flags(sight))

    def _flags(self, sight: Sight) -> tuple[Value, Value]:
        """Of the own organisation's reports alone: what it was doing there then."""
        if sight.organisation_id != self._frame.actor.organisation_id:
            return "", ""
        return _("yes") if sight.planned_presence else "", self._measure(sight.under_measure)


def _measure(measure_id: UUID | None) -> str:
    """The title, for who may see the measure."""
    return flagging.title(measure_id) or _("yes") if measure_id else ""


def precision_of(sight: Sight) -> str:
    """As sure as this reader may know the time."""
    if sight.precision is not None:
        return sight.precision
    return Precision.WEEK if sight.part == Part.WEEK else Precision.EVENING


def span(sight: Sight, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when it may have been, in local time; the same moment twice where the time is exact."""
    precision = precision_of(sight)
    start = (sight.occurred_at if precision in (Precision.EXACT, Precision.HOUR) and sight.occurred_at
             else sight.period_start).astimezone(zone)
    return start, periods.end_of(start, precision)
