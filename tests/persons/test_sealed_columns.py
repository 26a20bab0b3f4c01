"""A rotation finds every sealed column: one that the register forgot could not be read afterwards."""

from django.apps import apps
from django.db.models import BinaryField

from lokalnet.persons.sealed_columns import registered

NOT_SEALED = {("persons_lookup", "digest")}


def test_every_sealed_column_of_the_person_room_is_registered() -> None:
    found = {(model._meta.db_table, field.column) for label in ("persons", "disclosure", "youth")
             for model in apps.get_app_config(label).get_models() for field in model._meta.fields
             if isinstance(field, BinaryField)}
    assert ("persons_person", "sealed") in found
    assert {(each.table, each.column) for each in registered()} == found - NOT_SEALED
