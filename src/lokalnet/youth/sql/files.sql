-- Files: who may be told of something in one, emergency access to one, and the names of an organisation's fora.

-- The file that emergency access is asked for, by whom it is about or by its number: inside the own organisation, and
-- for nobody else. Whoever asks leaves an entry, whether or not there was one (files/overriding.py).
create function file_to_open(about uuid, wanted text) returns table (file_id uuid, person_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$
  select f.id, f.person_id from youth_file f
    where f.controller_id = actor_organisation() and actor_may('early-help', 'override')
      and (f.person_id = file_to_open.about or f.number = file_to_open.wanted)
$$;

-- Tell those who work on a file that somebody took emergency access to it. The one who tells learns nothing of them.
create function tell_of_override(override uuid, partnership uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  o persons_override;
  worker uuid;
begin
  select * into o from persons_override x where x.id = tell_of_override.override and x.member_id = actor_id();
  if o.id is null then return; end if;
  for worker in
    select distinct a.member_id from persons_access a
      where a.person_id = o.person_id and a.because = 'assigned' and (a.until is null or a.until > now())
        and a.member_id is distinct from actor_id() order by 1
  loop
    perform notices_tell(worker, tell_of_override.partnership, 'file-override', o.id, null, null);
  end loop;
end
$$;

-- To which file, for those who work on it, and whether it was said to be the wrong one; no name of anybody at work.
create function file_of_override(override uuid) returns table (file_id uuid, number text, wrong boolean)
language sql stable security definer set search_path = public, pg_temp as
$$
  select f.id, f.number::text, o.wrong from persons_override o join youth_file f on f.person_id = o.person_id
    where o.id = file_of_override.override and o.person_id = any(array(select known_persons('{assigned}')))
$$;

-- The organisation's fora: three, four or five, in their order. One that files are placed in keeps its row.
create function name_fora(ids uuid[], names text[]) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  ours uuid := actor_organisation();
  number integer := cardinality(name_fora.names);
begin
  if not coalesce(actor_may('triage', 'file-decisions'), false) or number not between 3 and 5
     or cardinality(name_fora.ids) <> number
     or exists (select from unnest(name_fora.names) said where btrim(said) = '' or length(said) > 80) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(ours::text, 4100233));
  if exists (select from youth_placing p join youth_forum f on f.id = p.forum_id
             where f.controller_id = ours and f.position > number) then
    return false;
  end if;
  delete from youth_forum f where f.controller_id = ours and f.position > number;
  insert into youth_forum (id, controller_id, position, name)
    select named.id, ours, named.place, btrim(named.name)
      from unnest(name_fora.ids, name_fora.names) with ordinality named(id, name, place)
    on conflict (controller_id, position) do update set name = excluded.name;
  return true;
end
$$;

-- Who writes is who acts.
create function informing_stands() returns trigger
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
  if new.member_id is distinct from actor_id() or new.told_on > today() then
    raise exception 'not-told' using errcode = 'LN003';
  end if;
  new.at := now();
  return new;
end
$$;
create trigger stands before insert on youth_informing for each row execute function informing_stands();

do $$
declare f regprocedure;
begin
  foreach f in array array['file_to_open(uuid, text)', 'tell_of_override(uuid, uuid)',
                           'file_of_override(uuid)', 'name_fora(uuid[], text[])', 'informing_stands()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
