from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lokalnet.interface import bell as header
from lokalnet.interface import menu


class NoticesConfig(AppConfig):
    name = "lokalnet.notices"
    label = "notices"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.notices import bell

        header.register(header.Source("notices", "notices_number", bell.has_one, bell.number))
        menu.register(menu.Entry("notice_settings", _("What you are told"), bell.has_one, place=11, personal=True))
        wording.register({"notices.read": _("Looked at one's own notices"),
                          "notices.chosen": _("Chose how to be told"),
                          "notices.stopped": _("Stopped mail with notices by a link")})
