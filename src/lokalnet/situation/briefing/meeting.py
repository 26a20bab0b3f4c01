"""The place half of the Monday meeting: the briefing on a wall, one point at a time.

It stops at every item, at places whose week was other than usual, and at what last week left to be taken up; at other
places where somebody asks for them.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import carrying, deciding, freezing, points, reading, telling, writing
from lokalnet.situation.briefing.carrying import Left
from lokalnet.situation.briefing.deciding import Decided
from lokalnet.situation.briefing.figures import CategoryCount, Figures, Section
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.briefing.page import Page
from lokalnet.situation.briefing.points import Point
from lokalnet.situation.briefing.writing import Words
from lokalnet.situation.models import Briefing, BriefingState, DecisionKind, Severity
from lokalnet.situation.partnerships import Frame

MOST = 5  # categories on a wall


@dataclass(frozen=True)
class Stop:
    """A point on the way through the meeting, with its name and address."""

    point: Point
    title: str
    url: str


@dataclass(frozen=True)
class Meeting:
    """A briefing as a meeting goes through it."""

    frame: Frame
    briefing: Briefing
    figures: Figures
    words: Words
    left: list[Left]
    decided: dict[str, Decided]

    def stop(self, point: Point) -> Stop:
        about = next((each.about for each in self.left if point.left == each.outcome.id), "")
        title = points.in_words(point.item, about) if about else point.title
        return Stop(point, title, address(self.frame, "meeting", self.briefing.id, punkt=point.slug))

    def stops(self, asked: str = "") -> list[Stop]:
        """In order; with the one that is asked for, where the meeting would not stop by itself."""
        return [self.stop(each) for each in points.every(self.figures, [each.outcome.id for each in self.left])
                if each.slug == asked or self._stops_at(each)]

    def undecided(self) -> list[Stop]:
        """What the meeting went through without a decision; an item is done when one of its places is."""
        done = set(self.decided) | {slug.partition(".")[0] for slug in self.decided}
        return [each for each in self.stops() if each.point.slug not in done and self._asks(each.point)]

    def _asks(self, point: Point) -> bool:
        """Is there anything to decide about?"""
        figures = self.figures
        return point.left is not None or point.section is not None or {
            Item.GOOD: figures.whole.good > 0, Item.HAPPENED: figures.whole.told > 0,
            Item.NEW: bool(figures.new), Item.SILENT: bool(figures.silent),
            Item.UNDER_WAY: bool(figures.under_way),
            Item.OVERDUE: bool(figures.overdue or figures.overdue_promises)}.get(point.item, False)

    def _stops_at(self, point: Point) -> bool:
        if point.left:
            return any(each.outcome.id == point.left and each.outcome.kind == DecisionKind.FOLLOW
                       for each in self.left)
        return point.section is None or points.unusual(point.section)

    @property
    def end(self) -> str:
        return address(self.frame, "meeting_end", self.briefing.id)


def hold(frame: Frame, briefing: Briefing) -> Meeting:
    """Whoever reads the briefing reads along. The reading is noted. Raises NotAllowed."""
    reading.read(frame, briefing)
    return Meeting(frame, briefing, freezing.frozen(briefing), writing.words_of(briefing),
                   carrying.left(frame, briefing), deciding.decided(frame, briefing))


def screen(meeting: Meeting, asked: str) -> dict[str, Any]:
    """Everything that one point shows. A word that names none begins at the beginning."""
    stops = meeting.stops(asked)
    at = next((at for at, each in enumerate(stops) if each.point.slug == asked), 0)
    stop = stops[at]
    return {
        "stop": stop, "number": at + 1, "of": len(stops), "before": stops[at - 1].url if at else "",
        "after": stops[at + 1].url if at + 1 < len(stops) else meeting.end, "last": at + 1 == len(stops),
        "decided": meeting.decided.get(stop.point.slug),
        "words": meeting.words.get(stop.point.item, "") if stop.point.slug in Item.values else "",
        "title": stop.title, "may_decide": reading.edits(meeting.frame.actor)
        and meeting.briefing.state == BriefingState.APPROVED,
    } | _shown(meeting, stop.point)


def named(meeting: Meeting) -> dict[str, Any]:
    """What stands on every screen of a meeting."""
    figures = meeting.figures
    return {"frame": meeting.frame, "briefing": meeting.briefing, "place": telling.place(figures),
            "week": figures.week.isocalendar().week, "only_municipalities": figures.municipality is not None,
            "back": address(meeting.frame, "briefing", meeting.briefing.id), "end": meeting.end}


def _shown(meeting: Meeting, point: Point) -> dict[str, Any]:
    """The page's own figures of the point, and what there is room for beside them."""
    page = Page(meeting.frame, meeting.briefing, meeting.words)
    shown: dict[str, Any] = {"page": page, "item": point.item, "shown": page.whole}
    if point.item == Item.HAPPENED:
        place = next((each for each in page.parts if each.section == point.section), page.whole)
        shown |= {"shown": place, "counted": telling.counted(place.section), "most": _most(place.section),
                  "places": _places(meeting, point)}
    if point.item == Item.FOLLOWED:
        shown |= {"left": [each for each in meeting.left if point.left in (None, each.outcome.id)]}
    return shown


def _places(meeting: Meeting, point: Point) -> list[tuple[Stop, str, str]]:
    """Each place of the whole, with its number, and its verdict where that is not the usual one."""
    if point.section:
        return []
    return [(meeting.stop(each), telling.verdict(each.section) if points.unusual(each.section) else "",
             telling.beside_the_usual(each.section))
            for each in points.every(meeting.figures, ()) if each.section]


def _most(section: Section) -> list[CategoryCount]:
    """What was told most of."""
    told = [each for each in section.categories if each.severity != Severity.GOOD and each.count]
    return sorted(told, key=lambda each: -each.count)[:MOST]


def problem(meeting: Meeting, stop: Stop) -> str:
    """What a measure that is decided here says of where it comes from."""
    return _("Decided at the meeting about week %(week)s: %(point)s.") % {
        "week": meeting.figures.week.isocalendar().week, "point": stop.title}


def measure_title(meeting: Meeting, stop: Stop) -> str:
    """A beginning for the title of a measure: the matter and the place, for somebody to go on from; else nothing."""
    new = meeting.figures.new[0] if stop.point.item == Item.NEW and meeting.figures.new else None
    if new:
        return f"{new.category}, {new.area}"
    if stop.point.section:
        return ", ".join([*(str(each.category) for each in _most(stop.point.section)[:1]), stop.point.place])
    return "" if stop.point.left is None else stop.title.partition(": ")[2]
