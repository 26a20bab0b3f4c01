-- A paired phone acts for its member, with less: what the scope 'device' opens, whatever the member's roles give.
-- A phone neither pairs another nor prolongs itself: that takes a log-in.
create policy own on access_device for all to lokalnet_app
  using (member_id = (select actor_id()) and coalesce(current_setting('lokalnet.device', true), '') = '')
  with check (member_id = (select actor_id()) and coalesce(current_setting('lokalnet.device', true), '') = '');

-- Before there is an actor: whose phone it is, and what its signature is checked against. Nothing for a phone that was
-- revoked, is asleep, or whose ninety days are over.
create function device_card(device uuid) returns table (member_id uuid, public_key bytea)
language sql stable security definer set search_path = public, pg_temp as
$$ select d.member_id, d.public_key from access_device d
   where d.id = device and d.public_key is not null and d.revoked_at is null and d.expires_at > now() $$;

create function device_seen(device uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ update access_device set seen_at = now()
   where id = device and member_id = actor_id() and coalesce(seen_at, '-infinity') < now() - interval '5 minutes' $$;

-- A phone is put to sleep at log-out, when the session says which phone it was and there may be no actor any more.
create function device_sleeps(device uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ update access_device set public_key = null where id = device $$;

-- A new password, or "log out everywhere": somebody else may have had the old one, and have paired a phone with it.
create function devices_sleep(login uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as
$$ update access_device d set public_key = null from access_member m where m.id = d.member_id and m.user_id = login $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['device_card(uuid)', 'device_seen(uuid)', 'device_sleeps(uuid)',
                           'devices_sleep(uuid)']::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;

-- As in actor.sql, and a phone's scope can only take away. Policies ask it, so it is replaced where it stands.
do $replace$
declare before text := current_user;
begin
  set local role lokalnet_definer;
  create or replace function actor_may(wanted_purpose text, wanted_fields text) returns boolean
  language sql stable parallel safe security definer set search_path = public, pg_temp as
  $may$ select exists (
       select from working_member(actor_id()) m
       join access_organisation o on o.id = m.organisation_id
       join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
       left join access_key k on k.member_id = m.id
       where r.purpose = wanted_purpose and r.fields = wanted_fields
         and (k.id is null or exists (select from access_scope_field s
                                      where s.scope = any(k.scopes) and s.fields = wanted_fields))
         and (coalesce(current_setting('lokalnet.device', true), '') = ''
              or exists (select from access_scope_field s where s.scope = 'device' and s.fields = wanted_fields))) $may$;
  execute format('set local role %I', before);
end $replace$;
