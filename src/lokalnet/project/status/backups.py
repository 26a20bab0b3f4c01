"""Backups: when the last one was written, and whether one was ever read back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.foundation.remembering import Memory, remembered
from lokalnet.project.backups import RESTORED, WRITTEN
from lokalnet.project.status.facts import Fact, State, age, by_age, of_an_installation, seconds, size


def facts(at: datetime) -> Iterator[Fact]:
    yield _written(at, settings.LOKALNET_BACKUP_DAYS)
    yield _restored(at)


def _written(at: datetime, days: int) -> Fact:
    memory = remembered(WRITTEN)
    said = _("A backup was never written here: ./run backup FILE.") if memory is None else _(
        "The last backup is %(age)s old: %(file)s, %(size)s.") % {
            "age": age(memory.at, at), "file": memory.said.get("file"), "size": size(_bytes(memory))}
    values = {"age_seconds": seconds(memory.at, at) if memory else None, "bytes": _bytes(memory) if memory else None}
    if not days:
        return Fact("backup.written", State.TOLD, said, _("Not judged: backups are made by other means."), values)
    state = of_an_installation() if memory is None else by_age(
        memory.at, at, look=timedelta(days=days), wrong=timedelta(days=3 * days))
    rule = ngettext("Worth a look after %(days)d day, wrong after three times as long or without any.",
                    "Worth a look after %(days)d days, wrong after three times as long or without any.", days)
    return Fact("backup.written", state, said, rule % {"days": days}, values)


def _bytes(memory: Memory) -> int:
    return int(memory.said.get("bytes") or 0)


def _restored(at: datetime) -> Fact:
    memory = remembered(RESTORED)
    if memory is None:
        return Fact("backup.restored", State.TOLD, _("No backup was read back here. Try it twice a year, also on "
                                                     "another machine."))
    words = {"age": age(memory.at, at), "file": memory.said.get("file")}
    values = {"whole": memory.said.get("whole"), "age_seconds": seconds(memory.at, at)}
    if memory.said.get("whole"):
        return Fact("backup.restored", State.TOLD,
                    _("A backup was last read back %(age)s ago, and the log verified: %(file)s.") % words,
                    values=values)
    return Fact("backup.restored", State.LOOK,
                _("The last backup that was read back, %(age)s ago, did not come to its end: %(file)s.") % words,
                _("Worth a look when a restore was broken off or its log does not verify."), values)
