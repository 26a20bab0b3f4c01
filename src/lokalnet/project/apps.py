from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lokalnet.project"
    label = "project"
