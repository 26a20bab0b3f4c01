from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectConfig(AppConfig):
    name = "lokalnet.project"
    label = "project"

    def ready(self) -> None:
        from lokalnet.access import wording
        from lokalnet.interface import beside, menu
        from lokalnet.project import base_map, door, my_day
        from lokalnet.project.status import shown_to

        base_map.kind()  # a wrong setting stops the start, with its name
        wording.register({"day.read": _("Looked at one's own day"),
                          "status.read": _("Looked at whether the service runs as it should")})
        menu.register(menu.Entry("my_day", _("My day"), my_day.shown_to, place=5))
        menu.register(menu.Entry("operation", _("Operation"), shown_to, place=95))
        beside.register("observation", door.into_a_worry)
