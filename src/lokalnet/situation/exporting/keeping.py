"""One's own exports: the list, fetching a file, deleting one. The row policy gives nobody another member's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.foundation.times import now
from lokalnet.situation.exporting import asking
from lokalnet.situation.exporting.asking import UNFINISHED
from lokalnet.situation.exporting.formats import CONTENT_TYPES, unpacked
from lokalnet.situation.exporting.rows import MOST
from lokalnet.situation.models import Export

SHOWN = 50


@dataclass(frozen=True)
class File:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Shown:
    """One line of the list."""

    id: UUID
    asked_at: datetime
    what: str
    form: str
    state: str
    state_name: str
    rows: int | None
    note: str
    expires_at: datetime

    @property
    def ready(self) -> bool:
        return self.state == Export.State.READY

    @property
    def unfinished(self) -> bool:
        return self.state in UNFINISHED


def mine(actor: Actor) -> list[Shown]:
    """Newest first."""
    rows = _own(actor).order_by("-asked_at").defer("file", "observation_ids")[:SHOWN]
    return [Shown(row.id, row.asked_at, str(Export.Scope(row.scope).label), str(Export.Format(row.format).label),
                  row.state, str(Export.State(row.state).label), row.rows, _note(row), row.expires_at)
            for row in rows]


def _note(export: Export) -> str:
    if export.asked.get("cut"):
        return _("Cut: only the newest %(number)s. Choose narrower filters.") % {"number": intcomma(MOST)}
    if "case" in export.asked:
        return _("Case number %(number)s") % {"number": export.asked["case"]}
    return str(export.asked.get("words", ""))


def fetch(actor: Actor, export_id: UUID) -> File | None:
    """The file, which is logged; None while there is none. Raises Http404 for what is not the actor's, NotAllowed."""
    export = _one(actor, export_id)
    right = asking.right_to(actor, export.scope)
    if export.state != Export.State.READY or export.file is None:
        return None
    events.record(actor, "export.fetched", decision=right.decision, purpose=right.purpose, subject_kind="export",
                  subject=export.id, format=export.format, scope=export.scope, rows=export.rows)
    return File(_name(export), CONTENT_TYPES[export.format], unpacked(bytes(export.file)))


def delete(actor: Actor, export_id: UUID) -> None:
    """Raises Http404 for what is not the actor's."""
    export = _one(actor, export_id)
    export.delete()
    events.record(actor, "export.deleted", subject_kind="export", subject=export_id)


def _one(actor: Actor, export_id: UUID) -> Export:
    found: Export | None = _own(actor).filter(id=export_id).select_related("partnership").first()
    if found is None:
        raise Http404
    return found


def _own(actor: Actor) -> Any:
    return Export.objects.filter(member_id=actor.member_id, expires_at__gt=now())


def _name(export: Export) -> str:
    """The day and the partnership. No names of persons: files lie open in folders."""
    what = "aktindsigt" if export.scope == Export.Scope.DOCUMENTS else "lokalnet"
    day = (export.finished_at or export.asked_at).astimezone(ZoneInfo(export.partnership.timezone)).date().isoformat()
    return f"{what}-{export.partnership.slug}-{day}.{export.format}"
