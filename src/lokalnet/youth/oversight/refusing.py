"""What the server refused to let anybody share, and by which rule; nobody saw anything."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lokalnet.access.acting import Actor
from lokalnet.access.models import Event
from lokalnet.foundation import paging
from lokalnet.youth.oversight import cases, numbers, visiting
from lokalnet.youth.oversight.cases import Case

CURSOR = "oversight refusals"
KIND = "disclosure.refused"

# The gate's rules (disclosure), as they are told afterwards.
RULES = {
    "receiver-outside-the-law": _("To somebody whom the law does not let know"),
    "receiver-missing": _("Not said with whom"),
    "giver-outside-the-law": _("By an organisation that may not give"),
    "investigation-barred": _("For investigation, which the ground bars"),
    "investigation": _("For investigation"),
    "purpose-missing": _("No purpose"),
    "stage-missing": _("Not said at which stage"),
    "necessity-missing": _("Not said why it was necessary"),
    "fields-missing": _("Nothing chosen to share"),
    "informed-unknown": _("Not said who had been told"),
    "informed-missing": _("Not said who had been told"),
    "expiry-missing": _("No day for the copy to be deleted"),
    "expiry-over": _("A copy that would have been too old at once"),
    "expiry-too-late": _("A copy that would have lasted too long"),
    "age-unknown": _("Age not known"),
    "age-too-young": _("Too young to be held here"),
    "ground-missing": _("No legal ground"),
    "ground-changed": _("A ground that was changed meanwhile"),
    "told-missing": _("Not said who was told"),
    "ground-not-in-force": _("A ground that was not in force"),
    "ground-unconfirmed": _("A ground that was not confirmed in writing"),
    "regime-not-covered": _("The ground does not cover the giver"),
    "giver-not-covered": _("The ground does not cover the giver"),
    "receiver-not-covered": _("The ground does not cover the receiver"),
    "purpose-not-covered": _("The ground does not cover the purpose"),
    "age-not-covered": _("The ground does not cover the age"),
    "awaits-board": _("While the file awaited Ungdomskriminalitetsnævnet"),
    "field-not-covered": _("The ground does not cover something that was chosen"),
}


@dataclass(frozen=True)
class Refused:
    at: datetime
    who: str
    person_id: UUID | None
    about: str
    rules: list[str]


@dataclass(frozen=True)
class Page:
    refused: list[Refused]
    next: str


def page(actor: Actor, case: Case, *, cursor: str = "") -> Page:
    found = Event.objects.filter(organisation_id=actor.organisation_id, kind=KIND, at__gte=case.begins,
                                 at__lt=case.ends)
    if case.person_id:
        found = found.filter(subject__in=_subjects(case))
    rows, following = paging.page(CURSOR, found, cursor)
    cases.looked(actor, case, "refusals", shown=len(rows))
    return Page(_in_words(rows), following)


def _subjects(case: Case) -> list[UUID]:
    """The file's own id stands in the entries, or the person's."""
    return [each for each in (case.person_id, case.file_id) if each]


def _in_words(rows: list[Event]) -> list[Refused]:
    who, of_files = visiting.names(row.member_id for row in rows), numbers.of(row.subject for row in rows)
    return [Refused(row.at, who.get(row.member_id, "") if row.member_id else "", row.subject,
                    of_files.get(row.subject, "") if row.subject else "", rules(row.detail)) for row in rows]


def rules(detail: dict[str, object]) -> list[str]:
    """In words, each once, in the gate's order."""
    said = detail.get("rules") or []
    assert isinstance(said, list)
    return list(dict.fromkeys(str(RULES.get(rule, rule)) for rule in said))
