-- What people keep beside the picture, and files that come and go.
create policy own on situation_savedview for all to lokalnet_app
  using (member_id = (select actor_id())) with check (member_id = (select actor_id()));

create policy own on situation_export for all to lokalnet_app
  using (member_id = (select actor_id()))
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and ((select actor_may('shared-picture', 'export')) or (select actor_may('report', 'export-of-own'))
                   or (select actor_may('documents', 'export-of-own'))));
create policy own on situation_upload for all to lokalnet_app
  using (member_id = (select actor_id()))
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('report', 'file-import')));

do $$
declare t text;
begin
  foreach t in array array['situation_contact', 'situation_watch'] loop
    execute format($p$create policy shared on %s for select to lokalnet_app
      using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('report', 'directory')))$p$, t);
    execute format($p$create policy kept on %s for all to lokalnet_app
      using (organisation_id = (select actor_organisation()) and (select actor_may('administration', 'contacts')))
      with check (organisation_id = (select actor_organisation()) and (select actor_may('administration', 'contacts'))
                  and partnership_id = any(array(select actor_partnerships())))$p$, t);
  end loop;
end $$;

-- The month's texts on the data protection officer's desk. The officer reads those twenty and no others.
create policy overseen on situation_sample for select to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('data-protection', 'text-sample')));

create function draw_sample(wanted date, size integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  own uuid := actor_organisation();
  first date := date_trunc('month', wanted)::date;
begin
  if not actor_may('data-protection', 'text-sample') then return 0; end if;
  perform pg_advisory_xact_lock(4100222, hashtext(own::text));
  if not exists (select from situation_sample where organisation_id = own and month = first) then
    insert into situation_sample (id, organisation_id, month, observation_id, verdict)
    select gen_random_uuid(), own, first, t.observation_id, ''
    from situation_observation_text t join situation_observation_exact e on e.observation_id = t.observation_id
    join access_partnership p on p.id = t.partnership_id
    where t.organisation_id = own and p.exercise_of_id is null
      and e.reported_at >= first and e.reported_at < first + interval '1 month'
    order by random() limit least(size, 50);
  end if;
  return (select count(*) from situation_sample where organisation_id = own and month = first);
end
$$;

create function sampled_texts(wanted date)
returns table (sample_id uuid, observation_id uuid, category_id uuid, said text, verdict text)
language sql stable security definer set search_path = public, pg_temp as
$$ select s.id, s.observation_id, o.category_id, t.text, s.verdict::text
   from situation_sample s join situation_observation o on o.id = s.observation_id
   left join situation_observation_text t on t.observation_id = s.observation_id
   where s.organisation_id = actor_organisation() and actor_may('data-protection', 'text-sample')
     and s.month = date_trunc('month', wanted)::date order by s.id $$;

create function judge_sample(sample uuid, found text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare judged situation_sample;
begin
  if not actor_may('data-protection', 'text-sample') or found not in ('fine', 'slip') then return false; end if;
  update situation_sample set verdict = found, judged_at = now()
    where id = sample and organisation_id = actor_organisation() and verdict = '' returning * into judged;
  if judged.id is null then return false; end if;
  if found = 'slip' then
    insert into situation_act (id, observation_id, organisation_id, member_id, kind, answer, note, detail, at)
      values (gen_random_uuid(), judged.observation_id, judged.organisation_id, actor_id(), 'recognised', '', '',
              '{"sample": true}', now());
  end if;
  return true;
end
$$;

-- Published in the installation: how often a text had somebody in it after all, over all parties of a partnership.
create function slip_rate(partnership uuid) returns table (judged bigint, slips bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ select count(*), count(*) filter (where s.verdict = 'slip')
   from situation_sample s join situation_observation o on o.id = s.observation_id
   where o.partnership_id = partnership and s.verdict <> '' and s.judged_at > now() - interval '1 year'
     and partnership = any(array(select actor_partnerships())) $$;

-- Figures per parish for those who get no reports of others: only reports whose sender chose "counted in public
-- figures", no cell under five, and never exactly one hidden cell, which the sum would give away.
create function area_figures(partnership uuid, wanted_kind text, since timestamptz, until timestamptz)
returns table (area_id uuid, category_id uuid, number bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ with cells as (
     select a.id as area, o.category_id as category, count(*) as n
     from situation_observation o
     join places_area a on a.id = any(o.areas) and a.kind = wanted_kind
     where o.partnership_id = partnership and o.period_start >= since and o.period_start < until
       and o.visibility = 'public' and o.state = 'live' and o.standing <> 'refuted'
       and partnership = any(array(select actor_partnerships())) and actor_may('figures', 'area-figures')
     group by 1, 2),
   looked as (
     select *, count(*) filter (where n < 5) over (partition by area) as small,
            row_number() over (partition by area order by (n < 5), n, category) as place
     from cells)
   select area, category, case when n < 5 or (small = 1 and place = 1) then null else n end from looked $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['draw_sample(date, integer)', 'sampled_texts(date)', 'judge_sample(uuid, text)',
                           'slip_rate(uuid)', 'area_figures(uuid, text, timestamptz, timestamptz)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
