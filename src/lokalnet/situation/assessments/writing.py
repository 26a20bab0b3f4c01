"""Write what the own organisation sees in an area. The last words count; the database keeps those before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation import acting, guard
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import quarters
from lokalnet.situation.models import LONGEST_WORDS, Assessment, Certainty, Seen, Sign, Source
from lokalnet.situation.partnerships import Frame, Place
from lokalnet.situation.refusing import BadReport

CONTENT = ("seen", "words", "sources", "certainty")


@dataclass(frozen=True)
class Said:
    """Of one sign. Who cannot say names no certainty."""

    seen: str
    words: str
    sources: tuple[str, ...]
    certainty: str

    def content(self) -> dict[str, object]:
        unsure = self.seen == Seen.CANNOT_SAY
        known = [source.value for source in Source if source in self.sources]
        return {"seen": self.seen, "words": self.words.strip(), "sources": known,
                "certainty": "" if unsure else self.certainty}


class QuarterClosed(ValueError):
    """The message says when it closed, and where a correction goes."""

    def __init__(self, quarter: Quarter) -> None:
        super().__init__(_("%(quarter)s closed for writing on %(day)s. Say what is to be corrected in the quarter that "
                           "is open.") % {"quarter": quarters.name(quarter), "day": quarters.last_day(quarter)})


class WrittenMeanwhile(ValueError):
    """A colleague wrote since the form was opened; what was typed is still in it."""

    def __init__(self) -> None:
        super().__init__(_("A colleague wrote about this area while you did. See what stands there now, and save "
                           "again if yours is to stand."))


def own(frame: Frame, area_id: UUID, quarter: Quarter) -> dict[Sign, Assessment]:
    """What the own organisation has written."""
    return {Sign(row.sign): row for row in Assessment.objects.filter(
        partnership=frame.partnership, organisation_id=frame.actor.organisation_id, area_id=area_id,
        quarter=quarter.first)}


def differs(said: Said, row: Assessment) -> bool:
    return said.content() != {name: getattr(row, name) for name in CONTENT}


def edition_of(rows: Mapping[Sign, Assessment]) -> int:
    """Of the organisation's page; 0 before anything is written."""
    return max((row.edition for row in rows.values()), default=0)


def problems(frame: Frame, said: Said) -> Iterator[BadReport]:
    """What cannot be taken, each with its field and its rule."""
    if said.seen not in Seen.values:
        yield BadReport("seen", _("Choose one of the three."))
    elif said.seen != Seen.CANNOT_SAY:
        if not set(said.sources) & set(Source.values):
            yield BadReport("sources", _("Choose at least one source."))
        if said.certainty not in Certainty.values:
            yield BadReport("certainty", _("Choose how sure you are."))
        if said.seen == Seen.SEEN and not said.words.strip():
            yield BadReport("words", _("Say in a sentence or two what is seen."))
    if len(said.words.strip()) > LONGEST_WORDS:
        yield BadReport("words", _("The text may be %(number)s characters long.") % {"number": LONGEST_WORDS})
    try:
        acting.check_words(frame, said.words, field="words", also=(guard.Kind.GROUP,))
    except BadReport as problem:
        yield problem


def write(frame: Frame, where: Place, quarter: Quarter, said: Mapping[Sign, Said], *, edition: int) -> bool:
    """Whether anything was changed: the same words again change nothing.

    `edition` is that of the page that was answered. Raises NotAllowed, QuarterClosed, BadReport, WrittenMeanwhile.
    """
    decision = frame.actor.require(Purpose.ASSESSMENT, Fields.ASSESSMENTS_OF_OWN)
    if not quarters.is_open(quarter):
        raise QuarterClosed(quarter)
    for each in said.values():
        for problem in problems(frame, each):
            raise problem
    with transaction.atomic():
        changed = _store(frame, where, quarter, said, edition)
    if not changed:
        return False
    events.record(frame.actor, "assessment.written", decision=decision, purpose=Purpose.ASSESSMENT,
                  subject_kind="area", subject=where.id, quarter=quarters.code(quarter),
                  partnership=str(frame.partnership.id))
    return True


def _store(frame: Frame, where: Place, quarter: Quarter, said: Mapping[Sign, Said], edition: int) -> bool:
    rows = {Sign(row.sign): row for row in Assessment.objects.select_for_update().filter(
        partnership=frame.partnership, organisation_id=frame.actor.organisation_id, area_id=where.id,
        quarter=quarter.first).order_by("sign")}
    changed = {sign: each.content() for sign, each in said.items()
               if sign not in rows or differs(each, rows[sign])}
    if changed and edition_of(rows) != edition:
        raise WrittenMeanwhile
    for sign, content in changed.items():
        if sign in rows:
            _change(frame, rows[sign], content, edition + 1)
        else:
            _add(frame, where, quarter, sign, content)
    return bool(changed)


def _change(frame: Frame, row: Assessment, content: Mapping[str, object], edition: int) -> None:
    Assessment.objects.filter(id=row.id).update(
        **content, edition=edition, member_id=frame.actor.member_id, written_at=now())


def _add(frame: Frame, where: Place, quarter: Quarter, sign: Sign, content: Mapping[str, object]) -> None:
    """Two who write the first words at once: the second finds them there."""
    try:
        with transaction.atomic():
            Assessment(id=uuid4(), partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
                       area_id=where.id, quarter=quarter.first, sign=sign, member_id=frame.actor.member_id,
                       **content).save(force_insert=True)
    except IntegrityError:
        raise WrittenMeanwhile from None
