-- An exercise is a partnership of its own with the same parties, for a few days: nothing that is entered there can be
-- counted anywhere else, because it lies elsewhere.
create function begin_exercise(base uuid, called text, days integer) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  made uuid;
  original access_partnership;
begin
  select * into original from access_partnership
    where id = base and exercise_of_id is null and id = any(array(select actor_partnerships()));
  if original.id is null or not actor_may('administration', 'exercises') or days not between 1 and 14 then
    return null;
  end if;
  perform pg_advisory_xact_lock(4100223, hashtext(base::text));
  select id into made from access_partnership
    where exercise_of_id = base and today() between valid_from and coalesce(valid_to, 'infinity'::date);
  if made is not null then return made; end if;
  made := gen_random_uuid();
  insert into access_partnership (id, slug, name, purpose, valid_from, valid_to, west, south, east, north, projection,
                                  timezone, exercise_of_id)
    values (made, 'oevelse-' || left(made::text, 8), called, '', today(), today() + days - 1, original.west,
            original.south, original.east, original.north, original.projection, original.timezone, base);
  insert into access_party (id, partnership_id, organisation_id, valid_from, valid_to)
    select gen_random_uuid(), made, p.organisation_id, today(), p.valid_to from access_party p
    where p.partnership_id = base and today() between p.valid_from and coalesce(p.valid_to, 'infinity'::date);
  return made;
end
$$;

-- From now on; the retention run removes what was entered.
create function end_exercise(exercise uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
begin
  if not actor_may('administration', 'exercises') then return false; end if;
  update access_partnership set valid_from = least(valid_from, today() - 1), valid_to = today() - 1
    where id = exercise and exercise_of_id is not null and id = any(array(select actor_partnerships()));
  return found;
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['begin_exercise(uuid, text, integer)', 'end_exercise(uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
