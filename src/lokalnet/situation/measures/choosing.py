"""The filters of the list of measures, as they stand in its address. A bad value falls back and is never an error."""

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.interface.templatetags.pieces import Options
from lokalnet.situation.filtering import Choice, areas_by_kind
from lokalnet.situation.measures.listing import MINE, OPEN, OURS, OVER, TAKING_PART, UNOWNED, Filters
from lokalnet.situation.models import MeasureState
from lokalnet.situation.partnerships import Frame

ALL = "all"
OVERDUE = "overdue"


class MeasureBar:
    """The choices that a reader has, and what they chose."""

    def __init__(self, query: QueryDict, frame: Frame) -> None:
        self._query, self._frame = query, frame
        self.choices = {choice.name: choice for choice in self._choices()}

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices.values())

    def filters(self) -> Filters:
        state, area = self._chosen("state"), self._chosen("area")
        overdue = state == OVERDUE
        return Filters(state=OPEN if overdue else "" if state == ALL else state, whose=self._chosen("whose"),
                       area=UUID(area) if area else None, overdue=overdue)

    @property
    def query(self) -> str:
        """What differs from the standard, for links that stay with these filters."""
        asked = [(name, choice.chosen) for name, choice in self.choices.items() if choice.chosen not in ("", OPEN)]
        if len(self._frame.mine) > 1:
            asked.append(("partnership", self._frame.partnership.slug))
        return urlencode(asked)

    @property
    def chosen(self) -> bool:
        return any(choice.chosen not in ("", OPEN) for choice in self.choices.values())

    def _choices(self) -> Iterator[Choice]:
        actor = self._frame.actor
        states = [(OPEN, _("Open")), (OVERDUE, _("Overdue")),
                  *((state.value, str(state.label)) for state in MeasureState if state.value != "ended"),
                  (MeasureState.ENDED.value, str(MeasureState.ENDED.label)), (OVER, _("All that is over")),
                  (ALL, _("All"))]
        yield self._choice("state", _("State"), [("", tuple(states))], OPEN)
        whose = [("", _("Everybody's")), (MINE, _("Mine")), (OURS, _("Ours")), (TAKING_PART, _("We take part"))]
        if actor.may(Purpose.MEASURES, Fields.MEASURES_AGREED):
            whose.append((UNOWNED, _("Ours without an owner")))
        yield self._choice("whose", _("Whose"), [("", tuple(whose))], "")
        yield self._choice("area", _("Area"), [("", (("", _("All areas")),)), *(
            (kind, tuple(values)) for kind, values in areas_by_kind(self._frame))], "")

    def _choice(self, name: str, label: str, groups: list[tuple[str, tuple[tuple[str, str], ...]]],
                standard: str) -> Choice:
        options: Options = tuple(groups)
        wanted = self._query.get(name, standard)
        known = any(wanted == value for _kind, values in options for value, _words in values)
        return Choice(name, label, options, wanted if known else standard)

    def _chosen(self, name: str) -> str:
        return self.choices[name].chosen
