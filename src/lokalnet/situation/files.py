"""What exports and uploads share: whose a file is, when a job has to give it up, and what is run again.

A job that is killed in the middle is found by the sweep, each minute: whatever was asked for two minutes ago and is not
finished is asked for again. Nothing is done twice, because a job holds the file `alone` and looks first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, connection
from django.http import Http404

from lokalnet.access.acting import Actor, NotAllowed, acting_as, actor_of
from lokalnet.foundation import jobs, scratch

QUEUE = "place"
JOBS = {"export": "situation.export", "preview": "situation.preview", "import": "situation.import"}


def work_on(subject: str, work: Callable[[UUID, UUID], None]) -> None:
    """`work(file, member)`, by one job at a time. Who has lost the right gets no file; what fails, fails for good.

    Only a lost database leaves the file as it is: then the sweep comes back to it.
    """
    file_id = UUID(subject)
    with jobs.alone(subject) as free:
        member_id = member_of(file_id) if free else None
        if member_id is None:
            return
        try:
            work(file_id, member_id)
        except (NotAllowed, Http404):
            fail(file_id)
        except OperationalError:
            raise
        except Exception:
            fail(file_id)
            raise


@contextmanager
def on_behalf_of(member_id: UUID) -> Iterator[Actor]:
    """A transaction with the member's rights as of now. Raises NotAllowed when the membership has ended."""
    actor = actor_of(member_id)
    if actor is None:
        raise NotAllowed("the membership has ended")
    with acting_as(actor):
        yield actor


def member_of(file_id: UUID) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("select file_member(%s)", [file_id])
        found: UUID | None = cursor.fetchone()[0]
    return found


def fail(file_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select fail_file(%s)", [file_id])


def run_again() -> None:
    """What was left behind: files by jobs that are gone, and the scratch files of processes that were killed."""
    with connection.cursor() as cursor:
        cursor.execute("select kind, id, hopeless from unfinished_files()")
        found = cursor.fetchall()
    for kind, file_id, hopeless in found:
        if hopeless:
            fail(file_id)
        else:
            jobs.later(JOBS[kind], str(file_id))
    scratch.sweep()
