"""Which areas wait for the own organisation's words: one task, from three weeks before a quarter ends."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Fields, Purpose, Role
from lokalnet.interface.due import Part, Task
from lokalnet.situation.addresses import address
from lokalnet.situation.areas.covering import related
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import quarters, reading
from lokalnet.situation.models import Assessment
from lokalnet.situation.partnerships import Frame, Place

BEFORE_END = timedelta(days=21)
MOST = 99


def due_for(frame: Frame) -> list[Task]:
    quarter = _asked_for(quarters.today())
    if quarter is None or not frame.actor.may(Purpose.ASSESSMENT, Fields.ASSESSMENTS_OF_OWN):
        return []
    mine = _areas(frame)
    if not mine:
        return []
    written = set(Assessment.objects.filter(
        partnership=frame.partnership, organisation_id=frame.actor.organisation_id, quarter=quarter.first).values_list(
        "area_id", flat=True))
    missing = [place for place in mine if place.id not in written]
    if not missing:
        return []
    return [Task(Part.MINE, _title(quarter, len(missing)),
                 address(frame, "assessments", kvartal=quarters.code(quarter)), quarters.closes(quarter),
                 ", ".join(place.name for place in missing[:3]) + (" …" if len(missing) > 3 else ""))]


def _title(quarter: Quarter, number: int) -> str:
    return ngettext("Area assessment for %(quarter)s: %(number)s area is missing",
                    "Area assessment for %(quarter)s: %(number)s areas are missing", number) % {
        "quarter": _name(quarter), "number": number}


def _name(quarter: Quarter) -> str:
    return _("Q%(number)s") % {"number": quarter.number}


def _asked_for(day: date) -> Quarter | None:
    """The quarter that is to be written by now: the last one while it is open, else this one in its last weeks."""
    this = quarters.of(day)
    if day <= quarters.closes(this.before):
        return this.before
    return this if day >= this.after.first - BEFORE_END else None


def _areas(frame: Frame) -> list[Place]:
    """The member's own areas and what lies in them; a coordinator who has none looks after all."""
    everything = reading.places(frame)
    if frame.actor.area_ids:
        near = frozenset[object]().union(*(related(frame, area) for area in frame.actor.area_ids))
        return [place for place in everything if place.id in near][:MOST]
    return everything[:MOST] if Role.COORDINATOR in frame.actor.roles else []
