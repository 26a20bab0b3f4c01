"""The status of the service: each fact goes wrong when it should, and says so in plain words."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from lokalnet.access import auditing, sealing
from lokalnet.access.events import record
from lokalnet.foundation import home, live, mailing, remembering
from lokalnet.foundation.remembering import remember
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices.models import Message
from lokalnet.project import jobs
from lokalnet.project.backups import RESTORED, WRITTEN
from lokalnet.project.status import gathering
from lokalnet.project.status.facts import Fact, State
from tests.days import today
from tests.project.test_jobs import queued
from tests.world import World

FINE, LOOK, WRONG, TOLD = State.FINE, State.LOOK, State.WRONG, State.TOLD


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """A home folder of the test's own; the keys stay where they are."""
    for module in (remembering, jobs, sealing):
        monkeypatch.setattr(module, "home", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def fact(db, folder) -> Callable[..., Fact]:
    """One fact as it is now, or would be after a while, said in English."""
    def found(name: str, *, after: timedelta = timedelta(0)) -> Fact:
        with translation.override("en"):
            topics = gathering.status(now() + after)
        return next(each for topic in topics for each in topic.facts if each.name == name)
    return found


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def heard_of(seconds: int) -> None:
    sql("insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s))", seconds)


def waits(minutes: int, queue: str = "log") -> None:
    sql("with job as (insert into procrastinate_jobs (queue_name, task_name) values (%s, 'x') returning id) "
        "select from job", queue)
    sql("update procrastinate_events set at = now() - make_interval(mins => %s)", minutes)


def failed(hours_ago: int, number: int = 1) -> None:
    for _ in range(number):
        job = queued("failed")
        sql("insert into procrastinate_events (job_id, type, at) values (%s, 'failed', "
            "now() - make_interval(hours => %s))", job, hours_ago)


# The worker


@pytest.mark.parametrize(("heard", "state"), [([], WRONG), ([300], WRONG), ([5], FINE), ([300, 5], FINE)])
def test_without_a_worker_that_was_heard_of_lately_something_is_wrong(fact, heard, state) -> None:
    for seconds in heard:
        heard_of(seconds)
    assert fact("worker.alive").state == state


def test_how_many_workers_there_are_is_told_and_when_the_last_was_heard_of(fact) -> None:
    assert fact("worker.alive").said == "No worker is at work: nothing is sealed, sent or tidied up."
    heard_of(600)
    assert fact("worker.alive").said.endswith("The last one was heard of 10 minutes ago.")
    heard_of(1)
    heard_of(1)
    assert fact("worker.alive").said == "2 workers are at work."


@pytest.mark.parametrize(("minutes", "state"), [(1, FINE), (6, LOOK), (31, WRONG)])
def test_a_job_that_waits_too_long_is_told(fact, minutes, state) -> None:
    waits(minutes)
    assert (fact("queue.log").state, fact("queue.house").state) == (state, FINE)
    assert fact("queue.log").values["waiting"] == 1


def test_a_job_for_later_does_not_wait_yet(fact) -> None:
    waits(60)
    sql("update procrastinate_jobs set scheduled_at = now() + interval '1 hour'")
    assert fact("queue.log").state == FINE
    assert fact("queue.log", after=timedelta(minutes=100)).state == WRONG


def test_what_is_being_done_is_counted_by_queue(fact) -> None:
    queued("doing", seconds_silent=1)
    assert fact("queue.log").said == "Queue log: nothing waits. 1 is being done."


def test_a_queue_that_nobody_knew_of_is_told_too(fact) -> None:
    waits(40, queue="elsewhere")
    assert fact("queue.elsewhere").state == WRONG


def test_a_job_that_lost_its_worker_is_worth_a_look_and_wrong_when_nobody_takes_it_up(fact) -> None:
    queued("doing", seconds_silent=1)
    assert fact("jobs.lost").state == FINE
    queued("doing", seconds_silent=90)
    assert fact("jobs.lost").state == LOOK
    sql("insert into procrastinate_events (job_id, type, at) select id, 'started', now() - interval '11 minutes' "
        "from procrastinate_jobs")
    assert fact("jobs.lost").state == WRONG


@pytest.mark.parametrize(("hours", "number", "state"), [(30, 5, FINE), (2, 1, LOOK), (2, 10, WRONG)])
def test_jobs_that_failed_lately_are_told(fact, hours, number, state) -> None:
    failed(hours, number)
    sql("delete from procrastinate_events where at > now() - interval '1 minute'")
    assert fact("jobs.failed").state == state


def test_a_failed_job_is_kept_for_a_week_so_that_it_can_be_told(db) -> None:
    failed(24 * 8)
    sql("delete from procrastinate_events where at > now() - interval '1 minute'")
    failed(24 * 6)
    waiting = queued("todo")
    jobs.tidy_up()
    with connection.cursor() as cursor:
        cursor.execute("select count(*), bool_or(id = %s) from procrastinate_jobs", [waiting])
        assert cursor.fetchone() == (2, True)


def came(minutes_ago: int, *names: str) -> None:
    for name in names:
        sql("insert into procrastinate_periodic_defers (task_name, defer_timestamp) values (%s, %s)",
            name, int((now() - timedelta(minutes=minutes_ago)).timestamp()))


def all_but(*names: str) -> list[str]:
    return [task.task.name for task in jobs.app.periodic_registry.periodic_tasks.values()
            if task.task.name not in names]


@pytest.mark.parametrize(("minutes", "state"), [(1, FINE), (6, LOOK), (12, WRONG)])
def test_a_job_by_the_clock_that_does_not_come_is_named(fact, minutes, state) -> None:
    came(0, *all_but("lokalnet.seal_log"))
    came(minutes, "lokalnet.seal_log")
    assert fact("jobs.clock").state == state
    assert ("seal_log" in fact("jobs.clock").said) == (state != FINE)


def test_a_job_of_each_hour_may_be_an_hour_old(fact) -> None:
    came(0, *all_but("lokalnet.tidy_up"))
    came(62, "lokalnet.tidy_up")
    assert fact("jobs.clock").state == FINE
    assert fact("jobs.clock", after=timedelta(hours=6)).state == WRONG


def test_a_job_that_never_came_is_counted_from_the_last_upgrade(fact) -> None:
    came(0, *all_but("lokalnet.seal_log"))
    with as_role(MIGRATION):
        sql("update django_migrations set applied = now() - interval '1 minute'")
        assert fact("jobs.clock").state == FINE
        sql("update django_migrations set applied = now() - interval '1 hour'")
    assert fact("jobs.clock").state == WRONG


# The log


@pytest.mark.parametrize(("minutes", "state"), [(0, FINE), (4, LOOK), (16, WRONG)])
def test_an_entry_that_waits_for_its_seal_is_told(fact, world: World, minutes, state) -> None:
    record(world.actor(world.anna), "picture.read")
    found = fact("log.unsealed", after=timedelta(minutes=minutes))
    assert (found.state, found.values["waiting"]) == (state, 1)


def test_when_all_is_sealed_no_entry_waits(fact, world: World) -> None:
    record(world.actor(world.anna), "picture.read")
    sealing.seal()
    assert fact("log.unsealed").values["waiting"] == 0


def heads(folder: Path, number: int, at: datetime | None = None) -> None:
    (folder / "log-heads.jsonl").write_text(
        f'{{"number": {number}, "head": "00", "at": "{(at or now()).isoformat()}", "first": 1}}\n')


def test_a_head_outside_that_stands_further_than_the_log_is_wrong(fact, folder) -> None:
    assert fact("log.head").state == LOOK
    heads(folder, 0)
    assert (fact("log.behind").state, fact("log.head").state) == (FINE, FINE)
    heads(folder, 7)
    assert fact("log.behind").state == WRONG


def test_a_head_outside_that_is_behind_the_log_is_worth_a_look(fact, world: World) -> None:
    record(world.actor(world.anna), "picture.read")
    sealing.seal()  # its line is written after the commit, which a test never comes to
    assert fact("log.behind").state == LOOK


def test_the_last_line_of_a_long_file_of_heads_is_found(folder) -> None:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    heads(folder, 1)
    with open(folder / "log-heads.jsonl", "a") as file:
        file.writelines(f'{{"number": {n}, "head": "{"ab" * 32}", "at": "{at.isoformat()}", "first": {n}}}\n'
                        for n in range(2, 200))
    assert sealing.outside_head() == sealing.Head(199, b"\xab" * 32)
    assert sealing.outside_head_written_at() == at


@pytest.mark.parametrize(("days", "state"), [(None, LOOK), (0, FINE), (1, FINE), (2, LOOK), (5, WRONG)])
def test_heads_that_are_not_told_to_the_officers_are_told_here(fact, folder, days, state) -> None:
    if days is not None:
        (folder / "head-told.day").write_text((today() - timedelta(days=days)).isoformat())
    assert fact("log.told").state == state


def test_a_log_that_was_not_verified_lately_or_does_not_verify_is_told(fact) -> None:
    assert fact("log.verified").state == LOOK
    remember(auditing.VERIFIED, intact=True, entries=3)
    assert fact("log.verified").state == FINE
    assert fact("log.verified", after=timedelta(days=3)).state == LOOK
    assert fact("log.verified", after=timedelta(days=8)).state == WRONG
    remember(auditing.VERIFIED, intact=False, entries=3)
    assert fact("log.verified").state == WRONG


@pytest.mark.parametrize("broken", [None, "entry 3: edited"])
def test_the_command_that_verifies_remembers_how_it_went(folder, monkeypatch, broken) -> None:
    monkeypatch.setattr(sealing, "verify", lambda: sealing.Verification(3, 0, 0, broken, 3))
    assert auditing.verify() == bool(broken)
    memory = remembering.remembered(auditing.VERIFIED)
    assert memory and memory.said == {"intact": not broken, "entries": 3}


# The live picture


@pytest.mark.parametrize(("minutes", "state"), [(0, FINE), (4, LOOK), (16, WRONG)])
def test_news_without_a_number_is_told(fact, world: World, minutes, state) -> None:
    with as_role(MIGRATION):
        sql("insert into situation_change (id, kind, partnership_id, organisation_id) values "
            "(gen_random_uuid(), 'reported', %s, %s)", world.partnership.id, world.gladsaxe.id)
    found = fact("news.unnumbered", after=timedelta(minutes=minutes))
    assert (found.state, found.values["waiting"]) == (state, 1)
    sql("select number_changes()")
    assert fact("news.unnumbered", after=timedelta(hours=1)).values["waiting"] == 0


def test_open_streams_are_counted_where_there_are_any_to_serve(fact, monkeypatch) -> None:
    monkeypatch.setattr(live, "open_here", lambda: None)
    with pytest.raises(StopIteration):
        fact("streams.open")
    monkeypatch.setattr(live, "open_here", lambda: 3)
    assert fact("streams.open").said == "3 live streams are open in the process that made this page."


def test_a_process_that_serves_streams_counts_them(monkeypatch) -> None:
    monkeypatch.setattr(live, "_hubs", set())
    assert live.open_here() is None
    hub = live.Hub("", None, None)  # type: ignore[arg-type]
    assert live.open_here() == 0
    hub.join(live.Stream(member=None, session="", listens_to=frozenset()))  # type: ignore[arg-type]
    assert live.open_here() == 1


# Mail


def test_without_a_mail_server_mail_reaches_nobody(fact, settings) -> None:
    settings.LOKALNET_MAIL_SERVER, settings.LOKALNET_DEMO = False, False
    assert fact("mail.server").state == WRONG
    settings.LOKALNET_DEMO = True
    assert fact("mail.server").state == LOOK


def test_a_mail_server_that_was_not_reached_is_wrong_until_it_is_reached_again(fact, settings) -> None:
    settings.LOKALNET_MAIL_SERVER = True
    assert fact("mail.server").said == "A mail server is configured; no mail was sent yet."
    remember(mailing.UNREACHED)
    assert fact("mail.server").state == WRONG
    remember(mailing.REACHED)
    assert fact("mail.server").state == FINE
    assert fact("mail.server", after=timedelta(hours=2)).said == "The mail server was last reached 2 hours ago."
    remember(mailing.UNREACHED)
    assert fact("mail.server", after=timedelta(hours=2)).said == (
        "The last attempt to reach the mail server, 2 hours ago, failed.")


def test_sending_remembers_whether_the_server_was_reached(folder) -> None:
    with pytest.raises(OSError):
        mailing.RememberingBackend(host="127.0.0.1", port=1, timeout=1).open()
    assert remembering.remembered(mailing.UNREACHED) and not remembering.remembered(mailing.REACHED)


def mailed(world: World, state: str, *, days_ago: int = 0, tries: int = 0, next_try_minutes: int = 0) -> None:
    at = now() - timedelta(days=days_ago)
    with as_role(MIGRATION):
        Message.objects.create(member=world.anna, state=state, made_at=at, due_at=at, handed_at=at, tries=tries,
                               next_try_at=now() + timedelta(minutes=next_try_minutes))


@pytest.mark.parametrize("state", ["refused", "uncertain"])
def test_mail_that_was_refused_or_may_not_have_arrived_is_told_for_a_week(fact, world: World, state) -> None:
    mailed(world, state, days_ago=8)
    assert fact(f"mail.{state}").state == FINE
    mailed(world, state)
    assert (fact(f"mail.{state}").state, fact(f"mail.{state}").values["number"]) == (LOOK, 1)
    for _ in range(9):
        mailed(world, state, days_ago=2)
    assert fact(f"mail.{state}").state == WRONG


def test_mail_that_should_have_gone_is_told_and_mail_for_a_later_hour_is_not(fact, world: World) -> None:
    mailed(world, "waiting", next_try_minutes=60)
    assert (fact("mail.waiting").state, fact("mail.waiting").said) == (FINE, "1 mail waits.")
    assert fact("mail.waiting", after=timedelta(minutes=80)).state == LOOK
    assert fact("mail.waiting", after=timedelta(minutes=190)).state == WRONG


def test_mail_that_was_tried_in_vain_is_worth_a_look_before_it_is_late(fact, world: World) -> None:
    mailed(world, "waiting", tries=2, next_try_minutes=5)
    assert fact("mail.waiting").state == LOOK
    assert fact("mail.waiting").said == "1 mail waits. Tried in vain: 1."


def test_what_went_today_is_counted(fact, world: World) -> None:
    mailed(world, "sent", days_ago=1)
    mailed(world, "sent")
    assert fact("mail.sent").said == "1 mail with notices went today."


# Room


@pytest.mark.parametrize(("free", "state"), [(6_000, FINE), (4_000, LOOK), (900, WRONG)])
def test_a_disk_that_fills_is_told(fact, settings, monkeypatch, free, state) -> None:
    settings.LOKALNET_DISK_LOOK_MB, settings.LOKALNET_DISK_WRONG_MB = 5_000, 1_000
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(  # type: ignore[attr-defined]
        10_000 * 1024 ** 2, 0, free * 1024 ** 2))
    assert fact("disk.free").state == state


def test_the_database_tells_its_size_and_its_largest_tables(fact) -> None:
    assert fact("database.size").values["bytes"] > 1_000_000
    assert len(fact("database.tables").values) == 5


# Backups


def test_an_installation_without_a_backup_is_wrong_and_a_demonstration_worth_a_look(fact, settings) -> None:
    settings.LOKALNET_BACKUP_DAYS = 2
    assert fact("backup.written").state == WRONG
    settings.LOKALNET_DEMO = True
    assert fact("backup.written").state == LOOK


@pytest.mark.parametrize(("days", "allowed", "state"), [
    (1, 2, FINE), (3, 2, LOOK), (7, 2, WRONG), (3, 7, FINE), (100, 0, TOLD)])
def test_an_old_backup_is_told(fact, settings, days, allowed, state) -> None:
    settings.LOKALNET_BACKUP_DAYS = allowed
    remember(WRITTEN, file="lokalnet-2026", bytes=3_000_000)
    found = fact("backup.written", after=timedelta(days=days))
    assert found.state == state
    assert "lokalnet-2026" in found.said and "2.9 MB" in found.said


def test_a_restore_that_was_broken_off_is_told(fact) -> None:
    assert fact("backup.restored").state == TOLD
    remember(RESTORED, file="x", whole=False)
    assert fact("backup.restored").state == LOOK
    remember(RESTORED, file="x", whole=True)
    assert fact("backup.restored").state == TOLD


# Version and safety


def test_a_migration_that_is_not_applied_is_named(fact) -> None:
    assert fact("version.migrations").state == FINE
    with as_role(MIGRATION):
        sql("delete from django_migrations where app = 'access' and name = '0011_person_room'")
    assert fact("version.migrations").state == WRONG
    assert "access 0011_person_room" in fact("version.migrations").said


@pytest.mark.parametrize(("setting", "good", "name"), [
    ("LOKALNET_TWO_FACTOR_REQUIRED", True, "closed.two_factor"), ("SESSION_COOKIE_SECURE", True, "closed.https"),
    ("DEBUG", False, "closed.debug")])
def test_an_installation_that_stands_open_is_wrong_and_a_demonstration_worth_a_look(
        fact, settings, setting, good, name) -> None:
    settings.LOKALNET_DEMO = False
    setattr(settings, setting, good)
    assert fact(name).state == FINE
    setattr(settings, setting, not good)
    assert fact(name).state == WRONG
    settings.LOKALNET_DEMO = True
    assert fact(name).state == LOOK


def test_what_runs_here_is_told(fact) -> None:
    assert fact("version.software").said.startswith("Lokalnet 0.1.0")
    assert fact("version.postgresql").said.startswith("PostgreSQL 1")


# Together


def test_what_one_source_cannot_say_does_not_silence_the_others(fact, world: World) -> None:
    """As between the new code's arrival and its migrations."""
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("set local role lokalnet_owner")
        cursor.execute("drop function unsealed_log()")
    assert fact("log.unknown").state == WRONG
    assert fact("news.unnumbered").state == FINE and fact("log.verified").state == LOOK


def test_without_the_database_what_is_outside_it_is_told(folder) -> None:
    names = {each.name for topic in gathering.status_without_database(now()) for each in topic.facts}
    assert {"database.answers", "disk.free", "backup.written", "log.verified", "version.software"} <= names
    assert not any(name.startswith(("queue.", "worker.", "database.size")) for name in names)


def test_a_memory_that_was_spoilt_is_none(folder) -> None:
    assert remembering.remembered("x") is None
    (folder / "x.last").write_text("{")
    assert remembering.remembered("x") is None
    remember("x", number=2)
    memory = remembering.remembered("x")
    assert memory and memory.said == {"number": 2} and [file.name for file in folder.iterdir()] == ["x.last"]


def test_home_is_the_folder_of_the_test(folder) -> None:
    """Else these tests would write where others read."""
    assert home.home() != folder == remembering.home()
