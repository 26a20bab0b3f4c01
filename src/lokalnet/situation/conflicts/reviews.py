"""The day's review: what is changed, do we go on, who does what until tomorrow. One each day while it is open."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.conflicts.writing import ChangedMeanwhile, checked, write
from lokalnet.situation.models.conflicts import Review, ReviewChoice
from lokalnet.situation.refusing import BadReport

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reviewed:
    day: str
    changed: str
    choice: str
    choice_name: str
    who_does: str
    who: str
    when: str


@dataclass(frozen=True)
class Reviews:
    """The reviews that were held, newest first, and what is missing. `next_on` is the day of the next one."""

    held: tuple[Reviewed, ...]
    next_on: date | None
    due: bool  # today's is not held yet
    missed: int  # days before today without one
    held_today: bool

    @property
    def proposes_standing_down(self) -> bool:
        return bool(self.held and self.held[0].choice == ReviewChoice.STAND_DOWN)


def reviews(conflict: Conflict) -> Reviews:
    """One question to the database."""
    rows = list(Review.objects.filter(measure_id=conflict.id).order_by("-day"))
    return counted(conflict, {row.day for row in rows}, tuple(_shown(conflict, row) for row in rows))


def counted(conflict: Conflict, days: set[date], held: tuple[Reviewed, ...] = ()) -> Reviews:
    """The first review is due on the day after it was opened: on the first day everybody has just decided."""
    opened, today = conflict.opened_on, conflict.today
    if not conflict.is_open or opened is None:
        return Reviews(held, None, False, 0, False)
    before = (opened + A_DAY * number for number in range(1, (today - opened).days))
    due = opened < today and today not in days
    next_on = today if due else today + A_DAY
    return Reviews(held, next_on if next_on <= conflict.measure.ends_on else None, due,
                   sum(day not in days for day in before), today in days)


def _shown(conflict: Conflict, row: Review) -> Reviewed:
    return Reviewed(date_format(row.day, "DATE_FORMAT"), row.changed,
                    row.choice, str(ReviewChoice(row.choice).label), row.who, conflict.who(row), conflict.when(row.at))


def hold(conflict: Conflict, *, changed: str, choice: str, who: str) -> None:
    """Today's review. Raises NotAllowed, NotPossible, ChangedMeanwhile, BadReport."""
    if choice not in ReviewChoice.values:
        raise BadReport("choice", _("Choose whether you go on."))
    changed = checked(conflict, changed, field="changed", needed=_("Write what is changed since the last time."))
    who = checked(conflict, who, field="who")
    said = {"changed": changed, "choice": choice, "who": who}
    before = Review.objects.filter(measure_id=conflict.id, day=conflict.today).first()
    if before and before.member_id == conflict.frame.actor.member_id and all(
            getattr(before, field) == value for field, value in said.items()):
        return  # the second click
    if before:
        raise NotPossible(_("Today's review is held already. What is new since then belongs in the log."))
    try:
        write(conflict, Review(id=uuid4(), day=conflict.today, **said), "conflict.reviewed", fields=Fields.CONFLICTS,
              choice=choice)
    except ChangedMeanwhile:
        raise ChangedMeanwhile(_("Somebody else held today's review while you wrote. Read it, and write what is "
                                 "missing in the log.")) from None
