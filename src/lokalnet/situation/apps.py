from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lokalnet.interface import menu


class SituationConfig(AppConfig):
    name = "lokalnet.situation"
    label = "situation"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.access.rights import Fields, Purpose

        wording.register({
            "picture.read": _("Looked at the overview"), "observation.read": _("Opened an observation"),
            "observation.reported": _("Shared an observation"), "observations.imported": _("Imported observations"),
            "category.changed": _("Changed a category"),
        })
        menu.register(menu.Entry("overview", _("Overview"), lambda actor: bool(
            actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN)), place=10))
        menu.register(menu.Entry("report", _("Share"), lambda actor: bool(actor.partnership_ids and
            actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY)), place=20, prominent=True))
        menu.register(menu.Entry("categories", _("Categories"), lambda actor: bool(
            actor.may(Purpose.ADMINISTRATION, Fields.CATEGORIES)), place=70))
