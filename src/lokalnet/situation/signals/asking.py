"""What the detection is given to look at: what was told, as all of an audience get it (sql/signals.sql, `sightings`).

Cells of 250 m, days, and numbers for reporters that hold within one answer: nothing finer comes out of the database,
whoever asks. A member's request asks in the role of the detection, too, and gets what the member's rights give.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from lokalnet.analysis.detection.told import Effort, Told, Voices
from lokalnet.foundation.roles import PLACE, as_role
from lokalnet.situation.models import Theme
from lokalnet.situation.models.signals import SignalAudience
from lokalnet.situation.picture import fetched

Cell = tuple[int, int]
Row = tuple[str, date, int, int, float, float, str, int, int, bool, bool]  # as `sightings` names its columns
QUESTION = ("select kind, day, cell_x, cell_y, longitude, latitude, theme, reporter, organisation, flagged, whole_week "
            "from sightings(%s, %s, %s, %s)")


@dataclass(frozen=True)
class Sighted:
    """Of one group of categories: the events whose day is known, and who else told of them."""

    told: Told
    voices: Voices


@dataclass(frozen=True)
class Asked:
    """An answer. Reporters' numbers are the same in all of it, and in no other.

    `middles` are longitude and latitude of the middle of each cell in which anything was told.
    """

    themes: dict[Theme, Sighted]
    effort: Effort
    middles: dict[Cell, tuple[float, float]]


def asked(partnership_id: UUID, audience: SignalAudience, *, since: date, until: date) -> Asked:
    """What was told from `since` to `until`, both included; nothing where the member who acts may not read signals."""
    with as_role(PLACE):
        rows = fetched(QUESTION, [partnership_id, audience.value, since, until])
    return Asked({theme: _sighted([row for row in rows if row[6] == theme and not row[10]]) for theme in Theme},
                 _effort(rows), {(row[2], row[3]): (row[4], row[5]) for row in rows if row[2] is not None})


def _sighted(rows: Sequence[Row]) -> Sighted:
    told, voices = ([row for row in rows if row[0] == kind] for kind in ("told", "voice"))
    return Sighted(
        Told(**_common(told), flagged=np.array([row[9] for row in told], bool)), Voices(**_common(voices)))


def _common(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    return {"day": np.array([row[1] for row in rows], "datetime64[D]"),
            **{name: np.array([row[place] for row in rows], np.int64)
               for name, place in (("x", 2), ("y", 3), ("reporter", 7), ("organisation", 8))}}


def _effort(rows: Sequence[Row]) -> Effort:
    """Whoever told of anything in a week was at work in it, also when the day is not known; so was who said that it was
    quiet."""
    days = np.array([row[1] for row in rows], "datetime64[D]")
    mondays = days - (days.astype(np.int64) + 3) % 7  # day 0, the 1st of January 1970, was a Thursday
    weeks = sorted(set(zip(mondays.tolist(), (row[7] for row in rows), strict=True)))
    return Effort(np.array([week for week, _ in weeks], "datetime64[D]"),
                  np.array([reporter for _, reporter in weeks], np.int64))
