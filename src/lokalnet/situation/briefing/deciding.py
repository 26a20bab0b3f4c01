"""What a meeting decides about a point of an approved briefing: a measure, to take it up again, or nothing now.

Decisions are only added to. A page brings the key of what will be decided from it, so that a double click decides once.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.rights import Decision, Purpose
from lokalnet.situation import acting
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import freezing, points
from lokalnet.situation.measures import proposing, stepping, telling
from lokalnet.situation.measures.listing import owners_of
from lokalnet.situation.measures.proposing import Content
from lokalnet.situation.models import (
    OPEN_STATES,
    Briefing,
    BriefingDecision,
    BriefingState,
    DecisionKind,
    Measure,
    MeasureState,
)
from lokalnet.situation.models.briefing import LONGEST_DECISION
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport


class UsedKey(ValueError):
    """Something else was decided from this page before: it is shown anew, with what was typed."""

    def __init__(self) -> None:
        super().__init__(_("Something was decided from this page before. Look at it, and decide again."))


@dataclass(frozen=True)
class MeasureNow:
    """A measure as it stands, for somebody who may see it."""

    title: str
    url: str
    standing: MeasureState
    due: str
    overdue: bool
    owner: str


@dataclass(frozen=True)
class Outcome:
    """A decision as its reader gets it. `lost` is a measure that is gone, or that the reader may not see."""

    id: UUID
    slug: str
    kind: DecisionKind
    words: str
    who: str
    when: str
    measure: MeasureNow | None

    @property
    def lost(self) -> bool:
        return self.kind == DecisionKind.MEASURE and self.measure is None


@dataclass(frozen=True)
class Decided:
    """Of one point: what holds, and what was decided before that, the newest first."""

    newest: Outcome
    earlier: tuple[Outcome, ...]


def decide(frame: Frame, briefing_id: UUID, slug: str, kind: DecisionKind, *, words: str, key: UUID) -> None:
    """To take it up again, or nothing now. Raises NotAllowed, Http404, NotPossible, BadReport, UsedKey."""
    with transaction.atomic():
        right, briefing = _meeting_about(frame, briefing_id, slug)
        words = _checked(frame, kind, words)
        before = BriefingDecision.objects.filter(id=key).first()
        if before is None:
            _write(frame, right, BriefingDecision(id=key, briefing=briefing, item=slug, kind=kind, words=words))
        elif (before.briefing_id, before.item, before.kind, before.words) != (briefing.id, slug, kind, words):
            raise UsedKey


def decide_measure(frame: Frame, briefing_id: UUID, slug: str, content: Content, *, ends_on: date, key: UUID) -> None:
    """A measure, proposed with all its checks, and the decision that it comes from.

    Raises NotAllowed, Http404, NotPossible, BadReport, UsedKey.
    """
    with transaction.atomic():
        right, briefing = _meeting_about(frame, briefing_id, slug)
        before = BriefingDecision.objects.select_related("measure").filter(id=key).first()
        if before is None:
            made = proposing.propose(frame, content, ends_on=ends_on)
            _write(frame, right, BriefingDecision(id=key, briefing=briefing, item=slug, kind=DecisionKind.MEASURE,
                                                  measure_id=made))
        elif (before.briefing_id, before.item) != (briefing.id, slug) or (
                before.measure is None or before.measure.title != content.title):
            raise UsedKey


def _meeting_about(frame: Frame, briefing_id: UUID, slug: str) -> tuple[Decision, Briefing]:
    """The right to decide, and the briefing, held until the transaction ends: two clicks come one after the other."""
    right = freezing.may_edit(frame)
    briefing = Briefing.objects.select_for_update(of=("self",)).filter(id=briefing_id).first()
    if briefing is None:
        raise Http404
    if briefing.state != BriefingState.APPROVED:
        raise NotPossible(_("Only an approved briefing can be decided from, and only its newest edition."))
    if slug not in {each.slug for each in points.every(freezing.frozen(briefing), left_ids(briefing))}:
        raise Http404
    return right, briefing


def _checked(frame: Frame, kind: DecisionKind, words: str) -> str:
    """Raises BadReport for `words`."""
    words = " ".join(words.split())
    if kind == DecisionKind.FOLLOW and not words:
        raise BadReport("words", _("Say in a few words what is to be taken up again."))
    if len(words) > LONGEST_DECISION:
        raise BadReport("words", _("The text may be %(number)s characters long.") % {"number": LONGEST_DECISION})
    acting.check_words(frame, words, field="words")
    return words


def _write(frame: Frame, right: Decision, decision: BriefingDecision) -> None:
    decision.organisation_id, decision.member_id = frame.actor.organisation_id, frame.actor.member_id
    decision.save(force_insert=True)
    events.record(frame.actor, "briefing.decided", decision=right, purpose=Purpose.BRIEFING, subject_kind="briefing",
                  subject=decision.briefing_id, item=decision.item, decided=decision.kind,
                  measure=str(decision.measure_id or ""))


def decided(frame: Frame, briefing: Briefing) -> dict[str, Decided]:
    """What was decided about the week, by point; also from an edition that was replaced since."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes(frame, list(_of_week(briefing, briefing.week))):
        found[outcome.slug].append(outcome)
    return {slug: Decided(newest, tuple(earlier)) for slug, (newest, *earlier) in found.items()}


def last_decisions(briefing: Briefing) -> list[BriefingDecision]:
    """What the meeting before left for this one, the newest first: what was to be taken up again and holds, and every
    measure. The meeting before is that of the newest earlier week with an approved briefing."""
    before = _same_scope(briefing).filter(week__lt=briefing.week).exclude(state=BriefingState.DRAFT).order_by("-week")
    last = before.first()
    left: list[BriefingDecision] = []
    seen: set[str] = set()
    for each in _of_week(briefing, last.week) if last else ():
        if each.kind == DecisionKind.MEASURE or (each.kind == DecisionKind.FOLLOW and each.item not in seen):
            left.append(each)
        seen.add(each.item)
    return left


def left_ids(briefing: Briefing) -> list[UUID]:
    return [each.id for each in last_decisions(briefing)]


def outcomes(frame: Frame, decisions: list[BriefingDecision]) -> list[Outcome]:
    measures = _measures_now(frame, [each.measure_id for each in decisions if each.measure_id])
    pattern = pgettext("date pattern", "j M, H:i")
    return [Outcome(each.id, each.item, DecisionKind(each.kind), each.words,
                    frame.organisations.get(each.organisation_id, ""),
                    date_format(each.at.astimezone(frame.zone), pattern),
                    measures.get(each.measure_id) if each.measure_id else None) for each in decisions]


def _same_scope(briefing: Briefing) -> QuerySet[Briefing]:
    return Briefing.objects.filter(partnership_id=briefing.partnership_id, municipality_id=briefing.municipality_id)


def _of_week(briefing: Briefing, week: date) -> QuerySet[BriefingDecision]:
    editions = _same_scope(briefing).filter(week=week)
    return BriefingDecision.objects.filter(briefing__in=editions).order_by("-at", "-id")


def _measures_now(frame: Frame, ids: list[UUID]) -> dict[UUID, MeasureNow]:
    """Those that the reader may see: the policies of measures answer the question."""
    today, owners = stepping.today(), owners_of(ids)
    found = {}
    for each in Measure.objects.filter(id__in=ids):
        standing, (name, former) = each.standing(today), owners.get(each.id, ("", False))
        found[each.id] = MeasureNow(
            each.title, address(frame, "measure", each.id), standing,
            telling.due(standing, each.due_on, each.ends_on, today),
            standing in OPEN_STATES and each.due_on is not None and each.due_on < today, "" if former else name)
    return found
