from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lokalnet.interface import due, menu


class PartnershipConfig(AppConfig):
    name = "lokalnet.partnership"
    label = "partnership"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.access.rights import Fields, Purpose
        from lokalnet.partnership import commitments

        wording.register({"commitment.changed": _("Wrote what was promised, or how it stands"),
                          "commitments.read": _("Looked at what was promised")})
        menu.register(menu.Entry("commitments", _("Commitments"), lambda actor: bool(
            actor.partnership_ids and actor.may(Purpose.MEASURES, Fields.MEASURES)), place=63))
        due.register(commitments.due_for)
