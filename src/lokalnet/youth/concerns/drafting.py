"""A worry while it is being written: only its author reads it, and its key goes with it.

It is saved every few seconds, so what cannot be sent yet is saved too. What must not lie here at all is refused at
once: a child under ten, and a protected address.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.rules import Outdated
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.persons import cpr, keys
from lokalnet.persons.cpr import BadNumber
from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import worries
from lokalnet.youth.concerns.worries import Words, Worry
from lokalnet.youth.models import Concern, ConcernState, ConcernText


class ChangedMeanwhile(Outdated):
    """Saved from another window since this one was opened."""

    def __init__(self, edition: int) -> None:
        super().__init__(_("You have changed this in another window meanwhile. If you save here, what stands here is "
                           "kept, and the other is lost."), edition)


@dataclass(frozen=True)
class Draft:
    id: UUID
    edition: int
    changed_at: datetime
    worry: Worry


def today() -> date:
    return now().astimezone(COPENHAGEN).date()


def may_tell(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.CONCERN, Fields.CONCERN_ENTRY)


def begin(actor: Actor, who: Identity, why: str, *, concern_id: UUID) -> UUID:
    """A new draft under `concern_id`, which the page made; the same once more begins nothing. Raises RoomClosed.

    An id that is taken by anything else is not told apart: the draft gets another one.
    """
    decision, worry = may_tell(actor), _kept(Worry(who, Words(why=why.strip())))
    if _is_there(actor, concern_id, worry):
        return concern_id
    with suppress(IntegrityError, keys.KeyGone, keys.KeyTaken), transaction.atomic():
        return _begin(actor, decision, concern_id, worry)
    return concern_id if _is_there(actor, concern_id, worry) else _begin(actor, decision, uuid4(), worry)


def _begin(actor: Actor, decision: Decision, concern_id: UUID, worry: Worry) -> UUID:
    whose = {"controller_id": actor.organisation_id, "author_id": actor.member_id}
    Concern(id=concern_id, **whose).save(force_insert=True)
    sealed = worries.sealed(keys.make_new(concern_id), concern_id, actor.organisation_id, worry)
    ConcernText(concern_id=concern_id, sealed=sealed, **whose).save(force_insert=True)
    _record(actor, decision, "begun", concern_id)
    return concern_id


def _is_there(actor: Actor, concern_id: UUID, worry: Worry) -> bool:
    row = drafts(actor).filter(id=concern_id).first()
    return row is not None and _opened(row).worry.said() == worry.said()


def drafts(actor: Actor) -> QuerySet[Concern]:
    """The actor's own, as rows."""
    return Concern.objects.filter(author_id=actor.member_id, state=ConcernState.DRAFT)


def draft(actor: Actor, concern_id: UUID) -> Draft:
    """Raises NotAllowed; Http404 for what is not the actor's draft."""
    may_tell(actor)
    row = drafts(actor).filter(id=concern_id).first()
    if row is None:
        raise Http404
    return _opened(row)


def all_of(actor: Actor) -> list[Draft]:
    return [_opened(row) for row in drafts(actor).order_by("made_at", "id")]


def _opened(row: Concern) -> Draft:
    text = ConcernText.objects.get(concern_id=row.id)
    return Draft(row.id, row.edition, row.changed_at,
                 worries.opened(text, acute=row.acute, notified_on=row.notified_on))


def save(actor: Actor, concern_id: UUID, worry: Worry, *, edition: int) -> int:
    """The edition that stands now. What is the same changes nothing. Raises ChangedMeanwhile, TooYoung, Http404."""
    may_tell(actor)
    worry = _kept(worry)
    with transaction.atomic():
        row = drafts(actor).select_for_update().filter(id=concern_id).first()
        if row is None:
            raise Http404
        if _opened(row).worry == worry:
            return row.edition
        if row.edition != edition:
            raise ChangedMeanwhile(row.edition)
        return _save(row, worry)


def _save(row: Concern, worry: Worry) -> int:
    sealed = worries.sealed(keys.fetch(row.id), row.id, row.controller_id, worry)
    ConcernText.objects.filter(concern_id=row.id).update(sealed=sealed)
    Concern.objects.filter(id=row.id).update(acute=worry.acute, notified_on=worry.notified_on, changed_at=now(),
                                             edition=row.edition + 1)
    return row.edition + 1


def throw_away(actor: Actor, concern_id: UUID) -> None:
    """It is gone with its key; asked once more it is gone already. Raises NotAllowed."""
    decision = may_tell(actor)
    with transaction.atomic():
        row = drafts(actor).select_for_update().filter(id=concern_id).first()
        if row is None:
            return
        with connection.cursor() as cursor:  # the framework would look through tables that no login may delete from
            cursor.execute("delete from youth_concern_text where concern_id = %s", [concern_id])
            cursor.execute("delete from youth_concern where id = %s", [concern_id])
        _record(actor, decision, "thrown-away", concern_id)
        transaction.on_commit(partial(keys.destroy, concern_id))


def _kept(worry: Worry) -> Worry:
    """As it may lie here. Raises TooYoung."""
    who = worry.who
    if born := _born(who):
        cpr.check_age(born, today(), "cpr" if who.cpr.strip() else "born")
    return replace(worry, who=replace(who, address="")) if who.protected else worry


def _born(who: Identity) -> date | None:
    """What is known of it while a number may be half typed."""
    if who.cpr.strip():
        with suppress(BadNumber):
            return cpr.parse(who.cpr, field="cpr", today=today()).born
    return who.born


def _record(actor: Actor, decision: Decision, act: str, concern_id: UUID) -> None:
    events.record(actor, f"concern.{act}", decision=decision, purpose=Purpose.CONCERN, subject_kind="concern",
                  subject=concern_id)
