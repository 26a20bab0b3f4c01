drop trigger act_applied on situation_act;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function apply_act(), count_reporters(uuid), remove_text(uuid);
  execute format('set local role %I', before);
end $$;
