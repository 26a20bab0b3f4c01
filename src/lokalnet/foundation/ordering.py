"""Danish alphabetical order without ICU: æ, ø and å come after z (stack.md)."""

from typing import Any

from django.db.models import F, Func, TextField


def danish(field: str) -> "Func[Any]":
    return Func(F(field), template=danish_sql("%(expressions)s"), output_field=TextField())


def danish_sql(column: str) -> str:
    """The same for SQL that is written by hand."""
    return f"translate(lower({column}), 'æøå', '{{|}}') collate \"C\""
