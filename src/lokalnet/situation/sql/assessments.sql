-- Who writes and reads the signs that are seen in an area. Each organisation writes its own and reads its own; the
-- municipalities and the police read each other's and everybody's; housing and clubs read nobody else's words.

-- Open from its first day until two weeks after its last: what comes later is said in the next quarter.
create function assessment_open(quarter date, day date) returns boolean language sql immutable parallel safe as
$$ select day >= quarter and day < (quarter + interval '3 months')::date + 14 $$;

create policy own on situation_assessment for select to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('assessment', 'assessments-of-own')));
create policy shared on situation_assessment for select to lokalnet_app
  using (partnership_id = any(array(select actor_partnerships()))
         and (select actor_may('assessment', 'assessments-of-partners')));
create policy written on situation_assessment for insert to lokalnet_app
  with check (organisation_id = (select actor_organisation()) and member_id = (select actor_id())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('assessment', 'assessments-of-own')) and edition = 1
              and assessment_open(quarter, (select today()))
              and area_id = any(array(select id from places_area where kind <> 'municipality')));
create policy rewritten on situation_assessment for update to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('assessment', 'assessments-of-own')))
  with check (organisation_id = (select actor_organisation()) and member_id = (select actor_id())
              and partnership_id = any(array(select actor_partnerships()))
              and (select actor_may('assessment', 'assessments-of-own'))
              and assessment_open(quarter, (select today())));

create policy own on situation_assessment_version for select to lokalnet_app
  using (organisation_id = (select actor_organisation()) and (select actor_may('assessment', 'assessments-of-own')));

-- What stood there is kept before it is written over, whoever writes; nobody else can add to what was kept.
create function keep_assessment() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if new.edition <= old.edition then
    raise exception 'an edition goes up' using errcode = 'check_violation';
  end if;
  insert into situation_assessment_version (id, assessment_id, organisation_id, member_id, edition, seen, words,
                                            sources, certainty, written_at, replaced_at)
    values (gen_random_uuid(), old.id, old.organisation_id, old.member_id, old.edition, old.seen, old.words,
            old.sources, old.certainty, old.written_at, now());
  return new;
end
$$;
create trigger assessment_kept before update on situation_assessment for each row execute function keep_assessment();

do $$
declare t text;
begin
  -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
  revoke all on function keep_assessment() from public;
  alter function keep_assessment() owner to lokalnet_definer;
  foreach t in array array['situation_assessment', 'situation_assessment_version'] loop
    execute format('create policy expiring on %s for select to lokalnet_retention using (true)', t);
    execute format('create policy expired on %s for delete to lokalnet_retention using (true)', t);
  end loop;
end $$;
