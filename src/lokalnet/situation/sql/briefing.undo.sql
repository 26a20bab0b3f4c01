alter table situation_briefing_decision drop constraint briefing_decision_measure;
do $$
declare
  k record;
  p record;
  before text := current_user;
begin
  for k in select conname as name, conrelid::regclass as tab, pg_get_constraintdef(oid) as def from pg_constraint
           where contype = 'f' and confdeltype = 'c' and confrelid = 'situation_briefing'::regclass loop
    execute format('alter table %s drop constraint %I', k.tab, k.name);
    execute format('alter table %s add constraint %I %s', k.tab, k.name, replace(k.def, ' ON DELETE CASCADE', ''));
  end loop;
  drop trigger briefing_kept on situation_briefing;
  for p in select tablename, policyname from pg_policies
           where tablename like 'situation\_briefing%' and policyname not like 'lokalnet\_%' loop
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
  drop function reads_briefing(uuid, uuid, text);
  set local role lokalnet_definer;
  drop function keep_briefing();
  drop function drafted_weeks();
  drop function follows_edition(uuid, uuid, date, smallint);
  drop function draft_briefing(uuid, uuid, uuid, date, text, text, timestamptz);
  execute format('set local role %I', before);
end $$;
