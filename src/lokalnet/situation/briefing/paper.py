"""A briefing as a document: its page's words, numbers and pictures, as each authority files it.

The same figures, words and titles are the same bytes: it tells when it was counted, not who took it or when.
"""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.foundation.languages import reader_language
from lokalnet.foundation.pdf import Document, Part, Plot, Table
from lokalnet.situation.areas import trend
from lokalnet.situation.briefing import plots, tables, telling, titles
from lokalnet.situation.briefing.figures import Figures, Section
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.briefing.telling import Listed, Lists
from lokalnet.situation.briefing.writing import Words
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.templatetags.figures import week_name


def of_briefing(frame: Frame, briefing: Briefing, figures: Figures, words: Words) -> Document:
    """With the titles that every reader of it gets."""
    lists = telling.lists(figures, titles.for_audience(figures))
    parts = (*_summary(words), *_good(figures, lists, words), *_happened(figures, words), *_new(figures, words),
             *_silent(figures, words), *_under_way(lists, words), *_overdue(lists, words), *_behind(figures))
    return Document(
        title=telling.title(figures), language=reader_language(), facts=_facts(frame, briefing, figures), parts=parts,
        notes=telling.made_of(figures), bar=_bar(briefing, figures),
        footer=_("%(title)s. Fingerprint of the figures: %(digest)s") % {
            "title": telling.title(figures), "digest": briefing.digest[:16]})


def _facts(frame: Frame, briefing: Briefing, figures: Figures) -> tuple[tuple[str, str], ...]:
    counted = date_format(figures.counted_at.astimezone(frame.zone), "DATETIME_FORMAT")
    return ((_("Partnership"), str(figures.partnership)),
            *(((_("Municipality"), str(figures.municipality)),) if figures.municipality else ()),
            (_("Week"), f"{figures.week.isocalendar().week}, {telling.dates(figures)}"), (_("Counted at"), counted),
            (_("State"), telling.standing(frame, briefing)), (_("Who may see it?"), telling.audience(figures)))


def _bar(briefing: Briefing, figures: Figures) -> str:
    said = {BriefingState.DRAFT.value: _("Draft, not approved."),
            BriefingState.REPLACED.value: str(BriefingState.REPLACED.label) + "."}.get(briefing.state, "")
    only = _("Only for the municipalities.") if figures.municipality else ""
    return " ".join(each for each in (said, only) if each)


def _said(words: Words, item: Item) -> tuple[str, ...]:
    return (words[item],) if words.get(item) else ()


def _summary(words: Words) -> Iterator[Part]:
    if said := _said(words, Item.SUMMARY):
        yield Part(str(Item.SUMMARY.label), paragraphs=said)


def _good(figures: Figures, lists: Lists, words: Words) -> Iterator[Part]:
    yield Part(str(Item.GOOD.label), paragraphs=(*_said(words, Item.GOOD), telling.good(figures.whole)),
               tables=_shown(tables.of_good(figures.whole)))
    yield from _listed(_("What was done"), lists.done)


def _happened(figures: Figures, words: Words) -> Iterator[Part]:
    whole = figures.whole
    yield Part(str(Item.HAPPENED.label), paragraphs=_said(words, Item.HAPPENED), lead=telling.verdict(whole),
               said=telling.explained(whole), plots=(_plot(whole),), tables=_shown(tables.of_categories(whole)))
    if figures.parts:
        yield Part(_("By area"), plots=tuple(_small(part) for part in figures.parts),
                   tables=_shown(tables.of_areas(figures.parts)), under=True)


def _plot(section: Section) -> Plot:
    chart = trend.chart(section.weeks)
    return Plot(plots.as_svg(section.weeks), f"{telling.verdict(section)}. {telling.explained(section)}",
                said=_("Reports a week, and the band of what is usual"),
                top=_("%(top)s a week") % {"top": chart.top}, first=week_name(section.weeks[0].monday),
                last=week_name(section.weeks[-1].monday))


def _small(section: Section) -> Plot:
    top = trend.chart(section.weeks).top
    return Plot(plots.as_svg(section.weeks, flat=plots.SMALL), f"{section.area}: {telling.verdict(section)}. "
                f"{telling.explained(section)}", name=str(section.area), said=telling.verdict(section),
                top=_("%(top)s a week") % {"top": top}, first=telling.week_number(section.weeks[0]),
                last=telling.week_number(section.weeks[-1]))


def _new(figures: Figures, words: Words) -> Iterator[Part]:
    nothing = () if figures.new else (telling.nothing_new(),)
    yield Part(str(Item.NEW.label), paragraphs=(*_said(words, Item.NEW), *nothing),
               listed=tuple(telling.newcomer(each) for each in figures.new))


def _silent(figures: Figures, words: Words) -> Iterator[Part]:
    yield Part(str(Item.SILENT.label), paragraphs=_said(words, Item.SILENT), listed=telling.silence(figures))


def _under_way(lists: Lists, words: Words) -> Iterator[Part]:
    there = any((lists.new, lists.under_way, lists.over, lists.promises))
    yield Part(str(Item.UNDER_WAY.label), paragraphs=(
        *_said(words, Item.UNDER_WAY), *(() if there else (telling.nothing_under_way(),))))
    yield from _listed(_("New measures"), lists.new)
    yield from _listed(_("Agreed and under way"), lists.under_way)
    yield from _listed(_("Over without being said to be done"), lists.over)
    yield from _listed(_("Promises whose day comes"), lists.promises)


def _overdue(lists: Lists, words: Words) -> Iterator[Part]:
    there = any((lists.overdue, lists.overdue_promises))
    yield Part(str(Item.OVERDUE.label), paragraphs=(
        *_said(words, Item.OVERDUE), *(() if there else (telling.nothing_overdue(),))))
    yield from _listed(_("Measures"), lists.overdue)
    yield from _listed(_("Promises"), lists.overdue_promises)


def _listed(heading: str, found: Listed) -> Iterator[Part]:
    if found:
        gone = (found.missing,) if found.missing else ()
        yield Part(heading, listed=(*(f"{each.title} ({each.when})" for each in found.lines), *gone), under=True)


def _behind(figures: Figures) -> Iterator[Part]:
    """The numbers of the pictures."""
    yield Part(_("The numbers behind the pictures"), tables=(
        tables.of_weeks(figures.whole), *tables.of_weeks_by_area(figures.parts)))


def _shown(table: Table) -> tuple[Table, ...]:
    return (table,) if table.rows else ()
