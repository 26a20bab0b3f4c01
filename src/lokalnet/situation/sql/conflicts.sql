-- Conflict readiness: who reads and writes what around a measure of the kind "conflict". What a reader may see follows
-- the measure: each policy asks for it under the measure's own policies. What may be written ends with the conflict:
-- when it is over everything can be read and nothing can be added, also before the hourly job has noticed.

-- Open: agreed by two organisations, and its last day, by the partnership's own clock, is not over.
create function conflict_open(measure uuid) returns boolean
language sql stable parallel safe security definer set search_path = public, pg_temp as
$$ select coalesce((select m.kind = 'conflict' and m.state in ('agreed', 'under-way')
       and m.ends_on >= (now() at time zone p.timezone)::date
     from situation_measure m join access_partnership p on p.id = m.partnership_id where m.id = measure), false) $$;

create index conflict_by_partnership on situation_measure (partnership_id, ends_on) where kind = 'conflict';

-- Everything goes with its measure, and what belongs to a row belongs to the same measure as that row.
do $$
declare t text;
begin
  foreach t in array array['tree_row', 'tree_call', 'conflict_entry', 'conflict_standing', 'conflict_message',
                           'conflict_edition', 'conflict_agreement', 'conflict_withdrawal', 'conflict_review'] loop
    execute format('alter table situation_%s add constraint %I foreign key (measure_id) '
                   'references situation_measure (id) on delete cascade', t, t || '_goes_with_it');
  end loop;
end $$;
alter table situation_tree_row add constraint tree_row_parent
  foreign key (parent_id) references situation_tree_row (id) on delete set null;
alter table situation_tree_call add constraint tree_call_row
  foreign key (row_id, measure_id) references situation_tree_row (id, measure_id) on delete cascade;
alter table situation_conflict_standing add constraint conflict_standing_entry
  foreign key (entry_id, measure_id) references situation_conflict_entry (id, measure_id) on delete cascade;
alter table situation_conflict_standing add constraint conflict_standing_after
  foreign key (after_id) references situation_conflict_standing (id) on delete cascade;
alter table situation_conflict_edition add constraint conflict_edition_message
  foreign key (message_id, measure_id) references situation_conflict_message (id, measure_id) on delete cascade;
alter table situation_conflict_edition add constraint conflict_edition_builds_on
  foreign key (builds_on_id, measure_id) references situation_conflict_entry (id, measure_id) on delete cascade;
alter table situation_conflict_agreement add constraint conflict_agreement_edition
  foreign key (edition_id, measure_id) references situation_conflict_edition (id, measure_id) on delete cascade;
alter table situation_conflict_withdrawal add constraint conflict_withdrawal_message
  foreign key (message_id, measure_id) references situation_conflict_message (id, measure_id) on delete cascade;

-- Reading follows the measure. Writing is in the own name, while it is open, by those whom the rights table names:
-- everybody who works with measures rings, writes in the log, says what an entry is held to be and drafts a message;
-- coordinators and leaders agree to messages, withdraw them and hold the day's review.
do $$
declare
  t text;
  needed text;
begin
  foreach t in array array['situation_tree_call', 'situation_conflict_entry', 'situation_conflict_standing',
                           'situation_conflict_message', 'situation_conflict_edition', 'situation_conflict_agreement',
                           'situation_conflict_withdrawal', 'situation_conflict_review'] loop
    needed := case when t in ('situation_conflict_agreement', 'situation_conflict_withdrawal',
                              'situation_conflict_review') then 'conflicts' else 'measures' end;
    execute format($p$create policy seen on %s for select to lokalnet_app
      using (exists (select from situation_measure m where m.id = measure_id and m.kind = 'conflict'))$p$, t);
    execute format($p$create policy written on %s for insert to lokalnet_app
      with check (member_id = (select actor_id()) and organisation_id = (select actor_organisation())
                  and (select actor_may('measures', %L)) and conflict_open(measure_id)
                  and exists (select from situation_measure m where m.id = measure_id))$p$, t, needed);
  end loop;
end $$;

-- The contact tree. The template is the partnership's: coordinators and leaders of all its organisations keep it
-- together, also for those who never log in. In a conflict rows are added and never changed.
create policy seen on situation_tree_row for select to lokalnet_app
  using (case when measure_id is null
           then partnership_id = any(array(select actor_partnerships())) and (select actor_may('measures', 'measures'))
         else exists (select from situation_measure m where m.id = measure_id and m.kind = 'conflict') end);
create policy written on situation_tree_row for insert to lokalnet_app
  with check (partnership_id = any(array(select actor_partnerships())) and (select actor_may('measures', 'conflicts'))
              and changed_by_id = (select actor_organisation())
              and organisation_id in (select p.organisation_id from access_party p
                                      where p.partnership_id = situation_tree_row.partnership_id)
              and (measure_id is null or (conflict_open(measure_id) and exists (
                     select from situation_measure m where m.id = measure_id
                       and m.partnership_id = situation_tree_row.partnership_id))));
create policy kept on situation_tree_row for update to lokalnet_app
  using (measure_id is null and partnership_id = any(array(select actor_partnerships()))
         and (select actor_may('measures', 'conflicts')))
  with check (measure_id is null and changed_by_id = (select actor_organisation())
              and partnership_id = any(array(select actor_partnerships()))
              and organisation_id in (select p.organisation_id from access_party p
                                      where p.partnership_id = situation_tree_row.partnership_id));
create policy taken_out on situation_tree_row for delete to lokalnet_app
  using (measure_id is null and partnership_id = any(array(select actor_partnerships()))
         and (select actor_may('measures', 'conflicts')));

-- Whoever rings stands in the same tree, and nobody is rung by somebody further down.
create function check_tree_row() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  above situation_tree_row;
  next_id uuid := new.parent_id;
begin
  if tg_op = 'UPDATE' and (new.measure_id, new.partnership_id) is distinct from (old.measure_id, old.partnership_id) then
    raise exception 'bad-parent' using errcode = 'LN001';
  end if;
  if next_id is null then return new; end if;
  -- Of two who turn a tree at once, the second meets what the first did.
  perform pg_advisory_xact_lock(4100226, hashtext(coalesce(new.measure_id, new.partnership_id)::text));
  while next_id is not null loop
    select * into above from situation_tree_row where id = next_id;
    if above.id is null or above.id = new.id or above.partnership_id <> new.partnership_id
       or above.measure_id is distinct from new.measure_id then
      raise exception 'bad-parent' using errcode = 'LN001';
    end if;
    next_id := above.parent_id;
  end loop;
  return new;
end
$$;
create trigger tree_row_checked before insert or update of parent_id, measure_id, partnership_id
  on situation_tree_row for each row execute function check_tree_row();

-- What opens a conflict copies the template as it is in that moment, by whichever way the step came.
create function copy_contact_tree() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  about situation_measure;
  r record;
  made uuid;
  copies jsonb := '{}';
begin
  select * into about from situation_measure where id = new.measure_id;
  if about.kind <> 'conflict' then return null; end if;
  for r in with recursive tree as (
             select t.*, 0 as depth from situation_tree_row t
             where t.partnership_id = about.partnership_id and t.measure_id is null and t.parent_id is null
             union all
             select t.*, tree.depth + 1 from situation_tree_row t join tree on t.parent_id = tree.id)
           select * from tree order by depth loop
    made := gen_random_uuid();
    insert into situation_tree_row (id, partnership_id, measure_id, organisation_id, parent_id, position, function,
                                    phone, edition, changed_by_id, changed_at)
      values (made, r.partnership_id, about.id, r.organisation_id, (copies->>r.parent_id::text)::uuid, r.position,
              r.function, r.phone, 1, new.organisation_id, new.at);
    copies := copies || jsonb_build_object(r.id::text, made);
  end loop;
  return null;
end
$$;
create trigger conflict_opened after insert on situation_step for each row
  when (new.kind = 'agreed') execute function copy_contact_tree();

-- Telephones of a tree that was used go 30 days after the conflict; the template's stay. What was written goes with the
-- texts of reports, and what hangs on it goes along.
do $$
declare t text;
begin
  foreach t in array array['situation_conflict_message', 'situation_conflict_entry', 'situation_conflict_review'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
    execute format($p$create policy expired on %s for delete to lokalnet_retention
      using (exists (select from situation_measure m where m.id = measure_id
                     and m.state in ('done', 'dropped', 'ended')))$p$, t);
  end loop;
end $$;
create policy expiring on situation_tree_row for select to lokalnet_retention using (true);
create policy exercise_over on situation_tree_row for delete to lokalnet_retention
  using (exists (select from access_partnership p where p.id = partnership_id and p.exercise_of_id is not null
                 and p.valid_to < today()));
create policy silenced on situation_tree_row for update to lokalnet_retention
  using (measure_id is not null) with check (measure_id is not null and phone = '');

do $$
declare f regprocedure;
begin
  foreach f in array array['conflict_open(uuid)', 'check_tree_row()', 'copy_contact_tree()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f = 'conflict_open(uuid)'::regprocedure then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
