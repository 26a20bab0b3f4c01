"""A before and after in words that say no more than its intervals: what was told, never what it came of."""

from collections.abc import Callable
from math import ceil, floor, isfinite

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.analysis.effects.comparing import Change, Compared
from lokalnet.analysis.effects.displacement import Displacement, Unsaid
from lokalnet.analysis.effects.ratio import Ratio
from lokalnet.situation.areas import trend
from lokalnet.situation.measures import telling
from lokalnet.situation.measures.effects.effect import Effect, Read, Smallest
from lokalnet.situation.measures.effects.times import FEWEST_AFTER, FEWEST_BEFORE, Times

LEAST_SHOWN = 0.1  # times as many: where nothing above it would be seen, it takes that nearly all of it stops
TWICE = 2.0  # from here on in times, not in per cent
ABOUT = 0.05


def verdict(effect: Effect) -> str:
    """What is said first."""
    if effect.read:
        return changed(effect.read)
    assert effect.times is not None
    return _too_short(effect.times)


def changed(read: Read) -> str:
    if read.hangs_on_flagged:
        return _("It cannot be told: it depends on whether the reports of those who were sent there count")
    if not sum(read.told.here.sums):
        return _("Nothing was told here, neither before nor after")
    if read.change == Change.FEWER:
        return _fewer_than(read.found)
    if read.change == Change.MORE:
        return _more_than(read.found)
    return _("About as many, or too few to tell: %(range)s") % {"range": fits(read.found.ratio)}


def _fewer_than(found: Compared) -> str:
    """Than before, where that holds of the counts themselves; else than what the ratio is measured against."""
    if found.alone.fewer:
        return _("Fewer reports than before, beyond what chance gives")
    return _("Fewer reports than if it had gone here as elsewhere, beyond what chance gives") if found.against else _(
        "Fewer reports of each reporter than before, beyond what chance gives")


def _more_than(found: Compared) -> str:
    if found.alone.more:
        return _("More reports than before, beyond what chance gives")
    return _("More reports than if it had gone here as elsewhere, beyond what chance gives") if found.against else _(
        "More reports of each reporter than before, beyond what chance gives")


def _too_short(times: Times) -> str:
    if not times.too_early:
        return ngettext("Too little was told before it began: at least %(weeks)s whole week is needed",
                        "Too little was told before it began: at least %(weeks)s whole weeks are needed",
                        FEWEST_BEFORE) % {"weeks": FEWEST_BEFORE}
    if times.over:
        return ngettext("It was over too soon to tell: at least %(weeks)s whole week is needed",
                        "It was over too soon to tell: at least %(weeks)s whole weeks are needed",
                        FEWEST_AFTER) % {"weeks": FEWEST_AFTER}
    return _("Too early: it can be read from %(day)s") % {"day": telling.short(times.readable)}


def explained(read: Read) -> str:
    """The interval and what it is measured against, in a sentence or two."""
    range_ = fits(read.found.ratio)
    if read.hangs_on_flagged:
        return " ".join([_("With them, %(range)s.") % {"range": range_}, _against(read.found)])
    said = [] if read.change == Change.UNCLEAR else [_("In numbers: %(range)s.") % {"range": range_}]
    return " ".join([*said, _against(read.found)])


def _against(found: Compared) -> str:
    if found.against is None:
        return _("Too little was told elsewhere in the partnership to compare with. Instead it is counted by how many "
                 "reporters were at work; a season is not taken into account.")
    return _("That is measured against the rest of the partnership, where %(change)s; so the season, and how many "
             "people tell, are taken into account.") % {"change": there_were(found.elsewhere)}


def moved(found: Displacement) -> str:
    """Whether what was told went next door, within 500 m."""
    if found.unsaid == Unsaid.TOO_FEW:
        return _("Whether something moved to the places around it cannot be told: too little was told.")
    if found.unsaid == Unsaid.NOT_CLEAR:
        return _("Whether something moved to the places around it cannot be told, because it is not clear that there "
                 "is less here.")
    if found.unsaid == Unsaid.NOT_FEWER:
        return _("There is nothing here that could have moved to the places around it: there is more.")
    assert found.low is not None
    assert found.high is not None
    if found.high < 0:
        return _("Within 500 m around it, reports grew against elsewhere: it fits that some of it moved there.")
    if found.low > 0:
        return _("Within 500 m around it, reports fell too against elsewhere: it fits that the places around gained.")
    return _("Within 500 m around it, nothing shows that some of it moved there, or that the places around gained. "
             "Both still fit.")


def smallest(found: Smallest | None) -> str:
    """What would have to change before anybody can see it, told before anything is done."""
    if found is None:
        return _("Too little was told here to say what would be seen later. Agree on another sign of success.")
    fewer, more = found.detectable.fewer, found.detectable.more
    usual = _usual(found.usual)
    if fewer is None or fewer < LEAST_SHOWN:
        return _("%(usual)s that is too few to show any change in %(weeks)s weeks. Agree on another sign of "
                 "success.") % {"usual": usual, "weeks": found.weeks_after}
    return _("%(usual)s there have to be at least %(fewer)s, or %(more)s, before %(weeks)s weeks can show it.") % {
        "usual": usual, "fewer": _fewer(floor(20 * fewer) / 20), "weeks": found.weeks_after,
        "more": _more(ceil(20 * more) / 20) if more else _("more than twenty times as many")}


def _usual(usual: float) -> str:
    if usual < 1:
        return _("With less than one report a week here,")
    return ngettext("With about %(number)s report a week here,", "With about %(number)s reports a week here,",
                    round(usual)) % {"number": trend.number(round(usual))}


def fits(ratio: Ratio) -> str:
    """What the interval leaves possible, from the fewest to the most."""
    low = change(_to(floor, ratio.low))
    if isfinite(ratio.high):
        return _("anything between %(low)s and %(high)s fits") % {"low": low, "high": change(_to(ceil, ratio.high))}
    return _("anything from %(low)s upwards fits") % {"low": low} if ratio.low else _("anything fits")


def there_were(ratio: Ratio) -> str:
    """The comparison's own change; no interval, which stands behind the numbers."""
    assert ratio.ratio is not None
    if abs(ratio.ratio - 1) < ABOUT:
        return _("there were about as many")
    return _("there were %(change)s") % {"change": change(round(ratio.ratio, 2))}


def _to(whole: Callable[[float], int], ratio: float) -> float:
    """Outwards, to as many digits as are said."""
    parts = 10 if ratio >= TWICE else 100
    return whole(round(parts * ratio, 6)) / parts


def change(ratio: float) -> str:
    if ratio == 1:
        return _("as many")
    return _fewer(ratio) if ratio < 1 else _more(ratio)


def _fewer(ratio: float) -> str:
    return _("%(percent)s %% fewer") % {"percent": round(100 * (1 - ratio))} if ratio else _("none at all")


def _more(ratio: float) -> str:
    if ratio >= TWICE:
        return _("%(times)s times as many") % {"times": trend.number(ratio)}
    return _("%(percent)s %% more") % {"percent": round(100 * (ratio - 1))}
