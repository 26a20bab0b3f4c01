from django.apps import AppConfig


class YouthConfig(AppConfig):
    name = "lokalnet.youth"
    label = "youth"

    def ready(self) -> None:
        from lokalnet.persons.sealed_columns import Sealed, register

        # A draft's key has the concern's id; once it is sent, the person's.
        register(Sealed("youth_concern_text", row="concern_id", key="coalesce(person_id, concern_id)"))
        register(*(Sealed(f"youth_{table}") for table in ("decision", "reply", "placing", "note", "contact", "mark",
                                                          "informing")))
