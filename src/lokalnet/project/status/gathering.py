"""All facts of the service, each source asked on its own: what one cannot say does not silence the others."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import Error, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lokalnet.project.status import backups, disk, live, log, mail, queue, version
from lokalnet.project.status.facts import Ask, Fact, Source, State, Topic

SOURCES = (
    Source("worker", gettext_lazy("The worker and its queues"), inside=queue.facts),
    Source("log", gettext_lazy("The log"), inside=log.inside, outside=log.outside),
    Source("live", gettext_lazy("The live picture"), inside=live.inside, outside=live.outside),
    Source("mail", gettext_lazy("Mail"), inside=mail.inside, outside=mail.outside),
    Source("disk", gettext_lazy("Room"), inside=disk.inside, outside=disk.outside),
    Source("backups", gettext_lazy("Backups"), outside=backups.facts),
    Source("version", gettext_lazy("Version and safety"), inside=version.inside, outside=version.outside),
)


def status(at: datetime) -> list[Topic]:
    """Everything, with a database that answers."""
    return list(_topics((source, (*_known(source, at), *_asked(source, at))) for source in SOURCES))


def status_without_database(at: datetime) -> list[Topic]:
    """What is known while the database is away, and that it is."""
    away = Fact("database.answers", State.WRONG, _("The database does not answer: what only it knows is left out."),
                _("It must answer."))
    return [Topic("database", _("The database"), (away,)),
            *_topics((source, tuple(_known(source, at))) for source in SOURCES)]


def _topics(found: Iterable[tuple[Source, tuple[Fact, ...]]]) -> Iterator[Topic]:
    return (Topic(source.name, str(source.heading), facts) for source, facts in found if facts)


def _asked(source: Source, at: datetime) -> tuple[Fact, ...]:
    """In a transaction of its own, so that the others can still ask when this one fails."""
    if source.inside is None:
        return ()
    try:
        with transaction.atomic():
            return tuple(source.inside(at))
    except Error:
        said = _("The database could not say. Are all migrations applied?")
        return (Fact(f"{source.name}.unknown", State.WRONG, said, _("It must be able to.")),)


def _known(source: Source, at: datetime) -> Iterable[Fact]:
    ask: Ask | None = source.outside
    return ask(at) if ask else ()
