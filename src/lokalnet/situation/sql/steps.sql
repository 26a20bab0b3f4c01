-- What follows from each step of a measure. State, outcome, last day and partners are kept by the triggers below and by
-- nothing else; which step follows which stands in measures.sql.

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
  over_on date;
begin
  select * into about from situation_measure where id = new.measure_id for update;
  standing := measure_standing(about.state, about.ends_on);
  longest := case about.kind when 'conflict' then 14 else 90 end;
  -- Also of one whose outcome is told later: it was over when its last day had passed.
  over_on := least((new.at at time zone 'Europe/Copenhagen')::date, today(), about.ends_on);
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
    when 'done' then
      update situation_measure set state = 'done', outcome = new.note, ended_on = over_on where id = about.id;
    when 'dropped' then
      update situation_measure set state = 'dropped', ended_on = over_on,
        outcome = case kind when 'measure' then new.note else outcome end where id = about.id;
    when 'ended' then update situation_measure set state = 'ended', ended_on = over_on where id = about.id;
    when 'prolonged' then update situation_measure set ends_on = until where id = about.id;
    when 'reopened' then
      update situation_measure set ends_on = until, ended_on = null, outcome = '', state = case
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

do $$
declare f regprocedure;
begin
  foreach f in array array['end_measures()', 'measure_proposed()', 'apply_step()', 'partners_still_see()',
                           'set_measure_partner(situation_measure, uuid, text, uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f = 'end_measures()'::regprocedure then execute format('grant execute on function %s to lokalnet_app', f); end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
