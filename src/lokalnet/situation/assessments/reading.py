"""What stands about an area in a quarter, as far as the reader's policies give it; and who has written where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access.acting import Actor
from lokalnet.access.models import Organisation
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.places.models import Area
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import comparing
from lokalnet.situation.assessments.writers import ORDER, Kind, Writer, kind_name, others_name, parties, writers
from lokalnet.situation.models import Assessment, AssessmentVersion, Certainty, Seen, Sign, Source
from lokalnet.situation.partnerships import Frame, Place

Rows = dict[tuple[UUID, str], Assessment]  # by organisation and sign


@dataclass(frozen=True)
class Entry:
    """What one organisation says of one sign, in words."""

    writer: Writer
    seen: str
    certainty: str
    sources: str
    words: str
    change: str


@dataclass(frozen=True)
class Line:
    """A sign with what each says of it. `disagreement` is a sentence, or nothing."""

    name: str
    entries: tuple[Entry, ...]
    disagreement: str


@dataclass(frozen=True)
class Earlier:
    """What the own organisation said before it wrote again in the same quarter."""

    sign: str
    seen: str
    certainty: str
    words: str
    written_at: datetime


@dataclass(frozen=True)
class AreaPage:
    place: Place
    quarter: Quarter
    writers: tuple[Writer, ...]
    lines: tuple[Line, ...]
    missing: str  # the kinds of which nobody has written, in words; for those who read all
    own: bool  # whether the own organisation has written
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True)
class Listed:
    """An area and who has written: for the own organisation, and for each kind of the others in the list's order."""

    place: Place
    own: bool
    others: tuple[tuple[str, str], ...]


def may_read(actor: Actor) -> Decision:
    """Everybody who assesses reads the own organisation's; the policies give no more to those who may not."""
    return actor.require(Purpose.ASSESSMENT, Fields.ASSESSMENTS_OF_OWN)


def reads_all(actor: Actor) -> bool:
    return bool(actor.may(Purpose.ASSESSMENT, Fields.ASSESSMENTS_OF_PARTNERS))


def places(frame: Frame) -> list[Place]:
    """What is assessed, in the order of the alphabet within each kind. A whole municipality is too much for words."""
    return [place for place in frame.areas.values() if place.kind != Area.Kind.MUNICIPALITY]


def place(frame: Frame, area_id: UUID) -> Place:
    """Raises Http404."""
    found = frame.areas.get(area_id)
    if found is None or found.kind == Area.Kind.MUNICIPALITY:
        raise Http404
    return found


def page(frame: Frame, where: Place, quarter: Quarter) -> AreaPage:
    rows, before = _rows(frame, where.id, quarter)
    wrote = writers(frame, {organisation for organisation, _sign in rows})
    lines = tuple(_line(Sign(sign), wrote, rows, before) for sign in Sign)
    return AreaPage(where, quarter, tuple(wrote), lines, _missing(frame, wrote),
                    any(writer.own for writer in wrote), _earlier(frame, rows))


def _rows(frame: Frame, area_id: UUID, quarter: Quarter) -> tuple[Rows, Rows]:
    """Of the quarter and of the one before it, in one question."""
    found: dict[date, Rows] = {quarter.first: {}, quarter.before.first: {}}
    for row in Assessment.objects.filter(partnership=frame.partnership, area_id=area_id, quarter__in=found):
        found[row.quarter][row.organisation_id, row.sign] = row
    return found[quarter.first], found[quarter.before.first]


def _line(sign: Sign, wrote: Iterable[Writer], rows: Rows, before: Rows) -> Line:
    said = [(writer, rows[writer.id, sign]) for writer in wrote if (writer.id, sign) in rows]
    return Line(str(sign.label), tuple(_entry(writer, row, before.get((writer.id, sign))) for writer, row in said),
                comparing.disagreement(said))


def _entry(writer: Writer, row: Assessment, before: Assessment | None) -> Entry:
    return Entry(writer, *in_words(row), sources=sources_in_words(row.sources), words=row.words,
                 change=comparing.change(before, row))


def in_words(row: Assessment | AssessmentVersion) -> tuple[str, str]:
    """Whether it is seen, and how sure."""
    return str(Seen(row.seen).label), str(Certainty(row.certainty).label) if row.certainty else ""


def in_a_sentence(row: Assessment) -> str:
    seen, certainty = in_words(row)
    sure = _("certainty %(certainty)s") % {"certainty": certainty.lower()} if certainty else ""
    return f"{', '.join(filter(None, (seen, sure)))}. {row.words}".strip()


def sources_in_words(sources: Iterable[str]) -> str:
    return ", ".join(str(each.label) for each in Source if each in set(sources))


def _missing(frame: Frame, wrote: Iterable[Writer]) -> str:
    if not reads_all(frame.actor):
        return ""
    there = {writer.kind for writer in wrote}
    kinds = {Kind(each.kind) for each in parties(frame)}
    return ", ".join(kind_name(kind) for kind in ORDER if kind in kinds - there)


def _earlier(frame: Frame, rows: Rows) -> tuple[Earlier, ...]:
    own = {row.id: row for (organisation, _sign), row in rows.items() if organisation == frame.actor.organisation_id}
    kept = AssessmentVersion.objects.filter(assessment_id__in=own).order_by("-replaced_at", "id")
    return tuple(Earlier(str(Sign(own[each.assessment_id].sign).label), *in_words(each), words=each.words,
                         written_at=each.written_at) for each in kept)


def listing(frame: Frame, quarter: Quarter) -> tuple[list[str], list[Listed]]:
    """What heads the columns beside the own one, and for each area who has written.

    Whoever reads only the own organisation's words is not told either who else has written.
    """
    wrote: dict[UUID, set[UUID]] = {}
    for area_id, organisation_id in Assessment.objects.filter(
            partnership=frame.partnership, quarter=quarter.first).values_list("area_id", "organisation_id").distinct():
        wrote.setdefault(area_id, set()).add(organisation_id)
    own = frame.actor.organisation_id
    others = _others(frame) if reads_all(frame.actor) else {}
    return [*others], [
        Listed(where, own in wrote.get(where.id, ()), tuple(
            (column, _state(each, wrote.get(where.id, set()))) for column, each in others.items()))
        for where in places(frame)]


def _others(frame: Frame) -> dict[str, list[Organisation]]:
    """The other organisations by kind: what heads the column, and who stands in it."""
    found: dict[str, list[Organisation]] = {}
    for each in parties(frame):
        if each.id != frame.actor.organisation_id:
            name = kind_name(each.kind)
            own_kind = each.kind == frame.actor.organisation_kind
            found.setdefault(others_name(each.kind) if own_kind else name, []).append(each)
    return found


def _state(organisations: list[Organisation], wrote: set[UUID]) -> str:
    """Municipalities by name, where there are several of them; housing and clubs are never told apart by name."""
    those = [each for each in organisations if each.id in wrote]
    if not those:
        return nobody()
    if len(organisations) > 1 and those[0].kind == Kind.MUNICIPALITY:
        return _("written: %(names)s") % {"names": ", ".join(each.shown_as for each in those)}
    return _("written")


def nobody() -> str:
    return _("missing")


def grouped(frame: Frame, rows: list[Listed]) -> Iterator[tuple[str, list[Listed], bool]]:
    """The member's own areas, the neighbourhoods, the parishes; each with whether it can stay folded up.

    Few write about whole parishes: as long as nobody has, they take no room.
    """
    mine = [row for row in rows if row.place.id in frame.actor.area_ids]
    if mine:
        yield _("My areas"), mine, False
    for kind in (Area.Kind.NEIGHBOURHOOD, Area.Kind.PARISH):
        there = [row for row in rows if row.place.kind == kind and row not in mine]
        if there:
            written = any(row.own or any(state != nobody() for _kind, state in row.others) for row in there)
            yield str(kind.label), there, kind == Area.Kind.PARISH and not written and len(there) < len(rows)
