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
                                      where s.scope = any(k.scopes) and s.fields = wanted_fields))) $may$;
  drop function devices_sleep(uuid);
  drop function device_sleeps(uuid);
  drop function device_seen(uuid);
  drop function device_card(uuid);
  execute format('set local role %I', before);
end $replace$;
drop policy own on access_device;
