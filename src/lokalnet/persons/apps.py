from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "lokalnet.persons"
    label = "persons"
