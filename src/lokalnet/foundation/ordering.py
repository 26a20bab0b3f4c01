"""Danish alphabetical order without ICU: æ, ø and å come after z (stack.md)."""

from typing import Any

from django.db.models import F, Func, TextField
from django.db.models.functions import Lower


def danish(field: str) -> "Func[Any]":
    return Func(Lower(F(field)), template="translate(%(expressions)s, 'æøå', '{|}') collate \"C\"",
                output_field=TextField())
