"""How what was found leaves the engine: as JSON, or as a data frame with a row each.

Every result is a frozen dataclass that carries the settings it was made with (the seed among them) and the engine's
version.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    import pandas


class BadInput(Exception):
    """Data or settings that cannot be analysed; the message names the field, the line and the rule."""


def to_json(result: Any) -> bytes:
    """A dataclass, dates as ISO 8601, arrays as lists; what is not a number (nan, infinite) as null."""
    return orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)


def to_frame(rows: Sequence[Any]) -> "pandas.DataFrame":
    """Dataclasses of one kind, a row each, a column for each field."""
    import pandas  # takes a third of a second, and only this needs it

    names = [field.name for field in fields(rows[0])] if rows else []
    return pandas.DataFrame([{name: getattr(row, name) for name in names} for row in rows], columns=names)
