"""`./run work`: the log is sealed, its head is told once a day, what has expired goes, and it ends when asked to."""

import inspect
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

from lokalnet.access import sealing
from lokalnet.access.acting import acting_as, actor_of, set_actor
from lokalnet.access.events import record
from lokalnet.foundation.times import now
from lokalnet.project import jobs
from tests.database.test_log_tampering import WORKER, django_in
from tests.world import build

WORK = f"jobs_work_{WORKER}"


@pytest.fixture
def memory(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "home", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def head(monkeypatch) -> sealing.Head:
    head = sealing.Head(17, b"\x01\x02")
    monkeypatch.setattr(sealing, "outside_head", lambda: head)
    return head


def test_the_head_is_told_to_the_data_protection_officers_once_a_day(world, memory, head) -> None:
    jobs.tell_head()
    jobs.tell_head()
    assert [message.to for message in mail.outbox] == [["dorte@ballerup.example"]]
    assert "17" in mail.outbox[0].body and "0102" in mail.outbox[0].body


def test_a_day_is_a_day_in_copenhagen(memory) -> None:
    done = []
    for hour in (21, 22, 23):  # in summer, midnight in Copenhagen is 22 UTC
        jobs.once_a_day("x", lambda: done.append(1) is None, at=datetime(2026, 7, 1, hour, 30, tzinfo=UTC))
    assert len(done) == 2


def test_what_could_not_be_told_is_tried_again(memory, world) -> None:
    jobs.once_a_day("x", lambda: False)
    done = []
    jobs.once_a_day("x", lambda: done.append(1) is None)
    assert done == [1]


def test_without_a_head_nobody_is_written_to(world, memory, monkeypatch) -> None:
    monkeypatch.setattr(sealing, "outside_head", lambda: None)
    jobs.tell_head()
    assert mail.outbox == []


def test_expired_sessions_and_old_attempts_go(db) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(hours=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now() + timedelta(hours=1))
    for username in ("old", "new"):
        AccessAttempt.objects.create(username=username, failures_since_start=1)
    AccessAttempt.objects.filter(username="old").update(attempt_time=now() - timedelta(days=40))
    jobs.tidy_up()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["new"]


def test_retention_runs_once_a_day_and_again_in_an_hour_when_it_failed(memory, monkeypatch) -> None:
    """In a process of its own: the login that serves may not delete."""
    asked, answers = [], [1, 0]

    def answer(command, **_):
        asked.append(command[1:])
        return subprocess.CompletedProcess(command, answers.pop(0))

    monkeypatch.setattr(jobs.subprocess, "run", answer)
    for _ in range(3):
        jobs.let_go()
    assert asked == [["-m", "lokalnet.project.commands", "retention"]] * 2


def test_the_detection_runs_where_a_look_is_due_and_only_there(world, monkeypatch) -> None:
    """In a process of its own: the login that serves is given nothing to look at."""
    asked = []
    monkeypatch.setattr(jobs.subprocess, "run", lambda command, **_: asked.append(command[1:])
                        or subprocess.CompletedProcess(command, 0))
    set_actor(None)
    jobs.look_for_signals()
    assert asked == [["-m", "lokalnet.project.commands", "detect"]]
    monkeypatch.setattr(jobs.due, "partnerships", lambda at: [])
    jobs.look_for_signals()
    assert len(asked) == 1


def test_jobs_carry_no_content() -> None:
    periodic = jobs.app.periodic_registry.periodic_tasks.values()
    assert {task.task.name for task in periodic} == {f"lokalnet.{name}" for name in (
        "seal_log", "number_news", "tell_head", "tidy_up", "let_go", "finish_files", "take_up_again",
        "end_measures", "send_notices", "draft_briefings", "tell_followers", "look_for_signals",
        "look_for_unusual_reading")}
    assert all(task.configure_kwargs == {} for task in periodic)
    assert {task.task.queue for task in periodic} <= set(jobs.QUEUES)


def queued(status: str, *, lock: str | None = None, seconds_silent: int | None = None) -> int:
    """A job in the queue; the worker that has it was last heard of so long ago, or is gone."""
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) select now() - make_interval(secs => %s) "
                       "where %s is not null returning id", [seconds_silent or 0, seconds_silent])
        worker = cursor.fetchone()
        cursor.execute("insert into procrastinate_jobs (queue_name, task_name, args, status, queueing_lock, worker_id) "
                       "values ('log', 'lokalnet.seal_log', '{}', %s, %s, %s) returning id",
                       [status, lock, worker[0] if worker else None])
        return int(cursor.fetchone()[0])


def states() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("select id, status from procrastinate_jobs")
        return dict(cursor.fetchall())


def test_a_job_whose_worker_was_killed_is_done_again(db) -> None:
    gone, silent, busy = queued("doing"), queued("doing", seconds_silent=90), queued("doing", seconds_silent=2)
    jobs.take_up_again()
    assert states() == {gone: "todo", silent: "todo", busy: "doing"}


def test_where_the_same_job_waits_already_the_stalled_one_goes(db) -> None:
    queued("doing", lock="seal")
    waiting = queued("todo", lock="seal")
    jobs.take_up_again()
    assert states() == {waiting: "todo"}


def test_jobs_that_somebody_asks_for_are_known_to_the_worker_and_take_an_id() -> None:
    names = {"situation.export", "situation.preview", "situation.import"}
    assert names <= set(jobs.app.tasks)
    assert {jobs.app.tasks[name].queue for name in names} <= set(jobs.QUEUES)
    assert all(list(inspect.signature(jobs.app.tasks[name].func).parameters) == ["subject"] for name in names)


@pytest.fixture
def written(bed, django_db_blocker, tmp_path) -> Iterator[dict[str, str]]:
    """A database with one unsealed entry and a job in the queue; the environment of a worker for it."""
    bed.clone(WORK)
    with django_db_blocker.unblock(), django_in(WORK), acting_as(actor_of(build().anna.id)) as actor:
        record(actor, "picture.read")
    with psycopg.connect(host=str(bed.socket), user="lokalnet_app", dbname=WORK) as service:
        service.execute("insert into procrastinate_jobs (queue_name, task_name, args) "
                        "values ('log', 'lokalnet.seal_log', '{\"timestamp\": 0}')")
    yield os.environ | {"LOKALNET_DATABASE_URL": bed.url(WORK), "LOKALNET_HOME": str(tmp_path)}
    bed.drop(WORK)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_does_its_jobs_and_ends_when_asked_to(written, bed, number) -> None:
    worker = subprocess.Popen([sys.executable, "-m", "lokalnet.project.commands", "work"], env=written)
    try:
        deadline = time.monotonic() + 30
        with psycopg.connect(host=str(bed.socket), user="postgres", dbname=WORK, autocommit=True) as admin:
            while admin.execute("select count(*) from access_seal").fetchone() != (1,):
                assert worker.poll() is None and time.monotonic() < deadline
                time.sleep(0.1)
        worker.send_signal(number)
        assert worker.wait(15) == 0
    finally:
        worker.kill()
