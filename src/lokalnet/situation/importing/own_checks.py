"""The rules for files that Lokalnet wrote itself: the words of the screen, and places that are no points."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.situation.importing import own
from lokalnet.situation.importing.checks import Rules, no_choice, number, unknown_category
from lokalnet.situation.importing.rows import Origin, Rejected, Row
from lokalnet.situation.partnerships import Place
from lokalnet.situation.reporting import Report
from lokalnet.situation.showing import Exactness

DECIMALS = 6


@dataclass(frozen=True, kw_only=True)
class OwnRules(Rules):
    """As for every file, and what may be said in the partnership's own words."""

    words: own.Words

    def report_of(self, row: Row) -> Report:
        if not row.problem and own.fold(self.profile.value(row.values, "id")) in own.examples():
            raise Rejected("example", _("This is the template's example. Delete the line, or write something else than "
                                        "\"%(mark)s\" in it.") % {"mark": own.example()})
        return super().report_of(row)

    def origin_of(self, row: Row) -> Origin:
        """Raises Rejected for what is no report of the organisation's own."""
        exact = self._exactness(row.values)
        if exact == Exactness.SQUARE:
            raise Rejected("coarse", _("The place is only known within 250 m: it is somebody else's report, shared "
                                       "that way."))
        return Origin(_reference(self.profile.value(row.values, "id")), exact == Exactness.OLD)

    def _exactness(self, values: Mapping[str, str]) -> Exactness | None:
        return own.exactness().get(own.fold(self.profile.value(values, "place_precision")))

    def _named_area(self, values: Mapping[str, str]) -> UUID | None:
        found = self._area(values)
        return found.id if found else None

    def _point(self, values: Mapping[str, str]) -> tuple[float, float]:
        """A row that names an area tells no point, whatever else stands in it."""
        found = self._area(values)
        return (found.longitude, found.latitude) if found else super()._point(values)

    def _area(self, values: Mapping[str, str]) -> Place | None:
        """Where an area was named and no point; raises Rejected where there is none of that name here."""
        if self._exactness(values) != Exactness.AREA:
            return None
        found = self.words.areas.get(own.fold(self.profile.value(values, "place")))
        if found is None:
            raise Rejected("area", _("The row names an area and no point, and there is no area of that name here."))
        return found

    def _degrees(self, said: str) -> float:
        return round(number(said.replace(",", ".")), DECIMALS)

    def _text(self, values: Mapping[str, str]) -> str:
        return own.as_written(super()._text(values))

    def _category(self, values: Mapping[str, str]) -> str:
        slug = self.words.categories.get(own.fold(self.profile.category(values)), "")
        if slug not in self.categories:
            raise unknown_category(self.words.category_names)
        return slug

    def _choices(self, values: Mapping[str, str]) -> dict[str, str]:
        precision = self.words.precisions.get(own.fold(self.profile.value(values, "precision")))
        if precision is None:
            raise self._no_choice("precision")
        audience = self.words.visibility.get(own.fold(self.profile.value(values, "visibility")))
        if audience is None:
            raise self._no_choice("visibility")
        return {"precision": precision, "visibility": audience[0], "police_sees": audience[1]}

    def _no_choice(self, field: str) -> Rejected:
        return no_choice(field, f"\"{self.profile.heading(self.profile.columns[field])}\"", own.choices()[field])


def _reference(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
