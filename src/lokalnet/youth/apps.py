from django.apps import AppConfig


class YouthConfig(AppConfig):
    name = "lokalnet.youth"
    label = "youth"
