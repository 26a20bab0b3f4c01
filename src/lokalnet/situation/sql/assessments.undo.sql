do $$
declare t text;
begin
  foreach t in array array['situation_assessment', 'situation_assessment_version'] loop
    execute format('drop policy expired on %s', t);
    execute format('drop policy expiring on %s', t);
  end loop;
end $$;
drop trigger assessment_kept on situation_assessment;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function keep_assessment();
  execute format('set local role %I', before);
end $$;
drop policy own on situation_assessment_version;
drop policy rewritten on situation_assessment;
drop policy written on situation_assessment;
drop policy shared on situation_assessment;
drop policy own on situation_assessment;
drop function assessment_open(date, date);
