-- What waits to be clarified, who is told of it, and what becomes of drafts. Nothing here says to an author whether the
-- person was known before, or where the worry went.

-- The list of those who clarify: since when it waits, the next step, and as what its author works. Whether it is urgent
-- is said in a decision that is read on a visit; that it is, is what a list needs.
create function concerns_to_clarify() returns table (id uuid, person_id uuid, step text, acute boolean, urgent boolean,
                                                     sent_at timestamptz, author_roles varchar[], frozen boolean)
language sql stable security definer set search_path = public, pg_temp as
$$
  select c.id, c.person_id, c.step::text, c.acute, coalesce(d.urgent, false), c.sent_at, m.roles,
         awaits_board(c.person_id)
    from youth_concern c join access_member m on m.id = c.author_id
    left join lateral (select y.urgent from youth_decision y where y.concern_id = c.id order by y.at desc limit 1) d
      on true
    where c.state = 'sent' and c.person_id = any(array(select known_persons('{triage}')))
    order by c.sent_at, c.id
$$;

-- For whoever clarifies a worry: does the person await Ungdomskriminalitetsnævnet?
create function concern_is_frozen(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
  select person = any(array(select known_persons('{triage}'))) and awaits_board(person)
$$;

-- By its author, just after it was sent: those who work on the person's file are told, or whoever clarifies worries.
create function tell_of_concern(concern uuid, partnership uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  c youth_concern;
  worker uuid;
begin
  select * into c from youth_concern y
    where y.id = tell_of_concern.concern and y.author_id = actor_id() and y.state = 'sent';
  if c.id is null then return; end if;
  if exists (select from persons_access a where a.person_id = c.person_id and a.because = 'triage'
             and (a.until is null or a.until > now())) then
    perform tell_those_who_may(c.controller_id, 'triage', 'concerns-triaged', tell_of_concern.partnership, 'concern',
                               c.id);
  end if;
  for worker in
    select distinct a.member_id from persons_access a
      where a.person_id = c.person_id and a.because = 'assigned' and (a.until is null or a.until > now())
        and a.member_id is distinct from actor_id() order by 1
  loop
    perform notices_tell(worker, tell_of_concern.partnership, 'file-concern', c.id, null, null);
  end loop;
end
$$;

-- Which colleagues may be given a file, for who may open one.
create function may_own_files() returns table (id uuid, name text, title text)
language sql stable security definer set search_path = public, pg_temp as
$$
  select m.id, m.name::text, m.title::text from access_member m
    where m.organisation_id = actor_organisation() and works_on_files(m.id, m.organisation_id)
      and actor_may('triage', 'file-decisions')
    order by m.name, m.id
$$;

-- Who leaves: drafts go to a colleague who may tell of a worry, by the administrator, who reads none of them.
create function drafts_in_hand(member uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as
$$
  select count(*)::integer from youth_concern c
    where c.author_id = member and c.state = 'draft' and c.controller_id = actor_organisation()
      and actor_may('administration', 'members')
$$;
create function hand_over_drafts(leaver uuid, colleague uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare moved integer;
begin
  if not coalesce(actor_may('administration', 'members'), false) or not exists (
      select from working_member(hand_over_drafts.colleague) m join access_organisation o on o.id = m.organisation_id
        join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
        where m.organisation_id = actor_organisation() and r.purpose = 'concern' and r.fields = 'concern-entry') then
    return 0;
  end if;
  update youth_concern_text t set author_id = hand_over_drafts.colleague
    from youth_concern c where c.id = t.concern_id and c.author_id = hand_over_drafts.leaver and c.state = 'draft'
     and c.controller_id = actor_organisation();
  update youth_concern c set author_id = hand_over_drafts.colleague, edition = c.edition + 1
    where c.author_id = hand_over_drafts.leaver and c.state = 'draft' and c.controller_id = actor_organisation();
  get diagnostics moved = row_count;
  return moved;
end
$$;

-- Retention: what was begun and never sent goes; its keys are destroyed by whoever asked, once this is committed.
create function drop_old_drafts(changed_before timestamptz) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as
$$
  with old as (select c.id from youth_concern c
                 where c.state = 'draft' and c.changed_at < drop_old_drafts.changed_before for update),
       words as (delete from youth_concern_text t using old where t.concern_id = old.id returning t.concern_id)
  delete from youth_concern c using old left join words on words.concern_id = old.id where c.id = old.id returning c.id
$$;

-- What was sent lately: a service that was killed after it sent a worry has not destroyed the draft's key.
create function sent_since(begins timestamptz) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select c.id from youth_concern c where c.state <> 'draft' and c.sent_at >= begins $$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'concerns_to_clarify()', 'concern_is_frozen(uuid)', 'tell_of_concern(uuid, uuid)',
    'may_own_files()', 'drafts_in_hand(uuid)', 'hand_over_drafts(uuid, uuid)', 'drop_old_drafts(timestamptz)',
    'sent_since(timestamptz)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    if f in ('drop_old_drafts(timestamptz)'::regprocedure, 'sent_since(timestamptz)'::regprocedure) then
      execute format('grant execute on function %s to lokalnet_retention', f);
    else
      execute format('grant execute on function %s to lokalnet_app', f);
    end if;
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
