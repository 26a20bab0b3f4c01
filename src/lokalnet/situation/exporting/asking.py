"""Who may have a file of what, and asking for one. The file itself is made by a job (`making.py`)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation import jobs
from lokalnet.foundation.languages import reader_language
from lokalnet.situation import files, showing
from lokalnet.situation.exporting import rows
from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.models import Export
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters

LONGEST_QUERY = 2_000
UNFINISHED = (Export.State.WAITING, Export.State.RUNNING)
NOBODY = UUID(int=0)
NEEDED = {Export.Scope.PICTURE: (Purpose.SHARED_PICTURE, Fields.EXPORT),
          Export.Scope.OWN: (Purpose.REPORT, Fields.EXPORT_OF_OWN),
          Export.Scope.DOCUMENTS: (Purpose.DOCUMENTS, Fields.EXPORT_OF_OWN)}


@dataclass(frozen=True)
class Right:
    """By which right somebody gets a file, what for, and of what."""

    decision: Decision
    purpose: Purpose
    scope: Export.Scope


def may_export(actor: Actor) -> Right:
    """All that the actor may see, or else the own organisation's reports alone. Raises NotAllowed.

    The scope is never asked for: it follows from the rights table. The police get their own (design 3.3).
    """
    shared = actor.may(Purpose.SHARED_PICTURE, Fields.EXPORT)
    return right_to(actor, Export.Scope.PICTURE if shared else Export.Scope.OWN)


def offers_export(actor: Actor) -> bool:
    """Whether `may_export` would let the actor, for pages that offer it."""
    return any(actor.may(*NEEDED[scope]) for scope in (Export.Scope.PICTURE, Export.Scope.OWN))


def right_to(actor: Actor, scope: str) -> Right:
    """The right to a file of this scope. Raises NotAllowed."""
    wanted = Export.Scope(scope)
    purpose, fields = NEEDED[wanted]
    return Right(actor.require(purpose, fields), purpose, wanted)


def filters_for(frame: Frame, right: Right, query: str) -> Filters:
    """What the overview shows under the query; with the narrower right, of the own organisation alone."""
    filters = FilterBar(QueryDict(query), frame).filters()
    if right.scope == Export.Scope.PICTURE:
        return filters
    own = frame.actor.organisation_id
    wanted = own if not filters.organisations or own in filters.organisations else NOBODY
    return replace(filters, organisations=(wanted,))


def in_words(frame: Frame, scope: str, query: str) -> Iterator[tuple[str, str]]:
    """The filters as their reader chose them, and as their right narrows them: (filter, choice)."""
    for name, (label, words) in FilterBar(QueryDict(query), frame).in_words().items():
        own = name == "organisation" and scope == Export.Scope.OWN
        yield label, frame.actor.organisation_name if own else words


def _in_short(frame: Frame, query: str) -> str:
    """What tells one export from another in the list: the period, and the filters that were set."""
    bar = FilterBar(QueryDict(query), frame)
    chosen = (choice.words for choice in bar.choices.values() if choice.chosen and choice.name != "days")
    return ", ".join([bar.period_in_words("SHORT_DATE_FORMAT"), *chosen])


def ask(frame: Frame, *, form: str, query: str) -> Export:
    """A file of what the query shows. Raises NotAllowed."""
    right = may_export(frame.actor)
    query = _kept(frame, query)
    filters = filters_for(frame, right, query)
    asked = {"query": query, "words": _in_short(frame, query)}
    if (waiting := _waiting(frame, form, asked)) is not None:
        return waiting
    export = store(frame, right, form=form, asked=asked)
    events.record(frame.actor, "export.asked", decision=right.decision, purpose=right.purpose, subject_kind="export",
                  subject=export.id, format=form, scope=right.scope.value,
                  rows=rows.count(frame.partnership, filters), filters=showing.for_log(filters))
    return export


def _kept(frame: Frame, query: str) -> str:
    """The filters to keep with the export. A search that was refused, because it was for a person, is not kept."""
    said = QueryDict(query[:LONGEST_QUERY], mutable=True)
    if FilterBar(said, frame).search.refused:
        del said["q"]
    return said.urlencode()


def _waiting(frame: Frame, form: str, asked: dict[str, Any]) -> Export | None:
    """A second click finds what the first one asked for."""
    return Export.objects.filter(member_id=frame.actor.member_id, partnership=frame.partnership, format=form,
                                 asked=asked, state=Export.State.WAITING).defer("file").first()


def store(frame: Frame, right: Right, *, form: str, asked: dict[str, Any]) -> Export:
    """An export that waits, and the job that makes it."""
    export = Export(organisation_id=frame.actor.organisation_id, partnership=frame.partnership,
                    member_id=frame.actor.member_id, format=form, scope=right.scope, asked=asked,
                    language=reader_language())
    with transaction.atomic():
        export.save(force_insert=True)
        jobs.later(files.JOBS["export"], str(export.id))
    return export
