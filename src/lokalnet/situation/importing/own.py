"""Files that Lokalnet wrote itself: their headings, and the words of the screen, back to what they stand for.

The words are asked of those who write them (`exporting/rows.py`, `showing.py`), in each language, so that a changed
word cannot be forgotten here.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from lokalnet.foundation.languages import in_each
from lokalnet.situation import showing
from lokalnet.situation.exporting import rows
from lokalnet.situation.exporting.formulas import dangerous
from lokalnet.situation.models import Category, PoliceSees, Precision, Visibility
from lokalnet.situation.partnerships import Place
from lokalnet.situation.showing import Exactness


@dataclass(frozen=True)
class Words:
    """Folded words to what they stand for; `visibility` to that and to what the police see."""

    categories: Mapping[str, str]
    precisions: Mapping[str, str]
    visibility: Mapping[str, tuple[str, str]]
    category_names: tuple[str, ...]
    areas: Mapping[str, Place]


@functools.cache
def headings() -> dict[str, str]:
    """Titles in each language, and the keys they stand for."""
    return {column.title: column.key for columns in in_each(rows.columns) for column in columns}


def titles() -> dict[str, str]:
    """Titles in the reader's language, by key."""
    return {column.key: column.title for column in rows.columns()}


def words(categories: Iterable[Category], areas: Iterable[Place]) -> Words:
    """What a partnership's files may say. An address (slug) and a value of the API are words too."""
    known = list(categories)
    by_name = {fold(name): row.slug for row in known for name in (row.name_en, row.name_da)}
    return Words(by_name | {fold(row.slug): row.slug for row in known}, _precisions(), _visibility(),
                 tuple(row.name for row in known), {fold(place.name): place for place in areas})


@functools.cache
def _precisions() -> dict[str, str]:
    return {word: each.value for each in Precision for word in (fold(each.value), *_said(each))}


@functools.cache
def _visibility() -> dict[str, tuple[str, str]]:
    """Each choice in full, and its label alone, where the police get what they get by default."""
    usual = PoliceSees.TEXT
    found = {word: (each.value, usual.value) for each in Visibility for word in (fold(each.value), *_said(each))}
    for each in Visibility:
        for police in (usual, *PoliceSees):
            for said in in_each(functools.partial(showing.in_words, each.value, police.value)):
                found.setdefault(fold(said), (each.value, police.value))
    return found


@functools.cache
def exactness() -> dict[str, Exactness]:
    """How exact a place is said to be."""
    return {word: each for each in Exactness for word in _said(each)}


def _said(choice: TextChoices) -> Iterator[str]:
    return map(fold, in_each(lambda: str(choice.label)))


def fold(word: str) -> str:
    return " ".join(word.split()).casefold()


def choices() -> dict[str, tuple[str, ...]]:
    """What may stand under a heading, in the reader's language, where it is one of few words."""
    return {"precision": tuple(str(each.label) for each in Precision),
            "visibility": tuple(str(each.label) for each in Visibility)}


def example() -> str:
    """What marks the template's example, so that it is refused when it is left in."""
    return _("EXAMPLE: delete this line")


@functools.cache
def examples() -> frozenset[str]:
    return frozenset(map(fold, in_each(example)))


def as_written(text: str) -> str:
    """A text without the apostrophe that an export put before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and dangerous(text[1:]) else text
