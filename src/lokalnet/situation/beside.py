"""What stands beside the picture's list, in one question: the page is asked for too often for one each."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from lokalnet.foundation.times import now
from lokalnet.situation import live
from lokalnet.situation.partnerships import Frame


@dataclass(frozen=True)
class View:
    """One of the member's saved views, for a link."""

    name: str
    query: str


@dataclass(frozen=True)
class OpenConflict:
    """A conflict that is open just now, for the banner."""

    id: str
    title: str


@dataclass(frozen=True)
class Beside:
    """Where the live stream begins, how many answers came to the member's own reports, the member's views, and the
    conflicts that are open."""

    cursor: str
    answers: int
    views: tuple[View, ...]
    conflicts: tuple[OpenConflict, ...]


def beside(frame: Frame, *, answers_since: datetime) -> Beside:
    """To be asked before the rows of the list, so that the stream misses nothing that is not among them."""
    facts: dict[str, UUID | datetime | date] = {"member": frame.actor.member_id, "partnership": frame.partnership.id,
                                         "since": answers_since,
                                         "today": now().astimezone(frame.zone).date()}
    with connection.cursor() as cursor:
        cursor.execute(
            "select newest_change(), "
            "(select count(*) from situation_observation_exact e join situation_act a "
            "   on a.observation_id = e.observation_id where e.reporter_id = %(member)s "
            "   and e.partnership_id = %(partnership)s and a.kind = 'answered' and a.at > %(since)s), "
            "array(select array[v.name, v.query] from situation_savedview v where v.member_id = %(member)s "
            "   and v.partnership_id = %(partnership)s order by v.name), "
            # `conflict_open` in plain words, so that the index on conflicts is used
            "array(select array[m.id::text, m.title] from situation_measure m "
            "   where m.partnership_id = %(partnership)s and m.kind = 'conflict' and m.ends_on >= %(today)s "
            "   and m.state in ('agreed', 'under-way') order by m.made_at desc)", facts)
        newest, answers, views, conflicts = cursor.fetchone()
    return Beside(live.cursor_at(newest) if live.may_listen(frame.actor) else "", answers,
                  tuple(View(name, query) for name, query in views),
                  tuple(OpenConflict(id_, title) for id_, title in conflicts))
