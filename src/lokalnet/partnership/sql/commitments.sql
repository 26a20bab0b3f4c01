-- Who reads what the parties promised, who keeps it, and how a commitment follows from its versions.
create policy shared on partnership_commitment for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('measures', 'measures')));
create policy promised on partnership_commitment for insert to lokalnet_app
  with check (party_id = (select actor_organisation()) and made_by_id = (select actor_id())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('measures', 'commitments')) and state = 'open' and edition = 1
              and due_on >= today() and made_at <= clock_timestamp() + interval '1 minute');

create policy shared on partnership_commitment_version for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships())) and (select actor_may('measures', 'measures')));
create policy kept on partnership_commitment_version for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation()) and member_id = (select actor_id())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('measures', 'commitments'))
              and exists (select from partnership_commitment c where c.id = commitment_id
                          and c.party_id = organisation_id
                          and c.partnership_id = partnership_commitment_version.partnership_id));

-- What was entered wrongly can be taken out for a day, as long as nobody has said how it went. Its versions go with it.
create function commitment_is_fresh(commitment uuid) returns boolean
language sql stable set search_path = public, pg_temp as
$$
  select exists (select from partnership_commitment c where c.id = commitment and c.state = 'open'
                 and c.made_at > now() - interval '24 hours'
                 and not exists (select from partnership_commitment_version v
                                 where v.commitment_id = c.id and v.state <> 'open'))
$$;
create policy taken_back on partnership_commitment for delete to lokalnet_app
  using (party_id = (select actor_organisation()) and partnership_id = any(array(select actor_partnerships()))
         and (select actor_may('measures', 'commitments')) and commitment_is_fresh(id));

-- The first version is the promise itself.
create function commitment_made() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  insert into partnership_commitment_version (id, commitment_id, partnership_id, organisation_id, member_id, edition,
                                              text, due_on, state, why, at)
    values (gen_random_uuid(), new.id, new.partnership_id, new.party_id, new.made_by_id, new.edition, new.text, new.due_on,
            new.state, new.why, new.made_at);
  return null;
end
$$;

-- Each later one follows the one before it: who writes on what somebody else has changed meanwhile is told.
create function commitment_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
declare present partnership_commitment;
begin
  select * into present from partnership_commitment where id = new.commitment_id for update;
  if new.edition = 1 and present.edition = 1 then return new; end if;
  if new.edition <> present.edition + 1 then
    raise exception 'changed-meanwhile' using errcode = 'LN001';
  end if;
  if new.state <> present.state and new.why = '' then
    raise exception 'needs-reason' using errcode = 'LN001';
  end if;
  new.at := now();
  update partnership_commitment set text = new.text, due_on = new.due_on, state = new.state, why = new.why,
    edition = new.edition, changed_at = new.at where id = new.commitment_id;
  return new;
end
$$;

create trigger made after insert on partnership_commitment for each row execute function commitment_made();
create trigger follows before insert on partnership_commitment_version
  for each row execute function commitment_follows();

-- What was promised in an exercise goes with it, and its versions too.
create policy expiring on partnership_commitment for select to lokalnet_retention using (true);
create policy exercise_over on partnership_commitment for delete to lokalnet_retention
  using (exists (select from access_partnership p where p.id = partnership_id and p.exercise_of_id is not null
                 and p.valid_to < today()));
alter table partnership_commitment_version add constraint version_of_commitment foreign key (commitment_id)
  references partnership_commitment (id) on delete cascade deferrable initially immediate;

do $$
declare f regprocedure;
begin
  foreach f in array array['commitment_made()', 'commitment_follows()']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
