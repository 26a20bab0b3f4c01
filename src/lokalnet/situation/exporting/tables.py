"""What a file holds before it has a format: sheets of typed values, and what the file says about itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

Value = str | int | float | datetime | None


@dataclass(frozen=True)
class Column:
    """`key` is for machines and the same in every language; `title` is in the reader's. `width` in characters."""

    key: str
    title: str
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """Rows may be made while they are written, so that a long file is never a list in memory."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


About = Sequence[tuple[str, str]]
