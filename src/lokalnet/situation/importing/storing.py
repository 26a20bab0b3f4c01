"""Store a batch of imported reports: new ones once, changed ones anew, the rest not at all.

COPY is refused on a table with policies, so the batch is copied into a temporary table and goes on from there as the
organisation's own inserts and updates, which the policies judge like anybody's (engineering 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import connection

from lokalnet.access.acting import Actor
from lokalnet.access.models import Partnership
from lokalnet.foundation.times import now
from lokalnet.places.areas import Places
from lokalnet.places.points import cells_of
from lokalnet.situation import periods
from lokalnet.situation.reporting import Report

STAGE = """
create temporary table if not exists import_stage (
  key bytea primary key, content bytea not null, observation_id uuid not null, fresh boolean,
  visibility text, police_sees text, category_id uuid,
  cell_x integer, cell_y integer, cell_longitude float8, cell_latitude float8, cell_areas uuid[],
  longitude float8, latitude float8, areas uuid[],
  period_start timestamptz, part text, occurred_at timestamptz, precision text, text text)"""
COLUMNS = ("key, content, observation_id, visibility, police_sees, category_id, cell_x, cell_y, cell_longitude, "
           "cell_latitude, cell_areas, longitude, latitude, areas, period_start, part, occurred_at, precision, text")

# Who already has a row with the key keeps its observation: `fresh` is true for new, false for changed, null for same.
MATCH = """
with told as (
  insert into situation_import_row as r (id, organisation_id, partnership_id, profile, key, content, observation_id)
  select gen_random_uuid(), %(organisation)s, %(partnership)s, %(profile)s, s.key, s.content, s.observation_id
  from import_stage s order by s.key
  on conflict (organisation_id, partnership_id, profile, key)
    do update set content = excluded.content where r.content is distinct from excluded.content
  returning r.key, r.observation_id)
update import_stage s set fresh = (s.observation_id = t.observation_id), observation_id = t.observation_id
from told t where t.key = s.key"""

WRITE = (
    """insert into situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees,
         category_id, cell_x, cell_y, longitude, latitude, areas, period_start, part)
       select s.observation_id, %(partnership)s, %(organisation)s, %(source_kind)s, s.visibility, s.police_sees,
         s.category_id, s.cell_x, s.cell_y, s.cell_longitude, s.cell_latitude, s.cell_areas, s.period_start, s.part
       from import_stage s where s.fresh""",
    """insert into situation_observation_exact (observation_id, partnership_id, organisation_id, source_kind,
         visibility, police_sees, longitude, latitude, areas, occurred_at, precision, reporter_id, reported_at)
       select s.observation_id, %(partnership)s, %(organisation)s, %(source_kind)s, s.visibility, s.police_sees,
         s.longitude, s.latitude, s.areas, s.occurred_at, s.precision, %(member)s, %(now)s
       from import_stage s where s.fresh""",
    """update situation_observation o set visibility = s.visibility, police_sees = s.police_sees,
         category_id = s.category_id, cell_x = s.cell_x, cell_y = s.cell_y, longitude = s.cell_longitude,
         latitude = s.cell_latitude, areas = s.cell_areas, period_start = s.period_start, part = s.part
       from import_stage s where not s.fresh and o.id = s.observation_id""",
    """update situation_observation_exact e set longitude = s.longitude, latitude = s.latitude, areas = s.areas,
         occurred_at = s.occurred_at, precision = s.precision
       from import_stage s where not s.fresh and e.observation_id = s.observation_id""",
    """update situation_observation_text t set text = s.text
       from import_stage s where not s.fresh and t.observation_id = s.observation_id""",
    """insert into situation_observation_text (observation_id, partnership_id, organisation_id, source_kind,
         visibility, police_sees, text)
       select s.observation_id, %(partnership)s, %(organisation)s, %(source_kind)s, s.visibility, s.police_sees, s.text
       from import_stage s where s.fresh is not null and s.text <> '' on conflict (observation_id) do nothing""",
)


@dataclass(frozen=True)
class Entry:
    key: bytes
    report: Report


@dataclass(frozen=True)
class Stored:
    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Shelf:
    """Where the reports of a run belong; `categories` by slug."""

    partnership: Partnership
    profile: str
    categories: dict[str, UUID]
    places: Places

    def store(self, actor: Actor, entries: Sequence[Entry]) -> Stored:
        """In the running transaction, on behalf of the actor who is set there."""
        facts = {"organisation": actor.organisation_id, "partnership": self.partnership.id, "profile": self.profile,
                 "source_kind": actor.organisation_kind, "member": actor.member_id, "now": now()}
        with connection.cursor() as cursor:
            self._stage(cursor, entries)
            cursor.execute(MATCH, facts)
            cursor.execute("select count(*) filter (where fresh), count(*) filter (where not fresh), "
                           "count(*) filter (where fresh is null) from import_stage")
            stored = Stored(*cursor.fetchone())
            for statement in WRITE if stored.new or stored.changed else ():
                cursor.execute(statement, facts)
        return stored

    def _stage(self, cursor: Any, entries: Sequence[Entry]) -> None:
        cursor.execute(STAGE)
        cursor.execute("truncate import_stage")
        with cursor.copy(f"copy import_stage ({COLUMNS}) from stdin") as copy:
            for row in self._rows(entries):
                copy.write_row(row)
        cursor.execute("analyze import_stage")

    def _rows(self, entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
        """One tuple per entry, in the order of COLUMNS; projection and areas are found for all at once."""
        zone = ZoneInfo(self.partnership.timezone)
        longitudes = [entry.report.longitude for entry in entries]
        latitudes = [entry.report.latitude for entry in entries]
        cells = cells_of(longitudes, latitudes, self.partnership.projection)
        coarse = self.places.areas_of([cell.longitude for cell in cells], [cell.latitude for cell in cells])
        fine = self.places.areas_of(longitudes, latitudes)
        return [(entry.key, entry.report.body_hash(), uuid4(), entry.report.visibility, entry.report.police_sees,
                 self.categories[entry.report.category], cell.x, cell.y, cell.longitude, cell.latitude, cell_areas,
                 entry.report.longitude, entry.report.latitude, areas,
                 *periods.period_of(entry.report.occurred_at, entry.report.precision, zone),
                 periods.no_finer_than(entry.report.occurred_at, entry.report.precision, zone),
                 entry.report.precision, entry.report.text)
                for entry, cell, cell_areas, areas in zip(entries, cells, coarse, fine, strict=True)]
