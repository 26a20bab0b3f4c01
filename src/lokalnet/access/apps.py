from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "lokalnet.access"
    label = "access"

    def ready(self) -> None:
        from lokalnet.access import grants, logging_in

        post_migrate.connect(grants.apply, dispatch_uid="lokalnet.grants")
        logging_in.listen()
