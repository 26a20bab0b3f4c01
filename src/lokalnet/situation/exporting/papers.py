"""The own organisation's reports as documents: all that were sent in a period, also withdrawn and merged ones.

By the day on which they were reported, because that is when the document came to be. They are read past the picture's
filters and within the same row policies.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.situation import guard, knowing, periods
from lokalnet.situation.journals.observations import Dated
from lokalnet.situation.models import Act, ActKind, Exact, Observation, Standing, State, Text
from lokalnet.situation.partnerships import Frame

MOST = 500


class TooMany(ValueError):
    """More reports than somebody can go through one by one."""

    def __init__(self) -> None:
        super().__init__(_("There are more than %(number)d reports in this period. Choose a shorter one.") % {
            "number": MOST})


@dataclass(frozen=True)
class Paper:
    """One report as a document. `found` says in words what the guard takes for a person in its text."""

    number: int
    id: UUID
    edition: int
    reported_at: datetime
    when: str
    category: str
    where: str
    text: str
    standing: str
    state: str
    history: str
    found: str
    has_text: bool


def papers(frame: Frame, first: date, last: date) -> list[Paper]:
    """Oldest first. Raises TooMany."""
    since, until = periods.day_start(first, frame.zone), periods.day_start(
        last + timedelta(days=1), frame.zone)
    rows = list(Exact.objects.filter(
        organisation_id=frame.actor.organisation_id, partnership_id=frame.partnership.id, reported_at__gte=since,
        reported_at__lt=until).select_related("observation").order_by("reported_at", "observation_id")[:MOST + 1])
    if len(rows) > MOST:
        raise TooMany
    ids = [row.observation_id for row in rows]
    texts = dict(Text.objects.filter(observation_id__in=ids).values_list("observation_id", "text"))
    told, words, known = _histories(frame, ids), Dated(frame.zone), knowing.places(frame)
    return [_paper(frame, number, row, texts.get(row.observation_id, ""), told[row.observation_id], words, known)
            for number, row in enumerate(rows, 1)]


def _paper(frame: Frame, number: int, exact: Exact, text: str, history: list[str], words: Dated,
           known: Collection[str]) -> Paper:
    about: Observation = exact.observation
    removed = _("[Text removed: somebody could be recognised]") if about.text_removed else ""
    return Paper(
        number, about.id, about.edition, exact.reported_at.astimezone(frame.zone),
        words.of(about.period_start, about.part, exact.occurred_at, exact.precision),
        frame.categories[about.category_id].name, frame.place_name(exact.areas), text or removed,
        str(Standing(about.standing).label), str(State(about.state).label), "; ".join(history),
        found_in(text, known), bool(text))


def _histories(frame: Frame, ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What was done about each, and on which day; not by whom."""
    told: dict[UUID, list[str]] = defaultdict(list)
    names = {kind.value: str(kind.label) for kind in ActKind}
    for id_, kind, at in Act.objects.filter(observation_id__in=ids).order_by("at").values_list(
            "observation_id", "kind", "at"):
        told[id_].append(f"{names[kind]} {date_format(at.astimezone(frame.zone), 'SHORT_DATE_FORMAT')}")
    return told


def found_in(text: str, places: Collection[str]) -> str:
    """What the guard finds of persons: a suggestion to look twice, no decision."""
    return ", ".join(dict.fromkeys(str(found.kind.label) for found in guard.find(text, places=places)))
