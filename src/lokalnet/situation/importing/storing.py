"""Store a batch of imported reports: new ones once, changed ones anew, the rest not at all.

COPY is refused on a table with policies, so the batch is copied into a temporary table and goes on from there as the
organisation's own inserts and updates, which the policies judge like anybody's (engineering 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from lokalnet.access.acting import Actor
from lokalnet.access.models import Partnership
from lokalnet.foundation.times import now
from lokalnet.situation.importing.lines import COLUMNS

# `fresh`: true for a new row, false for a changed one, null for one that is the same as before.
STAGE = """
create temporary table if not exists import_stage (
  key bytea not null, content bytea not null, observation_id uuid not null, fresh boolean default true,
  visibility text, police_sees text, category_id uuid,
  cell_x integer, cell_y integer, cell_longitude float8, cell_latitude float8, cell_areas uuid[],
  longitude float8, latitude float8, areas uuid[],
  period_start timestamptz, part text, occurred_at timestamptz, precision text, text text,
  reference uuid, coarsened boolean, named_area uuid)"""

# A row that was exported from here stands for a report that is still here.
KNOWN = """
delete from import_stage s using situation_observation o
where o.id = s.reference and o.partnership_id = %(partnership)s"""

# Who already has a row with the key keeps its observation. Where all are new, nothing in the stage is written again.
MATCH = """
with told as (
  insert into situation_import_row as r (id, organisation_id, partnership_id, profile, key, content, observation_id)
  select gen_random_uuid(), %(organisation)s, %(partnership)s, %(profile)s, s.key, s.content, s.observation_id
  from import_stage s order by s.key
  on conflict (organisation_id, partnership_id, profile, key)
    do update set content = excluded.content where r.content is distinct from excluded.content
  returning r.key, r.observation_id)
update import_stage s set fresh = case when n.found is not null then false end,
                          observation_id = coalesce(n.found, s.observation_id)
from (select x.key, t.observation_id as found from import_stage x left join told t on t.key = x.key
      where t.observation_id is distinct from x.observation_id) n
where s.key = n.key"""

# In the order of the ids, so that neighbours in the indexes are written together.
WRITE = (
    """insert into situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees,
         category_id, cell_x, cell_y, longitude, latitude, areas, named_area, period_start, part)
       select s.observation_id, %(partnership)s, %(organisation)s, %(source_kind)s, s.visibility, s.police_sees,
         s.category_id, s.cell_x, s.cell_y, s.cell_longitude, s.cell_latitude, s.cell_areas, s.named_area,
         s.period_start, s.part
       from import_stage s where s.fresh order by s.observation_id""",
    """insert into situation_observation_exact (observation_id, partnership_id, organisation_id, source_kind,
         visibility, police_sees, longitude, latitude, areas, occurred_at, precision, coarsened, reporter_id,
         reported_at)
       select s.observation_id, %(partnership)s, %(organisation)s, %(source_kind)s, s.visibility, s.police_sees,
         s.longitude, s.latitude, s.areas, s.occurred_at, s.precision, s.coarsened, %(member)s, %(now)s
       from import_stage s where s.fresh order by s.observation_id""",
    """insert into situation_observation_text (observation_id, partnership_id, organisation_id, source_kind,
         visibility, police_sees, text)
       select s.observation_id, %(partnership)s, %(organisation)s, %(source_kind)s, s.visibility, s.police_sees, s.text
       from import_stage s where s.fresh and s.text <> '' order by s.observation_id""",
)
# A withdrawn report stays withdrawn, and a removed text stays removed.
CHANGE = (
    """update situation_observation o set police_sees = s.police_sees, edition = o.edition + 1,
         visibility = case when o.state = 'withdrawn' then o.visibility else s.visibility end,
         category_id = s.category_id, cell_x = s.cell_x, cell_y = s.cell_y, longitude = s.cell_longitude,
         latitude = s.cell_latitude, areas = s.cell_areas, named_area = s.named_area, period_start = s.period_start,
         part = s.part
       from import_stage s where not s.fresh and o.id = s.observation_id""",
    """update situation_observation_exact e set longitude = s.longitude, latitude = s.latitude, areas = s.areas,
         occurred_at = s.occurred_at, precision = s.precision, coarsened = s.coarsened
       from import_stage s where not s.fresh and e.observation_id = s.observation_id""",
    """update situation_observation_text t set text = s.text
       from import_stage s where not s.fresh and t.observation_id = s.observation_id""",
    """insert into situation_observation_text (observation_id, partnership_id, organisation_id, source_kind,
         visibility, police_sees, text)
       select o.id, o.partnership_id, o.organisation_id, o.source_kind, o.visibility, o.police_sees, s.text
       from import_stage s join situation_observation o on o.id = s.observation_id
       where not s.fresh and s.text <> '' and not o.text_removed on conflict (observation_id) do nothing""",
)


@dataclass(frozen=True)
class Stored:
    """Of one batch. `reported_at` is the moment that all its new rows have in common."""

    new: int
    changed: int
    same: int
    reported_at: datetime


@dataclass(frozen=True)
class Shelf:
    """Where the reports of a run belong, and whether their rows may be reports that are there already."""

    partnership: Partnership
    profile: str
    own: bool = False

    def store(self, actor: Actor, lines: Sequence[bytes]) -> Stored:
        """Lines as `lines.py` makes them, in the running transaction, on behalf of the actor who is set there."""
        moment = now()
        facts = {"organisation": actor.organisation_id, "partnership": self.partnership.id, "profile": self.profile,
                 "source_kind": actor.organisation_kind, "member": actor.member_id, "now": moment}
        with connection.cursor() as cursor:
            _stage(cursor, lines)
            known = _taken_out(cursor, facts) if self.own else 0
            cursor.execute(MATCH, facts)
            cursor.execute("select count(*) filter (where fresh), count(*) filter (where not fresh), "
                           "count(*) filter (where fresh is null) from import_stage")
            new, changed, same = cursor.fetchone()
            stored = Stored(new, changed, same + known, moment)
            for statement in (*(WRITE if stored.new else ()), *(CHANGE if stored.changed else ())):
                cursor.execute(statement, facts)
        return stored


def _taken_out(cursor: Any, facts: dict[str, Any]) -> int:
    cursor.execute("analyze import_stage")
    cursor.execute(KNOWN, facts)
    return int(cursor.rowcount)


def _stage(cursor: Any, lines: Sequence[bytes]) -> None:
    cursor.execute(STAGE)
    cursor.execute("truncate import_stage")
    with cursor.copy(f"copy import_stage ({COLUMNS}) from stdin") as copy:
        copy.write(b"".join(lines))
