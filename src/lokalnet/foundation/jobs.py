"""Jobs that somebody asks for. Capabilities register them by name; `project` makes tasks of the queue out of them.

A job gets one opaque id and nothing else, because workers share the queue (engineering 10). It may be run again after
its worker was killed, so it holds `alone` while it works and looks first at what is done already.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

LOCKS = 4100222


@dataclass(frozen=True)
class Job:
    name: str
    queue: str
    run: Callable[[str], None]


_jobs: dict[str, Job] = {}


def job(name: str, *, queue: str) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
    """Register a function that takes an opaque id."""

    def register(run: Callable[[str], None]) -> Callable[[str], None]:
        _jobs[name] = Job(name, queue, run)
        return run

    return register


def registered() -> list[Job]:
    return list(_jobs.values())


def later(name: str, subject: str) -> None:
    """Run the job when the running transaction has committed, and not when it has not. One of a kind waits at most."""
    wanted = _jobs[name]
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(name=wanted.name, queue=wanted.queue, queueing_lock=f"{name} {subject}").defer(
            subject=subject)


@contextmanager
def alone(subject: str) -> Iterator[bool]:
    """Whether nobody else works on the subject. The lock is the connection's: it goes with a process that is killed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, %s))", [subject, LOCKS])
        mine: bool = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, %s))", [subject, LOCKS])
