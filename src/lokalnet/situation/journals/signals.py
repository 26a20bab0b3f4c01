"""A signal as a reader's own organisation files it: the words and numbers of its page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.journals import observations
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.models import Signal
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import words
from lokalnet.situation.signals.judging import Said
from lokalnet.situation.signals.showing import SignalPage


def of_signal(frame: Frame, page: SignalPage, said: list[Said]) -> Document:
    """The police's copy lists the police's own reports alone, and carries the bar: others' are counted in it too."""
    copied, left_out = observations.copied_by(frame, page.sights)
    return paper(
        frame, _("Signal: %(name)s") % {"name": page.short},
        facts=((_("What is said"), str(page.word.label)), (_("When"), page.dates), (_("State"), str(page.state.label)),
               *figures(page.signal), (_("Who may see it?"), str(page.signal.get_audience_display())),
               (_("Partnership"), frame.partnership.name), (_("Reference"), str(page.signal.id))),
        paragraphs=(f"{page.sentence}.", page.means, words.nothing_by_itself()),
        tables=tuple(each for each in (
            _said(said), observations.table(frame, copied, _("The reports")), _steps(page)) if each.rows),
        notes=left_out, bar=observations.police_bar(frame))


def figures(signal: Signal) -> Iterator[tuple[str, str]]:
    """The numbers behind the word, as the page unfolds them."""
    yield _("Counted"), str(signal.observed)
    yield _("Usual"), words.expected(signal)
    yield _("Compared"), words.ratio(signal)
    yield _("Chance alone gives as much"), words.how_often(signal.per_year)
    yield _("Told by"), words.tellers(signal)


def _said(said: list[Said]) -> Table:
    head = (_("Organisation"), _("What did it turn out to be?"), _("Why"), _("When"))
    return Table(_("What did it turn out to be?"), head, tuple(
        (each.organisation, str(each.turned_out.label), each.words, each.when) for each in said))


def _steps(page: SignalPage) -> Table:
    return Table(_("How it went on"), (_("When"), _("What"), _("Counted")), tuple(
        (step.when, step.what, step.figures) for step in page.steps))
