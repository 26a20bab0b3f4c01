from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "lokalnet.disclosure"
    label = "disclosure"
