"""What is written in a file. Facts stand apart from what somebody thinks of them, and say where they come from.

Nothing is overwritten: what was wrong is followed by what is right, and both stand.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.foundation.laying import laid
from lokalnet.foundation.rules import BrokenRule
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import Note, NoteKind

LONGEST = 8000


@dataclass(frozen=True)
class Said:
    kind: str
    text: str = field(repr=False)
    source: str = field(default="", repr=False)
    corrects: UUID | None = None


def write(stay: Stay, note_id: UUID, said: Said) -> None:
    """Raises BrokenRule; Http404 for what it corrects, where that does not stand in this file."""
    text, source = said.text.strip(), said.source.strip()
    corrected = one(stay, said.corrects) if said.corrects else None
    kind = corrected.kind if corrected else said.kind
    if kind not in NoteKind.values:
        raise BrokenRule("kind", _("Choose what kind of note it is."))
    if not text:
        raise BrokenRule("text", _("Write the note."))
    if kind == NoteKind.FACT and not source:
        raise BrokenRule("source", _("Say who saw or told it: a fact without a source is hearsay."))
    row = Note(id=note_id, file=stay.file, person_id=stay.file.person_id, controller_id=stay.file.controller_id,
               kind=kind, author_id=stay.seat.actor.member_id, corrects=corrected)
    row.sealed = stay.sealer().sealed(row, text=text, source=source if kind == NoteKind.FACT else "")
    if laid(row):
        stay.record("note-corrected" if corrected else "note")


def one(stay: Stay, note_id: UUID) -> Note:
    """Raises Http404."""
    found = Note.objects.filter(id=note_id, file=stay.file).first()
    if found is None:
        raise Http404
    return found


def words(stay: Stay, note: Note) -> dict[str, str]:
    return stay.sealer().words(note)
