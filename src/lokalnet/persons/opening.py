"""Whether the person room is open. It holds children's data, so it opens whole or not at all.

Until a file can be closed, handed out to whom it is about, announced by letter and erased, only the demonstration,
with invented people, opens it.
"""

from django.conf import settings
from django.utils.translation import gettext as _


class RoomClosed(Exception):
    """The words say why."""


def is_open() -> bool:
    return bool(settings.LOKALNET_DEMO)


def check_open() -> None:
    """Raises RoomClosed."""
    if not is_open():
        raise RoomClosed(why_closed())


def why_closed() -> str:
    return _("This part of Lokalnet is not open yet. It opens when a file can also be closed, given out to whom it is "
             "about, told of by letter, and erased.")
