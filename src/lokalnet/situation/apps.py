from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lokalnet.interface import menu


class SituationConfig(AppConfig):
    name = "lokalnet.situation"
    label = "situation"

    def ready(self) -> None:
        from lokalnet.access.rights import Fields, Purpose

        menu.register(menu.Entry("overview", _("Overview"), lambda actor: bool(
            actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN)), place=10))
        menu.register(menu.Entry("report", _("Share"), lambda actor: bool(
            actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY)), place=20, prominent=True))
        menu.register(menu.Entry("categories", _("Categories"), lambda actor: bool(
            actor.may(Purpose.ADMINISTRATION, Fields.CATEGORIES)), place=70))
