drop trigger measure_narrowed on situation_measure;
drop trigger measure_proposed on situation_measure;
drop trigger step_applied on situation_step;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function apply_step(), measure_proposed(), partners_still_see(), end_measures(),
    set_measure_partner(situation_measure, uuid, text, uuid);
  execute format('set local role %I', before);
end $$;
