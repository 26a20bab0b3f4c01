"""Whom one can call about a file: a parent, a teacher, a club."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.foundation.laying import laid
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.foundation.times import now
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import Contact


@dataclass(frozen=True)
class Reach:
    name: str = field(repr=False)
    relation: str = field(repr=False)
    phone: str = field(default="", repr=False)

    def said(self) -> dict[str, str]:
        return {"name": self.name.strip(), "relation": self.relation.strip(), "phone": self.phone.strip()}


def add(stay: Stay, contact_id: UUID, reach: Reach) -> None:
    """Raises NotAllowed, BrokenRule."""
    stay.require_assigned()
    _check(reach)
    row = Contact(id=contact_id, file=stay.file, person_id=stay.file.person_id, controller_id=stay.file.controller_id)
    row.sealed = stay.sealer().sealed(row, **reach.said())
    if laid(row):
        stay.record("contact")


def change(stay: Stay, contact: Contact, reach: Reach, *, edition: int) -> None:
    """Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    _check(reach)
    words = stay.sealer().sealed(contact, **reach.said())
    if not Contact.objects.filter(id=contact.id, edition=edition, ended_at=None).update(sealed=words,
                                                                                        edition=edition + 1):
        raise Outdated(_("Somebody else has changed this meanwhile. See what stands there now, and change that."),
                       one(stay, contact.id).edition)
    stay.record("contact-changed")


def end(stay: Stay, contact: Contact) -> None:
    """It does not hold any more. Once more changes nothing. Raises NotAllowed."""
    stay.require_assigned()
    if Contact.objects.filter(id=contact.id, ended_at=None).update(ended_at=now()):
        stay.record("contact-ended")


def one(stay: Stay, contact_id: UUID) -> Contact:
    """Raises Http404."""
    found = Contact.objects.filter(id=contact_id, file=stay.file, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def words(stay: Stay, contact: Contact) -> dict[str, str]:
    return stay.sealer().words(contact)


def _check(reach: Reach) -> None:
    for name, said in (("name", reach.name), ("relation", reach.relation)):
        if not said.strip():
            raise BrokenRule(name, _("Write who it is, and what the contact is to the young person."))
