do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function ground_voices(uuid, text);
  execute format('set local role %I', before);
end $$;
drop index ground_proposed_once;
drop policy proposed on disclosure_ground;
create policy proposed on disclosure_ground for insert to lokalnet_app
  with check (partnership_id = any(array(select actor_partnerships())) and proposed_by_id = (select actor_id())
              and (select actor_may('data-protection', 'grounds-edited')) and state = 'proposed'
              and decided_by_id is null and decided_at is null);
