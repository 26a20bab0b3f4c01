"""What is known: entries with what each is held to be. Nothing is overwritten, and what was refuted stays visible."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.conflicts.writing import (
    ChangedMeanwhile,
    checked,
    free,
    key_from,
    meanwhile,
    write,
    written_before,
)
from lokalnet.situation.models import Standing
from lokalnet.situation.models.conflicts import LogEntry, LogStanding
from lokalnet.situation.refusing import BadReport


@dataclass(frozen=True)
class Held:
    """One time that somebody said what an entry is held to be, and why."""

    standing: str
    name: str
    reason: str
    who: str
    when: str


@dataclass(frozen=True)
class Entry:
    """One entry as the page shows it. `newest` is the row that another opinion would replace; empty for none yet."""

    id: UUID
    words: str
    who: str
    when: str
    own: bool
    standing: str
    standing_name: str
    newest: str
    held: tuple[Held, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the reader may say of it: nobody confirms the own words."""
        return [(value, str(label)) for value, label in Standing.choices
                if value != self.standing and not (self.own and value == Standing.CONFIRMED)]


def entries(conflict: Conflict) -> list[Entry]:
    """Newest first. Two questions to the database."""
    chains: dict[UUID, list[LogStanding]] = {}
    for row in LogStanding.objects.filter(measure_id=conflict.id):
        chains.setdefault(row.entry_id, []).append(row)
    return [_entry(conflict, row, chain(chains.get(row.id, [])))
            for row in LogEntry.objects.filter(measure_id=conflict.id).order_by("-at", "-id")]


def chain(rows: list[LogStanding]) -> list[LogStanding]:
    """Oldest first, by what replaces what and not by any clock."""
    following = {row.after_id: row for row in rows}
    found: list[LogStanding] = []
    while (row := following.get(found[-1].id if found else None)) is not None:
        found.append(row)
    return found


def _entry(conflict: Conflict, row: LogEntry, said: list[LogStanding]) -> Entry:
    standing = Standing(said[-1].standing) if said else Standing.UNCONFIRMED
    held = tuple(Held(each.standing, str(Standing(each.standing).label), each.reason, conflict.who(each),
                      conflict.when(each.at)) for each in said)
    return Entry(row.id, row.words, conflict.who(row), conflict.when(row.at),
                 row.member_id == conflict.frame.actor.member_id, standing.value, str(standing.label),
                 str(said[-1].id) if said else "", held)


def add(conflict: Conflict, words: str, *, key: str = "") -> None:
    """A new entry, unconfirmed. Raises NotAllowed, NotPossible, BadReport."""
    words = checked(conflict, words, field="words", needed=_("Write what is known."))
    id_ = key_from(key)
    if not written_before(LogEntry, conflict, id_, words=words):
        write(conflict, LogEntry(id=free(LogEntry, id_), words=words), "conflict.logged")


def hold(conflict: Conflict, entry_id: UUID, *, standing: str, reason: str, newest: str) -> None:
    """Say what an entry is held to be from now on. `newest` is the row that the page showed as the last word.

    Raises NotAllowed, NotPossible, ChangedMeanwhile, BadReport, and Http404 for an entry of another conflict.
    """
    entry = LogEntry.objects.filter(id=entry_id, measure_id=conflict.id).first()
    if entry is None:
        raise Http404
    if standing not in Standing.values:
        raise BadReport("standing", _("Choose what it is held to be."))
    reason = checked(conflict, reason, field="reason", needed=_("Say how you know. Others have to judge it."))
    said = chain(list(LogStanding.objects.filter(entry_id=entry_id)))
    last = said[-1] if said else None
    if last and (last.member_id, last.standing, last.reason) == (conflict.frame.actor.member_id, standing, reason):
        return  # the second click
    if str(last.id if last else "") != newest:
        raise ChangedMeanwhile(meanwhile())
    if standing == (last.standing if last else Standing.UNCONFIRMED):
        raise NotPossible(_("That is what it is held to be already."))
    write(conflict, LogStanding(id=uuid4(), entry_id=entry_id, after=last, standing=standing, reason=reason),
          "conflict.judged", standing=standing)
