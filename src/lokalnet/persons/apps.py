from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    name = "lokalnet.persons"
    label = "persons"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.persons.sealed_columns import Sealed, register

        register(Sealed("persons_person", key="id"), Sealed("persons_override"))
        wording.register({"override.opened": _("Opened emergency access"),
                          "override.wrong": _("Said that emergency access was to the wrong file"),
                          "person.corrected": _("Corrected who a file is about"),
                          "keys.rotated": _("Made new keys for what is known of persons")})
