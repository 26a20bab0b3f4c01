"""When a member is away, and who is told instead: the stand-in whom the local administrator has named."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from lokalnet.access.acting import Actor
from lokalnet.access.models import Member
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices import preferences
from lokalnet.notices.models import Preferences
from lokalnet.notices.preferences import BadWish

LONGEST = timedelta(days=366)


def stand_in(actor: Actor) -> str:
    """Their name; empty where there is none, or the one named no longer works here."""
    named = Member.objects.filter(id=actor.member_id).values_list("stand_in__name", "stand_in__ended_at").first()
    name, ended_at = named or (None, None)
    return name if name and (ended_at is None or ended_at > now()) else ""


def is_away(wishes: Preferences) -> bool:
    return wishes.away_on(now().astimezone(COPENHAGEN).date())


def go_away(actor: Actor, first: date | None, last: date | None, *, edition: int) -> None:
    """From the first day to the last, both included. Raises NotAllowed, BadWish, ChangedMeanwhile."""
    if first and last:
        _check(first, last)
    elif first or last:
        raise BadWish("away_until" if first else "away_from", _("Choose both days, or neither."))
    preferences.change(actor, {"away_from": first, "away_until": last}, edition=edition)


def _check(first: date, last: date) -> None:
    today = now().astimezone(COPENHAGEN).date()
    if last < first:
        raise BadWish("away_until", _("The last day must not come before the first."))
    if last < today:
        raise BadWish("away_until", _("That day is over. Choose today or a later day."))
    if last - first > LONGEST:
        raise BadWish("away_until", _("Choose a last day within a year of the first."))
