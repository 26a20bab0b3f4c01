-- An import acts as a member of the organisation that sends: one without a login and without a key. It is found, or
-- made the first time, before there is an actor, so the policies on access_member cannot let it through.
create function import_member(organisation_name text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare
  organisation uuid;
  member uuid;
begin
  select id into organisation from access_organisation where name = organisation_name;
  if organisation is null then return null; end if;
  perform pg_advisory_xact_lock(4100219, hashtext(organisation::text));
  select m.id into member from access_member m
    where m.organisation_id = organisation and m.user_id is null and m.name = 'Import'
      and m.roles = array['system']::varchar[] and (m.ended_at is null or m.ended_at > now())
      and not exists (select from access_key k where k.member_id = m.id)
    order by m.joined_at, m.id limit 1;
  if member is null then
    member := gen_random_uuid();
    insert into access_member (id, user_id, organisation_id, name, title, roles, joined_at)
      values (member, null, organisation, 'Import', '', array['system'], now());
  end if;
  return member;
end
$$;
-- The owner changes last: afterwards a revoke only warns, and the public keeps the right.
revoke all on function import_member(text) from public;
grant execute on function import_member(text) to lokalnet_app;
alter function import_member(text) owner to lokalnet_definer;
