"""Import observations from CSV: `./run import observations`.

Each batch is a transaction of its own on behalf of the organisation's import member, so a run that is stopped is
finished by running it again: what is stored already is known by its key (`keys.py`).
"""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from lokalnet.access import events
from lokalnet.access.acting import Actor, NotAllowed, acting_as, actor_of
from lokalnet.access.models import Partnership
from lokalnet.access.rights import Fields, Purpose
from lokalnet.places.areas import places
from lokalnet.situation.importing import profiles, rows
from lokalnet.situation.importing.checks import Rules
from lokalnet.situation.importing.keys import Keys, keys_for
from lokalnet.situation.importing.profiles import ImportFailed, Profile
from lokalnet.situation.importing.rows import Rejected
from lokalnet.situation.importing.storing import Entry, Shelf
from lokalnet.situation.importing.telling import Note, Totals, rejects
from lokalnet.situation.models import Category, Change
from lokalnet.situation.reporting import bounds_of, tell

BATCH = 5_000


def run(*, files: Sequence[Path], profile_name: str, organisation: str, partnership: str = "", dry_run: bool = False,
        rejected: Path | None = None) -> int:
    """Import, print the closing table. Raises ImportFailed before any row is stored when the whole cannot be meant."""
    profile = profiles.load(profile_name)
    rows.check_files(files, profile)
    if rejected and rejected.resolve() in {path.resolve() for path in files}:
        raise ImportFailed(f"--rejected {rejected}: this is one of the files to import")
    with rejects(rejected) as note, _rolled_back() if dry_run else nullcontext():
        totals = import_files(files, profile, organisation=organisation, partnership=partnership, note=note)
    print(totals.table() + ("\n(dry run: nothing was stored)" if dry_run else ""))
    return 0


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def import_files(files: Sequence[Path], profile: Profile, *, organisation: str, partnership: str,
                 note: Note) -> Totals:
    member_id = _import_member(organisation)
    with _acting(member_id) as actor:
        shelf = _shelf(actor, partnership, profile)
    rules = Rules(profile, bounds_of(shelf.partnership), frozenset(shelf.categories))
    desk = Desk(files, rules, keys_for(files, rules), note, Totals())
    entries = desk.entries()
    while batch := list(itertools.islice(entries, BATCH)):
        with _acting(member_id) as actor:
            stored = shelf.store(actor, batch)
        desk.totals.add(stored)
        desk.totals.progress()
    if desk.totals.accounted != desk.totals.read:
        raise ImportFailed(f"{desk.totals.read} rows were read and {desk.totals.accounted} accounted for")
    _close(member_id, shelf, desk.totals)
    return desk.totals


@dataclass
class Desk:
    """Where rows are read, judged and counted."""

    files: Sequence[Path]
    rules: Rules
    keys: Keys
    note: Note
    totals: Totals

    def entries(self) -> Iterator[Entry]:
        for row in rows.read_all(self.files, self.rules.profile):
            self.totals.read += 1
            try:
                report = self.rules.report_of(row)
                yield Entry(self.keys.key_of(row), report)
            except Rejected as problem:
                self.totals.rejected[problem.reason] += 1
                self.note(row, problem)


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


def _shelf(actor: Actor, slug: str, profile: Profile) -> Shelf:
    partnership = _partnership(actor, slug)
    categories = Category.objects.filter(partnership=partnership, active=True)
    return Shelf(partnership, profile.name, dict(categories.values_list("slug", "id")), places())


def _partnership(actor: Actor, slug: str) -> Partnership:
    mine = {each.slug: each for each in Partnership.objects.filter(id__in=actor.partnership_ids)}
    if not mine:
        raise ImportFailed(f"{actor.organisation_name} is in no partnership at present")
    if slug and slug not in mine:
        raise ImportFailed(f"--partnership {slug}: {actor.organisation_name} is in {', '.join(sorted(mine))}")
    if not slug and len(mine) > 1:
        raise ImportFailed(f"--partnership is needed: {actor.organisation_name} is in {', '.join(sorted(mine))}")
    return mine[slug] if slug else next(iter(mine.values()))


def _close(member_id: UUID, shelf: Shelf, totals: Totals) -> None:
    """One piece of news and one entry in the log for the whole run."""
    with _acting(member_id) as actor:
        if totals.stored or totals.updated:
            tell(actor, shelf.partnership.id, Change.Kind.IMPORTED, None)
        events.record(actor, "observations.imported", decision=actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY),
                      purpose=Purpose.REPORT, subject_kind="partnership", subject=shelf.partnership.id,
                      profile=shelf.profile, read=totals.read, stored=totals.stored, updated=totals.updated,
                      unchanged=totals.unchanged, rejected=dict(sorted(totals.rejected.items())))
