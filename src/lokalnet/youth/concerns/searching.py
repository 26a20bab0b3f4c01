"""Search before writing: is there something of one's own about this young person already?

What others hold is never told: whether the organisation knows the young person or not, the page is the same. It is
asked with a reason; the log keeps that somebody searched and by what kind of criterion, never the criterion.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Purpose
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import cpr, knowing, lookup
from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import drafting, own
from lokalnet.youth.concerns.own import Told
from lokalnet.youth.models import ConcernText, File


@dataclass(frozen=True)
class Found:
    """What the actor may know: a file that they work on themselves, and what they have written."""

    file: UUID | None
    number: str
    own: tuple[Told, ...]

    def __bool__(self) -> bool:
        return self.file is not None or bool(self.own)


def wanted(*, number: str, name: str, born: date | None, today: date) -> Identity:
    """Whom the worry is about. Raises BrokenRule: a CPR number, or a name with a birth date; nobody under ten."""
    name = " ".join(name.split())
    if number.strip():
        found = cpr.parse(number, field="cpr", today=today)
        cpr.check_age(found.born, today, "cpr")
        return Identity(name, found.number, found.born)
    if not name:
        raise BrokenRule("cpr", _("Write the CPR number, or the name and the date of birth."))
    if born is None:
        raise BrokenRule("born", _("Write the date of birth too: many have the same name."))
    if born > today:
        raise BrokenRule("born", _("The date of birth has not come yet."))
    cpr.check_age(born, today, "born")
    return Identity(name, "", born)


def search(actor: Actor, who: Identity) -> Found:
    """Raises NotAllowed. The same work whatever is found."""
    decision = drafting.may_tell(actor)
    kind, value = _criterion(who)
    digest = lookup.digest(actor.organisation_id, kind, value)
    person_id = answer("select find_person(%s, %s)", kind, digest) or knowing.NOBODY
    file = File.objects.filter(person_id=person_id).first()
    sent = set(ConcernText.objects.filter(author_id=actor.member_id, person_id=person_id)
               .values_list("concern_id", flat=True))
    begun = {each.id for each in drafting.all_of(actor) if _criterion_of(actor, each.worry.who, kind) == digest}
    events.record(actor, "concern.searched", decision=decision, purpose=Purpose.CONCERN, subject_kind="organisation",
                  subject=actor.organisation_id, criterion=kind)
    told = tuple(each for each in own.told(actor) if each.id in sent | begun)
    return Found(file.id if file else None, file.number if file else "", told)


def _criterion(who: Identity) -> tuple[str, str]:
    if who.cpr:
        return lookup.CPR, who.cpr
    assert who.born
    return lookup.NAME, lookup.named(who.name, who.born)


def _criterion_of(actor: Actor, who: Identity, kind: str) -> bytes | None:
    """The same of what was typed in a draft, where it is there."""
    if kind == lookup.CPR:
        return lookup.digest(actor.organisation_id, kind, who.cpr) if who.cpr else None
    return lookup.digest(actor.organisation_id, kind, lookup.named(who.name, who.born)) if who.born else None
