-- Who reads, writes and approves the week's briefing. The whole partnership's is read by police and municipalities; a
-- municipality's counts what the municipalities share with each other, and is read by them alone. A draft is seen by
-- those who may approve it.
create function reads_briefing(here uuid, municipality uuid, state text) returns boolean
language sql stable parallel safe as
$$ select here = any(array(select actor_partnerships())) and actor_may('briefing', 'briefing')
     and (municipality is null or actor_kind() = 'municipality')
     and (state <> 'draft' or actor_may('briefing', 'briefing-edited')) $$;

-- A first edition is drafted by the worker; whoever acts begins the one after the approved one.
create function follows_edition(here uuid, municipality uuid, first_day date, next smallint) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from situation_briefing b where b.partnership_id = here and b.week = first_day
                  and b.municipality_id is not distinct from municipality and b.state = 'approved'
                  and b.edition = next - 1) $$;

create policy shared on situation_briefing for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('briefing', 'briefing'))
         and (municipality_id is null or (select actor_kind()) = 'municipality')
         and (state <> 'draft' or (select actor_may('briefing', 'briefing-edited'))));
create policy begun on situation_briefing for insert to lokalnet_app
  with check (state = 'draft' and (select actor_may('briefing', 'briefing-edited'))
              and reads_briefing(partnership_id, municipality_id, state)
              and follows_edition(partnership_id, municipality_id, week, edition));
create policy edited on situation_briefing for update to lokalnet_app
  using ((select actor_may('briefing', 'briefing-edited')) and reads_briefing(partnership_id, municipality_id, state))
  with check ((select actor_may('briefing', 'briefing-edited'))
              and reads_briefing(partnership_id, municipality_id, state)
              and (state = 'draft' or organisation_id is not null));

-- What hangs on a briefing is read by whoever reads the briefing: the policies of that table answer the question.
create policy shared on situation_briefing_words for select to lokalnet_app
  using (exists (select from situation_briefing b where b.id = briefing_id));
create policy written on situation_briefing_words for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and (select actor_may('briefing', 'briefing-edited'))
              and exists (select from situation_briefing b where b.id = briefing_id and b.state = 'draft'));
create policy rewritten on situation_briefing_words for update to lokalnet_app
  using ((select actor_may('briefing', 'briefing-edited'))
         and exists (select from situation_briefing b where b.id = briefing_id and b.state = 'draft'))
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and exists (select from situation_briefing b where b.id = briefing_id and b.state = 'draft'));
create policy struck on situation_briefing_words for delete to lokalnet_app
  using ((select actor_may('briefing', 'briefing-edited'))
         and exists (select from situation_briefing b where b.id = briefing_id and b.state = 'draft'));

create policy shared on situation_briefing_decision for select to lokalnet_app
  using (exists (select from situation_briefing b where b.id = briefing_id));
create policy decided on situation_briefing_decision for insert to lokalnet_app
  with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
              and (select actor_may('briefing', 'briefing-edited'))
              and exists (select from situation_briefing b where b.id = briefing_id and b.state = 'approved')
              and (measure_id is null or exists (
                     select from situation_measure m join situation_briefing b on b.id = briefing_id
                     where m.id = measure_id and m.partnership_id = b.partnership_id)));

create policy shared on situation_briefing_reader for select to lokalnet_app
  using (exists (select from situation_briefing b where b.id = briefing_id));
create policy opened on situation_briefing_reader for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation()) and first_on = (select today())
              and exists (select from situation_briefing b where b.id = briefing_id and b.state <> 'draft'));

-- Approved means frozen: from then on it can only be replaced by a newer edition.
create function keep_briefing() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if (new.id, new.partnership_id, new.municipality_id, new.week, new.edition, new.made_at)
      is distinct from (old.id, old.partnership_id, old.municipality_id, old.week, old.edition, old.made_at) then
    raise exception 'a briefing stays the one that it is' using errcode = 'check_violation';
  end if;
  if old.state = 'draft' then
    if new.state = 'replaced' then
      raise exception 'a draft is approved before it is replaced' using errcode = 'check_violation';
    elsif new.state = 'approved' then
      if (new.figures, new.digest, new.counted_at) is distinct from (old.figures, old.digest, old.counted_at) then
        raise exception 'what is approved is what was there to read' using errcode = 'check_violation';
      elsif actor_id() is not null and (new.approved_by_id, new.organisation_id)
            is distinct from (actor_id(), actor_organisation()) then
        raise exception 'whoever approves says so' using errcode = 'check_violation';
      end if;
      if actor_id() is not null then
        new.approved_at := now();
      end if;
      update situation_briefing b set state = 'replaced'
        where b.partnership_id = new.partnership_id and b.municipality_id is not distinct from new.municipality_id
          and b.week = new.week and b.state = 'approved';
    end if;
  elsif (new.figures, new.digest, new.counted_at, new.approved_at, new.approved_by_id, new.organisation_id)
        is distinct from (old.figures, old.digest, old.counted_at, old.approved_at, old.approved_by_id,
                          old.organisation_id)
        or (old.state, new.state) not in (('approved', 'approved'), ('approved', 'replaced'), ('replaced', 'replaced'))
        or (new.state = 'replaced' and old.state = 'approved' and pg_trigger_depth() < 2)  -- by its successor alone
  then
    raise exception 'an approved briefing is frozen' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger briefing_kept before update on situation_briefing for each row execute function keep_briefing();

-- The worker's door: a draft is made where there is none, with nobody acting. True where it was made just now.
create function draft_briefing(made uuid, here uuid, municipality uuid, first_day date, said text, sha text,
                               counted timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if actor_id() is not null then
    raise exception 'whoever acts drafts by their own right' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(here::text || coalesce(municipality::text, '') || first_day, 4100230));
  if exists (select from situation_briefing b where b.partnership_id = here and b.week = first_day
             and b.municipality_id is not distinct from municipality) then
    return false;
  end if;
  insert into situation_briefing (id, partnership_id, municipality_id, week, edition, state, figures, digest,
                                  counted_at, made_at)
    values (made, here, municipality, first_day, 1, 'draft', said, sha, counted, now());
  return true;
end
$$;

-- Which briefings there are, for the worker who makes what is missing: no figures, no words.
create function drafted_weeks() returns table (partnership_id uuid, municipality_id uuid, week date)
language sql stable security definer set search_path = public, pg_temp as
$$ select distinct b.partnership_id, b.municipality_id, b.week from situation_briefing b where actor_id() is null $$;

do $$
declare
  f regprocedure;
  t text;
  k record;
begin
  -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
  foreach f in array array['keep_briefing()', 'drafted_weeks()', 'follows_edition(uuid, uuid, date, smallint)',
                           'draft_briefing(uuid, uuid, uuid, date, text, text, timestamptz)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    if f <> 'keep_briefing()'::regprocedure then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
  -- Retention deletes by SQL: what hangs on a briefing goes with it, and a decision stays when its measure goes.
  for k in select conname as name, conrelid::regclass as tab, pg_get_constraintdef(oid) as def from pg_constraint
           where contype = 'f' and confdeltype = 'a' and confrelid = 'situation_briefing'::regclass loop
    execute format('alter table %s drop constraint %I', k.tab, k.name);
    execute format('alter table %s add constraint %I %s', k.tab, k.name,
                   replace(k.def, ' DEFERRABLE', ' on delete cascade DEFERRABLE'));
  end loop;
  alter table situation_briefing_decision add constraint briefing_decision_measure foreign key (measure_id)
    references situation_measure (id) on delete set null deferrable initially immediate;
  foreach t in array array['situation_briefing', 'situation_briefing_words', 'situation_briefing_decision'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
  end loop;
  create policy expired on situation_briefing for delete to lokalnet_retention using (true);
  create policy expired on situation_briefing_words for delete to lokalnet_retention using (true);
  create policy expired on situation_briefing_decision for update to lokalnet_retention
    using (true) with check (words = '');
end $$;
