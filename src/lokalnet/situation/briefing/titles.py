"""What the measures and promises of a briefing are called. Only ids are frozen: titles are looked up each time, so that
one that was removed or narrowed since is not kept by a briefing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import ngettext

from lokalnet.partnership.models import Commitment
from lokalnet.situation.briefing.figures import Figures
from lokalnet.situation.models import Measure, MeasureVisibility


@dataclass(frozen=True)
class Titles:
    """By id, without those that are gone; `missing_measures` says of a number of them why they have no title."""

    measures: Mapping[UUID, str]
    promises: Mapping[UUID, str]
    missing_measures: Callable[[int], str]


def for_reader(figures: Figures) -> Titles:
    """Those that the reader's policies give."""
    return _titles(figures, Measure.objects.all(), lambda number: ngettext(
        "A measure that is no longer there, or not for you.",
        "%(number)s measures that are no longer there, or not for you.", number) % {"number": number})


def for_audience(figures: Figures) -> Titles:
    """Those that every reader of this briefing gets, so that a PDF says the same whoever takes it."""
    readers = [MeasureVisibility.PARTNERSHIP] if figures.municipality is None else [
        MeasureVisibility.MUNICIPALITIES, MeasureVisibility.PARTNERSHIP]
    return _titles(figures, Measure.objects.filter(visibility__in=readers), lambda number: ngettext(
        "A measure that is no longer there, or that not all readers may see.",
        "%(number)s measures that are no longer there, or that not all readers may see.", number) % {"number": number})


def _titles(figures: Figures, measures: QuerySet[Measure], missing: Callable[[int], str]) -> Titles:
    found = measures.filter(id__in=[each.id for each in figures.measures]).values_list("id", "title")
    kept = Commitment.objects.filter(id__in=[each.id for each in figures.promises]).values_list("id", "text")
    return Titles(dict(found), dict(kept) if figures.promises else {}, missing)
