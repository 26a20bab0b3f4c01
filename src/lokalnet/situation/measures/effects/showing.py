"""What a measure's page shows of its before and after, and what the journal's copy keeps of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.analysis.effects.comparing import Change
from lokalnet.foundation.pdf import Table
from lokalnet.situation.measures import telling
from lokalnet.situation.measures.effects import pictures, tables, words
from lokalnet.situation.measures.effects.effect import Effect, Read
from lokalnet.situation.measures.effects.pictures import Picture
from lokalnet.situation.models import LOOKED_AT
from lokalnet.situation.models.signals import SignalAudience


@dataclass(frozen=True)
class Shown:
    """`smallest` stands by itself where the measure has not begun: then everything else is empty."""

    verdict: str = ""
    sentences: tuple[str, ...] = ()
    smallest: str = ""
    picture: Picture | None = None
    counted: tuple[Table, ...] = ()
    weeks: Table | None = None
    facts: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """In words alone."""
        return tuple(each for each in (self.verdict and f"{self.verdict}.", *self.sentences, self.smallest) if each)


def shown(effect: Effect) -> Shown:
    if effect.times is None:
        return Shown(smallest=words.smallest(effect.smallest), facts=(_counts(effect),))
    if effect.read is None:  # no picture either: a few weeks would be read all the same
        return Shown(words.verdict(effect), smallest="" if effect.times.over else words.smallest(effect.smallest),
                     facts=(_when(effect), _counts(effect)))
    read, picture = effect.read, pictures.picture(effect)
    return Shown(
        words.verdict(effect), (words.explained(read), words.moved(read.found.displacement), *_caution(effect, read)),
        picture=picture, counted=(tables.of_places(read), tables.of_ratios(read)), weeks=tables.of_weeks(picture),
        facts=(_when(effect), _counts(effect), _flagged(read), _left_out(effect), tables.dispersion(read.found),
               _method()))


def _caution(effect: Effect, read: Read) -> Iterator[str]:
    if read.change == Change.FEWER and effect.times and effect.times.signalled is None:
        yield _("A measure begins when there is much of something, so some of it may have gone back by itself.")
    yield _("Reports are not crime; fewer may also mean that fewer people told. What it came of, the numbers do not "
            "say.")


def _when(effect: Effect) -> str:
    times = effect.times
    assert times is not None
    before = ngettext("Before: %(number)s whole week", "Before: %(number)s whole weeks", len(times.before)) % {
        "number": len(times.before)}
    after = ngettext("after: %(number)s whole week", "after: %(number)s whole weeks", len(times.after)) % {
        "number": len(times.after)}
    began = _("It began %(day)s.") % {"day": telling.short(times.began)}
    if times.signalled is None or times.signalled >= times.began:
        return f"{began} {before}, {after}."
    return f"{began} {before}, {after}. " + _(
        "What was told from %(day)s until it began is in neither: then there was unusually much, and what is unusual "
        "goes back by itself.") % {"day": telling.short(times.signalled)}


def _counts(effect: Effect) -> str:
    """Whose reports, and of what."""
    whose = _("reports that the municipalities share") if effect.audience == SignalAudience.MUNICIPALITIES else _(
        "reports that municipalities and police share")
    about = "" if effect.themes == LOOKED_AT else ", ".join(str(theme.label) for theme in effect.themes)
    said = _("Counted are %(whose)s, by cells of 250 m and days: of one reporter one a day in each cell.") % {
        "whose": whose}
    return f"{said} " + (_("Only: %(themes)s.") % {"themes": about} if about else _(
        "All groups of categories but what goes well."))


def _flagged(read: Read) -> str:
    among = _("Reports of planned presence, and those told under a measure, are among them.")
    return f"{among} " + (_("Without them the answer would be another.") if read.hangs_on_flagged else _(
        "Without them the answer would be the same."))


def _left_out(effect: Effect) -> str:
    number = effect.counted.left_out
    if not number:
        return _("Elsewhere is the rest of the partnership.")
    return ngettext("Elsewhere is the rest of the partnership without the places of %(number)s other measure.",
                    "Elsewhere is the rest of the partnership without the places of %(number)s other measures.",
                    number) % {"number": number}


def _method() -> str:
    return _("Intervals: exact for few counts, 95 in 100. The quotient: Bowers and Johnson 2003; above 0 the places "
             "around gained too, below 0 they got more.")
