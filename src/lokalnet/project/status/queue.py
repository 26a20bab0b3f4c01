"""The worker and what waits for it: is one alive, what waits and for how long, what failed, what the clock missed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from croniter import croniter  # type: ignore[import-untyped]  # comes with procrastinate
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.project import jobs
from lokalnet.project.status.facts import Fact, State, age, by_age, rising, seconds

SILENT = timedelta(minutes=1)  # a worker says every ten seconds that it lives
WAITING_LOOK, WAITING_WRONG = timedelta(minutes=5), timedelta(minutes=30)
LOST_WRONG = timedelta(minutes=10)
FAILED_LATELY, FAILED_WRONG = timedelta(days=1), 10
TURNS_LOOK, TURNS_WRONG = 2, 5  # missed turns of a job by the clock
GRACE = timedelta(minutes=3)

QUEUES = """
    select queue_name::text, count(*) filter (where waits), min(since) filter (where waits),
           count(*) filter (where status = 'doing')
    from procrastinate_jobs job cross join lateral (
      select coalesce(job.scheduled_at, (select max(at) from procrastinate_events where job_id = job.id)) as since,
             job.status = 'todo' and coalesce(job.scheduled_at, %(at)s) <= %(at)s as waits) each
    where status in ('todo', 'doing') group by 1"""
LOST = """
    select count(*), min((select max(e.at) from procrastinate_events e where e.job_id = j.id and e.type = 'started'))
    from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
    where j.status = 'doing' and (w.id is null or w.last_heartbeat < %s)"""
FAILED = """
    select count(distinct j.id) from procrastinate_jobs j join procrastinate_events e on e.job_id = j.id
    where j.status = 'failed' and e.type = 'failed' and e.at >= %s"""


def facts(at: datetime) -> Iterator[Fact]:
    yield _workers(at)
    yield from _queues(at)
    yield _lost(at)
    yield _failed(at)
    yield _clock(at)


def _workers(at: datetime) -> Fact:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) filter (where last_heartbeat >= %s), max(last_heartbeat) "
                       "from procrastinate_workers", [at - SILENT])
        alive, last = cursor.fetchone()
    said = ngettext("%(number)d worker is at work.", "%(number)d workers are at work.", alive) % {"number": alive}
    if not alive:
        said = _("No worker is at work: nothing is sealed, sent or tidied up.")
        if last:
            said += " " + _("The last one was heard of %(age)s ago.") % {"age": age(last, at)}
    return Fact("worker.alive", State.FINE if alive else State.WRONG, said,
                _("At least one must have been heard of within the last minute."),
                {"alive": alive, "last_heard_seconds": seconds(last, at)})


def _queues(at: datetime) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute(QUEUES, {"at": at})
        found = {name: (waiting, oldest, doing) for name, waiting, oldest, doing in cursor.fetchall()}
    for name in (*jobs.QUEUES, *sorted(set(found) - set(jobs.QUEUES))):
        yield _queue(name, at, *found.get(name, (0, None, 0)))


def _queue(name: str, at: datetime, waiting: int, oldest: datetime | None, doing: int) -> Fact:
    said = _("Queue %(queue)s: nothing waits.")
    if waiting:
        said = ngettext("Queue %(queue)s: %(number)d job waits, for %(age)s.",
                        "Queue %(queue)s: %(number)d jobs wait, the oldest for %(age)s.", waiting)
    said %= {"queue": name, "number": waiting, "age": age(oldest, at) if oldest else ""}
    if doing:
        said += " " + ngettext("%(number)d is being done.", "%(number)d are being done.", doing) % {"number": doing}
    return Fact(f"queue.{name}", by_age(oldest, at, look=WAITING_LOOK, wrong=WAITING_WRONG), said,
                _("Worth a look when a job waits 5 minutes, wrong when it waits 30."),
                {"waiting": waiting, "oldest_seconds": seconds(oldest, at), "doing": doing})


def _lost(at: datetime) -> Fact:
    with connection.cursor() as cursor:
        cursor.execute(LOST, [at - SILENT])
        number, oldest = cursor.fetchone()
    said = ngettext("%(number)d job lost its worker before it was done.",
                    "%(number)d jobs lost their worker before they were done.", number) % {"number": number}
    state = State.FINE if not number else by_age(oldest, at, look=timedelta(0), wrong=LOST_WRONG)
    return Fact("jobs.lost", State.LOOK if number and state == State.FINE else state,
                said if number else _("No job has lost its worker."),
                _("It is taken up again within a minute; wrong when it was begun more than 10 minutes ago."),
                {"number": number, "oldest_seconds": seconds(oldest, at)})


def _failed(at: datetime) -> Fact:
    with connection.cursor() as cursor:
        cursor.execute(FAILED, [at - FAILED_LATELY])
        number: int = cursor.fetchone()[0]
    said = ngettext("%(number)d job failed in the last 24 hours; the worker's output says why.",
                    "%(number)d jobs failed in the last 24 hours; the worker's output says why.", number)
    return Fact("jobs.failed", rising(number, look=1, wrong=FAILED_WRONG),
                said % {"number": number} if number else _("No job failed in the last 24 hours."),
                _("Worth a look from 1 on, wrong from 10 on."), {"number": number})


def _clock(at: datetime) -> Fact:
    """Jobs by the clock, by when each was last put in its queue: one that waits there is told of above."""
    last, begun = _last_turns()
    late = {}
    missed = State.FINE
    for task in jobs.app.periodic_registry.periodic_tasks.values():
        since = last.get(task.task.name, begun)
        turns = _turns_missed(task.cron, since, at)
        if turns >= TURNS_LOOK:
            late[task.task.name.removeprefix("lokalnet.")] = since
            missed = max(missed, rising(turns, look=TURNS_LOOK, wrong=TURNS_WRONG), key=list(State).index)
    said = _("All %(number)d jobs by the clock came when they should.") % {
        "number": len(jobs.app.periodic_registry.periodic_tasks)}
    if late:
        said = _("Jobs by the clock that did not come: %(jobs)s.") % {"jobs": ", ".join(
            _("%(job)s (last %(age)s ago)") % {"job": name, "age": age(since, at)} for name, since in late.items())}
    return Fact("jobs.clock", missed, said, _("Worth a look when a job misses 2 of its turns, wrong at 5."),
                {"late": ", ".join(late) or None})


def _last_turns() -> tuple[dict[str, datetime], datetime]:
    """When each job last came; one that never did is counted from the last upgrade."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, max(defer_timestamp) from procrastinate_periodic_defers group by 1")
        last = {name: datetime.fromtimestamp(stamp, UTC) for name, stamp in cursor.fetchall()}
        cursor.execute("select max(applied) from django_migrations")
        begun: datetime = cursor.fetchone()[0]
    return last, begun


def _turns_missed(cron: str, since: datetime, at: datetime) -> int:
    """How many turns of the clock have passed since; never counted further than it takes to judge."""
    clock = croniter(cron, since.timestamp())
    turns = 0
    while turns < TURNS_WRONG and clock.get_next(float) <= (at - GRACE).timestamp():
        turns += 1
    return turns
