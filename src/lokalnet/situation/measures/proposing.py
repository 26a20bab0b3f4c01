"""Propose a measure, and change what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn
from uuid import UUID, uuid4

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member, Organisation, Party
from lokalnet.access.rights import PUBLIC, Fields, Purpose, decide
from lokalnet.foundation.ordering import danish
from lokalnet.foundation.times import now
from lokalnet.situation import acting
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.measures import linking, stepping
from lokalnet.situation.models import Measure, MeasureKind, MeasureVisibility, StepKind
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

GUARDED = ("title", "problem", "known", "doing", "sign")
SEEN_BY: dict[MeasureVisibility, tuple[str, ...]] = {
    MeasureVisibility.ORGANISATION: (), MeasureVisibility.MUNICIPALITIES: (Organisation.Kind.MUNICIPALITY,),
    MeasureVisibility.PARTNERSHIP: PUBLIC}


class ChangedMeanwhile(ValueError):
    """Somebody else changed the measure since the form was opened; what was typed is still in it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else changed this measure while you wrote. See what it says now, and save again."))


@dataclass(frozen=True)
class Content:
    """What a measure says."""

    title: str
    problem: str
    known: str
    doing: str
    sign: str
    visibility: str
    owner_id: UUID | None = None
    areas: tuple[UUID, ...] = ()
    due_on: date | None = None


def propose(frame: Frame, content: Content, *, ends_on: date, partners: Iterable[UUID] = (),
            observations: Iterable[UUID] = (), kind: MeasureKind = MeasureKind.MEASURE) -> UUID:
    """A new measure, with partners asked and observations linked; its id. Raises NotAllowed, BadReport."""
    decision = frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    partners = tuple(partners)
    check(frame, content)
    check_partners(frame, content.visibility, partners)
    made = uuid4()
    measure = Measure(id=made, partnership=frame.partnership, organisation_id=frame.actor.organisation_id, kind=kind,
                      ends_on=ends_on, **_as_columns(content))
    try:
        with transaction.atomic():
            measure.save(force_insert=True)
    except DatabaseError as problem:
        raise stepping.refusal(problem) from None
    events.record(frame.actor, "measure.proposed", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="measure", subject=measure.id)
    for partner in partners:
        stepping.take(frame, measure.id, StepKind.ASKED, organisation=str(partner))
    linking.link_all(frame, measure.id, observations)
    return made


def one(frame: Frame, measure_id: UUID) -> Measure:
    """The measure, for whoever may see it. Raises NotAllowed, Http404."""
    frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    found = Measure.objects.filter(id=measure_id).first()
    if found is None:
        raise Http404
    return found


def change(frame: Frame, measure_id: UUID, content: Content, *, edition: int) -> frozenset[str]:
    """Which fields were changed. Raises Http404, NotAllowed, NotPossible, BadReport, ChangedMeanwhile."""
    before = Measure.objects.select_for_update().filter(id=measure_id).first()  # of those that the actor may change
    if before is None:
        refuse_change(frame, measure_id)
    if before.edition != edition:
        raise ChangedMeanwhile
    columns = _as_columns(content)
    fields = frozenset(name for name, value in columns.items() if getattr(before, name) != value)
    if not fields:
        return fields
    check(frame, content, only=fields)
    try:
        with transaction.atomic():
            Measure.objects.filter(id=measure_id).update(edition=edition + 1, **columns)
    except DatabaseError as problem:
        refused = stepping.refusal(problem)
        raise BadReport("visibility", str(refused)) if isinstance(refused, NotPossible) else refused from None
    stepping.take(frame, measure_id, StepKind.CHANGED, fields=sorted(name.removesuffix("_id") for name in fields))
    return fields


def refuse_change(frame: Frame, measure_id: UUID) -> NoReturn:
    """Why a measure cannot be changed: it does not exist for the actor, it is over, or it is not theirs to change."""
    measure = one(frame, measure_id)
    if measure.standing(stepping.today()) in ("done", "dropped", "ended"):
        raise NotPossible(_("This measure is over. Take it up again before you change it."))
    raise NotAllowed("only its owner, who proposed it, and the coordinators of its organisation change a measure")


def check(frame: Frame, content: Content, *, only: frozenset[str] | None = None) -> None:
    """Raises BadReport for the first field that does not hold."""
    for field in GUARDED:
        if only is None or field in only:
            acting.check_words(frame, getattr(content, field), field=field)
    if content.visibility not in MeasureVisibility.values:
        raise BadReport("visibility", _("Choose who may see it."))
    if not set(content.areas) <= set(frame.areas):
        raise BadReport("areas", _("Choose areas of the partnership."))
    changed_owner = only is None or "owner_id" in only
    if content.owner_id and changed_owner and content.owner_id not in {each.id for each in colleagues(frame)}:
        raise BadReport("owner", _("Choose a colleague who works here."))


def check_partners(frame: Frame, visibility: str, partners: Iterable[UUID]) -> None:
    """A partner is a party that sees the measure anyway. Raises BadReport, with the names."""
    able = {each.id for each in possible_partners(frame) if each.kind in seen_by(visibility)}
    blind = [each for each in partners if each not in able]
    if blind:
        names = ", ".join(frame.organisations.get(each, "?") for each in blind)
        raise BadReport("partners", _("%(names)s could not see this measure. Let more see it, or leave them out.") % {
            "names": names})


def seen_by(visibility: str) -> tuple[str, ...]:
    """The kinds of organisations of the partnership that see a measure of somebody else's."""
    return SEEN_BY[MeasureVisibility(visibility)]


def possible_partners(frame: Frame) -> list[Organisation]:
    """Parties of the partnership that can see measures at all, without the own organisation."""
    today = stepping.today()
    rows = Party.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), partnership=frame.partnership,
                                valid_from__lte=today, organisation__kind__in=PUBLIC)
    return [row.organisation for row in rows.exclude(organisation_id=frame.actor.organisation_id).select_related(
        "organisation").order_by(danish("organisation__name"))]


def colleagues(frame: Frame) -> list[Member]:
    """Who can own a measure: people of the own organisation who work with measures."""
    rows = Member.objects.filter(organisation_id=frame.actor.organisation_id, user__isnull=False).exclude(
        ended_at__lte=now()).order_by(danish("name"))
    kind = frame.actor.organisation_kind
    return [row for row in rows if decide(row.roles, kind, Purpose.MEASURES, Fields.MEASURES)]


def _as_columns(content: Content) -> dict[str, Any]:
    return {name: list(value) if name == "areas" else value for name, value in vars(content).items()}
