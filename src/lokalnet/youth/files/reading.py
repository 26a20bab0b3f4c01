"""Reads what a page of a file shows, in the order in which it is read.

A constant number of questions, however much was written, and one key. Nothing here is counted, weighed or sorted by
anything but time.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import models
from django.http import Http404

from lokalnet.access.models import Member
from lokalnet.persons import identity, knowing
from lokalnet.youth.files import sealed
from lokalnet.youth.files.sealed import Sealer
from lokalnet.youth.files.sheets import Colleague, Decided, Informed, Marked, Placed, Reachable, Sheet, Worry, Written
from lokalnet.youth.models import (
    About,
    Concern,
    ConcernState,
    ConcernText,
    Contact,
    Decision,
    File,
    Informing,
    Mark,
    Note,
    NoteKind,
    Outcome,
    Placing,
    Step,
)

Names = dict[UUID, str]
NOW_FIRST = models.F("ended_at").desc(nulls_first=True)
WHO = ("author_id", "decided_by_id", "made_by_id", "member_id", "decider_id")  # columns that say who wrote a row


def sheet(file: File, *, today: date) -> Sheet:
    """For who is on a visit. Raises Http404 without one, KeyGone where what was held is erased."""
    person = identity.row_of(file.person_id)
    opener = sealed.of(file.person_id, file.controller_id)
    notes = list(Note.objects.filter(file=file).order_by("at", "id"))
    placings = list(Placing.objects.filter(file=file).order_by(NOW_FIRST, "-decided_at", "id"))
    marks = list(Mark.objects.filter(file=file, ended_at=None, ends_on__gte=today).order_by("ends_on", "id"))
    informed = list(Informing.objects.filter(file=file).order_by("-at", "id"))
    decisions = list(Decision.objects.filter(person_id=file.person_id).order_by("at", "id"))
    working = knowing.colleagues_with(file.person_id)
    names = _names([*notes, *placings, *marks, *informed, *decisions], {file.owner_id, *(who for who, _ in working)})
    return Sheet(
        file=file, who=identity.opened(person, opener.key), about=About(file.about),
        owner=names.get(file.owner_id, ""), notes=_notes(notes, opener, names),
        placings=tuple(_placed(row, opener, names) for row in placings), contacts=contacts(file, opener),
        marks=tuple(_marked(row, opener, names) for row in marks),
        informed=tuple(_informed(row, opener, names) for row in informed),
        worries=_worries(file, decisions, opener, names),
        colleagues=_colleagues(file, working, names))


def colleagues(file: File) -> tuple[Colleague, ...]:
    """Who works on the file now, the first first."""
    working = knowing.colleagues_with(file.person_id)
    return _colleagues(file, working, _names([], {who for who, _ in working}))


def worry(file: File, concern_id: UUID) -> Worry:
    """One of the file's. Raises Http404."""
    decisions = list(Decision.objects.filter(concern_id=concern_id).order_by("at", "id"))
    opener = sealed.of(file.person_id, file.controller_id)
    for each in _worries(file, decisions, opener, _names(decisions, set())):
        if each.id == concern_id:
            return each
    raise Http404


def _colleagues(file: File, working: Iterable[tuple[UUID, str]], names: Names) -> tuple[Colleague, ...]:
    return tuple(Colleague(member, names.get(member, ""), date.fromisoformat(until) if until else None,
                           member == file.owner_id) for member, until in working)


def _names(rows: Iterable[models.Model], also: set[UUID]) -> Names:
    """Of colleagues who wrote something, also of those who have left."""
    ids = also | {getattr(row, column) for row in rows for column in WHO if hasattr(row, column)}
    return dict(Member.objects.filter(id__in=ids).values_list("id", "name"))


def _notes(rows: list[Note], opener: Sealer, names: Names) -> tuple[Written, ...]:
    """In order of time. A correction of a correction follows what was written first."""
    first, said = _firsts(rows), {row.id: opener.words(row) for row in rows}

    def written(row: Note, corrections: tuple[Written, ...] = ()) -> Written:
        return Written(row.id, NoteKind(row.kind), row.at, names.get(row.author_id, ""), said[row.id].get("text", ""),
                       said[row.id].get("source", ""), corrections)

    return tuple(written(row, tuple(written(each) for each in rows if each.id != row.id and first[each.id] == row.id))
                 for row in rows if first[row.id] == row.id)


def _firsts(rows: Iterable[Note]) -> dict[UUID, UUID]:
    """Under which note each stands: its own, or the one that it corrects in the end."""
    corrected = {row.id: row.corrects_id for row in rows}

    def first(note_id: UUID) -> UUID:
        before = corrected[note_id]
        return first(before) if before and before in corrected else note_id

    return {note_id: first(note_id) for note_id in corrected}


def _placed(row: Placing, opener: Sealer, names: Names) -> Placed:
    """The forum by the name that it had when it was decided."""
    said = opener.words(row)
    return Placed(row.id, row.forum_id, said.get("forum", ""), said.get("reason", ""),
                  names.get(row.decided_by_id, ""), row.decided_at, row.expires_on, row.ended_at)


def contacts(file: File, opener: Sealer) -> tuple[Reachable, ...]:
    """Those that still hold."""
    found = [(row, opener.words(row)) for row in Contact.objects.filter(file=file, ended_at=None).order_by("id")]
    return tuple(sorted((Reachable(row.id, said.get("name", ""), said.get("relation", ""), said.get("phone", ""),
                                   row.edition) for row, said in found), key=lambda each: each.name))


def _marked(row: Mark, opener: Sealer, names: Names) -> Marked:
    return Marked(row.id, opener.words(row).get("words", ""), names.get(row.made_by_id, ""), row.made_at, row.ends_on)


def _informed(row: Informing, opener: Sealer, names: Names) -> Informed:
    return Informed(row.id, Informing.Whom(row.whom), row.told_on, opener.words(row).get("words", ""),
                    names.get(row.member_id, ""))


def _worries(file: File, decisions: list[Decision], opener: Sealer, names: Names) -> tuple[Worry, ...]:
    """All that was told of the person, the newest first, with what was decided."""
    texts = {text.concern_id: opener.words(text) for text in ConcernText.objects.filter(person_id=file.person_id)}
    rows = Concern.objects.filter(person_id=file.person_id).exclude(state=ConcernState.DRAFT)
    return tuple(_worry(row, texts.get(row.id, {}), tuple(
        _decided(each, opener, names) for each in decisions if each.concern_id == row.id))
        for row in rows.order_by("-sent_at", "id"))


def _worry(row: Concern, said: dict[str, str], decisions: tuple[Decided, ...]) -> Worry:
    assert row.sent_at is not None  # no draft (the constraint concern_sent_has_person)
    return Worry(row.id, ConcernState(row.state), Step(row.step), row.acute, row.sent_at,
                 row.state == ConcernState.SENT, said, decisions)


def _decided(row: Decision, opener: Sealer, names: Names) -> Decided:
    return Decided(Step(row.step), Outcome(row.outcome), row.urgent, names.get(row.decider_id, ""), row.at,
                   opener.words(row).get("reason", ""))
