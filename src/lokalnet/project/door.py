"""The door from the place room into the person room: one way, by hand, and with nothing in it (design section 2).

The link names no observation and takes none of its words along; the page that it leads to does not learn where one
came from. Only here both rooms are known, so only here they can be joined.
"""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.persons import opening


def into_a_worry(_request: HttpRequest, seat: Seat, _observation: UUID) -> SafeString:
    """For whoever may tell of one; nothing in an exercise, where there are no persons."""
    shown = (opening.is_open() and seat.partnership.exercise_of_id is None
             and seat.actor.may(Purpose.CONCERN, Fields.CONCERN_ENTRY))
    if not shown:
        return SafeString("")
    return format_html('<p class="door">{} <a href="{}" rel="noreferrer">{}</a></p>',
                       _("Worried about a young person?"), reverse("concern_start"), _("Write it here"))
