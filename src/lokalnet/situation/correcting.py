"""Correct, withdraw and restore: the sender's own report changes, and what stood there before is kept for a while."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access.models import Partnership
from lokalnet.situation import acting, flagging, knowing, periods, photos, reporting
from lokalnet.situation.models import (
    Act,
    ActKind,
    Change,
    Exact,
    Observation,
    Text,
    Version,
    Visibility,
)
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import Report, Spot, spot_of, tell

MOST_AT_ONCE = 500
# What somebody confirmed or refuted is no longer what stands there (sql/consequences.sql).
OF_SUBSTANCE = frozenset({"category", "place", "time"})
WIDTH = list(Visibility.values)


class ChangedMeanwhile(ValueError):
    """Somebody else corrected the report since the form was opened; what was typed is still in it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else corrected this report while you wrote. See what it says now, and send "
                           "again."))


@dataclass(frozen=True)
class Present:
    """An own report as it stands, all three rows of it."""

    observation: Observation
    exact: Exact
    text: str
    photo: bytes | None = None  # the keyed hash of what was sent

    def report(self) -> Report:
        return Report(
            category=self.observation.category.slug, longitude=self.exact.longitude, latitude=self.exact.latitude,
            occurred_at=self.exact.occurred_at, precision=self.exact.precision, text=self.text,
            visibility=self.observation.visibility, police_sees=self.observation.police_sees,
            named_area=self.observation.named_area)


def present(frame: Frame, observation_id: UUID, *, locked: bool = False) -> Present:
    """Raises Http404 for what is not the own organisation's."""
    rows = Observation.objects.select_related("category").filter(
        id=observation_id, organisation_id=frame.actor.organisation_id, partnership=frame.partnership)
    observation = (rows.select_for_update(of=("self",)) if locked else rows).first()
    exact = Exact.objects.filter(observation_id=observation_id).first()
    if observation is None or exact is None:
        raise Http404
    text = Text.objects.filter(observation_id=observation_id).values_list("text", flat=True).first()
    return Present(observation, exact, text or "", photos.brought(observation_id))


def correct(frame: Frame, observation_id: UUID, entered: Report, *, edition: int, note: str = "",
            places: Collection[str] = (), judged: bool = False,
            photo: bytes | Literal["keep"] | None = "keep") -> frozenset[str]:
    """What was changed, by name of field; `places` are words of the text that are no names. What was `judged` stood
    there before. `photo` is the picture that is to be there, as it was sent.

    Raises Http404, BadReport, ChangedMeanwhile, and as `acting.do`.
    """
    before = present(frame, observation_id, locked=True)
    if before.observation.edition != edition:
        raise ChangedMeanwhile
    fields = _differences(before.report(), entered, ZoneInfo(frame.partnership.timezone)) | _pictured(before, photo)
    if not fields:
        return fields
    category = reporting.check(frame.partnership, entered, places=knowing.places(frame).union(places),
                               only=frozenset() if judged else fields)
    picture = photos.check(category, photo) if isinstance(photo, bytes) and "photo" in fields else None
    if picture and before.observation.text_removed and "text" not in fields:
        raise BadReport("photo", _("Somebody could be recognised in this report. Write what was seen anew, if a "
                                   "picture is needed."))
    act = acting.do(frame, observation_id, ActKind.CORRECTED, note=note, quietly=True,
                    detail=_detail(before.report(), entered, fields))
    _keep(before, act)
    _write(frame.partnership, before, entered, fields, category.id)
    if "photo" in fields:
        photos.remove(observation_id)
    if picture and isinstance(photo, bytes):
        photos.store(Observation.objects.get(id=observation_id), picture, brought=reporting.keyed(photo))
    _tell(frame, before.observation, entered.visibility)
    return fields


def _tell(frame: Frame, before: Observation, visibility: str) -> None:
    """News of a correction: to those for whom it is gone, to those for whom it is new, or that something changed."""
    if WIDTH.index(visibility) < WIDTH.index(before.visibility):
        _tell_fewer(frame, before)
    elif visibility != before.visibility:
        tell(frame.actor, frame.partnership.id, Change.Kind.WIDENED, before.id, visibility_before=before.visibility)
    else:
        tell(frame.actor, frame.partnership.id, Change.Kind.CHANGED, before.id)


def _tell_fewer(frame: Frame, before: Observation) -> None:
    """Who can no longer see it cannot be told of it: a change without an id makes every screen ask again. Where nobody
    else saw it, nobody else is told that anything happened.
    """
    own = before.visibility == Visibility.ORGANISATION
    tell(frame.actor, frame.partnership.id, Change.Kind.CHANGED, before.id if own else None)


def edition_of(frame: Frame, observation_id: UUID) -> int | None:
    """Which state of an own report stands there now; None where it is not there to be corrected."""
    return Observation.objects.filter(id=observation_id, organisation_id=frame.actor.organisation_id).values_list(
        "edition", flat=True).first()


def at_its_time(frame: Frame, observation_id: UUID, entered: Report) -> Report:
    """What was said to be "now" stays when it was first received. Raises Http404."""
    if not entered.said_now:
        return entered
    return replace(entered, occurred_at=present(frame, observation_id).exact.occurred_at)


def differs(frame: Frame, observation_id: UUID, entered: Report, photo: bytes | None) -> bool:
    """Whether an own report says anything else than this. Raises Http404."""
    before = present(frame, observation_id)
    return bool(_differences(before.report(), entered, ZoneInfo(frame.partnership.timezone)) | _pictured(before, photo))


def in_words(changed: frozenset[str]) -> str:
    """What a correction did, for whoever made it."""
    if not changed:
        return _("Nothing was changed.")
    if changed & OF_SUBSTANCE:
        return _("Corrected. It waits to be confirmed, for it no longer says what was said before.")
    return _("Corrected.")


def recategorise(frame: Frame, ids: list[UUID], category: str, *, note: str = "") -> int:
    """Give own reports another category, one act each; how many changed. Raises BadReport."""
    changed = 0
    for observation_id in ids[:MOST_AT_ONCE]:
        before = present(frame, observation_id)
        entered = Report(**(vars(before.report()) | {"category": category}))
        changed += bool(correct(frame, observation_id, entered, edition=before.observation.edition, note=note))
    return changed


def withdraw(frame: Frame, observation_id: UUID, *, note: str) -> None:
    """Out of the picture, for everybody but the own organisation. Raises as `acting.do`."""
    before = present(frame, observation_id).observation
    acting.do(frame, observation_id, ActKind.WITHDRAWN, note=note, quietly=True)
    _tell_fewer(frame, before)


def restore(frame: Frame, observation_id: UUID) -> None:
    """Back into the picture, for those who saw it before."""
    present(frame, observation_id)
    acting.do(frame, observation_id, ActKind.RESTORED)


def restore_version(frame: Frame, observation_id: UUID, version_id: UUID) -> frozenset[str]:
    """Correct the report back to what an earlier version said; a text that was removed does not come back."""
    version = Version.objects.filter(id=version_id, observation_id=observation_id).first()
    if version is None:
        raise Http404
    now = present(frame, observation_id)
    entered = Report(**(vars(now.report()) | _said(version.content)))
    return correct(frame, observation_id, entered, edition=now.observation.edition, judged=True)


def _said(content: dict[str, Any]) -> dict[str, Any]:
    """What a version holds, as fields of a report; a text that was removed is not among them."""
    area = content.get("named_area")
    return {name: content[name] for name in SAID if name in content} | {
        "occurred_at": datetime.fromisoformat(content["occurred_at"]), "named_area": area and UUID(area)}


SAID = ("category", "longitude", "latitude", "precision", "text", "visibility", "police_sees")


def _differences(before: Report, entered: Report, zone: ZoneInfo) -> frozenset[str]:
    moment = periods.no_finer_than(entered.occurred_at, entered.precision, zone)
    same = {
        "category": before.category == entered.category,
        "place": before.named_area == entered.named_area and (
            before.named_area is not None
            or (before.longitude, before.latitude) == (entered.longitude, entered.latitude)),
        "time": (before.occurred_at, before.precision) == (moment, entered.precision),
        "text": before.text == entered.text.strip(),
        "visibility": (before.visibility, before.police_sees) == (entered.visibility, entered.police_sees),
    }
    return frozenset(name for name, equal in same.items() if not equal)


def _pictured(before: Present, photo: bytes | Literal["keep"] | None) -> frozenset[str]:
    there = before.photo if photo == "keep" else reporting.keyed(photo) if photo else None
    return frozenset() if there == before.photo else frozenset({"photo"})


def _detail(before: Report, entered: Report, fields: frozenset[str]) -> dict[str, Any]:
    detail: dict[str, Any] = {"fields": sorted(fields)}
    if "category" in fields:
        detail["category"] = [before.category, entered.category]
    if "visibility" in fields:
        detail["visibility"] = [before.visibility, entered.visibility]
    return detail


def _keep(before: Present, act: Act) -> None:
    report = before.report()
    content = {name: getattr(report, name) for name in SAID} | {
        "occurred_at": report.occurred_at.isoformat(), "named_area": report.named_area and str(report.named_area)}
    Version(observation_id=before.observation.id, organisation_id=before.observation.organisation_id, act=act,
            content=content).save(force_insert=True)


def _write(partnership: Partnership, before: Present, entered: Report, fields: frozenset[str],
           category_id: UUID) -> None:
    zone = ZoneInfo(partnership.timezone)
    spot = spot_of(partnership, entered) if "place" in fields else Spot({}, {})
    start, part = periods.period_of(entered.occurred_at, entered.precision, zone)
    observation_id = before.observation.id
    flags = flagging.flags(partnership, spot.exact.get("areas", before.exact.areas), entered.occurred_at,
                           entered.precision) if fields & {"place", "time"} else {}
    Observation.objects.filter(id=observation_id).update(
        category_id=category_id, period_start=start, part=part, visibility=entered.visibility,
        police_sees=entered.police_sees, edition=before.observation.edition + 1, **spot.coarse)
    Exact.objects.filter(observation_id=observation_id).update(
        precision=entered.precision,
        occurred_at=periods.no_finer_than(entered.occurred_at, entered.precision, zone), **spot.exact, **flags)
    if "text" in fields:
        _write_text(before, entered)


def _write_text(before: Present, entered: Report) -> None:
    text = entered.text.strip()
    if not Text.objects.filter(observation_id=before.observation.id).update(text=text) and text:
        Text(observation_id=before.observation.id, text=text, partnership_id=before.observation.partnership_id,
             organisation_id=before.observation.organisation_id, source_kind=before.observation.source_kind,
             visibility=entered.visibility, police_sees=entered.police_sees).save(force_insert=True)
