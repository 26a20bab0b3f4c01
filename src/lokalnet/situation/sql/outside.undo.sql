drop policy at_the_desk on situation_export;
drop policy at_the_desk on situation_upload;
drop policy at_the_desk on situation_savedview;
drop policy expiring on access_device;
drop policy expired on access_device;
drop policy expiring on situation_quiet_week;
drop policy expired on situation_quiet_week;
drop policy expiring on situation_photo;
drop policy expired on situation_photo;
drop policy said on situation_quiet_week;
drop policy told on situation_quiet_week;
drop trigger photo_follows_category on situation_observation;
drop trigger photo_allowed on situation_photo;
drop trigger photo_goes on situation_act;
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function photo_follows_category(), photo_allowed(), photo_goes();
  execute format('set local role %I', before);
end $$;
drop policy corrected on situation_photo;
drop policy reported on situation_photo;
drop policy shared on situation_photo;
alter table situation_photo drop constraint photo_small;
alter table situation_photo drop constraint photo_audience;
