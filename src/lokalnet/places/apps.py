from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "lokalnet.places"
    label = "places"
