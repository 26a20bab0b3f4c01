"""What the measures and promises of a briefing are called. Only ids are frozen: titles are looked up each time, so that
one that was removed or narrowed since is not kept by a briefing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lokalnet.partnership.models import Commitment
from lokalnet.situation.briefing.figures import Figures
from lokalnet.situation.models import Measure, MeasureVisibility


@dataclass(frozen=True)
class Titles:
    measures: Mapping[UUID, str]
    promises: Mapping[UUID, str]


def for_reader(figures: Figures) -> Titles:
    """Those that the reader's policies give."""
    return _titles(figures, Measure.objects.all())


def for_audience(figures: Figures) -> Titles:
    """Those that every reader of this briefing gets, so that a PDF says the same whoever takes it."""
    readers = [MeasureVisibility.PARTNERSHIP] if figures.municipality is None else [
        MeasureVisibility.MUNICIPALITIES, MeasureVisibility.PARTNERSHIP]
    return _titles(figures, Measure.objects.filter(visibility__in=readers))


def _titles(figures: Figures, measures: QuerySet[Measure]) -> Titles:
    found = measures.filter(id__in=[each.id for each in figures.measures]).values_list("id", "title")
    kept = Commitment.objects.filter(id__in=[each.id for each in figures.promises]).values_list("id", "text")
    return Titles(dict(found), dict(kept) if figures.promises else {})
