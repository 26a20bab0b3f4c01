from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lokalnet.project"
    label = "project"

    def ready(self) -> None:
        from lokalnet.project import base_map

        base_map.kind()  # a wrong setting stops the start, with its name
