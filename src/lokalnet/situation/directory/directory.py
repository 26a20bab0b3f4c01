"""Whom to ring: the duty telephones that organisations give each other, for the partnership or for one area."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import Http404

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Organisation
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.ordering import danish
from lokalnet.situation import guard, knowing
from lokalnet.situation.areas import covering
from lokalnet.situation.directory import telephones
from lokalnet.situation.models import Contact
from lokalnet.situation.partnerships import Frame

# Free texts, each with what may stand in it though a report may not hold it. Who answers a duty telephone may be named:
# a colleague at work, whose organisation puts the name there itself.
GUARDED = {"name": frozenset({guard.Kind.NAME}), "hours": frozenset[guard.Kind](), "about": frozenset[guard.Kind]()}
ORDER = (Organisation.Kind.POLICE, Organisation.Kind.MUNICIPALITY, Organisation.Kind.HOUSING,
         Organisation.Kind.ASSOCIATION, Organisation.Kind.INSTITUTION, Organisation.Kind.PSYCHIATRY,
         Organisation.Kind.PRISON_SERVICE)


@dataclass(frozen=True)
class Telephone:
    """One contact in words."""

    id: UUID
    name: str
    phone: str
    link: str
    hours: str
    about: str
    area: str


@dataclass(frozen=True)
class Listed:
    """An organisation with its telephones. By its own name: it stands here because it put a number here."""

    name: str
    kind: str
    own: bool
    telephones: tuple[Telephone, ...]


@dataclass(frozen=True)
class Entered:
    """What somebody enters of a contact; the telephone as `telephones.tidy` gives it."""

    name: str
    phone: str
    hours: str
    about: str
    area_id: UUID | None
    position: int


def may_look(actor: Actor) -> Decision:
    """Who tells what happened sees the directory; who keeps the own telephones sees those. Raises NotAllowed."""
    return actor.may(Purpose.REPORT, Fields.DIRECTORY) or actor.require(Purpose.ADMINISTRATION, Fields.CONTACTS)


def may_keep(actor: Actor) -> bool:
    return bool(actor.may(Purpose.ADMINISTRATION, Fields.CONTACTS))


def listed(frame: Frame, area_id: UUID | None = None) -> list[Listed]:
    """Organisations with the telephones for the area, or with all. Police first, then by kind and name."""
    rows = Contact.objects.filter(partnership=frame.partnership).select_related("organisation").order_by(
        danish("organisation__name"), "position", danish("name"))
    if area_id:
        near = covering.related(frame, area_id)
        rows = rows.filter(area__isnull=True) | rows.filter(area_id__in=near)
    together: dict[Organisation, list[Contact]] = {}
    for row in rows:
        together.setdefault(row.organisation, []).append(row)
    return [_listed(frame, organisation, together[organisation])
            for organisation in sorted(together, key=lambda each: ORDER.index(Organisation.Kind(each.kind)))]


def _listed(frame: Frame, organisation: Organisation, rows: Iterable[Contact]) -> Listed:
    return Listed(organisation.name, organisation.get_kind_display(), organisation.id == frame.actor.organisation_id,
                  tuple(Telephone(row.id, row.name, row.phone, telephones.link(row.phone), row.hours, row.about,
                                  frame.place_name([row.area_id] if row.area_id else [])) for row in rows))


def one(actor: Actor, contact_id: UUID) -> Contact:
    """A contact of the own organisation, to change. Raises NotAllowed, and Http404 for anybody else's."""
    actor.require(Purpose.ADMINISTRATION, Fields.CONTACTS)
    found = Contact.objects.filter(id=contact_id, organisation_id=actor.organisation_id,
                                   partnership_id__in=actor.partnership_ids).first()
    if found is None:
        raise Http404
    return found


def check_words(frame: Frame, text: str, *, allowed: frozenset[guard.Kind] = frozenset()) -> None:
    """The free texts of the directory stand under the rules of reports. Raises RefusedText."""
    kinds = tuple(kind for kind in guard.stopped(text, places=knowing.places(frame)) if kind not in allowed)
    if kinds:
        raise guard.RefusedText(" ".join(map(guard.why, kinds)), kinds)


def _check(frame: Frame, entered: Entered) -> None:
    for field, allowed in GUARDED.items():
        check_words(frame, getattr(entered, field), allowed=allowed)


def add(frame: Frame, entered: Entered) -> None:
    """Raises NotAllowed and RefusedText."""
    _check(frame, entered)
    contact = Contact(id=uuid4(), partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
                      **vars(entered))
    contact.save(force_insert=True)
    _record(frame.actor, contact.id, "added")


def change(frame: Frame, contact: Contact, entered: Entered) -> None:
    """Raises NotAllowed and RefusedText."""
    _check(frame, entered)
    for field, value in vars(entered).items():
        setattr(contact, field, value)
    contact.save(force_update=True)
    _record(frame.actor, contact.id, "changed")


def remove(frame: Frame, contact: Contact) -> None:
    _record(frame.actor, contact.id, "removed")
    contact.delete()


def _record(actor: Actor, contact_id: UUID, act: str) -> None:
    events.record(actor, "contact.changed", decision=actor.require(Purpose.ADMINISTRATION, Fields.CONTACTS),
                  purpose=Purpose.ADMINISTRATION, subject_kind="contact", subject=contact_id, act=act)
