-- What a data protection officer needs beyond visits and emergency access (persons/sql/vault.sql): the numbers of files,
-- and offers without a word of what was offered.

-- Does the actor oversee this organisation?
create function oversees(organisation uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select organisation = actor_organisation() and actor_may('data-protection', 'person-log') $$;

-- The case number of a file, told a file, a person or an emergency access: for the officer, and for whoever has been in
-- the file and has seen the number there.
create function file_numbers(things uuid[]) returns table (thing uuid, number text)
language sql stable security definer set search_path = public, pg_temp as
$$
  with asked as (
    select f.id as thing, f.person_id, f.number, f.controller_id from youth_file f where f.id = any(things)
    union
    select f.person_id, f.person_id, f.number, f.controller_id from youth_file f where f.person_id = any(things)
    union
    select o.id, f.person_id, f.number, f.controller_id from persons_override o
      join youth_file f on f.person_id = o.person_id where o.id = any(things))
  select a.thing, a.number::text from asked a
    where a.controller_id = actor_organisation()
      and (actor_may('data-protection', 'person-log')
           or exists (select from persons_visit v where v.person_id = a.person_id and v.member_id = actor_id()
                      and v.because && '{assigned,override}'::varchar[])
           or exists (select from persons_override o where o.person_id = a.person_id and o.member_id = actor_id()))
$$;

-- A file of the own organisation and whom it is about, by its case number: ids and no more.
create function overseen_file(wanted text) returns table (file_id uuid, person_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$ select f.id, f.person_id from youth_file f where f.number = wanted and oversees(f.controller_id) $$;

-- Is this a person of whom the own organisation holds something?
create function overseen_person(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from persons_person p where p.id = person and oversees(p.controller_id)) $$;

-- Offers from and to the own organisation, without anything that is sealed. Of the other organisation's side neither
-- who acted nor whom it is about is told.
create function overseen_offers(since timestamptz, until timestamptz)
returns table (id uuid, partnership_id uuid, giver_id uuid, receiver_id uuid, ground_id uuid, purpose text, fields text[],
               informed text, copy_until date, state text, offered_at timestamptz, answered_at timestamptz,
               recalled_at timestamptz, recall_answer text, recall_answered_at timestamptz, member_id uuid,
               person_id uuid, copy_state text)
language sql stable security definer set search_path = public, pg_temp as
$$
  select o.id, o.partnership_id, o.giver_id, o.receiver_id, o.ground_id, o.purpose::text, o.fields::text[],
         o.informed::text, o.copy_until,
         case when o.state = 'offered' and o.expires_at <= now() then 'expired' else o.state end::text,
         o.offered_at, o.answered_at, o.recalled_at, o.recall_answer::text, o.recall_answered_at,
         case when oversees(o.giver_id) then o.giver_member_id else o.answered_by_id end,
         case when oversees(o.giver_id) then s.person_id else c.person_id end,
         case when oversees(o.receiver_id) then c.state::text else '' end
    from disclosure_offer o
      left join disclosure_offer_source s on s.offer_id = o.id
      left join disclosure_copy c on c.offer_id = o.id
    where o.offered_at >= overseen_offers.since and o.offered_at < overseen_offers.until
      and actor_organisation() in (o.giver_id, o.receiver_id) and actor_may('data-protection', 'person-log')
$$;

-- Who is asked about once a day, for the worker, who acts for nobody: members, and nothing of what they oversee.
create function officers_at_work() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$
  select m.id from access_member m join access_organisation o on o.id = m.organisation_id
    join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
    where actor_id() is null and m.user_id is not null and (m.ended_at is null or m.ended_at > now())
      and r.purpose = 'data-protection' and r.fields = 'person-log'
    group by m.id order by m.id
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'oversees(uuid)', 'file_numbers(uuid[])', 'overseen_file(text)', 'overseen_person(uuid)',
    'overseen_offers(timestamptz, timestamptz)', 'officers_at_work()'
  ]::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
