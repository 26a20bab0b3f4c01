drop policy present on situation_watch;
drop policy of_a_measure on situation_watch;
drop policy still_of_a_measure on situation_watch;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function report_flags(uuid, uuid[], timestamptz, timestamptz);
  execute format('set local role %I', before);
end $$;
