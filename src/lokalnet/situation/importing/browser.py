"""An import from a browser: the file is brought, looked at, and then imported by a job, or given up.

Reports come from the organisation's import member, as on the command line, so the same file imported in either way is
the same rows; the log names the member who did it. Each batch is a transaction of its own, and what is stored is known
by its key: a job that is killed is run again and goes on where it stopped.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation import jobs
from lokalnet.foundation.languages import reader_language
from lokalnet.foundation.times import now
from lokalnet.situation import files, guard
from lokalnet.situation.importing import profiles, running
from lokalnet.situation.importing.checks import Rules
from lokalnet.situation.importing.previewing import Problems, figures, first_rows
from lokalnet.situation.importing.profiles import ImportFailed, Profile
from lokalnet.situation.importing.receiving import opened, recognised
from lokalnet.situation.importing.sheets import BadFile
from lokalnet.situation.importing.telling import Totals
from lokalnet.situation.models import Upload
from lokalnet.situation.partnerships import Frame, frame_of

LONGEST_NAME = 120
BEGUN = (Upload.State.WAITING, Upload.State.RUNNING)
SHOWN = 20


def may_import(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.REPORT, Fields.FILE_IMPORT)


def bring(frame: Frame, *, name: str, content: bytes, profile: str) -> Upload:
    """Keep the file and have it looked at; without a profile, its headings say which.

    Raises NotAllowed, or BadFile before anything is kept.
    """
    decision = may_import(frame.actor)
    profile = profile or recognised(content)
    with opened(content, profiles.load(profile)):
        pass  # a file that cannot be meant is refused here
    upload = Upload(organisation_id=frame.actor.organisation_id, partnership=frame.partnership,
                    member_id=frame.actor.member_id, name=_shown_name(name), profile=profile, file=content,
                    totals={"language": reader_language()})
    upload.save(force_insert=True)
    events.record(frame.actor, "import.brought", decision=decision, purpose=Purpose.REPORT, subject_kind="upload",
                  subject=upload.id, profile=profile, bytes=len(content))
    jobs.later(files.JOBS["preview"], str(upload.id))
    return upload


def _shown_name(name: str) -> str:
    """The file's own name, unless there is somebody in it."""
    given = PurePath(name).name[:LONGEST_NAME]
    words = PurePath(given).stem
    if any(map(guard.stopped, (words, words.replace("_", " ").replace("-", " ")))):
        return _("File") + PurePath(given).suffix
    return given


def mine(actor: Actor) -> list[Upload]:
    """Newest first, without their files."""
    return list(_own(actor).defer("file").order_by("-asked_at")[:SHOWN])


def one(actor: Actor, upload_id: UUID) -> Upload:
    """Raises Http404 for what is not the actor's."""
    found: Upload | None = _own(actor).defer("file").select_related("partnership").filter(id=upload_id).first()
    if found is None:
        raise Http404
    return found


def _own(actor: Actor) -> Any:
    return Upload.objects.filter(member_id=actor.member_id, expires_at__gt=now())


def start(actor: Actor, upload_id: UUID) -> None:
    """Import what was looked at; a second click finds it begun. Raises NotAllowed or Http404."""
    decision = may_import(actor)
    upload = one(actor, upload_id)
    begun = _own(actor).filter(id=upload_id, state=Upload.State.PREVIEW, totals__has_key="looked").update(
        state=Upload.State.WAITING)
    if begun:
        events.record(actor, "import.asked", decision=decision, purpose=Purpose.REPORT, subject_kind="upload",
                      subject=upload.id, profile=upload.profile)
        jobs.later(files.JOBS["import"], str(upload_id))


def give_up(actor: Actor, upload_id: UUID) -> None:
    """The file goes; what was begun is finished instead. Raises NotAllowed or Http404."""
    may_import(actor)
    upload = one(actor, upload_id)
    _own(actor).filter(id=upload_id, state=Upload.State.PREVIEW).update(
        state=Upload.State.GIVEN_UP, file=None, problems=[], finished_at=now(), totals=_without_rows(upload))


def _without_rows(upload: Upload) -> dict[str, Any]:
    return {name: said for name, said in upload.totals.items() if name != "first"}


@jobs.job(files.JOBS["preview"], queue=files.QUEUE)
def look(subject: str) -> None:
    """A dry run over the whole file; nothing where it was looked at or given up already."""
    files.work_on(subject, _look)


@jobs.job(files.JOBS["import"], queue=files.QUEUE)
def run(subject: str) -> None:
    """Import the file; nothing where that is done already."""
    files.work_on(subject, _run)


@dataclass(frozen=True)
class Task:
    """An upload at work. The frame was asked for everything that is used outside its transaction."""

    upload: Upload
    frame: Frame
    member_id: UUID

    @property
    def organisation(self) -> str:
        return self.frame.actor.organisation_name

    def rules(self, profile: Profile) -> Rules:
        """The import's own."""
        with files.on_behalf_of(self.member_id):
            return running.judge_in(self.frame, profile).rules

    @property
    def content(self) -> bytes:
        return bytes(self.upload.file or b"")

    def save(self, **changes: Any) -> None:
        """In a transaction of its own, with the member's rights as of now. Raises NotAllowed."""
        with files.on_behalf_of(self.member_id) as actor:
            may_import(actor)
            Upload.objects.filter(id=self.upload.id).update(**changes)


def _task(upload_id: UUID, member_id: UUID, states: tuple[str, ...]) -> Task | None:
    with files.on_behalf_of(member_id) as actor:
        may_import(actor)
        upload = Upload.objects.filter(id=upload_id, state__in=states).first()
        if upload is None or upload.file is None:
            return None
        frame = frame_of(actor, upload.partnership_id)
        assert frame.categories is not None  # asked for while the actor is set
        return Task(upload, frame, member_id)


def _look(upload_id: UUID, member_id: UUID) -> None:
    task = _task(upload_id, member_id, (Upload.State.PREVIEW,))
    if task is None or "looked" in task.upload.totals:
        return
    with override(task.upload.totals["language"]):
        _or_failed(task, _dry_run)


def _run(upload_id: UUID, member_id: UUID) -> None:
    task = _task(upload_id, member_id, BEGUN)
    if task is None:
        return
    task.save(state=Upload.State.RUNNING)
    with override(task.upload.totals["language"]):
        _or_failed(task, _import)


def _or_failed(task: Task, work: Callable[[Task], None]) -> None:
    try:
        work(task)
    except (BadFile, ImportFailed) as problem:
        task.save(state=Upload.State.FAILED, file=None, finished_at=now(), problems=[[0, "file", str(problem)]],
                  totals=_without_rows(task.upload))


def _dry_run(task: Task) -> None:
    with opened(task.content, profiles.load(task.upload.profile)) as table:
        problems = Problems(table, task.upload.name)
        with transaction.atomic():
            totals = running.import_files([table.path], table.profile, note=problems,
                                          organisation=task.organisation, partnership=task.frame.partnership.slug)
            transaction.set_rollback(True)
        first = first_rows(table, task.rules(table.profile), problems.refused)
    task.save(problems=problems.first, totals=task.upload.totals | {
        "looked": True, "foreseen": figures(totals), "rules": problems.rules, "first": first})


def _import(task: Task) -> None:
    before, began = task.upload.totals.get("now"), time.monotonic()

    def told(totals: Totals) -> dict[str, Any]:
        rate = round(totals.read / max(time.monotonic() - began, 0.001))
        said: dict[str, Any] = task.upload.totals
        return said | {"now": figures(totals, before) | {"rate": rate}}

    with opened(task.content, profiles.load(task.upload.profile)) as table:
        problems = Problems(table, task.upload.name)
        totals = running.import_files([table.path], table.profile, note=problems, organisation=task.organisation,
                                      partnership=task.frame.partnership.slug,
                                      progress=lambda so_far: task.save(totals=told(so_far)))
    done = {name: said for name, said in told(totals).items() if name != "first"} | {"rules": problems.rules}
    with files.on_behalf_of(task.member_id) as actor:
        Upload.objects.filter(id=task.upload.id).update(
            state=Upload.State.DONE, file=None, finished_at=now(), totals=done, problems=problems.first)
        events.record(actor, "import.made", decision=may_import(actor), purpose=Purpose.REPORT,
                      subject_kind="upload", subject=task.upload.id, profile=task.upload.profile, **done["now"])

