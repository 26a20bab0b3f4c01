alter table situation_measure_observation drop constraint link_of_observation, drop constraint link_of_measure;
alter table situation_measure_partner drop constraint partner_of_measure;
alter table situation_step drop constraint step_of_measure;
drop policy silenced on situation_step;
drop policy expired on situation_measure;
drop policy expiring on situation_step;
drop policy expiring on situation_measure;
drop policy unlinked on situation_measure_observation;
drop policy linked on situation_measure_observation;
drop policy shown on situation_measure_observation;
drop policy shown on situation_measure_partner;
drop policy taken on situation_step;
drop policy shown on situation_step;
drop policy changed on situation_measure;
drop policy new_is_new on situation_measure;
drop policy proposed on situation_measure;
drop policy shown on situation_measure;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function measure_owners(uuid[]), open_measures_of(uuid), hand_over_measures(uuid, uuid), can_step(text, uuid),
    may_step(text, uuid);
  execute format('set local role %I', before);
end $$;
drop function step_fits(text, text), measure_standing(text, date), measure_shown(text, text);
