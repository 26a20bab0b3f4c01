"""Words for what differs: between those who wrote, and from one quarter to the next. Nobody is said to be right.

There is no sum and no order by content here, and none is to be added (design section 3).
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from lokalnet.situation.assessments.writers import Writer
from lokalnet.situation.models import Assessment, Certainty, Seen

SURENESS = list(Certainty.values)


def disagreement(said: Iterable[tuple[Writer, Assessment]]) -> str:
    """«Uenighed: politiet ser det, klubben ser det ikke.» Empty where none says the opposite of another."""
    pairs = list(said)
    see = [writer.said for writer, row in pairs if row.seen == Seen.SEEN]
    see_not = [writer.said for writer, row in pairs if row.seen == Seen.NOT_SEEN]
    if not see or not see_not:
        return ""
    return _("Disagreement: seen by %(these)s, not seen by %(those)s.") % {
        "these": listed(see), "those": listed(see_not)}


def listed(names: Sequence[str]) -> str:
    """«politiet, kommunen og klubben»"""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def change(before: Assessment | None, after: Assessment) -> str:
    """What is different from what the same organisation said of the same sign a quarter earlier."""
    if before is None:
        return _("Not written last quarter")
    if before.seen == after.seen:
        return _same(before, after)
    if before.seen == Seen.CANNOT_SAY:
        return _("Could not say last quarter")
    if after.seen == Seen.CANNOT_SAY:
        return _("Seen last quarter") if before.seen == Seen.SEEN else _("Not seen last quarter")
    return _("New since last quarter") if after.seen == Seen.SEEN else _("Gone since last quarter")


def _same(before: Assessment, after: Assessment) -> str:
    if before.certainty == after.certainty:
        return _("Unchanged since last quarter")
    if SURENESS.index(after.certainty) > SURENESS.index(before.certainty):
        return _("Surer than last quarter")
    return _("Less sure than last quarter")
