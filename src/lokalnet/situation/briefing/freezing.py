"""From draft to frozen: counted anew while it is a draft, approved by a coordinator, replaced by a newer edition."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation.briefing import counting, figures
from lokalnet.situation.briefing.figures import Figures
from lokalnet.situation.models import Briefing, BriefingState, BriefingWords
from lokalnet.situation.partnerships import Frame


class NotADraft(ValueError):
    """The briefing was approved meanwhile, or somebody else has begun a new edition."""


class CountedMeanwhile(ValueError):
    """The draft was counted anew since its page was opened: what would be approved is not what was read."""

    def __init__(self) -> None:
        super().__init__(_("The figures were counted anew since you opened the page. Look at them, and approve again."))


def may_edit(frame: Frame) -> Decision:
    """Raises NotAllowed."""
    return frame.actor.require(Purpose.BRIEFING, Fields.BRIEFING_EDITED)


def frozen(briefing: Briefing) -> Figures:
    """Raises figures.NotTheSame where what is stored is not what its digest says."""
    return figures.thawed(briefing.figures, briefing.digest)


@transaction.atomic
def count_anew(frame: Frame, briefing_id: UUID, *, at: datetime | None = None) -> Briefing:
    """A draft with the figures of now. Raises NotAllowed, Http404, NotADraft."""
    decision = may_edit(frame)
    briefing = locked_draft(briefing_id)
    counted = at or now()
    said = _counted(briefing, counted)
    briefing.figures, briefing.digest, briefing.counted_at = said, figures.digest(said), counted
    briefing.save(update_fields=["figures", "digest", "counted_at"])
    _record(frame, "briefing.counted", decision, briefing)
    return briefing


def approve(frame: Frame, briefing_id: UUID, *, digest: str) -> Briefing:
    """The draft as it was read (`digest` is that of the page) is frozen; an approved edition before it is replaced.

    It is counted once more first: what was withdrawn or shared with fewer since the draft was made is not handed on to
    its readers. Where that changes anything, the draft has the new figures, and somebody has to look at them.
    Raises NotAllowed, Http404, NotADraft, CountedMeanwhile.
    """
    with transaction.atomic():
        if approved := _approved(frame, briefing_id, digest):
            return approved
    raise CountedMeanwhile


def _approved(frame: Frame, briefing_id: UUID, digest: str) -> Briefing | None:
    decision = may_edit(frame)
    briefing = locked_draft(briefing_id)
    if briefing.digest != digest:
        return None
    frozen(briefing)
    if _counted(briefing, briefing.counted_at) != briefing.figures:
        count_anew(frame, briefing_id)
        return None
    briefing.state, briefing.approved_at = BriefingState.APPROVED, now()
    briefing.approved_by_id, briefing.organisation_id = frame.actor.member_id, frame.actor.organisation_id
    briefing.save(update_fields=["state", "approved_at", "approved_by", "organisation"])
    _record(frame, "briefing.approved", decision, briefing)
    return briefing


@transaction.atomic
def begin_edition(frame: Frame, briefing_id: UUID) -> Briefing:
    """A new draft of an approved briefing, with its words, counted now. Raises NotAllowed, Http404, NotADraft."""
    decision = may_edit(frame)
    before = Briefing.objects.filter(id=briefing_id).first()
    if before is None:
        raise Http404
    if before.state != BriefingState.APPROVED:
        raise NotADraft(_("Only the approved edition can get a new one."))
    counted = now()
    said = _counted(before, counted)
    draft = Briefing(id=uuid.uuid4(), partnership_id=before.partnership_id, municipality_id=before.municipality_id,
                     week=before.week, edition=before.edition + 1, figures=said, digest=figures.digest(said),
                     counted_at=counted)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise NotADraft(_("Somebody has begun a new edition already.")) from None
    BriefingWords.objects.bulk_create([
        BriefingWords(id=uuid.uuid4(), briefing=draft, section=each.section, words=each.words,
                      member_id=frame.actor.member_id, organisation_id=frame.actor.organisation_id)
        for each in BriefingWords.objects.filter(briefing=before)])
    _record(frame, "briefing.begun", decision, draft)
    return draft


def locked_draft(briefing_id: UUID) -> Briefing:
    """For whoever changes it: nobody else does until the transaction ends. Raises Http404, NotADraft."""
    found = Briefing.objects.select_for_update(of=("self",)).filter(id=briefing_id).first()
    if found is None:
        raise Http404
    if found.state != BriefingState.DRAFT:
        raise NotADraft(_("This briefing is approved already, and frozen."))
    return found


def _counted(briefing: Briefing, at: datetime) -> str:
    """The canonical figures of its week and place, as of `at`."""
    scope = next(each for each in counting.scopes(briefing.partnership) if each.whole == briefing.municipality_id)
    return figures.canonical(counting.count(scope, briefing.week, at=at))


def _record(frame: Frame, kind: str, decision: Decision, briefing: Briefing) -> None:
    events.record(frame.actor, kind, decision=decision, purpose=Purpose.BRIEFING, subject_kind="briefing",
                  subject=briefing.id, digest=briefing.digest)
