"""Files that Lokalnet wrote itself: their headings, and the words of the screen, back to what they stand for.

The words are asked of those who write them (`exporting/rows.py`, `showing.py`), in each language, so that a changed
word cannot be forgotten here.
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from lokalnet.situation import showing
from lokalnet.situation.exporting import rows
from lokalnet.situation.exporting.formulas import dangerous
from lokalnet.situation.models import Category, PoliceSees, Precision, Visibility
from lokalnet.situation.partnerships import Place

LANGUAGES = ("da", "en")


@dataclass(frozen=True)
class Words:
    """Folded words to the values they stand for; `visibility` to that and to what the police see."""

    categories: Mapping[str, str]
    precisions: Mapping[str, str]
    visibility: Mapping[str, tuple[str, str]]
    category_names: tuple[str, ...]
    areas: Mapping[str, UUID]


@dataclass(frozen=True)
class Origin:
    """Which report of ours the row was, if it says so; and whether its point is the middle of a cell."""

    reference: UUID | None = None
    coarsened: bool = False


NOT_OURS = Origin()


@functools.cache
def headings() -> dict[str, str]:
    """Titles in each language, and the keys they stand for."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {column.title: column.key for column in rows.columns()}
    return found


def titles() -> dict[str, str]:
    """Titles in the reader's language, by key."""
    return {column.key: column.title for column in rows.columns()}


def words(categories: Iterable[Category], areas: Iterable[Place]) -> Words:
    """What a partnership's files may say. An address (slug) and a value of the API are words too."""
    known = list(categories)
    by_name = {fold(name): row.slug for row in known for name in (row.name_en, row.name_da)}
    return Words(by_name | {fold(row.slug): row.slug for row in known}, _precisions(), _visibility(),
                 tuple(row.name for row in known), {fold(place.name): place.id for place in areas})


@functools.cache
def _precisions() -> dict[str, str]:
    return {fold(word): value for value in Precision.values for word in (value, *_said(Precision(value)))}


@functools.cache
def _visibility() -> dict[str, tuple[str, str]]:
    """Each choice in full, and its label alone, where the police get what they get by default."""
    found = {}
    for value in Visibility.values:
        for word in (value, *_said(Visibility(value))):
            found[fold(word)] = value, PoliceSees.TEXT.value
        for police in (PoliceSees.TEXT.value, *PoliceSees.values):
            for language in LANGUAGES:
                with override(language):
                    found.setdefault(fold(showing.in_words(value, police)), (value, police))
    return found


def _said(choice: Precision | Visibility) -> list[str]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(choice.label))
    return found


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
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(fold(example()))
    return frozenset(found)


@functools.cache
def coarse_words() -> dict[str, bool]:
    """How exact a place is: whether it is shared coarsely by somebody else (True) or was coarsened by age (False)."""
    found: dict[str, bool] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {fold(_("within 250 m")): True, fold(_("within 100 m")): False}
    return found


@functools.cache
def area_words() -> frozenset[str]:
    """How exact a place is, where an area was named and no point."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(fold(_("the area, no point")))
    return frozenset(found)


def as_written(text: str) -> str:
    """A text without the apostrophe that an export put before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and dangerous(text[1:]) else text
