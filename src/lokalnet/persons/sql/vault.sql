-- Who may know a person, and the visits without which nothing can be read.
--
-- `known_persons` are those that some row of persons_access opens to the actor now, each with the right that it needs
-- as of now: a changed role, an ended membership or a time that is over closes it at once. `reading_persons` are those
-- of them with whom the actor is on a visit, with a purpose of their own choice. Policies above ask for sets, so that
-- they are asked once for each query (design section 5).

create function known_persons(ways text[]) returns setof uuid
language sql stable parallel safe security definer set search_path = public, pg_temp as
$$
  select a.person_id from persons_access a
    where a.member_id = actor_id() and a.because = any(ways) and a.controller_id = actor_organisation()
      and now() >= a.since and (a.until is null or a.until > now())
      and case a.because when 'assigned' then actor_may('early-help', 'person-file')
                         when 'override' then actor_may('early-help', 'override')
                         when 'copy' then actor_may('disclosure', 'copies') else false end
  union
  select a.person_id from persons_access a
    where a.member_id is null and a.because = 'triage' and 'triage' = any(ways)
      and a.controller_id = actor_organisation() and actor_may('triage', 'concerns-triaged')
      and now() >= a.since and (a.until is null or a.until > now())
$$;

create function reading_persons(ways text[]) returns setof uuid
language sql stable parallel safe security definer set search_path = public, pg_temp as
$$
  select v.person_id from persons_visit v
    where v.member_id = actor_id() and v.ends_at > now() and v.left_at is null and v.because && ways::varchar[]
      and v.person_id = any(array(select known_persons(ways)))
$$;

-- By which ways the actor knows one person now.
create function ways_to(person uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as
$$
  select coalesce(array_agg(way order by way), '{}')
    from unnest(array['assigned', 'copy', 'override', 'triage']) way
    where person = any(array(select known_persons(array[way])))
$$;

-- Begin a visit: what may be done for the purpose depends on the way. The visit before with the same person ends.
-- False for whoever may not know the person, as for one that does not exist.
create function enter_person(visit uuid, person uuid, purpose text, until timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  ways text[] := ways_to(enter_person.person);
  open_to text[] := '{}';
  longest timestamptz := least(enter_person.until, now() + interval '2 hours');
begin
  if enter_person.purpose in ('early-help', 'informing', 'disclosure')
     and actor_may(enter_person.purpose, 'person-file') then
    open_to := array(select unnest(ways) intersect select unnest(array['assigned', 'override']));
  end if;
  if enter_person.purpose = 'triage' and 'triage' = any(ways) then open_to := open_to || 'triage'::text; end if;
  if enter_person.purpose = 'disclosure' and 'copy' = any(ways) then open_to := open_to || 'copy'::text; end if;
  if open_to = '{}' or longest <= now() then return false; end if;
  if open_to = array['override'] then
    select least(longest, max(a.until)) into longest from persons_access a
      where a.person_id = enter_person.person and a.member_id = actor_id() and a.because = 'override' and a.until > now();
  end if;
  update persons_visit v set left_at = now()
    where v.person_id = enter_person.person and v.member_id = actor_id() and v.left_at is null and v.ends_at > now();
  insert into persons_visit (id, person_id, controller_id, member_id, purpose, because, entered_at, ends_at, wrong)
    values (enter_person.visit, enter_person.person, actor_organisation(), actor_id(), enter_person.purpose,
            open_to, now(), longest, false);
  return true;
end
$$;

-- End one's own visit. `wrong`: the file was the wrong one, said within ten minutes; it is told apart, and not hidden.
create function leave_person(person uuid, wrong boolean) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  update persons_visit v
    set left_at = now(), wrong = leave_person.wrong and v.entered_at > now() - interval '10 minutes'
    where v.person_id = leave_person.person and v.member_id = actor_id() and v.left_at is null and v.ends_at > now();
  return found;
end
$$;

-- The person with such a digest in the actor's own organisation: for whoever may tell of a worry, so that it reaches
-- those who help already. Pages never say whether one was found.
create function find_person(wanted_kind text, wanted_digest bytea) returns uuid
language sql stable security definer set search_path = public, pg_temp as
$$
  select l.person_id from persons_lookup l
    where l.controller_id = actor_organisation() and l.kind = wanted_kind and l.digest = wanted_digest
      and (actor_may('concern', 'concern-entry') or actor_may('early-help', 'override'))
    order by l.id limit 1
$$;

-- Emergency access: inside the own organisation, with a reason, for three hours (engineering 27).
create function open_override(override uuid, person uuid, reason bytea) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if not coalesce(actor_may('early-help', 'override'), false) or not exists (
      select from persons_person p where p.id = open_override.person and p.controller_id = actor_organisation()
        and not exists (select from persons_access a where a.person_id = p.id and a.because = 'copy')) then
    return false;
  end if;
  insert into persons_access (id, person_id, controller_id, member_id, because, since, until, given_by_id)
    values (open_override.override, open_override.person, actor_organisation(), actor_id(), 'override', now(),
            now() + interval '3 hours', actor_id());
  insert into persons_override (id, person_id, controller_id, member_id, sealed, opened_at, ends_at, wrong)
    values (open_override.override, open_override.person, actor_organisation(), actor_id(), open_override.reason,
            now(), now() + interval '3 hours', false);
  return true;
end
$$;

-- "The wrong file", within ten minutes: the access ends, and it is no alarm.
create function override_was_wrong(override uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  update persons_override o set wrong = true
    where o.id = override_was_wrong.override and o.member_id = actor_id() and o.opened_at > now() - interval '10 minutes';
  if not found then return false; end if;
  update persons_access a set until = now() where a.id = override_was_wrong.override;
  update persons_visit v set left_at = now(), wrong = true
    from persons_override o where o.id = override_was_wrong.override and v.person_id = o.person_id
      and v.member_id = actor_id() and v.left_at is null;
  return true;
end
$$;

-- Who has looked, for those who work on the file: the organisation, the day and what for; no name of anybody at work,
-- and no clock time, which would tell whose shift it was.
create function looks_at(person uuid) returns table (looked_on date, organisation_id uuid, purpose text, wrong boolean)
language sql stable security definer set search_path = public, pg_temp as
$$
  select (v.entered_at at time zone 'Europe/Copenhagen')::date, v.controller_id, v.purpose::text, v.wrong from persons_visit v
    where v.person_id = looks_at.person and looks_at.person = any(array(select reading_persons('{assigned,override}')))
    order by v.entered_at desc
$$;

-- Emergency access to a file, for those who work on it: when, why, whether by mistake; no name of anybody at work.
create function overrides_of(person uuid)
returns table (id uuid, controller_id uuid, sealed bytea, opened_at timestamptz, ends_at timestamptz, wrong boolean)
language sql stable security definer set search_path = public, pg_temp as
$$
  select o.id, o.controller_id, o.sealed, o.opened_at, o.ends_at, o.wrong from persons_override o
    where o.person_id = overrides_of.person and overrides_of.person = any(array(select reading_persons('{assigned}')))
    order by o.opened_at desc
$$;

-- A way to a person, for functions of the capabilities above. It is no right of any login.
create function give_way(way uuid, person uuid, controller uuid, member uuid, because text, until timestamptz)
returns void
language sql volatile security definer set search_path = public, pg_temp as
$$
  insert into persons_access (id, person_id, controller_id, member_id, because, since, until, given_by_id)
    values (give_way.way, give_way.person, give_way.controller, give_way.member, give_way.because, now(),
            give_way.until, actor_id())
$$;

-- Tell whoever may do something in an organisation that something waits; they are told that, and nothing of it.
create function tell_those_who_may(organisation uuid, purpose text, fields text, partnership uuid, kind text,
                                   subject uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare colleague uuid;
begin
  for colleague in
    select m.id from access_member m join access_organisation o on o.id = m.organisation_id
      join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
      where m.organisation_id = tell_those_who_may.organisation and m.user_id is not null
        and (m.ended_at is null or m.ended_at > now()) and m.id is distinct from actor_id()
        and r.purpose = tell_those_who_may.purpose and r.fields = tell_those_who_may.fields
      group by m.id order by m.id
  loop
    perform notices_tell(colleague, tell_those_who_may.partnership, tell_those_who_may.kind,
                         tell_those_who_may.subject, null, null);
  end loop;
end
$$;

create policy known on persons_person for select to lokalnet_app
  using (id = any(array(select reading_persons('{assigned,override,triage,copy}'))));
create policy told on persons_person for insert to lokalnet_app
  with check (controller_id = (select actor_organisation()) and edition = 1
              and ((select actor_may('concern', 'concern-entry')) or (select actor_may('disclosure', 'copies'))));
create policy corrected on persons_person for update to lokalnet_app
  using (id = any(array(select reading_persons('{assigned,override}'))))
  with check (controller_id = (select actor_organisation()));

create policy known on persons_lookup for select to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned,override}'))));
create policy corrected on persons_lookup for delete to lokalnet_app
  using (person_id = any(array(select reading_persons('{assigned,override}'))));
-- A digest may be laid under a person that one just made (nobody knows it yet) or that one is reading.
create function person_is_new(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select exists (select from persons_person p where p.id = person and p.controller_id = actor_organisation()
                 and p.made_at > now() - interval '5 minutes')
     and not exists (select from persons_access a where a.person_id = person)
$$;
create policy told on persons_lookup for insert to lokalnet_app
  with check (controller_id = (select actor_organisation())
              and (person_id = any(array(select reading_persons('{assigned,override}'))) or person_is_new(person_id)));

-- Who works on a file is known to those who do; of emergency access no name is (design 3.9).
create policy known on persons_access for select to lokalnet_app
  using (person_id = any(array(select known_persons('{assigned,override,triage,copy}')))
         and (because in ('assigned', 'triage') or member_id = (select actor_id())));
create policy overseen on persons_access for select to lokalnet_app
  using (controller_id = (select actor_organisation()) and (select actor_may('data-protection', 'person-log')));
create policy own on persons_visit for select to lokalnet_app using (member_id = (select actor_id()));
create policy overseen on persons_visit for select to lokalnet_app
  using (controller_id = (select actor_organisation()) and (select actor_may('data-protection', 'person-log')));
create policy own on persons_override for select to lokalnet_app using (member_id = (select actor_id()));
create policy overseen on persons_override for select to lokalnet_app
  using (controller_id = (select actor_organisation()) and (select actor_may('data-protection', 'person-log')));

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'known_persons(text[])', 'reading_persons(text[])', 'ways_to(uuid)',
    'enter_person(uuid, uuid, text, timestamptz)', 'leave_person(uuid, boolean)', 'find_person(text, bytea)',
    'tell_those_who_may(uuid, text, text, uuid, text, uuid)',
    'open_override(uuid, uuid, bytea)', 'override_was_wrong(uuid)', 'looks_at(uuid)', 'overrides_of(uuid)', 'person_is_new(uuid)',
    'give_way(uuid, uuid, uuid, uuid, text, timestamptz)'
  ]::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    if f <> 'give_way(uuid, uuid, uuid, uuid, text, timestamptz)'::regprocedure then
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
