"""The numbers of a before and after as tables: the same on the page and in the journal's copy."""

from math import isfinite

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.analysis.effects.comparing import Compared, Series
from lokalnet.analysis.effects.displacement import Displacement
from lokalnet.analysis.effects.ratio import Ratio
from lokalnet.foundation.pdf import Table
from lokalnet.situation.areas import trend
from lokalnet.situation.measures.effects.effect import Read
from lokalnet.situation.measures.effects.pictures import Picture
from lokalnet.situation.templatetags.figures import week_short

NONE = "–"
ENDLESS = "∞"


def of_places(read: Read) -> Table:
    """What was counted, in all and by the week."""
    places = ((_("Here"), read.told.here), (_("Within 500 m around"), read.told.around),
              (_("Elsewhere in the partnership"), read.told.elsewhere), (_("Reporters at work"), read.told.reporters))
    return Table(_("What was counted"), (_("Where"), _("Before"), _("a week"), _("After"), _("a week")), tuple(
        (name, *_counted(series)) for name, series in places))


def of_ratios(read: Read) -> Table:
    """Every ratio with its interval; the first is the one that the words above are made of."""
    found = read.found
    rows = [*((_row(_("Here against elsewhere"), found.against),) if found.against else ()),
            _row(_("Here, by reporters at work"), found.by_effort), _row(_("Here, by the week"), found.alone),
            _row(_("Elsewhere, by the week"), found.elsewhere), _quotient(found.displacement)]
    return Table(_("After, as so many times before"), (_("What"), _("Times"), _("95 % interval")), tuple(rows))


def of_weeks(picture: Picture) -> Table:
    parts = {"before": _("before"), "between": _("in neither"), "after": _("after")}
    return Table(
        _("Reports a week"), (_("Week"), _("Part"), _("Here"), _("Around"), _("Elsewhere"), _("As elsewhere")),
        tuple((week_short(week.monday), parts[week.part], str(week.here), str(week.around), str(week.elsewhere),
               NONE if week.like_elsewhere is None else trend.number(week.like_elsewhere)) for week in picture.weeks))


def dispersion(found: Compared) -> str:
    times = round(found.dispersion, 1)
    return _("The weeks vary %(number)s times as much as chance alone; the interval is made wider for it.") % {
        "number": number_format(times, 1)} if times > 1 else _("The weeks vary no more than chance alone.")


def _counted(series: Series) -> tuple[str, ...]:
    before, after = series.sums
    return (str(before), trend.number(before / len(series.before)), str(after),
            trend.number(after / len(series.after)))


def _row(name: str, ratio: Ratio) -> tuple[str, str, str]:
    return name, NONE if ratio.ratio is None else _two(ratio.ratio), f"{_two(ratio.low)}–{_two(ratio.high)}"


def _quotient(found: Displacement) -> tuple[str, str, str]:
    name = _("Weighted displacement quotient")
    if found.quotient is None or found.low is None or found.high is None:
        return name, NONE, NONE
    return name, _two(found.quotient), pgettext("interval", "%(low)s to %(high)s") % {
        "low": _two(found.low), "high": _two(found.high)}


def _two(value: float) -> str:
    """Rounded first: Django's own would cut the rest off."""
    return number_format(round(value, 2), 2).replace("-", "−") if isfinite(value) else ENDLESS
