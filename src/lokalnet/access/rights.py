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
    PROFESSIONAL = "professional", _("Teacher or pedagogue")
    CASE_WORKER = "case-worker", _("Case worker")
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
    FIGURES = "figures", _("Follow figures about areas")
    ANSWER = "answer", _("Answer those who report")
    DOCUMENTS = "documents", _("Answer a request for access to documents")
    MEASURES = "measures", _("Agree who does what")
    ASSESSMENT = "assessment", _("Assess an area together")
    NOTICES = "notices", _("Be told in time")
    BRIEFING = "briefing", _("Meet each week from the same page")
    CONCERN = "concern", _("Tell of a worry about a young person")
    TRIAGE = "triage", _("Clarify a worry")
    EARLY_HELP = "early-help", _("Help a young person early")
    DISCLOSURE = "disclosure", _("Share what the law lets one share")
    INFORMING = "informing", _("Inform the young person and parents")
    OPERATION = "operation", _("Keep the service running")
    ADMINISTRATION = "administration", _("Run the organisation's access")
    DATA_PROTECTION = "data-protection", _("Oversee how data is used")
    OWN_ACTS = "own-acts", _("See one's own acts")


class Fields(TextChoices):
    OBSERVATION_ENTRY = "observation-entry", _("A new observation")
    OBSERVATIONS_OF_OWN = "observations-of-own", _("The own organisation's observations")
    OBSERVATIONS_OF_PARTNERS = "observations-of-partners", _("Partners' observations, as far as they were shared")
    STANDING = "standing", _("Whether a report is confirmed or refuted")
    MERGING = "merging", _("Which reports tell of one event")
    CORRECTION = "correction", _("The own organisation's reports by others, to correct")
    ANSWERS = "answers", _("Answers to those who reported")
    SIGNALS = "signals", _("What is unusual: signals and layers, by cell and day")
    SIGNALS_JUDGED = "signals-judged", _("What is unusual: to say what it turned out to be")
    EXPORT = "export", _("A file of what one may see")
    EXPORT_OF_OWN = "export-of-own", _("A file of the own organisation's reports")
    FILE_IMPORT = "file-import", _("Reports from a file")
    AREA_FIGURES = "area-figures", _("Figures about areas")
    DIRECTORY = "directory", _("Duty telephones, and who watches")
    CATEGORIES = "categories", _("The partnership's categories")
    CONTACTS = "contacts", _("The organisation's telephones and watches, to keep")
    EXERCISES = "exercises", _("Exercises")
    PRESENCE = "presence", _("Who of the organisation is out, where and when")
    MEASURES = "measures", _("Measures: to see, propose and comment")
    MEASURES_AGREED = "measures-agreed", _("Measures: to agree, end and prolong")
    CONFLICTS = "conflicts", _("Conflict readiness: to open, agree messages and stand down")
    COMMITMENTS = "commitments", _("What the parties have promised, to keep")
    ASSESSMENTS_OF_OWN = "assessments-of-own", _("The own organisation's assessment of areas")
    ASSESSMENTS_OF_PARTNERS = "assessments-of-partners", _("Partners' assessments of areas")
    NOTICES = "notices", _("One's own notices, and what one follows")
    BRIEFING = "briefing", _("The week's briefing, when it is approved")
    BRIEFING_EDITED = "briefing-edited", _("The week's briefing: to write in, approve, and decide from")
    CONCERN_ENTRY = "concern-entry", _("A worry about a young person, to tell of")
    CONCERNS_OF_OWN = "concerns-of-own", _("Worries that one told of oneself, and the answers")
    CONCERNS_TRIAGED = "concerns-triaged", _("The own organisation's worries, to clarify")
    PERSON_FILE = "person-file", _("Files that one works on, in the own organisation")
    FILE_DECISIONS = "file-decisions", _("Files: to open, to give to a colleague, to decide where taken up")
    OVERRIDE = "override", _("Emergency access to a file of the own organisation")
    OFFERS = "offers", _("What is shared between authorities: to offer, take, decline and take back")
    COPIES = "copies", _("Copies that one has taken on the own organisation's behalf")
    GROUNDS = "grounds", _("Legal grounds, to read and to choose")
    GROUNDS_EDITED = "grounds-edited", _("Legal grounds, to propose, approve and confirm")
    PERSON_LOG = "person-log", _("Reading, sharing and emergency access, by case number")
    STATUS = "status", _("Whether the service runs as it should, without anybody's data")
    TEXT_SAMPLE = "text-sample", _("The month's texts to check for persons")
    MEMBERS = "members", _("The organisation's members")
    KEYS = "keys", _("The organisation's API keys")
    EVENTS_OF_OWN = "events-of-own", _("One's own entries in the log")
    EVENTS_OF_ORGANISATION = "events-of-organisation", _("The organisation's entries in the log, with names")


MUNICIPALITY, POLICE, HOUSING, ASSOCIATION = "municipality", "police", "housing", "association"
INSTITUTION, PSYCHIATRY, PRISON_SERVICE = "institution", "psychiatry", "prison-service"
PUBLIC = (MUNICIPALITY, POLICE)
CARING = (MUNICIPALITY, INSTITUTION)  # where teachers and pedagogues work
LAWFUL = (*PUBLIC, INSTITUTION, PSYCHIATRY, PRISON_SERVICE)  # whom the law lets share about a person
EVERYBODY = (*LAWFUL, HOUSING, ASSOCIATION)


@dataclass(frozen=True)
class Right:
    role: Role
    organisations: tuple[str, ...]
    purpose: Purpose
    fields: tuple[Fields, ...]


def _works_with_the_picture(role: Role, organisations: tuple[str, ...]) -> Iterable[Right]:
    yield _reports(role, organisations)
    yield Right(role, organisations, Purpose.SHARED_PICTURE, (
        Fields.OBSERVATIONS_OF_PARTNERS, Fields.STANDING, Fields.SIGNALS))
    yield Right(role, organisations, Purpose.FIGURES, (Fields.AREA_FIGURES,))
    yield Right(role, organisations, Purpose.MEASURES, (Fields.MEASURES, Fields.PRESENCE))
    yield Right(role, organisations, Purpose.ASSESSMENT, (Fields.ASSESSMENTS_OF_OWN, Fields.ASSESSMENTS_OF_PARTNERS))
    yield Right(role, organisations, Purpose.NOTICES, (Fields.NOTICES,))
    yield Right(role, organisations, Purpose.BRIEFING, (Fields.BRIEFING,))


def _reports(role: Role, organisations: tuple[str, ...]) -> Right:
    return Right(role, organisations, Purpose.REPORT,
                 (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN, Fields.DIRECTORY))


def _works_with_persons() -> Iterable[Right]:
    """The person room. Volunteers, associations and landlords have no line in it (design 3.6), and neither has a
    connected system: no person leaves or enters through the API.
    """
    tells = (Fields.CONCERN_ENTRY, Fields.CONCERNS_OF_OWN)
    yield Right(Role.PROFESSIONAL, CARING, Purpose.CONCERN, tells)
    for role in (Role.PROFESSIONAL, Role.CASE_WORKER, Role.DATA_PROTECTION_OFFICER):
        yield Right(role, LAWFUL, Purpose.NOTICES, (Fields.NOTICES,))
    for role, kinds in FILE_WORKERS.items():
        yield Right(role, kinds, Purpose.CONCERN, tells)
        yield Right(role, kinds, Purpose.EARLY_HELP, (Fields.PERSON_FILE,))
        yield Right(role, kinds, Purpose.INFORMING, (Fields.PERSON_FILE,))
        yield Right(role, kinds, Purpose.DISCLOSURE, (Fields.GROUNDS,))
    for role, kinds in SHARERS.items():
        yield Right(role, kinds, Purpose.EARLY_HELP, (Fields.OVERRIDE,))
        yield Right(role, kinds, Purpose.DISCLOSURE, (Fields.PERSON_FILE, Fields.OFFERS, Fields.COPIES))
    # Whoever may tell of a worry has somebody who clarifies it: where there is neither, the case workers do.
    for role, kinds in ((Role.SSP_CONSULTANT, (MUNICIPALITY,)), (Role.COORDINATOR, PUBLIC),
                        (Role.CASE_WORKER, (INSTITUTION, PSYCHIATRY, PRISON_SERVICE))):
        yield Right(role, kinds, Purpose.TRIAGE, (Fields.CONCERNS_TRIAGED, Fields.FILE_DECISIONS))
    yield Right(Role.DATA_PROTECTION_OFFICER, LAWFUL, Purpose.DATA_PROTECTION,
                (Fields.GROUNDS_EDITED, Fields.PERSON_LOG))
    yield Right(Role.DATA_PROTECTION_OFFICER, LAWFUL, Purpose.DISCLOSURE, (Fields.GROUNDS,))


SHARERS: dict[Role, tuple[str, ...]] = {
    Role.SSP_CONSULTANT: (MUNICIPALITY,), Role.COORDINATOR: PUBLIC, Role.LOCAL_OFFICER: (POLICE,),
    Role.CASE_WORKER: (MUNICIPALITY, INSTITUTION, PSYCHIATRY, PRISON_SERVICE)}
FILE_WORKERS: dict[Role, tuple[str, ...]] = {**SHARERS, Role.STREET_WORKER: (MUNICIPALITY,)}

RIGHTS: tuple[Right, ...] = (
    *_works_with_the_picture(Role.STREET_WORKER, (MUNICIPALITY,)),
    *_works_with_the_picture(Role.SSP_CONSULTANT, (MUNICIPALITY,)),
    *_works_with_the_picture(Role.LOCAL_OFFICER, (POLICE,)),
    *_works_with_the_picture(Role.COORDINATOR, PUBLIC),
    *_works_with_the_picture(Role.ANALYST, PUBLIC),
    *_works_with_the_picture(Role.LEADER, PUBLIC),
    Right(Role.SYSTEM, EVERYBODY, Purpose.REPORT, (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN)),
    # No police API over municipal reports (design 3.3): a system of the police gets the police's own.
    Right(Role.SYSTEM, (MUNICIPALITY,), Purpose.SHARED_PICTURE, (Fields.OBSERVATIONS_OF_PARTNERS,)),
    # Housing companies also evict: they send, see their own and figures for parishes, and nothing else of others
    # (design section 2). No export.
    _reports(Role.CARETAKER, (HOUSING,)),
    _reports(Role.ASSOCIATION_CONTACT, (ASSOCIATION,)),
    Right(Role.CARETAKER, (HOUSING,), Purpose.FIGURES, (Fields.AREA_FIGURES,)),
    Right(Role.ASSOCIATION_CONTACT, (ASSOCIATION,), Purpose.FIGURES, (Fields.AREA_FIGURES,)),
    # Housing and clubs write what they see of an area, and read none of the others' words.
    Right(Role.CARETAKER, (HOUSING,), Purpose.ASSESSMENT, (Fields.ASSESSMENTS_OF_OWN,)),
    Right(Role.ASSOCIATION_CONTACT, (ASSOCIATION,), Purpose.ASSESSMENT, (Fields.ASSESSMENTS_OF_OWN,)),
    *(Right(role, PUBLIC, Purpose.MEASURES, (Fields.MEASURES_AGREED, Fields.CONFLICTS, Fields.COMMITMENTS))
      for role in (Role.COORDINATOR, Role.LEADER)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.BRIEFING, (Fields.BRIEFING_EDITED,)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.REPORT, (Fields.CORRECTION, Fields.FILE_IMPORT, Fields.EXPORT_OF_OWN)),
    Right(Role.ANALYST, PUBLIC, Purpose.REPORT, (Fields.FILE_IMPORT, Fields.EXPORT_OF_OWN)),
    Right(Role.LEADER, PUBLIC, Purpose.REPORT, (Fields.EXPORT_OF_OWN,)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.SHARED_PICTURE, (Fields.MERGING,)),
    Right(Role.ANALYST, PUBLIC, Purpose.SHARED_PICTURE, (Fields.MERGING,)),
    *(Right(role, PUBLIC, Purpose.SHARED_PICTURE, (Fields.SIGNALS_JUDGED,))
      for role in (Role.COORDINATOR, Role.ANALYST, Role.LEADER)),
    # No police export over municipal reports (design 3.3): what the police take out is their own.
    *(Right(role, (MUNICIPALITY,), Purpose.SHARED_PICTURE, (Fields.EXPORT,))
      for role in (Role.COORDINATOR, Role.ANALYST, Role.LEADER)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.ANSWER, (Fields.ANSWERS,)),
    *(Right(role, PUBLIC, Purpose.DOCUMENTS, (Fields.EXPORT_OF_OWN,)) for role in (Role.COORDINATOR, Role.LEADER)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.ADMINISTRATION, (Fields.CONTACTS,)),
    Right(Role.ADMINISTRATOR, EVERYBODY, Purpose.ADMINISTRATION, (Fields.CONTACTS,)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.ADMINISTRATION, (Fields.EXERCISES,)),
    Right(Role.DATA_PROTECTION_OFFICER, EVERYBODY, Purpose.DATA_PROTECTION, (Fields.TEXT_SAMPLE,)),
    Right(Role.COORDINATOR, PUBLIC, Purpose.ADMINISTRATION, (Fields.CATEGORIES,)),
    Right(Role.ADMINISTRATOR, EVERYBODY, Purpose.ADMINISTRATION, (Fields.MEMBERS, Fields.KEYS)),
    *_works_with_persons(),
    Right(Role.ADMINISTRATOR, PUBLIC, Purpose.OPERATION, (Fields.STATUS,)),
    Right(Role.DATA_PROTECTION_OFFICER, EVERYBODY, Purpose.DATA_PROTECTION, (Fields.EVENTS_OF_ORGANISATION,)),
    *(Right(role, EVERYBODY, Purpose.OWN_ACTS, (Fields.EVENTS_OF_OWN,)) for role in Role if role != Role.SYSTEM),
)

# An API key can be given less than its system's rights, never more. A paired phone has this one scope of its member's.
DEVICE = "device"
SCOPES: dict[str, tuple[Fields, ...]] = {
    "observations": (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN, Fields.OBSERVATIONS_OF_PARTNERS),
    "observations:write": (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN),
    "observations:read": (Fields.OBSERVATIONS_OF_OWN, Fields.OBSERVATIONS_OF_PARTNERS),
    DEVICE: (Fields.OBSERVATION_ENTRY, Fields.OBSERVATIONS_OF_OWN),
}
KEY_SCOPES = tuple(scope for scope in SCOPES if scope != DEVICE)


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
        return Decision(False, f"no scope given for {fields.value}")
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
