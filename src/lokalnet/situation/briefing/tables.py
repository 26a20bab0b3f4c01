"""The numbers of a briefing as tables: the same on the page and in the PDF."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.analysis.seasons import Usual
from lokalnet.foundation.pdf import Table
from lokalnet.situation.areas import trend
from lokalnet.situation.briefing import telling
from lokalnet.situation.briefing.figures import CategoryCount, Section
from lokalnet.situation.models import Severity
from lokalnet.situation.templatetags.figures import week_short

COLUMNS = 6  # of areas in one table: more would be too narrow to read on paper
NONE = "–"


def of_weeks(section: Section) -> Table:
    rows = tuple((week_short(week.monday), str(week.count), *of_usual(week.usual)) for week in section.weeks)
    return Table(_("Reports a week, and what is usual"),
                 (_("Week"), _("Number"), *_usual_heads()), rows)


def of_good(section: Section) -> Table:
    return _of_categories(_("What goes well, by category"),
                          [each for each in section.categories if each.severity == Severity.GOOD])


def of_categories(section: Section) -> Table:
    told = [each for each in section.categories if each.severity != Severity.GOOD]
    total = (_("All but what goes well"), str(section.told), str(section.weeks[-2].count), *of_usual(section.usual))
    table = _of_categories(_("By category"), told)
    return Table(table.caption, table.head, (*table.rows, total) if told else ())


def of_areas(parts: Sequence[Section]) -> Table:
    """In the order of the alphabet, as they were counted."""
    head = (_("Area"), _("This week"), _("Unconfirmed"), _("Last week"), *_usual_heads(), _("Compared with the usual"))
    return Table(_("The areas in numbers"), head, tuple(
        (str(part.area), str(part.told), str(part.unconfirmed), str(part.weeks[-2].count), *of_usual(part.usual),
         telling.verdict(part)) for part in parts))


def of_weeks_by_area(parts: Sequence[Section]) -> Iterator[Table]:
    """Each week beside each other in all areas, some areas at a time."""
    for at in range(0, len(parts), COLUMNS):
        some = parts[at:at + COLUMNS]
        rows = tuple((week_short(week.monday), *(str(part.weeks[number].count) for part in some))
                     for number, week in enumerate(some[0].weeks))
        yield Table(_("Reports a week by area"), (_("Week"), *(str(part.area) for part in some)), rows)


def of_usual(usual: Usual | None) -> tuple[str, str]:
    """Median and middle half."""
    if usual is None:
        return NONE, NONE
    return trend.number(usual.median), f"{trend.number(usual.low)}–{trend.number(usual.high)}"


def _of_categories(caption: str, counted: Sequence[CategoryCount]) -> Table:
    head = (_("Category"), _("This week"), _("Last week"), *_usual_heads())
    return Table(caption, head, tuple(
        (str(each.category), str(each.count), str(each.before), *of_usual(each.usual)) for each in counted))


def _usual_heads() -> tuple[str, str]:
    return pgettext("median", "Usual"), _("Middle half")
