"""What each role may do, in one table that a lawyer can read.

A right is role x kind of organisation x purpose x group of fields. The same table is written into the database, where
the row policies read it, and into `docs/rights.md`. Whoever decides gets a reason back, which is shown and logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    STREET_WORKER = "street-worker", _("Street worker")
    SSP_CONSULTANT = "ssp-consultant", _("SSP consultant")
    LOCAL_OFFICER = "local-officer", _("Local officer")
    COORDINATOR = "coordinator", _("Coordinator")
    ANALYST = "analyst", _("Analyst")
    LEADER = "leader", _("Leader")
    CARETAKER = "caretaker", _("Caretaker")
    ASSOCIATION_CONTACT = "association-contact", _("Contact of an association")
    DATA_PROTECTION_OFFICER = "data-protection-officer", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Local administrator")
    SYSTEM = "system", _("Connected system")


class Purpose(TextChoices):
    REPORT = "report", _("Tell what happened")
    SHARED_PICTURE = "shared-picture", _("Keep each other up to date on places")
    ADMINISTRATION = "administration", _("Run the organisation's access")
    DATA_PROTECTION = "data-protection", _("Oversee how data is used")
    OWN_ACTS = "own-acts", _("See one's own acts")


class Fields(TextChoices):
    OBSERVATION_ENTRY = "observation-entry", _("A new observation")
    OBSERVATIONS_OF_OWN = "observations-of-own", _("The own organisation's observations")
    OBSERVATIONS_OF_PARTNERS = "observations-of-partners", _("Partners' observations, as far as they were shared")
    CATEGORIES = "categories", _("The partnership's categories")
    MEMBERS = "members", _("The organisation's members")
    KEYS = "keys", _("The organisation's API keys")
    EVENTS_OF_OWN = "events-of-own", _("One's own entries in the log")
    EVENTS_OF_ORGANISATION = "events-of-organisation", _("The organisation's entries in the log, with names")


MUNICIPALITY, POLICE, HOUSING, ASSOCIATION = "municipality", "police", "housing", "association"
PUBLIC = (MUNICIPALITY, POLICE)
EVERYBODY = (*PUBLIC, HOUSING, ASSOCIATION)


@dataclass(frozen=True)
class Right:
    role: Role
    organisations: tuple[str, ...]
    purpose: Purpose
    fields: tuple[Fields, ...]


def _works_with_the_picture(role: Role, organisations: tuple[str, ...]) -> Iterable[Right]:
    yield Right(role, organisations, Purpose.REPORT, (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN))
    yield Right(role, organisations, Purpose.SHARED_PICTURE, (Fields.OBSERVATIONS_OF_PARTNERS,))


RIGHTS: tuple[Right, ...] = (
    *_works_with_the_picture(Role.STREET_WORKER, (MUNICIPALITY,)),
    *_works_with_the_picture(Role.SSP_CONSULTANT, (MUNICIPALITY,)),
    *_works_with_the_picture(Role.LOCAL_OFFICER, (POLICE,)),
    *_works_with_the_picture(Role.COORDINATOR, PUBLIC),
    *_works_with_the_picture(Role.ANALYST, PUBLIC),
    *_works_with_the_picture(Role.LEADER, PUBLIC),
    *_works_with_the_picture(Role.SYSTEM, PUBLIC),
    Right(Role.SYSTEM, (HOUSING, ASSOCIATION), Purpose.REPORT,
          (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN)),
    # Housing companies also evict: they send and see their own, and nothing of others (design section 2).
    Right(Role.CARETAKER, (HOUSING,), Purpose.REPORT, (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN)),
    Right(Role.ASSOCIATION_CONTACT, (ASSOCIATION,), Purpose.REPORT,
          (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.ADMINISTRATION, (Fields.CATEGORIES,)),
    Right(Role.ADMINISTRATOR, EVERYBODY, Purpose.ADMINISTRATION, (Fields.MEMBERS, Fields.KEYS)),
    Right(Role.DATA_PROTECTION_OFFICER, EVERYBODY, Purpose.DATA_PROTECTION, (Fields.EVENTS_OF_ORGANISATION,)),
    *(Right(role, EVERYBODY, Purpose.OWN_ACTS, (Fields.EVENTS_OF_OWN,)) for role in Role if role != Role.SYSTEM),
)

# An API key can be given less than its system's rights, never more.
SCOPES: dict[str, tuple[Fields, ...]] = {
    "observations": (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN, Fields.OBSERVATIONS_OF_PARTNERS),
    "observations:write": (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN),
    "observations:read": (Fields.OBSERVATIONS_OF_OWN, Fields.OBSERVATIONS_OF_PARTNERS),
}


@dataclass(frozen=True)
class Decision:
    """A yes or a no with its reason."""

    allowed: bool
    because: str

    def __bool__(self) -> bool:
        return self.allowed


def decide(roles: Iterable[str], organisation_kind: str, purpose: Purpose, fields: Fields,
           scopes: Iterable[str] | None = None) -> Decision:
    """May somebody with these roles, in such an organisation, use this group of fields for this purpose?

    `scopes` is None for a person and the key's scopes for a connected system.
    """
    if scopes is not None and not any(fields in SCOPES.get(scope, ()) for scope in scopes):
        return Decision(False, f"the key has no scope for {fields.value}")
    for right in RIGHTS:
        if (right.role in roles and organisation_kind in right.organisations and right.purpose == purpose
                and fields in right.fields):
            return Decision(True, f"{right.role.value} of a {organisation_kind}: {purpose.value}, {fields.value}")
    return Decision(False, f"no role held gives {fields.value} for {purpose.value}")


def roles_for(organisation_kind: str) -> list[Role]:
    """Roles that mean something in an organisation of this kind and that a person can hold."""
    useful = {right.role for right in RIGHTS
              if organisation_kind in right.organisations and right.purpose != Purpose.OWN_ACTS}
    return [role for role in Role if role in useful and role != Role.SYSTEM]


def rows() -> list[tuple[str, str, str, str]]:
    """The table, flat: (role, kind of organisation, purpose, group of fields)."""
    return sorted({(right.role.value, kind, right.purpose.value, fields.value)
                   for right in RIGHTS for kind in right.organisations for fields in right.fields})
