from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "lokalnet.interface"
    label = "interface"
