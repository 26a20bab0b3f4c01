"""Who works here, for whom, what they may do, and the log of what they did."""
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "lokalnet.access"
    label = "access"

    def ready(self) -> None:
        from lokalnet.access import grants, handover, joining, keys, logging_in, sessions, wording

        post_migrate.connect(grants.apply, dispatch_uid="lokalnet.grants")
        logging_in.listen()
        sessions.listen()
        handover.register("key", keys.open_for, keys.hand_over)
        handover.register("invitation", joining.open_for, joining.hand_over)
        wording.register(wording.OWN)
        _register_menu()


def _register_menu() -> None:
    from lokalnet.access.rights import Fields, Purpose
    from lokalnet.interface import menu

    def administers(actor: Any) -> bool:
        return bool(actor.may(Purpose.ADMINISTRATION, Fields.MEMBERS))

    def oversees(actor: Any) -> bool:
        return bool(actor.may(Purpose.DATA_PROTECTION, Fields.EVENTS_OF_ORGANISATION))

    def works_with_reports(actor: Any) -> bool:
        return bool(actor.partnership_ids and actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN))

    menu.register(menu.Entry("own_areas", _("Your areas"), works_with_reports, 10, personal=True))
    menu.register(menu.Entry("administration", _("Administration"), administers, 80))
    menu.register(menu.Entry("log", _("Log"), oversees, 90))
