"""Looks that found what a test says, held against the signals that there are, as the detection does it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import numpy as np

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member
from lokalnet.analysis.detection.found import Candidate, Looked, Word
from lokalnet.analysis.detection.told import Told, Voices
from lokalnet.foundation.roles import MIGRATION, PLACE, as_role
from lokalnet.notices.models import Notice
from lokalnet.places.points import cell_of
from lokalnet.situation.models import Signal, SignalAudience, SignalStep, Theme
from lokalnet.situation.signals import keeping
from lokalnet.situation.signals.asking import Sighted
from lokalnet.situation.signals.seeing import Seen
from tests.days import today
from tests.world import GRANTOFTEN, World

WHOLE, MUNICIPAL = SignalAudience.PARTNERSHIP, SignalAudience.MUNICIPALITIES
NO_CELLS = np.array([], np.int64)
NO_DAYS = np.array([], "datetime64[D]")
NOTHING = Sighted(Told(NO_DAYS, *[NO_CELLS] * 4, NO_CELLS.astype(bool)), Voices(NO_DAYS, *[NO_CELLS] * 4))


def candidate(world: World, *, east: int = 0, word: Word = Word.UNUSUAL, observed: int = 9, since: int = 2,
              wide: int = 3, day: int = 0) -> Candidate:
    """In `wide` cells from so many cells east of Grantoften; from `since` days before the look on `day`."""
    middle = cell_of(*GRANTOFTEN, world.partnership.projection)
    cells = tuple((middle.x + east + each, middle.y) for each in range(wide))
    last = today() + timedelta(days=day)
    return Candidate(word, cells, cells[0], 0.0, last - timedelta(days=since), last, observed, 2.1, 2.0, 8.1,
                     0.001, 1.3, 4, 3)


def plenty(world: World) -> Sighted:
    """Four people tell every day of every place that a test speaks of: nothing was taken back."""
    found = candidate(world, since=40, day=20, wide=12)
    return everywhere([each % 4 for each in range(4 * 41 * 12)], found)


def everywhere(reporters: Sequence[int], found: Candidate) -> Sighted:
    """An event of each of these reporters, every one of an organisation of their own, where and when that was found:
    one after the other through its days and cells."""
    number = len(reporters)
    days = (found.last_day - found.first_day).days + 1
    cells = [found.cells[each // days // found.reporters % len(found.cells)] for each in range(number)]
    day = np.array([found.first_day + timedelta(days=each // found.reporters % days) for each in range(number)],
                   "datetime64[D]")
    return Sighted(Told(day, *np.array(cells, np.int64).reshape(number, 2).T, np.array(reporters), np.array(reporters),
                        np.zeros(number, bool)), NOTHING.voices)


def seen(world: World, *found: Candidate, day: int = 0, audience: SignalAudience = WHOLE, theme: Theme = Theme.DRUGS,
         sighted: Sighted | None = None) -> Seen:
    """A look at noon, so many days from today."""
    at = datetime.combine(today() + timedelta(days=day), time(11), UTC)
    told = sighted or plenty(world)
    middles = {cell: GRANTOFTEN for each in found for cell in each.cells}
    looked = Looked(found[0].word if found else Word.QUIET, 80, 9, 3, 1.3, found)
    return Seen(world.partnership, audience, theme, at, told, looked, middles)


def keep(world: World, *found: Candidate, **look: object) -> list[str]:
    """What the look led to, as the words of steps."""
    set_actor(None)
    with as_role(PLACE):
        return [step.value for step in keeping.keep(seen(world, *found, **look))]  # type: ignore[arg-type]


def signals(world: World) -> list[Signal]:
    with as_role(MIGRATION):
        return list(Signal.objects.filter(partnership=world.partnership).order_by("opened_at", "id"))


def steps(signal: Signal) -> list[str]:
    with as_role(MIGRATION):
        return list(SignalStep.objects.filter(signal=signal).order_by("at").values_list("kind", flat=True))


def told(*, again: bool = False) -> dict[str, int]:
    """How many notices of signals each member has, by name; with `again`, how often something was told in them."""
    with as_role(MIGRATION):
        rows = list(Notice.objects.filter(kind="signal").values_list("member_id", "happened"))
        names = dict(Member.objects.values_list("id", "name"))
    found: dict[str, int] = {}
    for member, happened in rows:
        found[names[member]] = found.get(names[member], 0) + (happened if again else 1)
    return found
