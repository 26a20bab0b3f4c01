"""Copies of somebody who leaves: whoever ends the access learns how many, gives them to a colleague, and reads none."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.administration import BadChange
from lokalnet.foundation.asking import answer

KIND = "copies"


def open_for(member_id: UUID) -> list[str]:
    number = int(answer("select copies_in_hand(%s)", member_id) or 0)
    if not number:
        return []
    return [ngettext("%(number)d copy of what was shared", "%(number)d copies of what was shared", number) % {
        "number": number}]


def hand_over(leaver: UUID, colleague: UUID) -> None:
    """Raises BadChange where the colleague may hold no copies: then nobody could answer for them."""
    answer("select hand_over_copies(%s, %s)", leaver, colleague)
    if open_for(leaver):
        raise BadChange("hand_to", _("Copies of what was shared go to a colleague whose role lets them take copies."))
