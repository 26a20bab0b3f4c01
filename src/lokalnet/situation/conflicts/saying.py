"""What is said to whom: a message is agreed when two organisations have agreed to exactly these words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts.log import Entry
from lokalnet.situation.conflicts.looking import Conflict, may_lead, may_look, note
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
from lokalnet.situation.models.conflicts import (
    Message,
    MessageAgreement,
    MessageAudience,
    MessageEdition,
    MessageWithdrawal,
)
from lokalnet.situation.refusing import BadReport

ENOUGH = 2


@dataclass(frozen=True)
class Former:
    """Words that a message had before."""

    number: int
    words: str
    who: str
    when: str


@dataclass(frozen=True)
class Shown:
    """A message as the page shows it: its newest words, who has agreed to them, and what they build on."""

    id: UUID
    audience: str
    audience_name: str
    words: str
    number: int
    who: str
    when: str
    agreed_by: tuple[str, ...]
    agreed_by_us: bool
    builds_on: Entry | None
    withdrawn: str  # why, where it is
    withdrawn_by: str
    former: tuple[Former, ...]

    @property
    def agreed(self) -> bool:
        return len(self.agreed_by) >= ENOUGH

    @property
    def on_refuted(self) -> bool:
        return bool(self.builds_on and self.builds_on.standing == Standing.REFUTED)

    @property
    def usable(self) -> bool:
        """May be copied and said: agreed, not withdrawn, and not built on what was refuted since."""
        return self.agreed and not self.withdrawn and not self.on_refuted

    @property
    def state(self) -> str:
        return "withdrawn" if self.withdrawn else "refuted" if self.on_refuted else "agreed" if self.agreed else "draft"

    @property
    def state_name(self) -> str:
        return {"withdrawn": _("Withdrawn"), "refuted": _("Not to be used"), "agreed": _("Agreed"),
                "draft": _("Draft")}[self.state]


def messages(conflict: Conflict, entries: Sequence[Entry]) -> list[Shown]:
    """Those in use first, newest first. Four questions to the database."""
    known = {entry.id: entry for entry in entries}
    editions: dict[UUID, list[MessageEdition]] = {}
    for edition in MessageEdition.objects.filter(measure_id=conflict.id).order_by("number"):
        editions.setdefault(edition.message_id, []).append(edition)
    agreements: dict[UUID, list[MessageAgreement]] = {}
    for agreement in MessageAgreement.objects.filter(measure_id=conflict.id).order_by("at", "id"):
        agreements.setdefault(agreement.edition_id, []).append(agreement)
    withdrawals = {row.message_id: row for row in MessageWithdrawal.objects.filter(measure_id=conflict.id)}
    found = [_shown(conflict, row, editions[row.id], agreements.get(editions[row.id][-1].id, []),
                    withdrawals.get(row.id), known)
             for row in Message.objects.filter(measure_id=conflict.id).order_by("-at", "-id") if row.id in editions]
    return sorted(found, key=lambda each: each.state == "withdrawn")


def _shown(conflict: Conflict, row: Message, editions: Sequence[MessageEdition],
           agreements: Sequence[MessageAgreement], withdrawal: MessageWithdrawal | None,
           known: dict[UUID, Entry]) -> Shown:
    newest = editions[-1]
    ours = conflict.frame.actor.organisation_id
    return Shown(
        id=row.id, audience=row.audience, audience_name=str(MessageAudience(row.audience).label), words=newest.words,
        number=newest.number, who=conflict.who(newest), when=conflict.when(newest.at),
        agreed_by=tuple(conflict.name_of(each.organisation_id) for each in agreements),
        agreed_by_us=any(each.organisation_id == ours for each in agreements),
        builds_on=known.get(newest.builds_on_id) if newest.builds_on_id else None,
        withdrawn=withdrawal.reason if withdrawal else "", withdrawn_by=conflict.who(withdrawal) if withdrawal else "",
        former=tuple(Former(each.number, each.words, conflict.who(each), conflict.when(each.at))
                     for each in reversed(editions[:-1])))


def draft(conflict: Conflict, *, audience: str, words: str, builds_on: str, key: str = "") -> None:
    """A new message. Whoever may agree agrees by writing. Raises NotAllowed, NotPossible, BadReport."""
    if audience not in MessageAudience.values:
        raise BadReport("audience", _("Choose who it is for."))
    words = checked(conflict, words, field="words", needed=_("Write the message."))
    id_ = key_from(key)
    if written_before(Message, conflict, id_, audience=audience) and MessageEdition.objects.filter(
            message_id=id_, words=words).exists():
        return
    message = Message(id=free(Message, id_), audience=audience)
    with transaction.atomic():  # a message without words is none
        write(conflict, message, "conflict.message-written", audience=audience)
        _edition(conflict, message, 1, words, builds_on)


def edit(conflict: Conflict, message_id: UUID, *, number: int, words: str, builds_on: str) -> None:
    """New words for a message whose words the page showed as edition `number`: who had agreed has to agree anew.

    Raises NotAllowed, NotPossible, ChangedMeanwhile, BadReport, Http404.
    """
    message, newest = _of(conflict, message_id)
    words = checked(conflict, words, field="words", needed=_("Write the message."))
    same = newest.words == words and str(newest.builds_on_id or "") == builds_on
    if same and (newest.number == number or newest.member_id == conflict.frame.actor.member_id):
        return  # nothing is changed, or the second click
    if newest.number != number:
        raise ChangedMeanwhile(meanwhile())
    with transaction.atomic():
        _edition(conflict, message, number + 1, words, builds_on)
    note(conflict, "conflict.message-written", may_look(conflict.frame.actor), audience=message.audience)


def _edition(conflict: Conflict, message: Message, number: int, words: str, builds_on: str) -> None:
    edition = MessageEdition(id=uuid4(), message=message, number=number, words=words,
                             builds_on_id=key_from(builds_on) if builds_on else None)
    write(conflict, edition)
    if may_lead(conflict.frame.actor):
        agree(conflict, message.id, number=number)


def agree(conflict: Conflict, message_id: UUID, *, number: int) -> None:
    """The reader's organisation agrees to exactly the words that the page showed.

    Raises NotAllowed, NotPossible, ChangedMeanwhile, Http404.
    """
    _message, newest = _of(conflict, message_id)
    if newest.number != number:
        raise ChangedMeanwhile(meanwhile())
    if newest.agreements.filter(organisation_id=conflict.frame.actor.organisation_id).exists():
        return
    write(conflict, MessageAgreement(id=uuid4(), edition=newest), "conflict.message-agreed", fields=Fields.CONFLICTS)


def withdraw(conflict: Conflict, message_id: UUID, reason: str) -> None:
    """Not to be used any more. Raises NotAllowed, NotPossible, BadReport, Http404."""
    message, _newest = _of(conflict, message_id)
    reason = checked(conflict, reason, field="reason", needed=_("Say why in a sentence."))
    if MessageWithdrawal.objects.filter(message=message).exists():
        return
    write(conflict, MessageWithdrawal(id=uuid4(), message=message, reason=reason), "conflict.message-withdrawn",
          fields=Fields.CONFLICTS)


def words_to_copy(conflict: Conflict, message: Shown) -> str:
    """The agreed words; the copying is in the log. Raises NotAllowed, NotPossible."""
    decision = conflict.frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    if not message.usable:
        raise NotPossible(_("Only what two organisations have agreed to, and what is not refuted, can be copied."))
    note(conflict, "conflict.message-copied", decision, audience=message.audience)
    return message.words


def _of(conflict: Conflict, message_id: UUID) -> tuple[Message, MessageEdition]:
    message = Message.objects.filter(id=message_id, measure_id=conflict.id).first()
    if message is None:
        raise Http404
    return message, MessageEdition.objects.filter(message=message).order_by("-number")[0]
