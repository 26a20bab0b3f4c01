"""Who somebody is: sealed under the person's own key, found again by digests that only the controller's key makes.

A protected address is not kept at all: what is not there cannot be shared, printed or seen by whoever breaks in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.persons import cpr, keys, lookup, sealing
from lokalnet.persons.keys import Key
from lokalnet.persons.models import Lookup, Person
from lokalnet.persons.sealing import Spot

TABLE = "persons_person"


@dataclass(frozen=True)
class Identity:
    """As a worker entered it. Kept out of every representation, so that no error report holds it."""

    name: str = field(repr=False)
    cpr: str = field(default="", repr=False)  # ten digits
    born: date | None = field(default=None, repr=False)  # follows from the CPR number where there is one
    address: str = field(default="", repr=False)
    protected: bool = field(default=False, repr=False)
    phone: str = field(default="", repr=False)

    def said(self) -> dict[str, str]:
        return {"name": self.name, "cpr": self.cpr, "born": self.born.isoformat() if self.born else "",
                "address": self.address, "protected": "yes" if self.protected else "", "phone": self.phone}

    def age(self, on: date) -> int | None:
        return cpr.age(self.born, on) if self.born else None


def from_said(said: Mapping[str, str]) -> Identity:
    born = said.get("born", "")
    return Identity(said.get("name", ""), said.get("cpr", ""), date.fromisoformat(born) if born else None,
                    said.get("address", ""), said.get("protected") == "yes", said.get("phone", ""))


def checked(*, name: str, number: str, born: date | None, address: str, protected: bool, phone: str,
            today: date) -> Identity:
    """What was entered, as one. Raises BrokenRule for the field: a name, ten years or more, no protected address."""
    name, address = " ".join(name.split()), address.strip()
    if not name:
        raise BrokenRule("name", _("Write the young person's name, or what you know of it."))
    if number.strip():
        found = cpr.parse(number, field="cpr", today=today)
        if born and born != found.born:
            raise BrokenRule("born", _("The date of birth and the CPR number do not agree."))
        number, born = found.number, found.born
    if born is None:
        raise BrokenRule("born", _("Write the date of birth, or the CPR number: nobody under ten is written down here, "
                                   "and the law looks at age."))
    if born > today:
        raise BrokenRule("born", _("The date of birth has not come yet."))
    cpr.check_age(born, today, "cpr" if number.strip() else "born")
    if protected and address:
        raise BrokenRule("address", _("The address is protected: it is not written down here."))
    return Identity(name, number.strip(), born, address, protected, phone.strip())


def found(actor: Actor, who: Identity) -> UUID | None:
    """The same organisation's person with this CPR number. For routing alone: no page says whether one was found."""
    if not who.cpr:
        return None
    for digest in lookup.digests(actor.organisation_id, lookup.CPR, who.cpr):
        person_id: UUID | None = answer("select find_person(%s, %s)", lookup.CPR, digest)
        if person_id:
            return person_id
    return None


def enter(actor: Actor, who: Identity, *, findable: bool = True) -> UUID:
    """A new person of the actor's organisation, with a key of its own. Raises RoomClosed.

    A copy is not findable: it is about somebody whom the organisation may hold a file of, and stays apart from it.
    """
    person_id = uuid4()
    key = keys.make(person_id)
    Person(id=person_id, controller_id=actor.organisation_id,
           sealed=sealing.seal(key, Spot(TABLE, person_id, actor.organisation_id), who.said())).save(force_insert=True)
    if findable:
        _index(actor, person_id, who)
    return person_id


def of(person_id: UUID) -> Identity:
    """Raises Http404 where there is no visit with the person, or no such person."""
    return opened(row_of(person_id), keys.fetch(person_id))


def row_of(person_id: UUID) -> Person:
    """Raises Http404, as `of`."""
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        raise Http404
    return row


def opened(row: Person, key: Key) -> Identity:
    """For a page that has the person's key already."""
    return from_said(sealing.unseal(key, Spot(TABLE, row.id, row.controller_id), bytes(row.sealed)))


def correct(actor: Actor, person_id: UUID, who: Identity, *, edition: int) -> None:
    """What is known now instead. Raises Outdated; Http404 without a visit."""
    sealed = sealing.seal(keys.fetch(person_id), Spot(TABLE, person_id, actor.organisation_id), who.said())
    with transaction.atomic():
        if not Person.objects.filter(id=person_id, edition=edition).update(sealed=sealed, edition=edition + 1):
            row = Person.objects.filter(id=person_id).first()
            if row is None:
                raise Http404
            raise Outdated(_("Somebody else has changed this meanwhile. See what stands there now, and change that."),
                           row.edition)
        Lookup.objects.filter(person_id=person_id).delete()
        _index(actor, person_id, who)
    events.record(actor, "person.corrected", subject_kind="person", subject=person_id)


def _index(actor: Actor, person_id: UUID, who: Identity) -> None:
    """Each by itself: the policy lets one lay digests under a person that is new."""
    for kind, digest in lookup.of_identity(actor.organisation_id, who.said()).items():
        Lookup(person_id=person_id, controller_id=actor.organisation_id, kind=kind, digest=digest).save(
            force_insert=True)
