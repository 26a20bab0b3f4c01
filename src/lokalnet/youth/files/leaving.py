"""Files of somebody who leaves: whoever ends the access learns how many, gives them to a colleague, and reads none."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.administration import BadChange
from lokalnet.foundation.asking import answer

KIND = "files"


def open_for(member_id: UUID) -> list[str]:
    number = int(answer("select files_in_hand(%s)", member_id) or 0)
    if not number:
        return []
    return [ngettext("%(number)d file about a young person", "%(number)d files about young people", number) % {
        "number": number}]


def hand_over(leaver: UUID, colleague: UUID) -> None:
    """Raises BadChange where the colleague may not work on files: then nobody would."""
    answer("select hand_over_files(%s, %s)", leaver, colleague)
    if open_for(leaver):
        raise BadChange("hand_to", _("Files about young people go to a colleague whose role lets them work on files."))
