-- News had no age. The day is enough to let it go by, and tells nothing more about when a report was sent.
alter table situation_change add column noted_on date not null default today();

-- With an observation go the acts about it and what it said before. Django deletes such rows itself and leaves the
-- foreign key without a rule; retention deletes by SQL and has no grant on acts.
do $$
declare k record;
begin
  for k in select conname as name, conrelid::regclass as tab, pg_get_constraintdef(oid) as def from pg_constraint
           where contype = 'f' and confdeltype = 'a'
             and ((conrelid in ('situation_act'::regclass, 'situation_version'::regclass)
                   and confrelid = 'situation_observation'::regclass)
                  or (conrelid = 'situation_version'::regclass and confrelid = 'situation_act'::regclass)) loop
    execute format('alter table %s drop constraint %I', k.tab, k.name);
    execute format('alter table %s add constraint %I %s', k.tab, k.name,
                   replace(k.def, ' DEFERRABLE', ' on delete cascade DEFERRABLE'));
  end loop;
end $$;

-- A coarse point lies in the areas that hold it, and retention has no grant on areas.
create function every_area() returns table (id uuid, kind text, outline bytea)
language sql stable security definer set search_path = public, pg_temp as
$$ select a.id, a.kind::text, a.outline from places_area a order by a.kind, a.code $$;

-- That it ran, and how much went. The digests are made outside the database, as everybody's are (access/events.py); this
-- kind of entry, with nobody's name, is the only one that the login can write.
create function note_retention(entry uuid, noted_at timestamptz, said jsonb, entry_salt bytea, entry_digest bytea,
                               entry_mac bytea) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ insert into access_event (id, at, member_id, organisation_id, kind, purpose, because, subject_kind, subject, detail,
                             salt, digest, mac)
   values (entry, noted_at, null, null, 'retention.run', '', '', '', null, said, entry_salt, entry_digest, entry_mac) $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['every_area()', 'note_retention(uuid, timestamptz, jsonb, bytea, bytea, bytea)']::regprocedure[]
  loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_retention, lokalnet_migration', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
