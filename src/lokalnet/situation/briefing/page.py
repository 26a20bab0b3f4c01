"""What the page of a briefing shows: its sections in the order in which they are met about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.analysis.seasons import Usual
from lokalnet.foundation.pdf import Table
from lokalnet.situation.areas import trend
from lokalnet.situation.areas.trend import Chart
from lokalnet.situation.briefing import carrying, freezing, tables, telling, titles
from lokalnet.situation.briefing import figures as frozen
from lokalnet.situation.briefing.carrying import Spoken
from lokalnet.situation.briefing.forms import WordsForm
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.briefing.telling import Lists
from lokalnet.situation.briefing.writing import SECTIONS, Words
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import Frame


@dataclass(frozen=True)
class Shown:
    """One place in words, a picture and its table."""

    key: str
    name: str
    verdict: str
    brief: str
    explained: str
    chart: Chart
    section: frozen.Section
    weeks: Table
    categories: Table


@dataclass(frozen=True)
class Paragraph:
    """A section: what was written to it, the field to write in, and what somebody else wrote meanwhile."""

    item: Item
    template: str
    words: str = ""
    field: BoundField | None = None
    stood: BoundField | None = None
    there: str | None = None
    decided: tuple[Spoken, ...] = ()


@dataclass(frozen=True)
class Key:
    """One of the few things that are read first; the words come before the number where there are any."""

    name: str
    said: str
    about: str
    item: Item


@dataclass(frozen=True)
class Page:
    frame: Frame
    briefing: Briefing
    words: Words
    form: WordsForm | None = None
    there: Mapping[Item, str] = field(default_factory=dict)

    @cached_property
    def figures(self) -> frozen.Figures:
        return freezing.frozen(self.briefing)

    @cached_property
    def decided(self) -> dict[str, tuple[Spoken, ...]]:
        return carrying.by_item(self.frame, self.briefing)

    @cached_property
    def lists(self) -> Lists:
        return telling.lists(self.figures, titles.for_reader(self.figures))

    @cached_property
    def whole(self) -> Shown:
        return _shown(self.figures.whole, telling.place(self.figures), "whole")

    @cached_property
    def parts(self) -> list[Shown]:
        return [_shown(part, str(part.area), str(at)) for at, part in enumerate(self.figures.parts, 1)]

    @property
    def title(self) -> str:
        return telling.title(self.figures)

    @property
    def place(self) -> str:
        return telling.place(self.figures)

    @property
    def dates(self) -> str:
        return telling.dates(self.figures)

    @property
    def counted_at(self) -> str:
        return date_format(self.figures.counted_at.astimezone(self.frame.zone), "SHORT_DATETIME_FORMAT")

    @property
    def nothing_written(self) -> bool:
        return not self.words

    @property
    def standing(self) -> str:
        return telling.standing(self.frame, self.briefing)

    @property
    def audience(self) -> str:
        return telling.audience(self.figures)

    @property
    def made_of(self) -> tuple[str, ...]:
        return telling.made_of(self.figures)

    @property
    def draft(self) -> bool:
        return self.briefing.state == BriefingState.DRAFT

    @property
    def good(self) -> str:
        return telling.good(self.figures.whole)

    @property
    def good_table(self) -> Table:
        return tables.of_good(self.figures.whole)

    @property
    def areas_table(self) -> Table:
        return tables.of_areas(self.figures.parts)

    @property
    def news(self) -> list[str]:
        return [telling.newcomer(each) for each in self.figures.new]

    @property
    def nothing_new(self) -> str:
        return telling.nothing_new()

    @property
    def nothing_under_way(self) -> str:
        return telling.nothing_under_way()

    @property
    def nothing_overdue(self) -> str:
        return telling.nothing_overdue()

    @property
    def silence(self) -> tuple[str, ...]:
        return telling.silence(self.figures)

    @property
    def sections(self) -> list[Paragraph]:
        return [self._paragraph(item) for item in Item]

    @property
    def keys(self) -> list[Key]:
        """What goes well and what was done before the rest."""
        whole, lists = self.figures.whole, self.lists
        return [
            Key(str(Item.GOOD.label), str(whole.good), _usually(whole.good_usual), Item.GOOD),
            Key(_("Measures done"), str(len(lists.done)), "", Item.GOOD),
            Key(_("What is told"), telling.verdict(whole), telling.counted(whole), Item.HAPPENED),
            Key(_("Measures under way"), str(len(self.figures.under_way)), "", Item.UNDER_WAY),
            Key(str(Item.OVERDUE.label), str(self.late), _("measures and promises"), Item.OVERDUE)]

    @property
    def late(self) -> int:
        """How many measures and promises are past their day."""
        return len(self.lists.overdue) + len(self.lists.overdue_promises)

    def _paragraph(self, item: Item) -> Paragraph:
        template, decided = f"situation/briefing/{item.value}.html", self.decided.get(item, ())
        if self.form is None or item not in SECTIONS:
            return Paragraph(item, template, self.words.get(item, ""), decided=decided)
        return Paragraph(item, template, field=self.form[item.value], stood=self.form[f"{item.value}-stood"],
                         there=self.there.get(item), decided=decided)


def _shown(section: frozen.Section, name: str, key: str) -> Shown:
    return Shown(key, name, telling.verdict(section), telling.beside_the_usual(section), telling.explained(section),
                 trend.chart(section.weeks), section, tables.of_weeks(section), tables.of_categories(section))


def _usually(usual: Usual | None) -> str:
    return _("usually %(usual)s") % {"usual": trend.number(usual.median)} if usual else ""
