-- What a briefing is counted from: numbers of what every one of its readers gets anyway, and of nothing else. For the
-- worker, who acts for nobody, and for those who may edit it.
--
-- The whole partnership's counts reports that police and municipalities both get, in the areas of the coarse cell that
-- the police get. A municipality's counts what the municipalities share, where it happened.
create function counts_briefing(here uuid, audience text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select audience in ('partnership', 'municipalities') and (actor_id() is null or (
     here = any(array(select actor_partnerships())) and actor_may('briefing', 'briefing-edited')
     and (audience = 'partnership' or actor_kind() = 'municipality'))) $$;

create function audience_gets(audience text) returns text[] language sql immutable parallel safe as
$$ select case audience when 'partnership' then array['partnership', 'public']
                        when 'municipalities' then array['municipalities', 'partnership', 'public'] end $$;

-- By week, category and area; a row without an area is everywhere together. Refuted and withdrawn ones do not count; of
-- several that tell of one event one does, which is in the audience's picture.
create function briefing_counts(here uuid, audience text, since timestamptz, until timestamptz)
returns table (monday date, category_id uuid, area_id uuid, number bigint, unconfirmed bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ with counted as materialized (
     select date_trunc('week', o.period_start at time zone p.timezone)::date as monday, o.category_id,
            (o.standing = 'unconfirmed')::int as open,
            case audience when 'partnership' then o.areas else coalesce(e.areas, o.areas) end as areas
     from situation_observation o
     join access_partnership p on p.id = o.partnership_id
     left join situation_observation_exact e on audience = 'municipalities' and e.observation_id = o.id
     where o.partnership_id = here and o.period_start >= since and o.period_start < until
       and o.standing <> 'refuted' and o.visibility = any(audience_gets(audience))
       and (o.state = 'live' or (o.state = 'merged' and not exists (
              select from situation_observation into_this
              where into_this.id = o.merged_into_id and into_this.visibility = any(audience_gets(audience)))))
       and (select counts_briefing(here, audience)))
   select c.monday, c.category_id, null::uuid, count(*), sum(c.open) from counted c group by 1, 2
   union all
   select c.monday, c.category_id, a.area, count(*), sum(c.open)
   from counted c cross join lateral unnest(c.areas) a(area) group by 1, 2, 3 $$;

-- Who told: reports and quiet weeks in one week by the name under which others see the sender, so that a club is its
-- municipality. A party that told nothing stands there with two zeros. With `place`, the reports of that area alone.
create function briefing_tellers(here uuid, audience text, place uuid, first_day date)
returns table (shown_as text, reports bigint, quiet bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ with week as (
     select first_day::timestamp at time zone p.timezone as since,
            (first_day + 7)::timestamp at time zone p.timezone as until
     from access_partnership p where p.id = here),
   told as (
     select o.organisation_id, count(*) as reports
     from week join situation_observation o on o.period_start >= week.since and o.period_start < week.until
     left join situation_observation_exact e on audience = 'municipalities' and e.observation_id = o.id
     where o.partnership_id = here and o.state <> 'withdrawn' and o.visibility = any(audience_gets(audience))
       and (place is null or place = any(case audience when 'partnership' then o.areas
                                                       else coalesce(e.areas, o.areas) end))
     group by 1),
   quiet as (
     select q.organisation_id, count(*) as quiet from situation_quiet_week q
     where q.partnership_id = here and q.week = first_day group by 1)
   select org.shown_as::text, coalesce(sum(told.reports), 0)::bigint, coalesce(sum(quiet.quiet), 0)::bigint
   from access_party party
   join access_organisation org on org.id = party.organisation_id
   left join told on told.organisation_id = org.id
   left join quiet on quiet.organisation_id = org.id
   where party.partnership_id = here and party.valid_from <= first_day + 6
     and coalesce(party.valid_to, 'infinity') >= first_day and (select counts_briefing(here, audience))
   group by 1 $$;

-- Measures that every reader of the briefing sees, which were open, or came or went, in that week. Ids and days: what
-- they are called is looked up when it is shown.
create function briefing_measures(here uuid, audience text, places uuid[], first_day date)
returns table (id uuid, kind text, state text, made_on date, due_on date, ends_on date, ended_on date, areas uuid[])
language sql stable security definer set search_path = public, pg_temp as
$$ select m.id, m.kind::text, m.state::text, (m.made_at at time zone p.timezone)::date, m.due_on, m.ends_on,
          m.ended_on, m.areas
   from situation_measure m join access_partnership p on p.id = m.partnership_id
   where m.partnership_id = here
     and m.visibility = any(case audience when 'partnership' then array['partnership']
                                          else array['municipalities', 'partnership'] end)
     and (places is null or m.areas && places)
     and (m.state in ('proposed', 'agreed', 'under-way') or m.ended_on >= first_day)
     and (select counts_briefing(here, audience)) $$;

-- Promises whose day has passed, or comes within a week.
create function briefing_promises(here uuid, day date) returns table (id uuid, due_on date)
language sql stable security definer set search_path = public, pg_temp as
$$ select c.id, c.due_on from partnership_commitment c
   where c.partnership_id = here and c.state = 'open' and c.due_on <= day + 7
     and (select counts_briefing(here, 'partnership')) $$;

-- Where and by which names is counted, for the worker: partnerships that are at work and no exercise, and categories.
create function partnerships_at_work() returns setof access_partnership
language sql stable security definer set search_path = public, pg_temp as
$$ select p.* from access_partnership p
   where p.exercise_of_id is null and today() between p.valid_from and coalesce(p.valid_to, 'infinity'::date)
     and actor_id() is null order by p.slug $$;

create function briefing_categories(here uuid) returns setof situation_category
language sql stable security definer set search_path = public, pg_temp as
$$ select c.* from situation_category c
   where c.partnership_id = here and (select counts_briefing(here, 'partnership')) $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['counts_briefing(uuid, text)', 'briefing_counts(uuid, text, timestamptz, timestamptz)',
                           'briefing_tellers(uuid, text, uuid, date)', 'briefing_measures(uuid, text, uuid[], date)',
                           'briefing_promises(uuid, date)', 'partnerships_at_work()', 'briefing_categories(uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
