"""Worries that came to somebody who is helped already: whoever works on the file decides them here.

The one who told of it is answered in the same words as everybody else. That there is a file is not among them.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import Concern, ConcernState, Decision, Outcome, Reply

# What a worry can come to where there is a file already.
OUTCOMES = (Outcome.ELSEWHERE, Outcome.ADVICE, Outcome.NOTIFICATION, Outcome.NOTHING)
ANSWERED_AS = Outcome.ADVICE  # to whoever told of it, whatever was decided


@dataclass(frozen=True)
class Decided:
    outcome: str
    reason: str = field(repr=False)
    answer: str = field(repr=False)
    urgent: bool = False


def one(stay: Stay, concern_id: UUID) -> Concern:
    """That waits in this file, or was decided in it. Raises Http404."""
    found = Concern.objects.filter(id=concern_id, file=stay.file).exclude(state=ConcernState.DRAFT).first()
    if found is None:
        raise Http404
    return found


def decide(stay: Stay, concern: Concern, decided: Decided) -> None:
    """Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    _check(stay, decided)
    if concern.state != ConcernState.SENT:
        raise _already()
    opener, decision_id = stay.sealer(), uuid4()
    reason = opener.sealed(Decision(id=decision_id), reason=decided.reason.strip())
    if not answer("select decide_concern(%s, %s, %s, %s, %s, %s)", decision_id, concern.id, concern.step,
                  decided.outcome, decided.urgent, reason):
        raise _already()
    row = Reply(id=uuid4(), concern=concern, controller_id=concern.controller_id, reader_id=concern.author_id,
                person_id=stay.file.person_id, outcome=ANSWERED_AS)
    row.sealed = opener.sealed(row, words=decided.answer.strip())
    row.save(force_insert=True)
    stay.record("concern-decided")


def _check(stay: Stay, decided: Decided) -> None:
    if stay.file.board_since:
        raise BrokenRule("outcome", _("The file awaits Ungdomskriminalitetsnævnet. Nothing is decided beside it."))
    if decided.outcome not in OUTCOMES:
        raise BrokenRule("outcome", _("Choose what it comes to."))
    if not decided.reason.strip():
        raise BrokenRule("reason", _("Write why: it stands in the file."))
    if not decided.answer.strip():
        raise BrokenRule("answer", _("Write an answer: whoever told of a worry always gets one."))


def _already() -> Outdated:
    return Outdated(_("Somebody else has decided this meanwhile. See what stands there now."), 0)
