"""A layer, for the reader's own record system."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.layers import saying
from lokalnet.situation.layers.looking import Look
from lokalnet.situation.layers.page import Line
from lokalnet.situation.partnerships import Frame


def of_layer(frame: Frame, look: Look, lines: Sequence[Line]) -> Document:
    kind = look.chosen.kind
    by_area = Table(_("By area"), (_("Area"), _("Squares")), tuple((line.name, line.said) for line in lines))
    return paper(
        frame, _("Layer: %(name)s") % {"name": kind.label},
        facts=((_("Partnership"), frame.partnership.name), (_("About"), look.chosen.group_in_words),
               (_("Period"), saying.period(look))),
        paragraphs=tuple(words for words in (f"{saying.first(look)}.", saying.then(look), saying.means(kind),
                                             saying.means_not(kind)) if words),
        tables=(by_area,) if lines else (), notes=(saying.rule(look.audience),))
