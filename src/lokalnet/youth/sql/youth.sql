-- Concerns, triage and files. Content is read on a visit alone (persons/sql/vault.sql); what a list needs (that
-- something waits, since when, until when) is known to those who may know the person.

create policy own on youth_concern for select to lokalnet_app
  using (author_id = (select actor_id()) and controller_id = (select actor_organisation())
         and (select actor_may('concern', 'concerns-of-own')));
create policy begun on youth_concern for insert to lokalnet_app
  with check (author_id = (select actor_id()) and controller_id = (select actor_organisation()) and state = 'draft'
              and person_id is null and edition = 1 and step = 'contact'
              and (select actor_may('concern', 'concern-entry')));
create policy drafted on youth_concern for update to lokalnet_app
  using (author_id = (select actor_id()) and state = 'draft' and (select actor_may('concern', 'concern-entry')))
  with check (author_id = (select actor_id()) and controller_id = (select actor_organisation()) and state = 'draft'
              and person_id is null);
create policy thrown_away on youth_concern for delete to lokalnet_app
  using (author_id = (select actor_id()) and state = 'draft');
create policy known on youth_concern for select to lokalnet_app
  using (state <> 'draft' and person_id = any(array(select known_persons('{assigned,override,triage}'))));

create policy own on youth_concern_text for select to lokalnet_app
  using (author_id = (select actor_id()) and controller_id = (select actor_organisation())
         and (select actor_may('concern', 'concerns-of-own')));
create policy begun on youth_concern_text for insert to lokalnet_app
  with check (author_id = (select actor_id()) and controller_id = (select actor_organisation()) and person_id is null
              and exists (select from youth_concern c where c.id = concern_id and c.state = 'draft'));
create policy drafted on youth_concern_text for update to lokalnet_app
  using (author_id = (select actor_id()) and person_id is null) with check (author_id = (select actor_id()));
create policy thrown_away on youth_concern_text for delete to lokalnet_app
  using (author_id = (select actor_id()) and person_id is null);
create policy read on youth_concern_text for select to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned,override,triage}'))));

create policy read on youth_decision for select to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned,override,triage}'))));
create policy own on youth_reply for select to lokalnet_app
  using (reader_id = (select actor_id()) and (select actor_may('concern', 'concerns-of-own')));
create policy read on youth_reply for select to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned,override,triage}'))));
create policy answered on youth_reply for insert to lokalnet_app
  with check (controller_id = (select actor_organisation())
              and person_id = any(array(select reading_persons('{assigned,triage}')))
              and exists (select from youth_concern c where c.id = concern_id and c.author_id = reader_id
                          and c.person_id = youth_reply.person_id));
create policy opened on youth_reply for update to lokalnet_app
  using (reader_id = (select actor_id())) with check (reader_id = (select actor_id()));

-- May this colleague be given a file? Asked of one's own organisation; of others nobody learns who does what.
create function works_on_files(member uuid, organisation uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select exists (select from working_member(member) m join access_organisation o on o.id = m.organisation_id
    join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
    where m.organisation_id = organisation and organisation = actor_organisation() and m.user_id is not null
      and r.purpose = 'early-help' and r.fields = 'person-file')
$$;

-- Is somebody at work on this file now, who may still read it?
create function file_has_workers(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select exists (select from persons_access a where a.person_id = person and a.because = 'assigned'
    and (a.until is null or a.until > now()) and works_on_files(a.member_id, a.controller_id))
$$;

-- What the author wrote becomes the organisation's. Where the person is helped already it goes to those who help, and
-- nobody else gets to know that there is a file; else to whoever clarifies worries.
create function send_concern(concern uuid, person uuid, is_acute boolean, way uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare c youth_concern;
begin
  select * into c from youth_concern y where y.id = send_concern.concern and y.author_id = actor_id()
    and y.state = 'draft' and y.controller_id = actor_organisation() for update;
  if c.id is null or not coalesce(actor_may('concern', 'concern-entry'), false) or not exists (
      select from persons_person p where p.id = send_concern.person and p.controller_id = c.controller_id) then
    return false;
  end if;
  update youth_concern y set state = 'sent', sent_at = now(), changed_at = now(), person_id = send_concern.person,
    acute = send_concern.is_acute where y.id = c.id;
  update youth_concern_text t set person_id = send_concern.person where t.concern_id = c.id;
  if not file_has_workers(send_concern.person)
     and not exists (select from persons_access a where a.person_id = send_concern.person
                     and a.because = 'triage' and (a.until is null or a.until > now())) then
    perform give_way(send_concern.way, send_concern.person, c.controller_id, null, 'triage', null);
  end if;
  return true;
end
$$;

-- Nothing runs beside the board: while a person's file awaits Ungdomskriminalitetsnævnet no step is taken.
create function awaits_board(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from youth_file f where f.person_id = person and f.board_since is not null) $$;

-- Nor is anything of it offered, or told in words. Whose offer it is, is said by the offer.
create function source_stands() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  if awaits_board(new.person_id) or not exists (
      select from disclosure_offer o join persons_person p on p.controller_id = o.giver_id
        where o.id = new.offer_id and o.giver_id = new.giver_id and p.id = new.person_id) then
    raise exception 'not-offered' using errcode = 'LN003';
  end if;
  return new;
end
$$;
create trigger stands before insert on disclosure_offer_source for each row execute function source_stands();

-- One step of triage, in its order, once. It is over with any outcome but "onward"; the way of triage ends with it.
create function decide_concern(decision uuid, concern uuid, at_step text, came_to text, is_urgent boolean, reason bytea)
returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  c youth_concern;
  steps text[] := array['contact', 'first', 'screening', 'final'];
begin
  select * into c from youth_concern y where y.id = decide_concern.concern for update;
  if c.id is null or c.state <> 'sent' or c.step <> at_step or awaits_board(c.person_id)
     or not c.person_id = any(array(select reading_persons('{assigned,triage}')))
     or not coalesce(actor_may('triage', 'concerns-triaged')
                     or c.person_id = any(array(select known_persons('{assigned}'))), false)
     or (came_to = 'onward' and at_step = 'final')
     or (came_to = 'file' and (at_step <> 'final' or not exists (
           select from youth_file f where f.person_id = c.person_id))) then
    return false;
  end if;
  insert into youth_decision (id, concern_id, controller_id, person_id, step, outcome, urgent, decider_id, at, sealed)
    values (decide_concern.decision, c.id, c.controller_id, c.person_id, at_step, came_to, is_urgent, actor_id(),
            now(), reason);
  if came_to = 'onward' then
    update youth_concern y set step = steps[array_position(steps, at_step) + 1], changed_at = now() where y.id = c.id;
    return true;
  end if;
  update youth_concern y set state = 'decided', decided_at = now(), changed_at = now() where y.id = c.id;
  if not exists (select from youth_concern y where y.person_id = c.person_id and y.state = 'sent') then
    update persons_access a set until = now() where a.person_id = c.person_id and a.because = 'triage'
      and (a.until is null or a.until > now());
  end if;
  return true;
end
$$;

-- A file for whom a worry was told about, in the care of a colleague. Numbers count within organisation and year.
create function open_file(file uuid, concern uuid, owner uuid, about_as text, delete_on date, way uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare c youth_concern;
begin
  select * into c from youth_concern y where y.id = open_file.concern and y.state = 'sent' for update;
  if c.id is null or not coalesce(actor_may('triage', 'file-decisions'), false)
     or not c.person_id = any(array(select reading_persons('{triage}')))
     or exists (select from youth_file f where f.person_id = c.person_id)
     or not works_on_files(open_file.owner, c.controller_id)
     or delete_on <= today() or delete_on > today() + 731 then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(c.controller_id::text, 4100232));
  insert into youth_file (id, controller_id, person_id, number, about, regime, owner_id, opened_at, deletes_on, inform_by,
                          edition)
    values (open_file.file, c.controller_id, c.person_id,
            to_char(today(), 'YYYY') || '-' || lpad((1 + (select count(*) from youth_file f
              where f.controller_id = c.controller_id and f.number like to_char(today(), 'YYYY') || '-%'))::text, 4, '0'),
            about_as, case when actor_kind() = 'police' then 'led' else 'gdpr' end, open_file.owner, now(), delete_on,
            ((c.sent_at at time zone 'Europe/Copenhagen')::date + interval '1 month')::date, 1);
  perform give_way(open_file.way, c.person_id, c.controller_id, open_file.owner, 'assigned', null);
  return true;
end
$$;

-- A colleague works on the file too, or another one becomes its owner. By the owner, or by who decides and works on it.
create function runs_file(file uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select exists (select from youth_file f where f.id = file
    and f.person_id = any(array(select reading_persons('{assigned}')))
    and (f.owner_id = actor_id() or actor_may('triage', 'file-decisions')))
$$;
create function assign_file(way uuid, file uuid, colleague uuid, until timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare f youth_file;
begin
  select * into f from youth_file y where y.id = assign_file.file for update;
  if f.id is null or not runs_file(f.id) or not works_on_files(colleague, f.controller_id) then return false; end if;
  if not exists (select from persons_access a where a.person_id = f.person_id and a.member_id = colleague
                 and a.because = 'assigned' and (a.until is null or a.until > now())) then
    perform give_way(way, f.person_id, f.controller_id, colleague, 'assigned', assign_file.until);
  end if;
  return true;
end
$$;
create function release_file(file uuid, colleague uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare f youth_file;
begin
  select * into f from youth_file y where y.id = release_file.file for update;
  if f.id is null or f.owner_id = colleague or not (runs_file(f.id) or (colleague = actor_id()
     and f.person_id = any(array(select known_persons('{assigned}'))))) then return false; end if;
  update persons_access a set until = now() where a.person_id = f.person_id and a.member_id = colleague
    and a.because = 'assigned' and (a.until is null or a.until > now());
  update persons_visit v set left_at = now() where v.person_id = f.person_id and v.member_id = colleague
    and v.left_at is null;
  return true;
end
$$;
create function give_file(way uuid, file uuid, colleague uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if not assign_file(way, file, colleague, null) then return false; end if;
  update persons_access a set until = null from youth_file f where f.id = give_file.file and a.person_id = f.person_id
    and a.member_id = colleague and a.because = 'assigned' and a.until > now();
  update youth_file f set owner_id = colleague, edition = f.edition + 1 where f.id = give_file.file;
  return true;
end
$$;
-- All files of whoever leaves, by the administrator, who gets to read none of them.
create function hand_over_files(leaver uuid, colleague uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare moved integer;
begin
  if not coalesce(actor_may('administration', 'members'), false) or not works_on_files(colleague, actor_organisation())
     or colleague = leaver or not exists (select from access_member m where m.id = leaver and m.organisation_id = actor_organisation()) then
    return 0;
  end if;
  -- Until when, too: who helped for a week hands over a week. An owner has no end.
  insert into persons_access (id, person_id, controller_id, member_id, because, since, until, given_by_id)
    select gen_random_uuid(), a.person_id, a.controller_id, colleague, 'assigned', now(), a.until, actor_id()
      from persons_access a where a.member_id = leaver and a.because = 'assigned'
       and (a.until is null or a.until > now()) and not exists (
         select from persons_access b where b.person_id = a.person_id and b.member_id = colleague
          and b.because = 'assigned' and (b.until is null or b.until > now()));
  update persons_access a set until = now() where a.member_id = leaver and a.because = 'assigned'
    and (a.until is null or a.until > now());
  update persons_access a set until = null from youth_file f where f.owner_id = leaver and a.person_id = f.person_id
    and a.member_id = colleague and a.because = 'assigned' and a.until > now();
  update youth_file f set owner_id = colleague, edition = f.edition + 1 where f.owner_id = leaver;
  get diagnostics moved = row_count;
  return moved;
end
$$;
-- How many files a member has in hand, for the administrator who ends the access: a number, and nothing of them.
create function files_in_hand(member uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as
$$
  select count(*)::integer from persons_access a
    where a.member_id = member and a.because = 'assigned' and (a.until is null or a.until > now())
      and a.controller_id = actor_organisation() and actor_may('administration', 'members')
$$;

create policy known on youth_file for select to lokalnet_app
  using (person_id = any(array(select known_persons('{assigned,override}'))));
create policy kept on youth_file for update to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned}'))))
  with check (controller_id = (select actor_organisation()) and deletes_on > today() and deletes_on <= today() + 731);

create policy read on youth_forum for select to lokalnet_app
  using (controller_id = (select actor_organisation()) and (select actor_may('early-help', 'person-file')));

do $$
declare t text;
begin
  foreach t in array array['youth_placing', 'youth_note', 'youth_contact', 'youth_mark', 'youth_informing'] loop
    execute format('create policy read on %s for select to lokalnet_app
      using (person_id = any(array(select reading_persons(''{assigned,override}''))))', t);
    -- By emergency access one reads, and writes notes.
    execute format('create policy written on %s for insert to lokalnet_app
      with check (controller_id = (select actor_organisation())
                  and person_id = any(array(select reading_persons(%L)))
                  and exists (select from youth_file f where f.id = file_id and f.person_id = %s.person_id))', t,
      case when t = 'youth_note' then '{assigned,override}' else '{assigned}' end, t);
  end loop;
  foreach t in array array['youth_contact', 'youth_mark', 'youth_placing'] loop
    execute format('create policy changed on %s for update to lokalnet_app
      using (person_id = any(array(select reading_persons(''{assigned}''))))
      with check (controller_id = (select actor_organisation()))', t);
  end loop;
end $$;

-- Who writes is who acts; a victim or witness is given no forum; nothing beside the board; three marks at most.
create function placing_stands() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  if new.decided_by_id is distinct from actor_id() or new.expires_on <= today() or new.expires_on > today() + 366
     or awaits_board(new.person_id)
     or not exists (select from youth_file f where f.id = new.file_id and f.about = 'helped'
                    and f.person_id = any(array(select known_persons('{assigned}')))
                    and (f.owner_id = actor_id() or actor_may('triage', 'file-decisions')))
     or not exists (select from youth_forum u where u.id = new.forum_id and u.controller_id = new.controller_id) then
    raise exception 'no-forum' using errcode = 'LN003';
  end if;
  new.decided_at := now();
  update youth_placing p set ended_at = now() where p.file_id = new.file_id and p.ended_at is null;
  return new;
end
$$;
create trigger stands before insert on youth_placing for each row execute function placing_stands();

create function mark_stands() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  perform 1 from youth_file f where f.id = new.file_id for update;
  if new.made_by_id is distinct from actor_id() or new.ends_on <= today() or new.ends_on > today() + 366
     or (select count(*) from youth_mark m where m.file_id = new.file_id and m.ended_at is null
         and m.ends_on >= today()) >= 3 then
    raise exception 'no-mark' using errcode = 'LN003';
  end if;
  return new;
end
$$;
create trigger stands before insert on youth_mark for each row execute function mark_stands();

create function note_stands() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  if new.author_id is distinct from actor_id() or (new.corrects_id is not null and not exists (
      select from youth_note n where n.id = new.corrects_id and n.file_id = new.file_id)) then
    raise exception 'not-the-author' using errcode = 'LN003';
  end if;
  new.at := now();
  return new;
end
$$;
create trigger stands before insert on youth_note for each row execute function note_stands();

-- A file of somebody who turns out to be a victim or witness has no forum any more.
create function file_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  if new.about <> 'helped' then
    update youth_placing p set ended_at = now() where p.file_id = new.id and p.ended_at is null;
  end if;
  return null;
end
$$;
create trigger changed after update of about on youth_file for each row execute function file_changed();

-- What is due of the files that the actor works on: which file, what and until when. No word of what stands in it.
create function due_of_files() returns table (file_id uuid, number text, what text, until date)
language sql stable security definer set search_path = public, pg_temp as
$$
  with mine as materialized (
    select f.* from youth_file f where f.person_id = any(array(select known_persons('{assigned}'))))
  select f.id, f.number, 'delete', f.deletes_on from mine f where f.owner_id = actor_id() and f.deletes_on <= today() + 30
  union all
  select f.id, f.number, 'inform', f.inform_by from mine f where f.owner_id = actor_id() and f.board_since is null
    and not exists (select from youth_informing i where i.file_id = f.id and i.whom <> 'waits')
  union all
  select f.id, f.number, 'placing', p.expires_on from mine f join youth_placing p on p.file_id = f.id
    where f.owner_id = actor_id() and p.ended_at is null and p.expires_on <= today() + 14
  union all
  select f.id, f.number, 'mark', m.ends_on from mine f join youth_mark m on m.file_id = f.id
    where f.owner_id = actor_id() and m.ended_at is null and m.ends_on between today() and today() + 7
  union all
  select f.id, f.number, 'concern', (c.sent_at at time zone 'Europe/Copenhagen')::date
    from mine f join youth_concern c on c.person_id = f.person_id where c.state = 'sent'
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'works_on_files(uuid, uuid)', 'file_has_workers(uuid)', 'send_concern(uuid, uuid, boolean, uuid)',
    'awaits_board(uuid)', 'source_stands()', 'decide_concern(uuid, uuid, text, text, boolean, bytea)',
    'open_file(uuid, uuid, uuid, text, date, uuid)', 'runs_file(uuid)',
    'assign_file(uuid, uuid, uuid, timestamptz)', 'release_file(uuid, uuid)', 'give_file(uuid, uuid, uuid)',
    'hand_over_files(uuid, uuid)', 'files_in_hand(uuid)', 'placing_stands()', 'mark_stands()', 'note_stands()',
    'file_changed()', 'due_of_files()'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    if f not in ('file_has_workers(uuid)'::regprocedure, 'awaits_board(uuid)'::regprocedure) then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
