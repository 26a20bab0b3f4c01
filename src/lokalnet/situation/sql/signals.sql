-- What is unusual: who reads it, what the detection is given to look at, and what it writes.

-- As of the briefing: the partnership's is read by municipalities and police and made of what both get; the
-- municipalities' is made of what they share with each other, and read by them alone. (In the policies it stands written
-- out: a function that asks would be called for every row.)
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
-- organisation. `flagged`: told under a measure or on planned presence. That depends on the hour, so of a report whose
-- hour the police do not get, what all of the partnership are told says only whether its organisation was at work there
-- at any time in that part of the day. `whole_week`: its day is not known.
create function sightings(here uuid, audience text, since date, until date)
returns table (kind text, day date, cell_x int, cell_y int, longitude float8, latitude float8, theme text,
               reporter int, organisation int, flagged boolean, whole_week boolean)
language sql volatile security definer set search_path = public, pg_temp as
$$ with salt as materialized (select gen_random_uuid()::text || gen_random_uuid()::text as grain),
   may as materialized (select actor_id() is null or reads_signals(here, audience) as ask),
   measures as (
     select m.id, unnest(m.areas) as area,
            (select min(s.at) from situation_step s where s.measure_id = m.id and s.kind = 'agreed') as since,
            coalesce((select min(s.at) from situation_step s where s.measure_id = m.id
                      and s.kind in ('done', 'dropped', 'ended')),
                     (m.ends_on + 1)::timestamp at time zone p.timezone) as until, m.organisation_id
     from situation_measure m join access_partnership p on p.id = m.partnership_id
     where m.partnership_id = here and audience = 'partnership' and m.ends_on >= sightings.since),
   at_work as materialized (
     select w.organisation_id, w.area_id as area, w.starts_at as since, w.ends_at as until from situation_watch w
     where w.partnership_id = here and audience = 'partnership'
     union
     select m.organisation_id, m.area, m.since, m.until from measures m where m.since is not null
     union
     select j.organisation_id, m.area, m.since, m.until
     from measures m join situation_measure_partner j on j.measure_id = m.id and j.state = 'joined'
     where m.since is not null),
   told as materialized (
     select o.id, (o.period_start at time zone p.timezone)::date as day, o.cell_x, o.cell_y, o.longitude, o.latitude,
            c.theme::text as theme, o.organisation_id, o.part = 'week' as whole_week,
            case when audience = 'municipalities' or o.source_kind = 'police' or o.police_sees = 'exact'
                 then e.planned_presence or e.under_measure_id is not null
                 else exists (select from at_work w where w.organisation_id = o.organisation_id
                              and (w.area is null or w.area = any(o.areas)) and w.until > o.period_start
                              and w.since < o.period_start + case o.part when 'week' then interval '7 days'
                                                                         else interval '6 hours' end) end as flagged,
            case when exists (select from situation_import_row r where r.observation_id = o.id)
                 then o.organisation_id else e.reporter_id end as teller,
            coalesce(event.id, o.id) as event
     from situation_observation o
     join access_partnership p on p.id = o.partnership_id
     join situation_category c on c.id = o.category_id
     join situation_observation_exact e on e.observation_id = o.id
     -- Put together with one that fewer get, it stands in the audience's picture by itself.
     left join situation_observation event on event.id = o.merged_into_id
       and event.visibility = any(audience_gets(audience))
     where o.partnership_id = here and o.visibility = any(audience_gets(audience))
       and o.period_start >= since::timestamp at time zone p.timezone
       and o.period_start < (until + 1)::timestamp at time zone p.timezone
       and o.standing <> 'refuted' and o.state <> 'withdrawn' and (select ask from may)),
   voices as (
     select t.event, t.teller, t.organisation_id from told t where t.event <> t.id
     union
     select t.event, a.member_id, a.organisation_id
     from told t join situation_act a on a.observation_id = t.id and a.kind in ('seen-too', 'unseen')
     group by t.event, a.observation_id, a.member_id, a.organisation_id
     having count(*) filter (where a.kind = 'seen-too') > count(*) filter (where a.kind = 'unseen')),
   rows as (
     select 'told' as kind, t.day, t.cell_x, t.cell_y, t.longitude, t.latitude, t.theme, t.teller,
            t.organisation_id, t.flagged, t.whole_week
     from told t where t.event = t.id
     union all
     select 'voice', t.day, t.cell_x, t.cell_y, t.longitude, t.latitude, t.theme, v.teller, v.organisation_id,
            t.flagged, t.whole_week
     from voices v join told t on t.id = v.event and t.teller <> v.teller
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

do $$
declare t text;
begin
  foreach t in array array['situation_look', 'situation_signal'] loop
    execute format($p$ create policy shared on %s for select to lokalnet_app
      using (partnership_id = any(array(select actor_partnerships()))
             and (select actor_may('shared-picture', 'signals'))
             and (audience = 'partnership' or (select actor_kind()) = 'municipality')) $p$, t);
  end loop;
end $$;
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

-- A change has no time of its own: when, after the last look, its report came or somebody did something about it.
create function change_moments(change situation_change, after timestamptz) returns setof timestamptz
language sql stable security definer set search_path = public, pg_temp as
$$ select t from (
     select change.reported_at as t
     union all select e.reported_at from situation_observation_exact e where e.observation_id = change.observation_id
     union all select a.at from situation_act a where a.observation_id = change.observation_id) moments
   where t > after $$;

-- Where the detection has to look: in a partnership at work where something is new that no look knew of (told two minutes
-- ago, so that what comes together is looked at together, and ten at the longest), and once a night from two o'clock. What
-- nobody can date is due at once. For the worker, who acts for nobody.
create function signals_due(at timestamptz) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ with looked as (
     select p.id, max(l.upto) as upto, max(l.looked_at) as at,
            (date_trunc('day', (signals_due.at at time zone p.timezone) - interval '2 hours') + interval '2 hours')
              at time zone p.timezone as night
     from partnerships_at_work() p left join situation_look l on l.partnership_id = p.id group by p.id, p.timezone)
   select l.id from looked l
   left join lateral (
     select c.* from situation_change c where c.partnership_id = l.id and c.number > l.upto
     order by c.number limit 1) first on true
   left join lateral (
     select c.* from situation_change c where c.partnership_id = l.id and c.number > l.upto
     order by c.number desc limit 1) last on true
   where l.at is null or l.at < l.night
      or (first.id is not null and (
            coalesce((select min(t) from change_moments(first, l.at) t), '-infinity') <= signals_due.at - interval '10 minutes'
            or coalesce((select max(t) from change_moments(last, l.at) t), '-infinity') <= signals_due.at - interval '2 minutes'))
   order by l.id $$;

-- That a signal is there, once and never again: to those who may say what it turned out to be, who read it, and whose own
-- areas, if they have any, are among `places`. Whoever was told of one that goes on as this one knows of it.
create function tell_signal(about uuid, places uuid[], at timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  told situation_signal;
begin
  update situation_signal s set told_at = tell_signal.at
    where s.id = about and s.told_at is null and s.word = 'unusual' and s.state <> 'closed' and actor_id() is null
    returning * into told;
  if told.id is null then return; end if;
  perform notices_tell(whom.id, told.partnership_id, 'signal', told.id, null, null)
  from (
    with recursive before as (
      select about as id union select s.id from situation_signal s join before on s.goes_on_as_id = before.id)
    select distinct m.id
    from access_organisation o
    join access_member m on m.organisation_id = o.id and m.user_id is not null
      and (m.ended_at is null or m.ended_at > now())
    join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
      and r.purpose = 'shared-picture' and r.fields = 'signals-judged'
    where told.partnership_id = any(array(select organisation_partnerships(o.id)))
      and (told.audience = 'partnership' or o.kind = 'municipality')
      and (not exists (select from access_member_area a where a.member_id = m.id)
           or exists (select from access_member_area a where a.member_id = m.id and a.area_id = any(places)))
      and not exists (select from notices_notice n join before on before.id = n.subject
                      where n.kind = 'signal' and n.member_id = m.id and n.on_behalf_of_id is null)) whom
  order by whom.id;
end
$$;

-- That a look made or changed signals. The digests are made outside the database, as everybody's are
-- (access/events.py); this kind of entry, with nobody's name, is the only one that the login can write.
create function note_look(entry uuid, noted_at timestamptz, here uuid, said jsonb, entry_salt bytea, entry_digest bytea,
                          entry_mac bytea) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ insert into access_event (id, at, member_id, organisation_id, kind, purpose, because, subject_kind, subject, detail,
                             salt, digest, mac)
   select entry, noted_at, null, null, 'signals.looked', '', '', 'partnership', here, said, entry_salt, entry_digest,
          entry_mac
   where actor_id() is null $$;

do $$
declare
  f regprocedure;
  t text;
  k record;
  before text := current_user;
begin
  foreach f in array array['sightings(uuid, text, date, date)', 'tell_signal(uuid, uuid[], timestamptz)',
                           'note_look(uuid, timestamptz, uuid, jsonb, bytea, bytea, bytea)',
                           'change_moments(situation_change, timestamptz)', 'signals_due(timestamptz)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f <> 'change_moments(situation_change, timestamptz)'::regprocedure then
      execute format('grant execute on function %s to lokalnet_place', f);
    end if;
    if f = 'signals_due(timestamptz)'::regprocedure then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
  -- What the detection asks for beside: where there is work, and the newest news.
  set local role lokalnet_definer;
  grant execute on function partnerships_at_work(), newest_change() to lokalnet_place;
  execute format('set local role %I', before);
  -- Retention deletes by SQL: what hangs on a signal goes with it, a link also with its measure.
  for k in select conname as name, conrelid::regclass as tab, pg_get_constraintdef(oid) as def from pg_constraint
           where contype = 'f' and confdeltype = 'a' and confrelid = 'situation_signal'::regclass loop
    execute format('alter table %s drop constraint %I', k.tab, k.name);
    execute format('alter table %s add constraint %I %s', k.tab, k.name, replace(
      k.def, ' DEFERRABLE',
      case when k.tab = 'situation_signal'::regclass then ' on delete set null' else ' on delete cascade' end
      || ' DEFERRABLE'));
  end loop;
  alter table situation_signal_measure add constraint signal_measure_measure foreign key (measure_id)
    references situation_measure (id) on delete cascade deferrable initially immediate;
  foreach t in array array['situation_look', 'situation_signal', 'situation_signal_verdict',
                           'situation_stop_question'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
  end loop;
  foreach t in array array['situation_look', 'situation_signal', 'situation_stop_question'] loop
    execute format('create policy expired on %s for delete to lokalnet_retention using (true)', t);
  end loop;
  create policy expired on situation_signal_verdict for update to lokalnet_retention
    using (true) with check (words = '');
end $$;
