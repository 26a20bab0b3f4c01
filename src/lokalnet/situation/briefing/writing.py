"""A coordinator's own words to the sections of a draft. Two who write at once notice each other, and what was typed is
never lost: words that somebody left as they were change nothing, whatever a colleague wrote meanwhile.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Purpose
from lokalnet.foundation.times import now
from lokalnet.situation import acting
from lokalnet.situation.briefing import freezing
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.models import Briefing, BriefingWords
from lokalnet.situation.models.measures import LONGEST_WORDS
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

SECTIONS: tuple[Item, ...] = tuple(item for item in Item if item != Item.FOLLOWED)
Words = Mapping[Item, str]


@dataclass(frozen=True)
class Said:
    """What was typed to a section; `stood` is the mark of the words that its field was opened with."""

    words: str
    stood: str


class ChangedMeanwhile(ValueError):
    """Somebody else wrote to these sections since the page was opened; `sections` has what stands there now."""

    def __init__(self, sections: Words) -> None:
        super().__init__(_("Somebody else wrote in this briefing while you did. See what stands there now, and save "
                           "again if yours is to stand."))
        self.sections = sections


def words_of(briefing: Briefing) -> dict[Item, str]:
    rows = BriefingWords.objects.filter(briefing=briefing, section__in=SECTIONS)
    return {Item(row.section): row.words for row in rows}


def mark(words: str) -> str:
    """By which it is told whether words are still the same."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def mark_of_all(words: Words) -> str:
    """The same of everything that is written in a briefing."""
    return mark("\n".join(f"{section}:{mark(words[section])}" for section in SECTIONS if section in words))


def check(frame: Frame, words: str, *, field: str) -> str:
    """The words as they are kept. Raises BadReport."""
    plain = words.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_WORDS:
        raise BadReport(field, _("The text may be %(number)s characters long.") % {"number": LONGEST_WORDS})
    acting.check_words(frame, plain, field=field)
    return plain


@transaction.atomic
def write(frame: Frame, briefing_id: UUID, said: Mapping[Item, Said]) -> bool:
    """Keep what was changed, and let go what was emptied; whether anything was.

    Raises NotAllowed, Http404, NotADraft, BadReport, ChangedMeanwhile.
    """
    decision = freezing.may_edit(frame)
    briefing = freezing.locked_draft(briefing_id)
    rows = {Item(row.section): row for row in BriefingWords.objects.filter(briefing=briefing, section__in=SECTIONS)}
    there = {section: rows[section].words if section in rows else "" for section in SECTIONS}
    typed = {section: check(frame, said[section].words, field=section) for section in SECTIONS if section in said}
    changed: dict[Item, str] = {section: words for section, words in typed.items()
               if words != there[section] and mark(words) != said[section].stood}
    if met := {section: there[section] for section in changed if mark(there[section]) != said[section].stood}:
        raise ChangedMeanwhile(met)
    for section, words in changed.items():
        _store(frame, briefing, section, words, rows.get(section))
    if changed:
        events.record(frame.actor, "briefing.written", decision=decision, purpose=Purpose.BRIEFING,
                      subject_kind="briefing", subject=briefing.id, sections=sorted(changed))
    return bool(changed)


def _store(frame: Frame, briefing: Briefing, section: Item, words: str, row: BriefingWords | None) -> None:
    if row is None:
        BriefingWords(id=uuid.uuid4(), briefing=briefing, section=section, words=words,
                      member_id=frame.actor.member_id, organisation_id=frame.actor.organisation_id,
                      ).save(force_insert=True)
    elif words:
        BriefingWords.objects.filter(id=row.id).update(
            words=words, edition=row.edition + 1, member_id=frame.actor.member_id,
            organisation_id=frame.actor.organisation_id, written_at=now())
    else:
        row.delete()
