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
  with check (state = 'proposed' and outcome = '' and edition = 1 and ends_on between today() and today() + 90);
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

-- The first step comes with the measure.
create function measure_proposed() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  insert into situation_step (id, measure_id, organisation_id, member_id, kind, note, detail, at)
    values (gen_random_uuid(), new.id, new.organisation_id, actor_id(), 'proposed', '', '{}', new.made_at);
  return null;
end
$$;
create trigger measure_proposed after insert on situation_measure for each row execute function measure_proposed();

-- What follows from each step. The measure's row is locked: of two clicks the second finds the first.
create function apply_step() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  about situation_measure;
  standing text;
  until date := (new.detail->>'until')::date;
  partner uuid := (new.detail->>'organisation')::uuid;
  longest integer;
begin
  select * into about from situation_measure where id = new.measure_id for update;
  standing := measure_standing(about.state, about.ends_on);
  longest := case about.kind when 'conflict' then 14 else 90 end;
  if new.kind = 'proposed' then
    if exists (select from situation_step where measure_id = about.id and id <> new.id) then
      raise exception 'not-now' using errcode = 'LN001';
    end if;
    return null;
  end if;
  if not step_fits(new.kind, standing) or (new.kind = 'ended' and about.state = 'ended') then
    raise exception 'not-now' using errcode = 'LN001';
  end if;
  if new.kind in ('done', 'dropped', 'prolonged', 'reopened', 'commented') and btrim(new.note) = '' then
    raise exception 'no-words' using errcode = 'LN001';
  end if;
  if new.kind in ('prolonged', 'reopened') and (until is null or until < today()
      or (new.kind = 'prolonged' and until <= about.ends_on)
      or until > (case new.kind when 'prolonged' then about.ends_on else today() end) + longest) then
    raise exception 'bad-day' using errcode = 'LN001';
  end if;
  case new.kind
    when 'agreed' then
      if about.kind = 'conflict' then
        update situation_measure set ends_on = today() + longest where id = about.id;
        perform set_measure_partner(about, new.organisation_id, 'joined', new.member_id);
      end if;
      update situation_measure set state = 'agreed' where id = about.id;
    when 'started' then update situation_measure set state = 'under-way' where id = about.id;
    when 'done' then update situation_measure set state = 'done', outcome = new.note where id = about.id;
    when 'dropped', 'ended' then update situation_measure set state = new.kind where id = about.id;
    when 'prolonged' then update situation_measure set ends_on = until where id = about.id;
    when 'reopened' then
      update situation_measure set ends_on = until, outcome = '', state = case
        when exists (select from situation_step where measure_id = about.id and kind = 'agreed') then 'under-way'
        else 'proposed' end
      where id = about.id;
    when 'asked' then perform set_measure_partner(about, partner, 'asked', new.member_id);
    when 'unasked' then
      delete from situation_measure_partner
        where measure_id = about.id and organisation_id = partner and state <> 'joined';
    when 'joined', 'declined' then
      perform set_measure_partner(about, new.organisation_id, new.kind, new.member_id);
    else null;
  end case;
  update situation_measure set changed_at = greatest(changed_at, new.at) where id = about.id;
  return null;
end
$$;
create trigger step_applied after insert on situation_step for each row execute function apply_step();

-- A partner is a party of the partnership that sees the measure anyway: to be asked widens nobody's sight.
create function set_measure_partner(about situation_measure, partner uuid, wanted text, by uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if partner = about.organisation_id or not about.partnership_id = any(array(select organisation_partnerships(partner)))
     or not exists (select from access_organisation o
                    where o.id = partner and measure_shown(o.kind, about.visibility)) then
    raise exception 'partner-sees-nothing' using errcode = 'LN001';
  end if;
  insert into situation_measure_partner as p (id, measure_id, organisation_id, state, member_id, at)
    values (gen_random_uuid(), about.id, partner, wanted, by, now())
    on conflict (measure_id, organisation_id) do update
      set state = excluded.state, member_id = excluded.member_id, at = excluded.at
      where not (excluded.state = 'asked' and p.state = 'joined');
end
$$;

-- Nobody who takes part loses sight of it by a change of who may see it.
create function partners_still_see() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if exists (select from situation_measure_partner p join access_organisation o on o.id = p.organisation_id
             where p.measure_id = new.id and p.state <> 'declined' and not measure_shown(o.kind, new.visibility)) then
    raise exception 'partner-sees-nothing' using errcode = 'LN001';
  end if;
  return null;
end
$$;
create trigger measure_narrowed after update of visibility on situation_measure for each row
  when (old.visibility is distinct from new.visibility) execute function partners_still_see();

-- What is past its last day is written down as ended: hourly, and any number of times.
create function end_measures() returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  one record;
  number integer := 0;
begin
  for one in select m.id, m.organisation_id from situation_measure m
             where m.state in ('proposed', 'agreed', 'under-way') and m.ends_on < today()
             order by m.ends_on, m.id limit 1000 for update skip locked loop
    insert into situation_step (id, measure_id, organisation_id, member_id, kind, note, detail, at)
      values (gen_random_uuid(), one.id, one.organisation_id, null, 'ended', '', '{}', now());
    number := number + 1;
  end loop;
  return number;
end
$$;

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
  foreach f in array array['may_step(text, uuid)', 'can_step(text, uuid)', 'end_measures()', 'measure_owners(uuid[])',
                           'open_measures_of(uuid)', 'hand_over_measures(uuid, uuid)', 'measure_proposed()',
                           'apply_step()', 'partners_still_see()',
                           'set_measure_partner(situation_measure, uuid, text, uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f::text !~ '^(measure_proposed|apply_step|partners_still_see|set_measure_partner)' then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
