-- Public figures: counts for those who get no reports of others. What they may be asked for is so little that nothing
-- can be had by subtraction, and that is proved by attack in tests/situation/test_figures.py:
--
-- 1. Whole calendar quarters, published two weeks after their end, of reports that had been told by then. There is no
--    other period, so none overlap.
-- 2. One kind of area: parishes, or municipalities where there are none. A report counts in one of them.
-- 3. A block is an area, a quarter and a side: what goes well (severity 0), and everything else. Blocks share nothing.
--    Of each block there is the sum, and there are its categories, both only from five reports on. The categories are
--    there only if those that stay hidden still could be anything from 0 to 4, each of them: their sum, which can be
--    had by subtraction, then lies between 4 and 4 (h - 1), h being how many are hidden.
-- 4. "Five" is counted without the reports of associations and housing companies, who read this: they can subtract
--    their own. Without the hidden ones' own reports, the rule of 3 is about what is left, too.
-- 5. Everything hidden is told alike, nothing at all or four reports: a row with null for every category.

-- A function of the definer's is dropped by the definer; the role before comes back.
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function area_figures(uuid, text, timestamptz, timestamptz);
  execute format('set local role %I', before);
end $$;

-- The quarter that holds the day: its start and its end, in the partnership's own time.
create function area_figures(partnership uuid, day date)
returns table (area_id uuid, good boolean, category_id uuid, number bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ with frame as (
     select p.*, date_trunc('quarter', day::timestamp) at time zone p.timezone as since,
            (date_trunc('quarter', day::timestamp) + interval '3 months') at time zone p.timezone as until,
            (date_trunc('quarter', day::timestamp) + interval '3 months 14 days') at time zone p.timezone as closed
     from access_partnership p
     where p.id = partnership and p.id = any(array(select actor_partnerships()))
       and actor_may('figures', 'area-figures')),
   inside as (
     select a.id, a.code, a.kind from places_area a join frame f on a.longitude between f.west and f.east
       and a.latitude between f.south and f.north where f.closed <= now()),
   area as (
     select id, code from inside where kind = case when exists (select from inside where kind = 'parish') then 'parish'
                                                   else 'municipality' end),
   told as materialized (
     select (select a.id from area a where a.id = any(o.areas) order by a.code limit 1) as area, o.category_id,
            o.source_kind in ('municipality', 'police') as judged
     from frame f join situation_observation o on o.partnership_id = f.id
       and o.period_start >= f.since and o.period_start < f.until
     join situation_observation_exact e on e.observation_id = o.id and e.reported_at < f.closed
     where o.visibility = 'public' and o.state = 'live' and o.standing <> 'refuted'),
   cell as (
     select a.id as area, c.id as category, c.severity = 0 as good, c.active, count(t.area) as n,
            count(t.area) filter (where t.judged) as x
     from area a join situation_category c on c.partnership_id = partnership
     left join told t on t.area = a.id and t.category_id = c.id
     group by a.id, c.id),
   block as (
     select area, good, sum(n)::bigint as n, sum(x) as x, count(*) as kinds,
            count(*) filter (where x < 5) as hidden, count(*) filter (where x < 5 and active) as open,
            coalesce(sum(x) filter (where x < 5), 0) as rest
     from cell group by area, good)
   select b.area, b.good, null::uuid, case when b.x >= 5 then b.n end from block b
   union all
   select c.area, c.good, c.category,
          case when c.x >= 5 and (b.hidden = 0 or b.rest between 4 and 4 * (b.open - 1)) then c.n end
   from cell c join block b on b.area = c.area and b.good = c.good where b.kinds > 1 $$;

-- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
revoke all on function area_figures(uuid, date) from public;
grant execute on function area_figures(uuid, date) to lokalnet_app;
alter function area_figures(uuid, date) owner to lokalnet_definer;
