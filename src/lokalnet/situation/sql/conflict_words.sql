-- What is said in a conflict: what an entry is held to be, messages that two agree to, the day's review, and its end.

-- What an entry is held to be: the newest in its chain.
create function entry_standing(entry uuid) returns text
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce((select s.standing::text from situation_conflict_standing s where s.entry_id = entry
     and not exists (select from situation_conflict_standing n where n.after_id = s.id)), 'unconfirmed') $$;

-- Nobody confirms the own words; anybody may refute them. A row replaces one about the same entry, and says something
-- else. That it is replaced once, a unique constraint says.
create function check_standing() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if new.after_id is not null and not exists (
      select from situation_conflict_standing s where s.id = new.after_id and s.entry_id = new.entry_id) then
    raise exception 'changed-meanwhile' using errcode = 'LN001';
  end if;
  if new.standing = 'confirmed' and exists (
      select from situation_conflict_entry e where e.id = new.entry_id and e.member_id = new.member_id) then
    raise exception 'own-entry' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger standing_checked before insert on situation_conflict_standing for each row
  execute function check_standing();

-- A message is edited, agreed to and withdrawn one after the other: its row is the lock.
create function newest_edition(wanted uuid) returns situation_conflict_edition
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare found_edition situation_conflict_edition;
begin
  perform 1 from situation_conflict_message m where m.id = wanted for update;
  if exists (select from situation_conflict_withdrawal w where w.message_id = wanted) then
    raise exception 'withdrawn' using errcode = 'LN001';
  end if;
  select * into found_edition from situation_conflict_edition e where e.message_id = wanted
    order by e.number desc limit 1;
  return found_edition;
end
$$;

-- Editions are numbered without gaps, and nothing is built on what is refuted.
create function check_edition() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare newest situation_conflict_edition := newest_edition(new.message_id);
begin
  if new.number <> coalesce(newest.number, 0) + 1 then
    raise exception 'changed-meanwhile' using errcode = 'LN001';
  end if;
  if new.builds_on_id is not null and entry_standing(new.builds_on_id) = 'refuted' then
    raise exception 'refuted' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger edition_checked before insert on situation_conflict_edition for each row
  execute function check_edition();

-- An organisation agrees to the newest words, and not to what was refuted since.
create function check_agreement() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  agreed situation_conflict_edition;
  newest situation_conflict_edition;
begin
  select * into agreed from situation_conflict_edition e where e.id = new.edition_id;
  newest := newest_edition(agreed.message_id);
  if newest.id is distinct from new.edition_id then
    raise exception 'changed-meanwhile' using errcode = 'LN001';
  end if;
  if agreed.builds_on_id is not null and entry_standing(agreed.builds_on_id) = 'refuted' then
    raise exception 'refuted' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger agreement_checked before insert on situation_conflict_agreement for each row
  execute function check_agreement();

create function check_withdrawal() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  perform newest_edition(new.message_id);
  return new;
end
$$;
create trigger withdrawal_checked before insert on situation_conflict_withdrawal for each row
  execute function check_withdrawal();

-- The review is of the day that it is, by the partnership's own clock.
create function check_review() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if new.day <> (select (now() at time zone p.timezone)::date from situation_measure m
                 join access_partnership p on p.id = m.partnership_id where m.id = new.measure_id) then
    raise exception 'another-day' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger review_checked before insert on situation_conflict_review for each row execute function check_review();

-- What was stood down stays down, and nothing is added to it: a conflict that breaks out anew is opened by two anew.
create function check_conflict_step() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if exists (select from situation_measure m where m.id = new.measure_id and m.kind = 'conflict'
             and (new.kind = 'reopened' or measure_standing(m.state, m.ends_on) in ('done', 'dropped', 'ended'))) then
    raise exception 'not-now' using errcode = 'LN001';
  end if;
  return new;
end
$$;
create trigger conflict_step_checked before insert on situation_step for each row
  when (new.kind <> 'ended') execute function check_conflict_step();

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'entry_standing(uuid)', 'newest_edition(uuid)', 'check_standing()', 'check_edition()', 'check_agreement()',
    'check_withdrawal()', 'check_review()', 'check_conflict_step()'
  ]::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
