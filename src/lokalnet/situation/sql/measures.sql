-- Measures: who sees one, who may take which step, which step follows which, and what follows from it.

-- Who sees a measure that another organisation of the partnership has made. As a report's rule in observations.sql, and
-- each argument that a policy fills by a query stands here once, so that the function is inlined.
create function measure_shown(reader_kind text, visibility text) returns boolean
language sql immutable parallel safe as
$$ select case reader_kind when 'municipality' then visibility in ('municipalities', 'partnership')
                           when 'police' then visibility = 'partnership' else false end $$;

-- A measure is over when its last day has passed, also before the hourly job has written that down.
create function measure_standing(state text, ends_on date) returns text
language sql stable parallel safe as
$$ select case when state in ('proposed', 'agreed', 'under-way') and ends_on < today() then 'ended' else state end $$;

create policy shown on situation_measure for select to lokalnet_app
  using ((select actor_may('measures', 'measures'))
         and (organisation_id = (select actor_organisation())
              or (partnership_id = any(array(select actor_partnerships()))
                  and measure_shown((select actor_kind()), visibility))));

-- Which step follows which. `standing` is what `measure_standing` says of the measure.
create function step_fits(kind text, standing text) returns boolean
language sql immutable parallel safe as
$$ select case
     when kind = 'agreed' then standing = 'proposed'
     when kind = 'started' then standing = 'agreed'
     when kind = 'done' then standing in ('agreed', 'under-way', 'ended')
     when kind = 'dropped' then standing in ('proposed', 'agreed', 'under-way', 'ended')
     when kind = 'ended' then standing = 'ended'
     when kind = 'reopened' then standing in ('done', 'dropped', 'ended')
     when kind in ('prolonged', 'changed', 'asked', 'unasked', 'joined', 'declined') then
       standing in ('proposed', 'agreed', 'under-way')
     when kind in ('commented', 'answered') then true
     else false end $$;

-- Who may take which step. The organisation whose measure it is decides about it; in a conflict every party to it does,
-- and whoever agrees to one is of another organisation than the one that proposed it.
create function may_step(wanted text, measure uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce((
     select case
       when wanted = 'commented' then true
       when wanted = 'joined' then not own
       when wanted = 'declined' then not own and part in ('asked', 'joined')
       when wanted = 'agreed' and m.kind = 'conflict' then not own and actor_may('measures', 'conflicts')
       when wanted = 'agreed' then decides
       when wanted in ('started', 'done', 'prolonged', 'reopened') then decides or (own and m.owner_id = actor_id())
       when wanted = 'dropped' then decides or (own and m.state = 'proposed' and proposed)
       when wanted in ('changed', 'asked', 'unasked') then decides or (own and (m.owner_id = actor_id() or proposed))
       else false
     end
     from situation_measure m
     cross join lateral (select
       m.organisation_id = actor_organisation() as own,
       (select p.state from situation_measure_partner p
        where p.measure_id = m.id and p.organisation_id = actor_organisation()) as part,
       exists (select from situation_step s
               where s.measure_id = m.id and s.kind = 'proposed' and s.member_id = actor_id()) as proposed) known
     cross join lateral (select case m.kind
       when 'conflict' then (own or coalesce(part, '') = 'joined') and actor_may('measures', 'conflicts')
       else own and actor_may('measures', 'measures-agreed') end as decides) deciding
     where m.id = measure and m.partnership_id = any(array(select actor_partnerships()))
       and actor_may('measures', 'measures') and (own or measure_shown(actor_kind(), m.visibility))), false) $$;

-- Both at once: what a page offers, and what the policies ask.
create function can_step(wanted text, measure uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select may_step(wanted, measure) and exists (
     select from situation_measure m
     where m.id = measure and step_fits(wanted, measure_standing(m.state, m.ends_on))) $$;

create policy proposed on situation_measure for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('measures', 'measures'))
              and (kind = 'measure' or (select actor_may('measures', 'conflicts')))
              and (owner_id is null or owner_id = any(array(select actor_colleagues()))));
create policy new_is_new on situation_measure as restrictive for insert to lokalnet_app
  with check (state = 'proposed' and outcome = '' and ended_on is null and edition = 1
              and ends_on between today() and today() + 90);
create policy changed on situation_measure for update to lokalnet_app
  using (organisation_id = (select actor_organisation()) and can_step('changed', id))
  with check (organisation_id = (select actor_organisation())
              and (owner_id is null or owner_id = any(array(select actor_colleagues()))));

-- Steps and partners are seen with the measure. It is looked up by its id for each row: with `exists` the database
-- would at times read all measures to show one, which took 30 ms at 100,000.
create policy shown on situation_step for select to lokalnet_app
  using (measure_id = (select m.id from situation_measure m where m.id = measure_id));
create policy taken on situation_step for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and may_step(kind, measure_id));
create policy shown on situation_measure_partner for select to lokalnet_app
  using (measure_id = (select m.id from situation_measure m where m.id = measure_id));

-- To link an observation gives nobody sight of it: whoever may not see it does not see the link either.
create policy shown on situation_measure_observation for select to lokalnet_app
  using (measure_id = (select m.id from situation_measure m where m.id = measure_id)
         and actor_level(observation_id) is not null);
create policy linked on situation_measure_observation for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and can_step('commented', measure_id) and actor_level(observation_id) is not null);
create policy unlinked on situation_measure_observation for delete to lokalnet_app
  using (organisation_id = (select actor_organisation()) or can_step('changed', measure_id));

-- Who owns a measure is told to everybody who sees it: that is whom they ring. `former` when they work there no more.
create function measure_owners(measures uuid[]) returns table (measure_id uuid, name text, former boolean)
language sql stable security definer set search_path = public, pg_temp as
$$ select m.id, o.name::text, coalesce(o.ended_at <= now(), false)
   from situation_measure m join access_member o on o.id = m.owner_id
   where m.id = any(measures) and actor_may('measures', 'measures')
     and (m.organisation_id = actor_organisation()
          or (m.partnership_id = any(array(select actor_partnerships()))
              and measure_shown(actor_kind(), m.visibility))) $$;

-- Whoever ends somebody's access need not see measures: they learn how many there are, and give them to a colleague.
create function open_measures_of(member uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as
$$ select count(*) from situation_measure m join access_member o on o.id = m.owner_id
   where m.owner_id = member and o.organisation_id = actor_organisation()
     and (actor_may('administration', 'members') or member = actor_id())
     and (m.state in ('proposed', 'agreed', 'under-way') or (m.state = 'ended' and m.outcome = '')) $$;

create function hand_over_measures(leaver uuid, colleague uuid) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  one record;
  number bigint := 0;
begin
  if not (actor_may('administration', 'members') or leaver = actor_id())
     or not exists (select from working_member(colleague) c where c.organisation_id = actor_organisation()) then
    return 0;
  end if;
  for one in select m.id, measure_standing(m.state, m.ends_on) as standing from situation_measure m
             where m.owner_id = leaver and m.organisation_id = actor_organisation()
               and (m.state in ('proposed', 'agreed', 'under-way') or (m.state = 'ended' and m.outcome = ''))
             order by m.id for update loop
    update situation_measure set owner_id = colleague, edition = edition + 1 where id = one.id;
    if one.standing <> 'ended' then
      insert into situation_step (id, measure_id, organisation_id, member_id, kind, note, detail, at)
        values (gen_random_uuid(), one.id, actor_organisation(), actor_id(), 'changed', '', '{"fields": ["owner"]}',
                now());
    end if;
    number := number + 1;
  end loop;
  return number;
end
$$;

-- What hangs on a measure or an observation goes with it: retention deletes by SQL and has no grant on these.
alter table situation_step add constraint step_of_measure foreign key (measure_id)
  references situation_measure (id) on delete cascade deferrable initially immediate;
alter table situation_measure_partner add constraint partner_of_measure foreign key (measure_id)
  references situation_measure (id) on delete cascade deferrable initially immediate;
alter table situation_measure_observation add constraint link_of_measure foreign key (measure_id)
  references situation_measure (id) on delete cascade deferrable initially immediate;
alter table situation_measure_observation add constraint link_of_observation foreign key (observation_id)
  references situation_observation (id) on delete cascade deferrable initially immediate;
create policy expiring on situation_measure for select to lokalnet_retention using (true);
create policy expiring on situation_step for select to lokalnet_retention using (true);
create policy expired on situation_measure for delete to lokalnet_retention
  using ((state in ('done', 'dropped', 'ended') and changed_at < now() - interval '5 years')
         or exists (select from access_partnership p where p.id = partnership_id and p.exercise_of_id is not null
                    and p.valid_to < today()));
create policy silenced on situation_step for update to lokalnet_retention using (true) with check (note = '');

do $$
declare f regprocedure;
begin
  foreach f in array array['may_step(text, uuid)', 'can_step(text, uuid)', 'measure_owners(uuid[])',
                           'open_measures_of(uuid)', 'hand_over_measures(uuid, uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
