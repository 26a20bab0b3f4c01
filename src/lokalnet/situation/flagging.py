"""Which reports were made under a measure, or while somebody was out there by plan.

More eyes see more: figures before and after a measure have to be computed with these reports and without them. Decided
when a report is stored and when its time or place is corrected, from what its sender claims to know and no finer, so
that a flag tells nobody more about the time than the report does. Imported reports are not flagged.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from lokalnet.access.models import Partnership
from lokalnet.situation import periods
from lokalnet.situation.models import Measure


def flags(partnership: Partnership, areas: Sequence[UUID], occurred_at: datetime, precision: str) -> dict[str, Any]:
    """Columns of the exact row: the whole time that it may have been in has to lie within the measure or the hours.

    For the actor's organisation, whatever the actor may read of it (sql/presence.sql).
    """
    zone = ZoneInfo(partnership.timezone)
    since = periods.no_finer_than(occurred_at, precision, zone)
    until = periods.end_of(since, precision)
    with connection.cursor() as cursor:
        cursor.execute("select measure, presence from report_flags(%s, %s, %s, %s)",
                       [partnership.id, list(areas), since.astimezone(UTC), until.astimezone(UTC)])
        measure, presence = cursor.fetchone()
    return {"under_measure_id": measure, "planned_presence": presence}


def title(measure_id: UUID) -> str:
    """Of the measure that a report was made under, for who may see the measure; else nothing."""
    return Measure.objects.filter(id=measure_id).values_list("title", flat=True).first() or ""
