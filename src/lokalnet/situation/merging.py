"""Several reports of one event are put together, and taken apart again when they were not."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404

from lokalnet.situation import acting, nearby
from lokalnet.situation.models import ActKind, Observation
from lokalnet.situation.nearby import Around
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight

NEAR_METRES = 750
NEAR_TIME = timedelta(hours=36)
MOST = 8


def merge(frame: Frame, observation_id: UUID, into: UUID, *, note: str = "") -> None:
    """Count `observation_id` under `into`. Raises Http404 when the actor may not see both, else as `acting.do`."""
    if not Observation.objects.filter(id=into, partnership=frame.partnership).exists():
        raise Http404
    acting.do(frame, observation_id, ActKind.MERGED, into=into, note=note)


def split(frame: Frame, observation_id: UUID) -> None:
    acting.do(frame, observation_id, ActKind.SPLIT)


def candidates(frame: Frame, sight: Sight) -> list[Sight]:
    """Reports near it in place and time, of any category: the same shot may have been heard as fireworks."""
    moment = sight.occurred_at or sight.period_start
    around = Around((sight.longitude, sight.latitude), NEAR_METRES, sight.named_area)
    found = nearby.near(frame.partnership, around, category="", since=moment - NEAR_TIME, until=moment + NEAR_TIME,
                         most=MOST + 1)
    return [other for other in found if other.id != sight.id][:MOST]


def put_together_with(observation_id: UUID) -> list[UUID]:
    """Reports that were put together with this one, as far as the actor may see them."""
    return list(Observation.objects.filter(merged_into=observation_id).values_list("id", flat=True))
