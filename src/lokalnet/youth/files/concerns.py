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
from lokalnet.youth.models import Concern, ConcernState, Decision, Outcome
from lokalnet.youth.triage import deciding

# What a worry can come to where there is a file already.
OUTCOMES = (Outcome.ELSEWHERE, Outcome.ADVICE, Outcome.NOTIFICATION, Outcome.NOTHING)


@dataclass(frozen=True)
class Decided:
    outcome: str
    reason: str = field(repr=False)
    answer: str = field(repr=False)
    urgent: bool = False


def one(stay: Stay, concern_id: UUID) -> Concern:
    """About whom the file is about. Raises Http404."""
    found = Concern.objects.filter(id=concern_id, person_id=stay.file.person_id).first()
    if found is None or found.state == ConcernState.DRAFT:
        raise Http404
    return found


def decide(stay: Stay, concern: Concern, decided: Decided) -> None:
    """Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    _check(stay, decided)
    if concern.state != ConcernState.SENT:
        raise _already()
    decision_id = uuid4()
    reason = stay.sealer().sealed(Decision(id=decision_id), reason=decided.reason.strip())
    if not answer("select decide_concern(%s, %s, %s, %s, %s, %s)", decision_id, concern.id, concern.step,
                  decided.outcome, decided.urgent, reason):
        raise _already()
    deciding.answer_author(stay.seat, concern, Outcome(decided.outcome), decided.answer)
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
