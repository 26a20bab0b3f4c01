"""What measures ask of a member: for my day. Few questions, each with a cap, however many measures there are."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.situation import picture
from lokalnet.situation.addresses import addresses
from lokalnet.situation.measures import stepping, telling
from lokalnet.situation.models import PartnerState
from lokalnet.situation.partnerships import Frame

MOST = 20
NEW_FOR = timedelta(days=7)
Rows = list[tuple[Any, ...]]


def due_for(frame: Frame) -> Iterable[Task]:
    """What is mine and until when, what wants an outcome, what waits for an answer, what is new in my areas."""
    if not frame.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return []
    tasks = [*_mine(frame), *_asked(frame)]
    if frame.actor.may(Purpose.MEASURES, Fields.MEASURES_AGREED):
        tasks += _proposed(frame)
    return tasks + list(_new(frame)) if frame.actor.area_ids else tasks


def _mine(frame: Frame) -> Iterator[Task]:
    today = stepping.today()
    rows = picture.fetched(
        "select m.id, m.title, m.areas, m.due_on, m.ends_on, m.state from situation_measure m "
        "where m.owner_id = %s and m.partnership_id = %s and m.state in ('proposed', 'agreed', 'under-way') "
        "order by coalesce(m.due_on, m.ends_on), m.id limit %s", [frame.actor.member_id, frame.partnership.id, MOST])
    ended = picture.fetched(
        "select m.id, m.title, m.areas, m.due_on, m.ends_on, m.state from situation_measure m "
        "where m.owner_id = %s and m.partnership_id = %s and m.state = 'ended' and m.outcome = '' "
        "order by m.ends_on desc limit %s", [frame.actor.member_id, frame.partnership.id, MOST])
    url = addresses(frame, "measure")
    for id_, title, areas, due_on, ends_on, state in [*rows, *ended]:
        if state == "ended" or ends_on < today:
            yield Task(Part.MINE, _("Say what came of »%(title)s«") % {"title": title},
                       f"{url(id_)}#udfald", None, _("It ended by itself %(day)s") % {
                           "day": telling.short(ends_on)})
        else:
            yield Task(Part.MINE, title, url(id_), due_on or ends_on, telling.where(frame, areas))


def _asked(frame: Frame) -> Iterator[Task]:
    # From the newest question on, until there are enough: the planner would otherwise look at every question there was.
    rows = picture.fetched(
        "select m.id, m.title, m.organisation_id from (select p.measure_id, p.at from situation_measure_partner p "
        "where p.organisation_id = %s and p.state = %s order by p.at desc) p cross join lateral (select * "
        "from situation_measure m where m.id = p.measure_id and m.partnership_id = %s "
        "and m.state in ('proposed', 'agreed', 'under-way') and m.ends_on >= today() offset 0) m "
        "order by p.at desc limit %s",
        [frame.actor.organisation_id, PartnerState.ASKED, frame.partnership.id, MOST])
    url = addresses(frame, "measure")
    for id_, title, organisation in rows:
        yield Task(Part.WAITING, _("Do we take part in »%(title)s«?") % {"title": title},
                   f"{url(id_)}#deltag", None,
                   _("%(organisation)s asks") % {"organisation": frame.organisations.get(organisation, _("Somebody"))})


def _proposed(frame: Frame) -> Iterator[Task]:
    rows = picture.fetched(
        "select m.id, m.title, m.areas from situation_measure m where m.organisation_id = %s and m.state = 'proposed' "
        "and m.kind = 'measure' and m.partnership_id = %s and m.ends_on >= today() order by m.made_at limit %s",
        [frame.actor.organisation_id, frame.partnership.id, MOST])
    url = addresses(frame, "measure")
    for id_, title, areas in rows:
        yield Task(Part.WAITING, _("Is »%(title)s« agreed?") % {"title": title},
                   f"{url(id_)}#trin", None, telling.where(frame, areas))


def _new(frame: Frame) -> Iterator[Task]:
    rows = picture.fetched(
        "select m.id, m.title, m.areas, m.organisation_id from situation_measure m where m.partnership_id = %s "
        "and m.made_at > %s and m.areas && %s::uuid[] and m.state in ('proposed', 'agreed', 'under-way') "
        "and m.kind = 'measure' and m.owner_id is distinct from %s order by m.made_at desc limit %s",
        [frame.partnership.id, now() - NEW_FOR, list(frame.actor.area_ids), frame.actor.member_id, MOST])
    url = addresses(frame, "measure")
    for id_, title, areas, organisation in rows:
        yield Task(Part.NEW, _("New measure: %(title)s") % {"title": title}, url(id_), None,
                   " · ".join(filter(None, (telling.where(frame, areas), frame.organisations.get(organisation, "")))))
