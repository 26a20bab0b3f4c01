-- Who is out tonight: whoever works out there writes the own organisation's, not only who keeps its telephones.
create policy present on situation_watch for all to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('measures', 'presence')))
  with check (organisation_id = (select actor_organisation()) and (select actor_may('measures', 'presence'))
              and partnership_id = any(array(select actor_partnerships())));

-- It may belong to a measure of the same partnership that its writer may see.
create policy of_a_measure on situation_watch as restrictive for insert to lokalnet_app
  with check (measure_id is null or exists (select from situation_measure m where m.id = situation_watch.measure_id
                                            and m.partnership_id = situation_watch.partnership_id));
create policy still_of_a_measure on situation_watch as restrictive for update to lokalnet_app
  with check (measure_id is null or exists (select from situation_measure m where m.id = situation_watch.measure_id
                                            and m.partnership_id = situation_watch.partnership_id));

-- What the actor's organisation was doing there then: a measure that it owns or has joined, and hours that it had
-- planned. The whole time from `since` to `until` has to lie within. Asked for whoever reports, also where the reporter
-- may see neither (a caretaker, a system); it tells of the own organisation alone.
-- A measure counts from when it was agreed to the end of its last day, or until it was done or dropped before that.
create function report_flags(here uuid, places uuid[], since timestamptz, until timestamptz)
returns table (measure uuid, presence boolean)
language sql stable security definer set search_path = public, pg_temp as
$$ with ours as (
     select m.* from situation_measure m
     where m.organisation_id = (select actor_organisation()) and m.partnership_id = here and m.areas && places
       and (m.state in ('agreed', 'under-way') or (m.state in ('done', 'dropped', 'ended') and m.changed_at >= until))
     union all
     select m.* from situation_measure_partner p join situation_measure m on m.id = p.measure_id
     where p.organisation_id = (select actor_organisation()) and p.state = 'joined'
       and m.partnership_id = here and m.areas && places
       and (m.state in ('agreed', 'under-way') or (m.state in ('done', 'dropped', 'ended') and m.changed_at >= until)))
   select
     (select o.id from ours o join access_partnership p on p.id = o.partnership_id
      where until <= (o.ends_on + 1)::timestamp at time zone p.timezone
        and exists (select from situation_step s where s.measure_id = o.id and s.kind = 'agreed' and s.at <= since)
        and (o.state in ('agreed', 'under-way')
             or exists (select from situation_step s where s.measure_id = o.id and s.kind in ('done', 'dropped', 'ended')
                        and s.at >= until))
      order by o.made_at, o.id limit 1),
     exists (select from situation_watch w
             where w.partnership_id = here and w.organisation_id = actor_organisation()
               and w.starts_at <= since and w.ends_at >= until and (w.area_id is null or w.area_id = any(places)))
   where here = any(array(select actor_partnerships())) $$;

-- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
revoke all on function report_flags(uuid, uuid[], timestamptz, timestamptz) from public;
grant execute on function report_flags(uuid, uuid[], timestamptz, timestamptz) to lokalnet_app;
alter function report_flags(uuid, uuid[], timestamptz, timestamptz) owner to lokalnet_definer;

-- Where a measure goes by SQL (retention), what was done under it stays. Django leaves the foreign keys without a rule.
do $$
declare k record;
begin
  for k in select conname as name, conrelid::regclass as tab, pg_get_constraintdef(oid) as def from pg_constraint
           where contype = 'f' and confdeltype = 'a' and confrelid = 'situation_measure'::regclass
             and conrelid in ('situation_watch'::regclass, 'situation_observation_exact'::regclass) loop
    execute format('alter table %s drop constraint %I', k.tab, k.name);
    execute format('alter table %s add constraint %I %s', k.tab, k.name,
                   replace(k.def, ' DEFERRABLE', ' on delete set null DEFERRABLE'));
  end loop;
end $$;
