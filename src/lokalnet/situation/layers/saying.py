"""What a layer says: what was found first, then what it means and what it does not, the numbers last."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lokalnet.situation.areas import trend
from lokalnet.situation.layers.choosing import Kind
from lokalnet.situation.layers.layer import COLOURED, PLAIN, Found, Layer, Square, Window
from lokalnet.situation.layers.looking import Look
from lokalnet.situation.models.signals import SignalAudience


def first(look: Look) -> str:
    """In one sentence, what there is."""
    layer = look.layer
    if layer.found == Found.TOO_LITTLE:
        return _("Too little to go by")
    return {Kind.DENSITY: _density, Kind.SIGNIFICANT: _significant, Kind.NEAR_REPEAT: _near_repeat}[layer.kind](layer)


def _density(layer: Layer) -> str:
    return ngettext("At least three people told of something in %(number)s square",
                    "At least three people told of something in %(number)s squares", len(layer.squares)) % {
                        "number": len(layer.squares)}


def _significant(layer: Layer) -> str:
    if not layer.coloured:
        return _("Nowhere is more told than chance gives")
    return ngettext("In %(number)s square more is told, there and around it, than chance gives",
                    "In %(number)s squares more is told, there and around them, than chance gives",
                    layer.coloured) % {"number": layer.coloured}


def _near_repeat(layer: Layer) -> str:
    return repeats(layer.window) if layer.window else _("No such pattern: what follows a report close by is as usual")


def repeats(window: Window) -> str:
    return _("For %(days)s days within %(metres)s m after a report there are %(ratio)s times as many as usual "
             "(%(low)s to %(high)s)") % {"days": window.days, "metres": window.metres, "ratio": decimal(window.ratio),
                                         "low": decimal(window.low), "high": decimal(window.high)}


def then(look: Look) -> str:
    """What follows from it for the squares; empty where it goes without saying."""
    layer = look.layer
    if layer.found == Found.TOO_LITTLE:
        return _("That is no sign that nothing happens. Choose a longer period or all groups, or wait until more "
                 "people have told.")
    if layer.kind != Kind.NEAR_REPEAT or layer.window is None:
        return ""
    return ngettext("Such a time runs now in %(number)s square that can be shown.",
                    "Such a time runs now in %(number)s squares that can be shown.", layer.coloured) % {
                        "number": layer.coloured} if layer.coloured else _(
        "Such a time runs nowhere now where it could be shown.")


def means(kind: Kind) -> str:
    return {
        Kind.DENSITY: _("The more strongly a square is coloured, the more reports lie in it and around it, in three "
                        "steps."),
        Kind.SIGNIFICANT: _("In the coloured squares, together with those beside them, there are more reports than if "
                            "the numbers of all squares were dealt out by chance. Of the coloured squares at most one "
                            "in twenty is so by chance alone."),
        Kind.NEAR_REPEAT: _("Some things are followed by more of the same close by, within days. Where that is so, the "
                            "coloured squares are those in which such a time runs today."),
    }[kind]


def means_not(kind: Kind) -> str:
    return {
        Kind.DENSITY: _("It does not say where most crime is. Reports are what somebody saw and told, most of them "
                        "unconfirmed, and where more people tell there are more reports."),
        Kind.SIGNIFICANT: _("It does not say why. A school, a station or a colleague who tells a lot can be the "
                            "reason. Reports are not crime, and where more people tell there are more reports."),
        Kind.NEAR_REPEAT: _("It does not say that anything will happen, nor who did what. The pattern can also come of "
                            "how we report: whoever told of a place once looks there again."),
    }[kind]


def rule(audience: SignalAudience) -> str:
    """What every layer keeps to."""
    made_of = _("what the municipalities share with each other") if audience == SignalAudience.MUNICIPALITIES else _(
        "what both the municipalities and the police get")
    return _("A square is 250 m wide. It is shown only where at least three different people told of it in the "
             "period; elsewhere there is too little to show, and perhaps nothing at all. What is too little counts "
             "nowhere, not even in the squares beside it. The layer is made of %(made_of)s.") % {"made_of": made_of}


def period(look: Look) -> str:
    return f"{date_format(look.since, 'DATE_FORMAT')} – {date_format(look.until, 'DATE_FORMAT')}"


def legend(layer: Layer) -> tuple[tuple[int, str], ...]:
    """(step, words) of what is drawn."""
    if layer.kind == Kind.SIGNIFICANT:
        return (COLOURED, _("More than chance gives")), (PLAIN, _("About what chance gives"))
    if layer.kind == Kind.NEAR_REPEAT:
        return (COLOURED, _("Such a time runs now")), (PLAIN, _("It does not run now"))
    return tuple(enumerate((_("Fewer reports"), _("Some reports"), _("More reports")), 1))


def numbers(look: Look) -> Iterator[str]:
    """Behind «Show the figures»."""
    layer = look.layer
    if layer.steps:
        yield _("Fewer: below %(first)s reports for each square kilometre in the whole period; more: %(second)s or "
                "more. Smoothed with a Gaussian of 500 m; what one person told of a square on one day counts once.") % {
                    "first": trend.number(layer.steps[0]), "second": trend.number(layer.steps[1])}
    if layer.kind == Kind.SIGNIFICANT:
        yield _("Gi* over the square and the eight around it, with 4,999 permutations; at a false-discovery rate of "
                "5 per cent (Benjamini and Hochberg). At least 20 squares beside each other are needed.")
    if layer.kind == Kind.NEAR_REPEAT:
        yield _("Days on which anything was told in a square, in pairs; pairs on one day are left out. Compared with "
                "399 permutations of the days; at least 60 days are needed, and 5 pairs by chance in the first line.")


def in_squares(look: Look, squares: Sequence[Square]) -> str:
    """«7 squares: 4 fewer, 3 some», of those in one area."""
    number = ngettext("%(number)s square", "%(number)s squares", len(squares)) % {"number": len(squares)}
    of_step = Counter(square.step for square in squares)
    if look.chosen.kind != Kind.DENSITY:
        return _("%(squares)s: %(number)s coloured") % {"squares": number, "number": of_step[COLOURED] or _("none")}
    names = {1: pgettext("reports", "fewer"), 2: pgettext("reports", "some"), 3: pgettext("reports", "more")}
    if len(of_step) == 1:
        return f"{number}: {names[squares[0].step]}"
    return f"{number}: " + ", ".join(f"{of_step[step]} {names[step]}" for step in sorted(of_step))


def decimal(value: float) -> str:
    return number_format(round(value, 1), 1)
