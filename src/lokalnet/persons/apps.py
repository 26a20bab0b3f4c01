from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    name = "lokalnet.persons"
    label = "persons"

    def ready(self) -> None:
        from lokalnet.access import wording

        wording.register({"override.opened": _("Opened emergency access"),
                          "override.wrong": _("Said that emergency access was to the wrong file"),
                          "person.corrected": _("Corrected who a file is about")})
