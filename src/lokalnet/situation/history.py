"""What happened to a report, in words; as much of it as its reader may know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.places.areas import places
from lokalnet.situation import periods, showing
from lokalnet.situation.models import Act, ActKind, Answer, Exact, Version, Visibility
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight


@dataclass(frozen=True)
class Line:
    """One line of the history. `version_id` is there where the own organisation can go back to what stood before."""

    when: str
    who: str
    what: str
    note: str
    version_id: UUID | None = None
    before: tuple[tuple[str, str], ...] = ()


def of(frame: Frame, sight: Sight) -> list[Line]:
    """Oldest first. Who gets the place coarsely sees the day of a decision, not its hour."""
    acts = list(Act.objects.filter(observation_id=sight.id).order_by("at", "id"))
    versions = {row.act_id: row for row in Version.objects.filter(observation_id=sight.id)}
    lines = [_line(frame, sight, act, versions.get(act.id)) for act in acts]
    if not sight.coarse:
        told = Exact.objects.filter(observation_id=sight.id).values_list("reported_at", "reporter_id").first()
        if told:
            lines.insert(0, Line(_when(frame, told[0], exact=True), _who(frame, sight.organisation_id, told[1]),
                                 _("Reported"), ""))
    return lines


def _line(frame: Frame, sight: Sight, act: Act, version: Version | None) -> Line:
    said = Line(_when(frame, act.at, exact=not sight.coarse), _who(frame, act.organisation_id, act.member_id),
                _what(frame, act), act.note)
    if version is None or sight.state != "live":
        return said
    return replace(said, version_id=version.id, before=tuple(_before(frame, act, version.content)))


def _before(frame: Frame, act: Act, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the corrected fields said before, by name. A text that was removed is said to be gone."""
    fields, names = act.detail.get("fields", ()), {row.slug: row.name for row in frame.categories.values()}
    if "category" in fields:
        yield _("Category"), names.get(content["category"], content["category"])
    if "place" in fields:
        areas = ([UUID(named)] if (named := content.get("named_area"))
                 else places().areas_at(content["longitude"], content["latitude"]))
        yield _("Where"), frame.place_name(areas) or "–"
    if "time" in fields:
        moment = datetime.fromisoformat(content["occurred_at"])
        start, part = periods.period_of(moment, content["precision"], frame.zone)
        yield _("When"), periods.Words(frame.zone).of(start, part, moment, content["precision"])
    if "text" in fields:
        gone = _("The text was removed, because somebody could be recognised in it.")
        yield _("Text"), content.get("text", gone) or "–"
    if "visibility" in fields:
        yield _("Who may see it?"), showing.in_words(content["visibility"], content["police_sees"])


def _who(frame: Frame, organisation_id: UUID, member_id: UUID) -> str:
    """The organisation, never a colleague's name: the history tells of the report, not of staff."""
    name = frame.organisations.get(organisation_id, _("Somebody"))
    return _("%(organisation)s (you)") % {"organisation": name} if member_id == frame.actor.member_id else name


def _when(frame: Frame, moment: datetime, *, exact: bool) -> str:
    local = moment.astimezone(frame.zone)
    return date_format(local, pgettext("date pattern", "j M Y, H:i") if exact else pgettext("date pattern", "j M Y"))


def _what(frame: Frame, act: Act) -> str:
    if act.kind == ActKind.CORRECTED:
        return _corrected(frame, act)
    if act.kind == ActKind.ANSWERED:
        return _("Answered: %(answer)s") % {"answer": Answer(act.answer).label}
    return str(ActKind(act.kind).label)


def _corrected(frame: Frame, act: Act) -> str:
    names = {row.slug: row.name for row in frame.categories.values()}
    said = []
    for field in act.detail.get("fields", ()):
        change = act.detail.get(field)
        if field == "category" and change:
            said.append(_("category from %(old)s to %(new)s") % {"old": names.get(change[0], change[0]),
                                                                 "new": names.get(change[1], change[1])})
        elif field == "visibility" and change and change[0] != change[1]:
            said.append(_("who may see it, from %(old)s to %(new)s") % {
                "old": Visibility(change[0]).label, "new": Visibility(change[1]).label})
        else:
            said.append(_fields()[field])
    return _("Corrected: %(fields)s") % {"fields": "; ".join(said)}


def _fields() -> dict[str, str]:
    return {"category": _("category"), "place": _("place"), "time": _("time"), "text": _("text"),
            "visibility": _("who may see it"), "photo": _("picture")}
