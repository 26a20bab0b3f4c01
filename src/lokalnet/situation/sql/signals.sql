-- What is unusual: who reads it, what the detection is given to look at, and what it writes.

-- As of the briefing: the partnership's is read by municipalities and police and made of what both get; the
-- municipalities' is made of what they share with each other, and read by them alone.
create function reads_signals(here uuid, audience text) returns boolean language sql stable parallel safe as
$$ select here = any(array(select actor_partnerships())) and actor_may('shared-picture', 'signals')
     and (audience = 'partnership' or (audience = 'municipalities' and actor_kind() = 'municipality')) $$;

-- What was told in a partnership, as all of the audience get it: by cell and day, and never finer. For the detection,
-- which acts for nobody, and for whoever reads signals there. One row for each
--   'told'   event: a report, or several that were put together; refuted and withdrawn ones do not count;
--   'voice'  other person who told of the same event, at the event's own cell and day;
--   'quiet'  quiet week that somebody declared: `day` is its Monday, and it has no place.
-- `reporter` and `organisation` are numbers that hold within one answer only: they are drawn anew with each question,
-- so that nobody can be followed from one to the next. Everything that came in by a file is told by one reporter of its
-- organisation. `flagged`: told under a measure or on planned presence. `whole_week`: its day is not known.
create function sightings(here uuid, audience text, since date, until date)
returns table (kind text, day date, cell_x int, cell_y int, longitude float8, latitude float8, theme text,
               reporter int, organisation int, flagged boolean, whole_week boolean)
language sql volatile security definer set search_path = public, pg_temp as
$$ with salt as materialized (select gen_random_uuid()::text || gen_random_uuid()::text as grain),
   may as materialized (select actor_id() is null or reads_signals(here, audience) as ask),
   told as materialized (
     select o.id, (o.period_start at time zone p.timezone)::date as day, o.cell_x, o.cell_y, o.longitude, o.latitude,
            c.theme::text as theme, o.organisation_id, o.part = 'week' as whole_week,
            e.planned_presence or e.under_measure_id is not null as flagged,
            case when exists (select from situation_import_row r where r.observation_id = o.id)
                 then o.organisation_id else e.reporter_id end as teller,
            case when into_this.id is not null then into_this.id end as event
     from situation_observation o
     join access_partnership p on p.id = o.partnership_id
     join situation_category c on c.id = o.category_id
     join situation_observation_exact e on e.observation_id = o.id
     left join situation_observation into_this on into_this.id = o.merged_into_id
       and into_this.visibility = any(audience_gets(audience))
     where o.partnership_id = here and o.visibility = any(audience_gets(audience))
       and o.period_start >= since::timestamp at time zone p.timezone
       and o.period_start < (until + 1)::timestamp at time zone p.timezone
       and o.standing <> 'refuted' and o.state <> 'withdrawn' and (select ask from may)),
   rows as (
     select 'told' as kind, t.day, t.cell_x, t.cell_y, t.longitude, t.latitude, t.theme, t.teller,
            t.organisation_id, t.flagged, t.whole_week
     from told t where t.event is null
     union all
     select 'voice', e.day, e.cell_x, e.cell_y, e.longitude, e.latitude, e.theme, t.teller, t.organisation_id,
            e.flagged, e.whole_week
     from told t join told e on e.id = t.event
     union all
     select 'voice', t.day, t.cell_x, t.cell_y, t.longitude, t.latitude, t.theme, a.member_id, a.organisation_id,
            t.flagged, t.whole_week
     from told t join lateral (
       select distinct on (a.member_id) a.member_id, a.organisation_id, a.kind
       from situation_act a where a.observation_id = t.id and a.kind in ('seen-too', 'unseen')
       order by a.member_id, a.at desc, a.id desc) a on a.kind = 'seen-too'
     where t.event is null
     union all
     select 'quiet', q.week, null, null, null, null, null, q.member_id, q.organisation_id, false, true
     from situation_quiet_week q
     where q.partnership_id = here and q.week between since and until and (select ask from may))
   select r.kind, r.day, r.cell_x, r.cell_y, r.longitude, r.latitude, r.theme,
          dense_rank() over (order by sha256((s.grain || r.teller)::bytea))::int,
          dense_rank() over (order by sha256((r.organisation_id || s.grain)::bytea))::int,
          r.flagged, r.whole_week
   from rows r, salt s $$;
create index import_row_by_observation on situation_import_row (observation_id);

create policy shared on situation_look for select to lokalnet_app using (reads_signals(partnership_id, audience));
create policy shared on situation_signal for select to lokalnet_app using (reads_signals(partnership_id, audience));
create policy shared on situation_signal_step for select to lokalnet_app
  using (exists (select from situation_signal s where s.id = signal_id));

-- The detection acts for nobody; in a transaction of a member's the same role gets nothing.
do $$
declare t text;
begin
  foreach t in array array['situation_look', 'situation_signal', 'situation_signal_step'] loop
    execute format('create policy detected on %s for all to lokalnet_place using ((select actor_id()) is null) '
                   'with check ((select actor_id()) is null)', t);
  end loop;
end $$;

create policy shared on situation_signal_verdict for select to lokalnet_app
  using (exists (select from situation_signal s where s.id = signal_id));
create policy said on situation_signal_verdict for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and (select actor_may('shared-picture', 'signals-judged'))
              and exists (select from situation_signal s where s.id = signal_id));
create policy shared on situation_signal_measure for select to lokalnet_app
  using (exists (select from situation_signal s where s.id = signal_id)
         and exists (select from situation_measure m where m.id = measure_id));
create policy made on situation_signal_measure for insert to lokalnet_app
  with check (member_id = (select actor_id()) and (select actor_may('measures', 'measures'))
              and exists (select from situation_signal s where s.id = signal_id)
              and exists (select from situation_measure m where m.id = measure_id
                          and m.organisation_id = (select actor_organisation())));
create policy shared on situation_stop_question for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships()))
         and (select actor_may('shared-picture', 'signals')));
create policy said on situation_stop_question for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('shared-picture', 'signals-judged')));

do $$
declare f regprocedure;
begin
  foreach f in array array['sightings(uuid, text, date, date)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_place', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
