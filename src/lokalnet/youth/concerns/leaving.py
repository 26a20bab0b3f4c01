"""Worries that somebody who leaves has begun and not sent: how many, and to a colleague who may tell of one."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.administration import BadChange
from lokalnet.foundation.asking import answer


def open_for(member_id: UUID) -> list[str]:
    number = int(answer("select drafts_in_hand(%s)", member_id))
    if not number:
        return []
    return [ngettext("%(number)d worry about a young person that is not sent",
                     "%(number)d worries about young people that are not sent", number) % {"number": number}]


def hand_over(leaver: UUID, colleague: UUID) -> None:
    """All of them; the administrator reads none. Raises BadChange where the colleague may not tell of a worry."""
    if not answer("select hand_over_drafts(%s, %s)", leaver, colleague):
        raise BadChange("hand_to", _("There is a worry about a young person among it. Choose a colleague who works "
                                     "with young people."))
