from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lokalnet.notices"
    label = "notices"
