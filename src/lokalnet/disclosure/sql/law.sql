-- What a data protection officer may propose: of kinds that the law knows, for purposes that it names, not by itself
-- verified, and one at a time for each ground. Never in an exercise.
drop policy proposed on disclosure_ground;
create policy proposed on disclosure_ground for insert to lokalnet_app
  with check (partnership_id = any(array(select actor_partnerships())) and proposed_by_id = (select actor_id())
              and (select actor_may('data-protection', 'grounds-edited')) and state = 'proposed'
              and decided_by_id is null and decided_at is null and decline_reason = '' and not verified and why <> ''
              and proposed_at between now() - interval '1 minute' and clock_timestamp() + interval '1 minute'
              and cardinality(gives) > 0 and cardinality(receives) > 0 and cardinality(purposes) > 0
              and gives || receives
                  <@ array['municipality', 'police', 'institution', 'psychiatry', 'prison-service']::varchar[]
              and purposes <@ array['ssp', 'psp', 'ksp', 'move']::varchar[]
              and not exists (select from access_partnership p where p.id = partnership_id
                              and p.exercise_of_id is not null));
create unique index ground_proposed_once on disclosure_ground (partnership_id, code) where state = 'proposed';

-- Which organisations those spoke for who proposed and decided the versions of a ground, and no names.
create function ground_voices(partnership uuid, ground_code text)
returns table (member_id uuid, organisation_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$
  select distinct m.id, m.organisation_id from disclosure_ground g
    join access_member m on m.id in (g.proposed_by_id, g.decided_by_id)
    where g.partnership_id = ground_voices.partnership and g.code = ground_voices.ground_code
      and g.partnership_id = any(array(select actor_partnerships())) and actor_may('disclosure', 'grounds')
$$;

do $$
declare f regprocedure := 'ground_voices(uuid, text)'::regprocedure;
begin
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to lokalnet_app', f);
  execute format('alter function %s owner to lokalnet_definer', f);
end $$;
