"""Find who is to be told: for each thing that somebody follows, whether there is news in it that they may read.

The database says who follows something where there is news for their organisation (sql/following.sql); each of them is
then asked about on the member's own behalf, so that the member's policies decide. The notice is made and `told_to` is
moved in one transaction: a run that is killed tells nothing twice and loses nothing.
"""

import logging
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError, transaction

from lokalnet.access.acting import act_as
from lokalnet.access.rights import Fields, Purpose
from lokalnet.notices import telling
from lokalnet.notices.models import Pace
from lokalnet.situation import picture
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.models import Subscription
from lokalnet.situation.picture import COUNTED, Filters
from lokalnet.situation.reporting import number_changes

KIND = "observations"
NEWS = "select {} from news_for_actor(%s, %s, %s) news"

logger = logging.getLogger("lokalnet.work")


def tell_followers() -> None:
    """One question when nothing is new; else one transaction for each that follows something there."""
    number_changes()
    for subscription_id, member_id in picture.fetched("select subscription, member from followers_with_news()", []):
        try:
            with transaction.atomic():
                _tell(subscription_id, member_id)
        except DatabaseError as problem:  # the others are told all the same; this one is asked about again
            logger.warning("subscription %s could not be matched: %s", subscription_id, type(problem).__name__)


def _tell(subscription_id: UUID, member_id: UUID) -> None:
    actor = act_as(member_id)
    if actor is None:
        return
    found = Subscription.objects.select_for_update(of=("self",)).select_related("partnership").filter(
        id=subscription_id).first()
    if found and actor.may(Purpose.NOTICES, Fields.NOTICES):
        tell_news(found)


def tell_news(subscription: Subscription) -> None:
    """Tell the member who acts of what came since, and remember up to where that is. Its row is locked."""
    newest = newest_change()
    first = _first_new(subscription, newest)
    if first is not None:
        telling.tell(subscription.member_id, partnership_id=subscription.partnership_id, kind=KIND,
                     subject=subscription.id, since=first, pace=Pace(subscription.pace))
    Subscription.objects.filter(id=subscription.id).update(told_to=newest)


def newest_change() -> int:
    newest: int = picture.fetched("select newest_change()", [])[0][0]
    return newest


def wanted(subscription: Subscription, *, not_by: UUID | None = None) -> Wanted:
    return Wanted(tuple(subscription.areas), tuple((x, y) for x, y in subscription.outline or ()),
                  tuple(subscription.categories), subscription.severity, not_by)


def _first_new(subscription: Subscription, newest: int) -> int | None:
    """The number of the first change that told of a report which the actor may read and wants to hear of."""
    source, values = _new(subscription, subscription.told_to, newest, reader=subscription.member_id)
    news = NEWS.format("min(news.number)")
    found = picture.fetched(f"{news} where news.observation_id = any(array(select o.id {source}))",
                            [subscription.partnership_id, subscription.told_to, newest, *values])
    first: int | None = found[0][0]
    return first


def number_new(subscription: Subscription, *, since: int, reader: UUID) -> int:
    """How many new reports there are from a change on, as the reader who acts may know now; COUNTED + 1 at most."""
    source, values = _new(subscription, since - 1, newest_change(), reader=reader)
    found = picture.fetched(f"select count(*) from (select 1 {source} limit %s) counted",  # noqa: S608
                            [*values, COUNTED + 1])
    return int(found[0][0])


def _new(subscription: Subscription, after: int, upto: int, *, reader: UUID) -> tuple[str, list[object]]:
    """The reports that are in the picture, wanted, and not the reader's own, among those that came in between."""
    since, until = picture.between(picture.EARLIEST, picture.LATEST, ZoneInfo(subscription.partnership.timezone))
    rows = picture.readable(subscription.partnership, Filters(
        since=since, until=until, followed=wanted(subscription, not_by=reader)))
    among = NEWS.format("news.observation_id")
    return (f"{rows.source(joined=True)} and o.id = any(array({among}))",
            [*rows.values, subscription.partnership_id, after, upto])
