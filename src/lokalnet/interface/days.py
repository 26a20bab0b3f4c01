"""Days in words. A list has the same few days again and again, and Django takes 20 µs for each (`./run bench`)."""

import functools
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(day: date, pattern: str) -> str:
    """As `date_format`, in the reader's language."""
    return _written(day, pattern, get_language())


@functools.lru_cache(maxsize=2000)
def _written(day: date, pattern: str, _language: str | None) -> str:
    return date_format(day, pattern)
