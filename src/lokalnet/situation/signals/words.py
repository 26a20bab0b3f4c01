"""What a signal says, in words: the sentence first, the numbers last."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lokalnet.situation.areas import trend
from lokalnet.situation.models import Look, Signal, SignalWord, Theme

WEEK, MONTHS = 7, 12
SELDOM = 20  # years: beyond that a number pretends to know too much


def sentence(signal: Signal, place: str) -> str:
    """«9 reports of drug dealing around Grantoften in 3 days; about 2 would be usual»."""
    return f"{told(signal, place)}; {usual(signal.expected)}"


def told(signal: Signal, place: str) -> str:
    """The first half of it."""
    said = {"theme": theme(signal.theme), "place": place, "number": signal.observed,
            "time": lasted(signal.first_day, signal.last_day)}
    if not place:
        return ngettext("%(number)s report of %(theme)s %(time)s", "%(number)s reports of %(theme)s %(time)s",
                        signal.observed) % said
    return ngettext("%(number)s report of %(theme)s around %(place)s %(time)s",
                    "%(number)s reports of %(theme)s around %(place)s %(time)s", signal.observed) % said


def usual(expected: float) -> str:
    """As few words as the number is worth: it is rounded, and below a half it is no number."""
    if expected < 0.5:
        return _("usually there are none, or one")
    return _("about %(number)s would be usual") % {"number": round(expected)}


def short(signal: Signal, place: str) -> str:
    """What it is called: «Drug dealing around Grantoften». A measure that is made of it begins with this."""
    said = {"theme": capfirst(theme(signal.theme)), "place": place}
    if not place:
        return said["theme"]
    return _("%(theme)s around %(place)s") % said


def theme(value: str) -> str:
    """The group of categories in the middle of a sentence."""
    return {Theme.UNREST.value: _("noise and unrest"), Theme.DAMAGE.value: _("damage"),
            Theme.DRUGS.value: _("drug dealing"), Theme.VIOLENCE.value: _("threats and violence")}.get(value, "")


def lasted(first: date, last: date) -> str:
    days = (last - first).days + 1
    if days == 1:
        return _("on one day")
    if days % WEEK == 0 and days > WEEK:
        return _("in %(number)s weeks") % {"number": days // WEEK}
    return _("in %(number)s days") % {"number": days}


def dates(first: date, last: date) -> str:
    """«21. – 24. nov.», as short as it can be without a doubt."""
    pattern = pgettext("date pattern", "j M")
    return date_format(first, pattern) if first == last else (
        f"{date_format(first, pattern)} – {date_format(last, pattern)}")


def how_often(per_year: float) -> str:
    """How often chance alone gives as much: «about once in 9 months»."""
    if per_year > MONTHS:
        return _("about %(number)s times a year") % {"number": round(per_year)}
    if per_year > 1:
        months = round(MONTHS / per_year)
        return ngettext("about once a month", "about once in %(number)s months", months) % {"number": months}
    if per_year * SELDOM < 1:
        return _("less than once in %(number)s years") % {"number": SELDOM}
    years = round(1 / per_year)
    return ngettext("about once a year", "about once in %(number)s years", years) % {"number": years}


def means(word: str) -> str:
    """What the word says about the place, in one sentence, and what it does not."""
    return {
        SignalWord.UNUSUAL.value: _("More was told here than the same organisations usually tell, and chance seldom "
                                    "gives as much."),
        SignalWord.MAYBE.value: _("More was told here than the same organisations usually tell, but chance gives as "
                                  "much now and then."),
        SignalWord.TOO_LITTLE.value: _("There are too few reports to tell it from chance."),
    }[word]


def nothing_by_itself() -> str:
    return _("Reports are not crime. A signal opens nothing by itself: it is a question to you who know the place.")


def looked(look: Look) -> str:
    """What the newest look at a group said."""
    if look.word == SignalWord.TOO_LITTLE:
        return _("Too little to go by: %(reports)s from %(people)s in the last year") % {
            "reports": ngettext("%(number)s report", "%(number)s reports", look.counted) % {"number": look.counted},
            "people": ngettext("%(number)s person", "%(number)s people", look.reporters) % {"number": look.reporters}}
    if look.word == SignalWord.QUIET:
        return str(SignalWord.QUIET.label)
    return _("%(word)s: it stands above") % {"word": SignalWord(look.word).label}


def ratio(signal: Signal) -> str:
    """How many times the usual, with its interval."""
    if signal.expected <= 0:
        return "–"
    return _("%(ratio)s times the usual (95 %% interval %(low)s to %(high)s)") % {
        "ratio": trend.number(signal.observed / signal.expected), "low": trend.number(signal.ratio_low),
        "high": trend.number(signal.ratio_high)}


def expected(signal: Signal) -> str:
    return number_format(round(signal.expected, 1), 1)


def tellers(signal: Signal) -> str:
    """«4 people of 3 organisations», each counted once."""
    return _("%(people)s of %(organisations)s") % {
        "people": ngettext("%(number)s person", "%(number)s people", signal.reporters) % {"number": signal.reporters},
        "organisations": ngettext("%(number)s organisation", "%(number)s organisations", signal.organisations) % {
            "number": signal.organisations}}
