from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "lokalnet.situation"
    label = "situation"
