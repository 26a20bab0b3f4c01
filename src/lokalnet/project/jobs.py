"""`./run work`: seals the log, numbers news, tells the data protection officers where the log stands, tidies up.

The queue's clock is UTC and drops what is more than ten minutes late (engineering 15). So jobs run each minute or
hour, do what is missing, and change nothing when there is nothing to do; "once a day" is a day in Copenhagen that is
remembered in a file. Jobs by the clock carry no arguments, and those that somebody asked for (foundation/jobs.py) an
opaque id: there is nothing in the queue to read.

One queue for each room. They all run as `lokalnet_app` today, which a policy could not tell apart; what the database
enforces is that no other login of the service has a grant on the queue (access/grants.py).
"""

import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from asgiref.sync import async_to_sync
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from lokalnet.access import sealing
from lokalnet.foundation import jobs as asked_for
from lokalnet.foundation import scratch
from lokalnet.foundation.home import home
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices import sending
from lokalnet.project import database, logins
from lokalnet.situation import files, reporting
from lokalnet.situation.briefing import drafting
from lokalnet.situation.following import matching
from lokalnet.situation.measures import ending
from lokalnet.situation.signals import due
from lokalnet.youth.oversight import telling

LOG, PLACE, PERSON, HOUSE = "log", "place", "person", "house"
QUEUES = (LOG, PLACE, PERSON, HOUSE)
ATTEMPTS_KEPT = timedelta(days=30)
FAILED_JOBS_KEPT = timedelta(days=7)
HEAD_TOLD, RETENTION_RUN, UNUSUAL_ASKED = "head-told", "retention-run", "unusual-asked"

logger = logging.getLogger("lokalnet.work")
app = DjangoApp(connector=PsycopgConnector(kwargs=dict(database.parameters(logins.APP)), min_size=1, max_size=3))


def work() -> int:
    """Until Ctrl-C or SIGTERM; what has begun is finished first."""
    tempfile.tempdir = str(scratch.folder())  # what a library leaves there when it is killed is swept
    print("Lokalnet: working", flush=True)
    with app.open():
        app.run_worker(queues=list(QUEUES), concurrency=4, delete_jobs="successful", shutdown_graceful_timeout=10,
                       listen_notify=False, fetch_job_polling_interval=1)
    return 0


def each(cron: str, *, queue: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """A job by the clock; at most one of a kind waits."""

    def register(job: Callable[[], None]) -> Callable[[], None]:
        def run(timestamp: int) -> None:
            job()

        name = f"lokalnet.{job.__name__}"
        app.periodic(cron=cron)(app.task(name=name, queue=queue, queueing_lock=name)(run))
        return job

    return register


for wanted in asked_for.registered():
    app.task(name=wanted.name, queue=wanted.queue)(wanted.run)


@each("* * * * *", queue=LOG)
def seal_log() -> None:
    sealing.seal()


@each("* * * * *", queue=PLACE)
def number_news() -> None:
    """What a web process left behind that died between its commit and the numbering."""
    reporting.number_changes()


@each("* * * * *", queue=PLACE)
def tell_followers() -> None:
    """Whoever follows something in which there is news."""
    matching.tell_followers()


@each("* * * * *", queue=PLACE)
def finish_files() -> None:
    """Exports and imports whose job was killed."""
    files.run_again()


@each("* * * * *", queue=HOUSE)
def take_up_again() -> None:
    """Jobs whose worker was killed: in the queue they would stand as being done for ever.

    They are done anew, because each looks first at what is done already. Where the same job waits by now, that is the
    one that runs, and the row of the other goes.
    """
    manager = queue.job_manager
    for stalled in async_to_sync(manager.get_stalled_jobs)():
        assert stalled.id is not None
        try:
            with transaction.atomic():
                manager.retry_job_by_id(stalled.id, retry_at=now())
        except UniqueViolation:
            async_to_sync(manager.finish_job_by_id_async)(stalled.id, Status.FAILED, True)
        logger.warning("job %d (%s) had lost its worker", stalled.id, stalled.task_name)


@each("* * * * *", queue=HOUSE)
def send_notices() -> None:
    sending.send_due()


@each("5 * * * *", queue=LOG)
def tell_head() -> None:
    """The day's sealed head by mail: who owns the machine cannot take it back (engineering 28)."""
    once_a_day(HEAD_TOLD, send_head)


@each("20 * * * *", queue=HOUSE)
def tidy_up() -> None:
    """Hourly, because a nightly run that comes late would be dropped."""
    with transaction.atomic(), connection.cursor() as cursor:
        Session.objects.filter(expire_date__lt=now()).delete()
        cursor.execute("delete from usersessions_usersession u where not exists "
                       "(select from django_session s where s.session_key = u.session_key)")
        AccessAttempt.objects.filter(attempt_time__lt=now() - ATTEMPTS_KEPT).delete()
        cursor.execute("delete from procrastinate_jobs j where status not in ('todo', 'doing') and not exists "
                       "(select from procrastinate_events e where e.job_id = j.id and e.at >= %s)",
                       [now() - FAILED_JOBS_KEPT])


@each("10 * * * *", queue=PLACE)
def end_measures() -> None:
    """Writes down which measures are past their last day; pages have shown them as over since midnight."""
    ending.end_measures()


@each("*/5 * * * *", queue=PLACE)
def draft_briefings() -> None:
    """The week's briefings, from Monday at six in Copenhagen on; what was slept over is made now."""
    drafting.draft_missing()


@each("* * * * *", queue=PLACE)
def look_for_signals() -> None:
    """Where there is news, and once a night. The look runs in a process of its own, as the login that may not read a
    person; one that was killed has not looked, so the next minute asks again."""
    if due.partnerships(now()):
        run_as_another("detect")


@each("25 * * * *", queue=PERSON)
def look_for_unusual_reading() -> None:
    """Once a day a run for each data protection officer, on the officer's own behalf."""
    once_a_day(UNUSUAL_ASKED, telling.ask_about_officers)


@each("40 * * * *", queue=HOUSE)
def let_go() -> None:
    """Retention, once a day. Jobs may not delete, so it runs in a process of its own as the login that may."""
    once_a_day(RETENTION_RUN, lambda: run_as_another("retention"))


def run_as_another(command: str) -> bool:
    """A command of `./run` as its own login; whether it ended well."""
    done = subprocess.run([sys.executable, "-m", "lokalnet.project.commands", command])
    if done.returncode:
        logger.warning("%s ended with %d; it is tried again", command, done.returncode)
    return not done.returncode


def once_a_day(name: str, act: Callable[[], bool], *, at: datetime | None = None) -> None:
    """`act` once for each day in Copenhagen. It says whether it was done; if not, the next hour tries again."""
    today = (at or now()).astimezone(COPENHAGEN).date()
    if last_day(name) == today:
        return
    if act():
        _memory(name).write_text(today.isoformat() + "\n")


def _memory(name: str) -> Path:
    return home() / f"{name}.day"


def last_day(name: str) -> date | None:
    """The day on which it was last done; None when it never was."""
    try:
        return date.fromisoformat(_memory(name).read_text().strip())
    except (FileNotFoundError, ValueError):
        return None


def send_head() -> bool:
    """False when there is nothing to send, or nobody to send it to."""
    head = sealing.outside_head()
    to = data_protection_addresses()
    if head is None or not to:
        return False
    for address in to:
        with override("da"):
            send_mail(_("Lokalnet: where the log stands"), head_text(head), None, [address])
    logger.info("the log's head was sent to %d data protection officers", len(to))
    return True


def head_text(head: sealing.Head) -> str:
    return _("Keep this message. It proves later that the log up to entry %(number)d was not changed.\n\n"
             "Entry: %(number)d\nHead: %(head)s\n") % {"number": head.number, "head": head.chain.hex()}


def data_protection_addresses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select data_protection_addresses()")
        return [row[0] for row in cursor.fetchall()]
