"""The two languages of the product."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.utils.translation import get_language, override

LANGUAGES = ("da", "en")
Said = TypeVar("Said")


def reader_language() -> str:
    """The reader's, "da" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "da"


def in_each(say: Callable[[], Said]) -> Iterator[Said]:
    """What is said in one language after the other."""
    for language in LANGUAGES:
        with override(language):
            yield say()
