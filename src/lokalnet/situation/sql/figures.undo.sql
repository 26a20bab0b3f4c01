-- A function of the definer's is dropped by the definer; the role before comes back.
do $$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  drop function area_figures(uuid, date);
  execute format('set local role %I', before);
end $$;

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
revoke all on function area_figures(uuid, text, timestamptz, timestamptz) from public;
grant execute on function area_figures(uuid, text, timestamptz, timestamptz) to lokalnet_app;
alter function area_figures(uuid, text, timestamptz, timestamptz) owner to lokalnet_definer;
