"""Observations as a reader's own organisation files them. Every word comes from what the page shows this reader.

Only days are told otherwise than there, in full: "today" says nothing in a file.
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.access.models import Organisation
from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation import history, periods, picture, showing
from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.journals.papers import paper
from lokalnet.situation.models import Part, State
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight


class Dated(periods.Words):
    """The page's words for a time, with the year."""

    def __init__(self, zone: ZoneInfo, pattern: str = "DATE_FORMAT") -> None:
        super().__init__(zone)
        self._pattern = pattern

    def of(self, start: datetime, part: str, exact: datetime | None, precision: str | None) -> str:
        words = super().of(start, part, exact, precision)
        return f"{words}, {start.astimezone(self._zone).isocalendar().year}" if part == Part.WEEK else words

    def _name(self, day: date) -> str:
        return date_format(day, self._pattern)


def of_observation(frame: Frame, sight: Sight) -> Document:
    card, = showing.cards(frame, [sight])
    return paper(
        frame, _("Observation: %(category)s") % {"category": card.name},
        facts=((_("When"), _when(Dated(frame.zone), sight)), (_("Where"), _where(card) or "–"),
               (_("From"), _from(card)), (_("Standing"), card.standing_name), (_("Who may see it?"), card.visibility),
               (_("Partnership"), frame.partnership.name), (_("Reference"), str(card.id))),
        paragraphs=(card.text,) if card.text else (), tables=_history(frame, sight),
        notes=tuple(_notes(card)), bar=bar_of(frame, [sight]))


def of_picture(frame: Frame, sights: list[Sight], *, bar: FilterBar, count: int) -> Document:
    """The page of the list that its reader has before them, and by which filters it came about.

    The police's copy of a list holds the police's own reports alone: there is no police export over municipal reports
    (design 3.3). A single municipal report is copied from its own page.
    """
    sights, left_out = copied_by(frame, sights)
    return paper(
        frame, _("Overview: %(partnership)s") % {"partnership": frame.partnership.name},
        facts=(*bar.in_words().values(), (_("Observations"), _count(count)),
               (_("In this copy"), str(len(sights)))),
        tables=(table(frame, sights),) if sights else (), notes=left_out, bar=bar_of(frame, sights))


def copied_by(frame: Frame, sights: list[Sight]) -> tuple[list[Sight], tuple[str, ...]]:
    """Those of a list that the reader's organisation may file, and what the copy says of the others."""
    if frame.actor.organisation_kind != Organisation.Kind.POLICE:
        return sights, ()
    police = _police()
    return [sight for sight in sights if sight.organisation_id in police], (
        _("Reports of others are not in the police's copy of a list. Copy one from its own page."),)


def table(frame: Frame, sights: list[Sight], caption: str = "") -> Table:
    words = Dated(frame.zone, "SHORT_DATE_FORMAT")
    head = (_("When"), _("What"), _("Where"), _("From"), _("Standing"), _("Text"))
    return Table(caption, head, tuple(
        (_when(words, sight), card.name, _where(card), _from(card), card.standing_name, card.text)
        for sight, card in zip(sights, showing.cards(frame, sights), strict=True)))


def _history(frame: Frame, sight: Sight) -> tuple[Table, ...]:
    """What was done about it and what its reporter was answered: the lines of the page."""
    lines = history.of(frame, sight)
    head = (_("When"), _("By whom"), _("What was done"), _("In words"))
    rows = tuple((line.when, line.who, line.what, line.note) for line in lines)
    return (Table(_("History and answers to the reporter"), head, rows),) if rows else ()


def _count(count: int) -> str:
    return _("More than %(number)s") % {"number": picture.COUNTED} if count > picture.COUNTED else str(count)


def _when(words: Dated, sight: Sight) -> str:
    return words.of(sight.period_start, sight.part, sight.occurred_at, sight.precision)


def _from(card: showing.Card) -> str:
    return f"{card.source} · {card.reporters}" if card.reporters else card.source


def _notes(card: showing.Card) -> Iterator[str]:
    """What the page says beside the facts."""
    if card.state == State.WITHDRAWN:
        yield _("Withdrawn. Only your organisation can see it.")
    if card.state == State.MERGED:
        yield _("Put together with another report of the same event.")
    if card.text_removed:
        yield _("The text was removed, because somebody could be recognised in it.")
    if card.coarse:
        yield _("The sender shared the part of the day and a place within 250 m. Exact place and time are not shown "
                "to you.")


def _where(card: showing.Card) -> str:
    return f"{card.where} ({card.within})".strip() if card.within else card.where


def bar_of(frame: Frame, sights: list[Sight]) -> str:
    """What the police carry on a copy of what is not the police's own."""
    own = _police()
    return "" if all(each.organisation_id in own for each in sights) else police_bar(frame)


def police_bar(frame: Frame) -> str:
    """The same of what is made of others' reports without showing one."""
    if frame.actor.organisation_kind != Organisation.Kind.POLICE:
        return ""
    return _("A copy for the own record. Not for investigation.")


def _police() -> set[UUID]:
    return set(Organisation.objects.filter(kind=Organisation.Kind.POLICE).values_list("id", flat=True))
