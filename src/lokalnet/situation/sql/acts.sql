-- Acts about an observation: who may do which. The table of acts is append-only; what follows from each stands in
-- consequences.sql.

-- As much of one observation as the actor gets: 'exact', 'text', 'area', or null. The policies say the same by row.
create function actor_level(observation uuid) returns text
language sql stable parallel safe security definer set search_path = public, pg_temp as
$$ select case when o.organisation_id = actor_organisation()
       then case when actor_may('report', 'observations-of-own') then 'exact' end
     when o.partnership_id = any(array(select actor_partnerships()))
         and actor_may('shared-picture', 'observations-of-partners')
       then observation_level(false, actor_kind(), o.source_kind, o.visibility, o.police_sees) end
   from situation_observation o where o.id = observation $$;

create function may_act(kind text, observation uuid, into_observation uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce((
     select case
       when kind = 'seen-too' then actor_may('report', 'observation-entry')
       when kind in ('confirmed', 'refuted', 'reopened') then actor_may('shared-picture', 'standing')
       when kind in ('corrected', 'withdrawn', 'restored') then
         o.organisation_id = actor_organisation() and actor_may('report', 'observation-entry')
         and (e.reporter_id = actor_id() or actor_may('report', 'correction'))
       when kind in ('merged', 'split') then actor_may('shared-picture', 'merging')
         and (into_observation is null or actor_level(into_observation) is not null)
       when kind = 'recognised' then actor_level(observation) in ('exact', 'text')
       when kind = 'answered' then actor_may('answer', 'answers') and e.reporter_id <> actor_id()
     end
     from situation_observation o join situation_observation_exact e on e.observation_id = o.id
     where o.id = observation and actor_level(observation) is not null), false) $$;

-- Whoever gets the place exactly gets the whole history. Whoever gets the words but a coarse place gets what was
-- decided about them. Everybody gets what the own organisation did.
create policy shared on situation_act for select to lokalnet_app
  using (organisation_id = (select actor_organisation())
         or case actor_level(observation_id) when 'exact' then true
              when 'text' then kind in ('confirmed', 'refuted', 'reopened') else false end);
create policy done on situation_act for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and may_act(kind, observation_id, "into"));

create policy own on situation_version for select to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('report', 'observations-of-own')));
create policy kept on situation_version for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation()) and may_act('corrected', observation_id, null));

do $$
declare f regprocedure;
begin
  foreach f in array array['actor_level(uuid)', 'may_act(text, uuid, uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
