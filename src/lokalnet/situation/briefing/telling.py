"""A briefing in words: its name, its sections' sentences, its lists by title. The page and the PDF say the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lokalnet.analysis.seasons import Week
from lokalnet.situation.areas import trend
from lokalnet.situation.briefing.figures import Figures, MeasureFigure, Newcomer, Promise, Section, SilentArea
from lokalnet.situation.briefing.titles import Titles
from lokalnet.situation.measures import telling
from lokalnet.situation.models import Briefing, BriefingState, MeasureState
from lokalnet.situation.partnerships import Frame


@dataclass(frozen=True)
class Line:
    """A measure or a promise: what it is called, and a few words of when."""

    id: UUID
    title: str
    when: str


@dataclass(frozen=True)
class Listed:
    """`gone` is how many are no longer there, or not for those who read; `missing` says so."""

    lines: tuple[Line, ...]
    gone: int = 0
    missing: str = ""

    def __len__(self) -> int:
        return len(self.lines) + self.gone


@dataclass(frozen=True)
class Lists:
    """Everything that is agreed, in the order in which it is read."""

    done: Listed
    new: Listed
    under_way: Listed
    over: Listed
    overdue: Listed
    promises: Listed
    overdue_promises: Listed


def place(figures: Figures) -> str:
    return str(figures.municipality or figures.partnership)


def dates(figures: Figures) -> str:
    """«16. nov. til 22. nov. 2026»"""
    return pgettext("days", "%(since)s to %(until)s") % {
        "since": date_format(figures.week, pgettext("date pattern", "j M")), "until": telling.short(figures.until)}


def title(figures: Figures) -> str:
    return _("The week's briefing, %(place)s, week %(number)s %(year)s") % {
        "place": place(figures), "number": figures.week.isocalendar().week, "year": figures.week.isocalendar().year}


def standing(frame: Frame, briefing: Briefing) -> str:
    """Draft, or when it was approved; the edition where there is more than one."""
    if briefing.state == BriefingState.DRAFT or briefing.approved_at is None:
        said = str(BriefingState.DRAFT.label)
    else:
        said = _("Approved %(day)s") % {"day": telling.short(briefing.approved_at.astimezone(frame.zone).date())}
    return _("%(said)s, edition %(number)s") % {"said": said, "number": briefing.edition} \
        if briefing.edition > 1 else said


def audience(figures: Figures) -> str:
    """Who reads it, in one line."""
    if figures.municipality:
        return _("Only the municipalities. Not for a screen that the police look at.")
    return _("Read by the municipalities and the police of the partnership.")


def made_of(figures: Figures) -> tuple[str, ...]:
    """What the counts are made of and what they are not."""
    counted = _("Counted is what the municipalities share with each other, where it happened.") \
        if figures.municipality else _("Counted is what the police and the municipalities both get, with places within "
                                       "250 m. What the municipalities share among themselves is not in it.")
    return (counted,
            _("Reports are not crime: they are what somebody saw and told, most of them unconfirmed. More reports can "
              "mean that more people tell. Refuted reports are not counted."),
            _("The figures are those of %(day)s and do not change once the briefing is approved.") % {
                "day": date_format(figures.counted_on, "DATE_FORMAT")})


def counted(section: Section) -> str:
    """How many, and how many of them nobody has looked into."""
    return ngettext("%(number)s report in the week, %(open)s unconfirmed.",
                    "%(number)s reports in the week, %(open)s of them unconfirmed.", section.told) % {
        "number": section.told, "open": section.unconfirmed}


def verdict(section: Section) -> str:
    """In words. Outside what most weeks hold and yet no proof of anything is said to be just that."""
    usual = section.usual
    if section.level or usual is None or usual.low <= section.told <= usual.high:
        return trend.verdict(section.level)
    return _("Fewer than in most weeks, perhaps by chance") if section.told < usual.low else \
        _("More than in most weeks, perhaps by chance")


def explained(section: Section) -> str:
    """The numbers behind the verdict."""
    if section.usual is None:
        return counted(section)
    return f"{counted(section)} {trend.usually(section.usual)} {trend.compared(section.usual)}"


def beside_the_usual(section: Section) -> str:
    """«11, som regel 9,5»: of an area among others."""
    if section.usual is None:
        return str(section.told)
    return _("%(number)s, usually %(usual)s") % {
        "number": section.told, "usual": trend.number(section.usual.median)}


def good(section: Section) -> str:
    said = ngettext("%(number)s report of something that goes well.",
                    "%(number)s reports of something that goes well.", section.good) % {"number": section.good}
    return f"{said} {trend.usually(section.good_usual)}" if section.good_usual else said


def silent(each: SilentArea) -> str:
    """«Bagsværd Torv (som regel 2)»"""
    if each.usual is None:
        return str(each.area)
    return _("%(area)s (usually %(usual)s)") % {"area": each.area, "usual": trend.number(each.usual.median)}


def newcomer(each: Newcomer) -> str:
    """«Hærværk, Grantoften: 3 hændelser, og ingen i de otte uger før»"""
    return ngettext("%(category)s, %(area)s: %(number)s report, and none in the eight weeks before",
                    "%(category)s, %(area)s: %(number)s reports, and none in the eight weeks before", each.count) % {
        "category": each.category, "area": each.area, "number": each.count}


def nothing_new() -> str:
    return _("Nothing was seen in a place where it was not seen in the eight weeks before.")


def nothing_under_way() -> str:
    return _("No measure is agreed or under way.")


def nothing_overdue() -> str:
    return _("Nothing is overdue.")


def silence(figures: Figures) -> tuple[str, ...]:
    """Who told nothing, who said that it was quiet, and from where one would have expected something."""
    quiet = [each.name for each in figures.tellers if each.quiet and not each.reports]
    silent_parties = [each.name for each in figures.tellers if each.silent]
    expected = [each for each in figures.silent if expected_more(each)]
    others = [str(each.area) for each in figures.silent if not expected_more(each)]
    said = (
        (_("Said that the week was quiet: %(names)s."), quiet),
        (_("Told nothing from here, and did not say that the week was quiet: %(names)s.") if figures.municipality else
         _("Told nothing, and did not say that the week was quiet: %(names)s."), silent_parties),
        (_("No reports from here, where there usually are: %(names)s."), [silent(each) for each in expected]),
        (_("Nor from here, where there seldom are: %(names)s."), others))
    found = (*(words % {"names": ", ".join(names)} for words, names in said if names), *_unheard(figures))
    return found or (_("Everybody told something, and from everywhere."),)


def expected_more(each: SilentArea) -> bool:
    return each.usual is not None and each.usual.median >= 1


def _unheard(figures: Figures) -> tuple[str, ...]:
    if not figures.unheard:
        return ()
    return (ngettext("From %(number)s area nothing has been told for half a year: silence there says nothing.",
                     "From %(number)s areas nothing has been told for half a year: silence there says nothing.",
                     figures.unheard) % {"number": figures.unheard},)


def week_number(week: Week) -> str:
    return _("week %(number)s") % {"number": week.monday.isocalendar().week}


def lists(figures: Figures, titles: Titles) -> Lists:
    done = [each for each in figures.finished if each.state == MeasureState.DONE]
    new = [each for each in figures.new_measures if each not in figures.overdue and not each.ended_on]
    return Lists(
        done=_measures(done, titles, _when), new=_measures(new, titles, _when),
        under_way=_measures([each for each in figures.under_way if each not in new and each not in figures.overdue],
                            titles, _when),
        over=_measures([each for each in figures.finished if each not in done], titles, _when),
        overdue=_measures(figures.overdue, titles, _since_when),
        promises=_promises(figures.coming_promises, titles, _("due %(day)s")),
        overdue_promises=_promises(figures.overdue_promises, titles, _("was due %(day)s")))


def _measures(found: Iterable[MeasureFigure], titles: Titles, when: Callable[[MeasureFigure], str]) -> Listed:
    rows = [(UUID(each.id), each) for each in found]
    gone = sum(id_ not in titles.measures for id_, _each in rows)
    return Listed(tuple(Line(id_, titles.measures[id_], when(each)) for id_, each in rows if id_ in titles.measures),
                  gone, titles.missing_measures(gone) if gone else "")


def _promises(found: Iterable[Promise], titles: Titles, when: str) -> Listed:
    rows = [(UUID(each.id), each) for each in found]
    gone = sum(id_ not in titles.promises for id_, _each in rows)
    return Listed(tuple(Line(id_, titles.promises[id_], when % {"day": telling.short(each.due_on)})
                        for id_, each in rows if id_ in titles.promises),
                  gone, _missing_promises(gone) if gone else "")


def _missing_promises(number: int) -> str:
    return ngettext("A promise that is no longer there.", "%(number)s promises that are no longer there.",
                    number) % {"number": number}


def _when(each: MeasureFigure) -> str:
    state = str(MeasureState(each.state).label)
    if each.ended_on:
        return f"{state}, {telling.short(each.ended_on)}"
    day = _("due %(day)s") % {"day": telling.short(each.due_on)} if each.due_on else \
        _("ends %(day)s") % {"day": telling.short(each.ends_on)}
    return f"{state}, {day}"


def _since_when(each: MeasureFigure) -> str:
    """Of one that is overdue: the day that has passed. It may be that a proposal has run out."""
    return _("was due %(day)s") % {"day": telling.short(each.due_on or each.ends_on)}
