"""Import observations from CSV: `./run import observations`.

Each batch is a transaction of its own on behalf of the organisation's import member, so a run that is stopped is
finished by running it again: what is stored already is known by its key (`keys.py`). The rows are taken apart and
judged by other processes while this one stores (`hands.py`).
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from lokalnet.access import events
from lokalnet.access.acting import Actor, NotAllowed, acting_as, actor_of
from lokalnet.access.models import Partnership
from lokalnet.access.rights import Fields, Purpose
from lokalnet.places.areas import places
from lokalnet.situation import knowing
from lokalnet.situation.importing import judging, own, profiles, receiving, rows
from lokalnet.situation.importing.checks import Rules
from lokalnet.situation.importing.hands import Hands, Own, hands
from lokalnet.situation.importing.judging import Judge, Judged, Refusal
from lokalnet.situation.importing.keys import Keys, repeated, winners
from lokalnet.situation.importing.lines import Ground, keyed
from lokalnet.situation.importing.own_checks import OwnRules
from lokalnet.situation.importing.profiles import ImportFailed, Profile
from lokalnet.situation.importing.rows import Rejected, Row
from lokalnet.situation.importing.storing import Shelf, Stored
from lokalnet.situation.importing.telling import Note, Totals, rejects
from lokalnet.situation.models import Change
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.reporting import bounds_of, tell

BATCH = 10_000


def run(*, files: Sequence[Path], profile_name: str, organisation: str, partnership: str = "", dry_run: bool = False,
        rejected: Path | None = None) -> int:
    """Import, print the closing table. Raises ImportFailed before any row is stored when the whole cannot be meant."""
    profile = profiles.load(profile_name)
    if profile.own:
        profile = replace(profile, delimiter=receiving.delimiter(files[0], profile))
    rows.check_files(files, profile)
    if rejected and rejected.resolve() in {path.resolve() for path in files}:
        raise ImportFailed(f"--rejected {rejected}: this is one of the files to import")
    with hands(files) as helpers, rejects(rejected) as note, _rolled_back() if dry_run else nullcontext():
        totals = import_files(files, profile, organisation=organisation, partnership=partnership, note=note,
                              helpers=helpers)
    print(totals.table() + ("\n(dry run: nothing was stored)" if dry_run else ""))
    return 0


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def import_files(files: Sequence[Path], profile: Profile, *, organisation: str, partnership: str,
                 note: Note, helpers: Hands | None = None,
                 progress: Callable[[Totals], None] = Totals.progress) -> Totals:
    """Each batch in a transaction of its own; `progress` is told after each, outside of it."""
    member_id = _import_member(organisation)
    with _acting(member_id) as actor:
        found = _partnership(actor, partnership)
        judge = judge_in(Frame(found, actor), profile)
    shelf, totals = Shelf(found, profile.name, profile.own), Totals()
    lines = _lines(files, judge, helpers or Own(), note, totals)
    while batch := list(itertools.islice(lines, BATCH)):
        with _acting(member_id) as actor:
            stored = shelf.store(actor, batch)
            _tell(actor, shelf, stored)
        totals.add(stored)
        progress(totals)
    if totals.accounted != totals.read:
        raise ImportFailed(f"{totals.read} rows were read and {totals.accounted} accounted for")
    _close(member_id, shelf, totals)
    return totals


def _lines(files: Sequence[Path], judge: Judge, helpers: Hands, note: Note, totals: Totals) -> Iterator[bytes]:
    """What is to be stored, in the order of the files; what is not is noted and counted."""
    helpers.give(judge)
    profile = judge.rules.profile
    again = repeated(helpers.over(judging.shorts, rows.chunks(files, profile)))
    keys = Keys({})
    if len(again):
        helpers.give(replace(judge, again=again))
        found = helpers.over(judging.claims, rows.chunks(files, profile))
        keys = Keys(winners(itertools.chain.from_iterable(found)))
    for chunk in helpers.over(judging.judged, rows.chunks(files, profile)):
        claimed, refused = _settled(chunk, keys)
        totals.read += chunk.read
        for refusal in refused:
            totals.rejected[refusal.reason] += 1
            note(Row(refusal.file, refusal.line), Rejected(refusal.reason, refusal.rule))
        yield from chunk.kept
        yield from claimed


def _settled(chunk: Judged, keys: Keys) -> tuple[list[bytes], list[Refusal]]:
    """The lines of rows whose identity occurs again, with their keys; and all that are refused, in order."""
    lines, refused = [], list(chunk.refused)
    for claim, line in chunk.claimed:
        try:
            lines.append(keyed(keys.key_of(claim), line))
        except Rejected as problem:
            refused.append(Refusal(*claim.place, problem.reason, problem.rule))
    return lines, sorted(refused, key=lambda refusal: refusal.line)


def _import_member(organisation: str) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("select import_member(%s)", [organisation])
        found: UUID | None = cursor.fetchone()[0]
    if found is None:
        raise ImportFailed(f"--organisation {organisation}: there is none of that name")
    return found


@contextmanager
def _acting(member_id: UUID) -> Iterator[Actor]:
    """A transaction on the import member's behalf, with its rights as of now."""
    with transaction.atomic():
        actor = actor_of(member_id)
        if actor is None:
            raise ImportFailed("the organisation's import member has ended")
        try:
            actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
        except NotAllowed as refusal:
            raise ImportFailed(f"the organisation may not report: {refusal}") from None
        with acting_as(actor):
            yield actor


def judge_in(frame: Frame, profile: Profile) -> Judge:
    """By what rules rows are judged in a partnership, and what is made of its places and times."""
    partnership = frame.partnership
    used = [row for row in frame.categories.values() if row.active]
    categories = {row.slug: row.id for row in used}
    if profile.own:
        profile = replace(profile, timezone=frame.zone)
    against = (profile, bounds_of(partnership), frozenset(categories), knowing.places(frame))
    rules = OwnRules(*against, words=own.words(used, frame.areas.values())) if profile.own else Rules(*against)
    return Judge(rules, Ground(frame.zone, partnership.projection, categories, places()))


def _partnership(actor: Actor, slug: str) -> Partnership:
    mine = {each.slug: each for each in Partnership.objects.filter(id__in=actor.partnership_ids)}
    if not mine:
        raise ImportFailed(f"{actor.organisation_name} is in no partnership at present")
    if slug and slug not in mine:
        raise ImportFailed(f"--partnership {slug}: {actor.organisation_name} is in {', '.join(sorted(mine))}")
    real = [each for each in mine.values() if each.exercise_of_id is None]
    if not slug and len(real) != 1:
        raise ImportFailed(f"--partnership is needed: {actor.organisation_name} is in {', '.join(sorted(mine))}")
    return mine[slug] if slug else real[0]


def _tell(actor: Actor, shelf: Shelf, stored: Stored) -> None:
    """One piece of news for a batch, in its transaction: of a run that is stopped, what was stored is told of too."""
    if stored.new:
        tell(actor, shelf.partnership.id, Change.Kind.IMPORTED, None, reported_at=stored.reported_at)
    elif stored.changed:
        tell(actor, shelf.partnership.id, Change.Kind.IMPORTED, None)


def _close(member_id: UUID, shelf: Shelf, totals: Totals) -> None:
    """One entry in the log for the whole run."""
    with _acting(member_id) as actor:
        events.record(actor, "observations.imported", decision=actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY),
                      purpose=Purpose.REPORT, subject_kind="partnership", subject=shelf.partnership.id,
                      profile=shelf.profile, read=totals.read, stored=totals.stored, updated=totals.updated,
                      unchanged=totals.unchanged, rejected=dict(sorted(totals.rejected.items())))
