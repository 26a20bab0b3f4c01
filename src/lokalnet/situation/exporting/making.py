"""The job that makes a file, with the rights that its member has when it runs, and in a transaction of its own.

A text that is removed meanwhile must not come back in a file. Whoever removes one takes the same lock as the last step
here (`remove_text`, sql/consequences.sql): either the removal is seen here and the file is made anew, or the file is
stored first and the removal takes it along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import override

from lokalnet.access import events
from lokalnet.foundation import jobs
from lokalnet.foundation.times import now
from lokalnet.situation import files
from lokalnet.situation.exporting import about, asking, documents
from lokalnet.situation.exporting.asking import UNFINISHED, Right
from lokalnet.situation.exporting.formats import packed
from lokalnet.situation.exporting.rows import Rows
from lokalnet.situation.models import Export
from lokalnet.situation.partnerships import Frame, frame_of

TEXTS = 4100221
TRIES = 5


class TextsGone(Exception):
    """While the file was made, a text in it was removed, or hidden from its reader."""


@dataclass(frozen=True)
class Made:
    file: bytes
    rows: int
    with_text: list[UUID]
    cut: bool = False


@jobs.job(files.JOBS["export"], queue=files.QUEUE)
def make(subject: str) -> None:
    """Make the file of the export with this id; nothing where it is made already, deleted, or being made."""
    files.work_on(subject, _make)


def _make(export_id: UUID, member_id: UUID) -> None:
    if not _begin(export_id, member_id):
        return
    for number in range(1, TRIES + 1):
        try:
            _finish(export_id, member_id)
        except TextsGone:  # rolled back: what lies in the file is read anew
            if number == TRIES:
                raise
        else:
            return


def _begin(export_id: UUID, member_id: UUID) -> bool:
    """Seen by its page at once. False when there is nothing to make any more."""
    with files.on_behalf_of(member_id) as actor:
        export = Export.objects.defer("file").filter(id=export_id, state__in=UNFINISHED).first()
        if export is None:
            return False
        asking.right_to(actor, export.scope)
        Export.objects.filter(id=export_id).update(state=Export.State.RUNNING)
        return True


def _finish(export_id: UUID, member_id: UUID) -> None:
    with files.on_behalf_of(member_id) as actor:
        export = Export.objects.filter(id=export_id, state__in=UNFINISHED).defer("file").first()
        if export is None:
            return
        right = asking.right_to(actor, export.scope)  # as of now
        frame = frame_of(actor, export.partnership_id)
        with override(export.language):
            made = MAKERS[export.scope](frame, right, export)
        _hold_texts(made.with_text)
        Export.objects.filter(id=export_id).update(
            state=Export.State.READY, file=made.file, rows=made.rows, observation_ids=made.with_text,
            finished_at=now(), asked=export.asked | ({"cut": True} if made.cut else {}))
        events.record(actor, "export.made", decision=right.decision, purpose=right.purpose, subject_kind="export",
                      subject=export_id, format=export.format, scope=export.scope, rows=made.rows)


def _hold_texts(ids: list[UUID]) -> None:
    """From here until this transaction ends no text is removed. Raises TextsGone when one is gone already."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TEXTS])
        cursor.execute("select count(*) from situation_observation o join situation_observation_text t "
                       "on t.observation_id = o.id where o.id = any(%s) and not o.text_removed", [ids])
        if cursor.fetchone()[0] != len(ids):
            raise TextsGone


def _of_picture(frame: Frame, right: Right, export: Export) -> Made:
    rows = Rows(frame, asking.filters_for(frame, right, export.asked["query"]))
    file = packed(export.format, [rows.sheet()], about.of_export(frame, export), language=export.language)
    return Made(file, rows.count, rows.with_text, rows.cut)


def _of_documents(frame: Frame, _right: Right, export: Export) -> Made:
    answer = documents.answer(frame, export.asked)
    file = packed(export.format, answer.sheets, about.of_documents(frame, export), language=export.language)
    return Made(file, answer.rows, answer.with_text)


MAKERS: dict[Any, Callable[[Frame, Right, Export], Made]] = {
    Export.Scope.PICTURE: _of_picture, Export.Scope.OWN: _of_picture, Export.Scope.DOCUMENTS: _of_documents}
