-- A function of the definer's is dropped by the definer; the role before comes back.
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function note_retention(uuid, timestamptz, jsonb, bytea, bytea, bytea), every_area();
  execute format('set local role %I', before);
end $$;
do $$
declare k record;
begin
  for k in select conname as name, conrelid::regclass as tab, pg_get_constraintdef(oid) as def from pg_constraint
           where contype = 'f' and confdeltype = 'c'
             and ((conrelid in ('situation_act'::regclass, 'situation_version'::regclass)
                   and confrelid = 'situation_observation'::regclass)
                  or (conrelid = 'situation_version'::regclass and confrelid = 'situation_act'::regclass)) loop
    execute format('alter table %s drop constraint %I', k.tab, k.name);
    execute format('alter table %s add constraint %I %s', k.tab, k.name, replace(k.def, ' ON DELETE CASCADE', ''));
  end loop;
end $$;
alter table situation_change drop column noted_on;
