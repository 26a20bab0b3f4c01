"""The one code that makes both the preview and the copy: what is not chosen is not there.

A protected address never leaves, whatever was chosen (and is not written down in the first place).
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from lokalnet.access.seats import Seat
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.gate import snapshots
from lokalnet.disclosure.gate.snapshots import Line, Section, Snapshot
from lokalnet.youth.files import reading
from lokalnet.youth.files.sheets import Sheet, Written
from lokalnet.youth.models import File, NoteKind


def snapshot(seat: Seat, file: File, fields: Collection[str], *, today: date) -> Snapshot:
    """For who is on a visit. Raises Http404 without one. What is no field is left out."""
    sheet = reading.sheet(file, today=today)
    return tuple(Section(each, tuple(_lines(each, sheet, seat))) for each in Shared if each.value in fields)


def _lines(field: Shared, sheet: Sheet, seat: Seat) -> Iterator[Line]:
    match field:
        case Shared.IDENTITY:
            yield from _identity(sheet)
        case Shared.CONTACT:
            yield from _contact(sheet)
        case Shared.CONCERN_FACTS:
            yield from _of_worries(sheet, seat, "facts", "fact", about="source")
            yield from _notes(sheet, seat, NoteKind.FACT, "fact")
        case Shared.STRENGTHS:
            yield from _of_worries(sheet, seat, "strengths", "strength")
            yield from _notes(sheet, seat, NoteKind.STRENGTH, "strength")
        case Shared.AGREEMENTS:
            yield from _notes(sheet, seat, NoteKind.AGREEMENT, "agreement")
        case Shared.ASSESSMENT:
            yield from _of_worries(sheet, seat, "assessment", "assessment")
            yield from _notes(sheet, seat, NoteKind.ASSESSMENT, "assessment")
        case Shared.OWN_VIEW:
            yield from _own_view(sheet, seat)
        case Shared.FORUM:
            if sheet.placed:
                yield Line("forum", sheet.placed.forum, day=sheet.placed.expires_on.isoformat())


def _identity(sheet: Sheet) -> Iterator[Line]:
    who = sheet.who
    yield Line(snapshots.NAME, who.name)
    if who.born:
        yield Line(snapshots.BORN, who.born.isoformat())
    if who.cpr:
        yield Line(snapshots.CPR, who.cpr)


def _contact(sheet: Sheet) -> Iterator[Line]:
    if sheet.who.address and not sheet.who.protected:
        yield Line("address", sheet.who.address)
    if sheet.who.phone:
        yield Line("phone", sheet.who.phone)
    for each in sheet.contacts:
        yield Line("contact", " · ".join(filter(None, (each.name, each.phone))), each.relation)


def _own_view(sheet: Sheet, seat: Seat) -> Iterator[Line]:
    yield from _of_worries(sheet, seat, "youth_says", "youth-says")
    yield from _notes(sheet, seat, NoteKind.OWN_VIEW, "youth-says")
    yield from _of_worries(sheet, seat, "parents_say", "parents-say")
    yield from _notes(sheet, seat, NoteKind.PARENTS_VIEW, "parents-say")


def _of_worries(sheet: Sheet, seat: Seat, part: str, what: str, *, about: str = "") -> Iterator[Line]:
    for worry in sheet.worries:
        if worry.said.get(part):
            yield Line(what, worry.said[part], worry.said.get(about, ""), _day(worry.sent_at, seat))


def _notes(sheet: Sheet, seat: Seat, kind: NoteKind, what: str) -> Iterator[Line]:
    """What was corrected goes along with its correction: the copy must not say more than the file."""
    for note in sheet.of_kind(kind):
        yield _line(note, what, seat)
        yield from (_line(each, "correction", seat) for each in note.corrections)


def _line(note: Written, what: str, seat: Seat) -> Line:
    return Line(what, note.text, note.source, _day(note.at, seat))


def _day(at: datetime, seat: Seat) -> str:
    return at.astimezone(seat.zone).date().isoformat()
