"""Measures that tests speak of, made with plain SQL rows, so that what the database says is what is tested."""

from datetime import date, timedelta
from typing import Any

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation.models import Measure, MeasurePartner, Step
from tests.world import World


def today() -> date:
    from lokalnet.foundation.times import COPENHAGEN

    return now().astimezone(COPENHAGEN).date()


def propose(world: World, member: Member, **said: Any) -> Measure:
    """As the member, through the policies; the partnership sees it unless another word is said."""
    world.actor(member)
    measure = Measure(**{"partnership": world.partnership, "organisation_id": member.organisation_id,
                         "visibility": "partnership", "title": "Lys på stien", "ends_on": today() + timedelta(days=90),
                         } | said)
    measure.save(force_insert=True)
    return measure


def step(world: World, member: Member, measure: Measure, kind: str, note: str = "", **detail: Any) -> None:
    """Raises DatabaseError when the policies or the trigger say no."""
    actor = world.actor(member)
    Step(measure=measure, organisation_id=actor.organisation_id, member_id=actor.member_id, kind=kind, note=note,
         detail=detail).save(force_insert=True)


def now_is(measure: Measure) -> Measure:
    """As the database has it, whoever may see it."""
    with as_role(MIGRATION):
        return Measure.objects.get(id=measure.id)


def partners(measure: Measure) -> dict[str, str]:
    with as_role(MIGRATION):
        return dict(MeasurePartner.objects.filter(measure=measure).values_list("organisation__name", "state"))


def set_past(measure: Measure, **said: Any) -> None:
    """What nobody may write: for tests of what time does."""
    with as_role(MIGRATION):
        Measure.objects.filter(id=measure.id).update(**said)
