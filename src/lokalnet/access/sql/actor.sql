-- Who is acting, and what that gives. The actor is set per transaction: set_config('lokalnet.actor', id, true).
-- The functions are owned by lokalnet_definer, because a policy on access_member that reads access_member recurses.

create function actor_id() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('lokalnet.actor', true), '')::uuid $$;

create function today() returns date language sql stable parallel safe as
$$ select (now() at time zone 'Europe/Copenhagen')::date $$;

create function working_member(member uuid) returns setof access_member
language sql stable security definer set search_path = public, pg_temp as
$$ select m.* from access_member m left join access_user u on u.id = m.user_id
   left join access_key k on k.member_id = m.id
   where m.id = member and (m.ended_at is null or m.ended_at > now()) and coalesce(u.is_active, true)
     and (k.id is null or (k.revoked_at is null and (k.expires_at is null or k.expires_at > now()))) $$;

create function actor_organisation() returns uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select organisation_id from working_member(actor_id()) $$;

create function actor_kind() returns text
language sql stable security definer set search_path = public, pg_temp as
$$ select o.kind::text from access_organisation o where o.id = actor_organisation() $$;

create function organisation_partnerships(organisation uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select p.partnership_id from access_party p join access_partnership s on s.id = p.partnership_id
   where p.organisation_id = organisation
     and today() between p.valid_from and coalesce(p.valid_to, 'infinity'::date)
     and today() between s.valid_from and coalesce(s.valid_to, 'infinity'::date) $$;

create function actor_partnerships() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select organisation_partnerships(actor_organisation()) $$;

create function actor_partners() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select p.organisation_id from access_party p where p.partnership_id = any(array(select actor_partnerships()))
   union select actor_organisation() $$;

create function actor_colleagues() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select id from access_member where organisation_id = actor_organisation() $$;

-- The rights table (access/rights.py), asked for the actor; an API key's scopes can only take away.
create function actor_may(wanted_purpose text, wanted_fields text) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$ select exists (
     select from working_member(actor_id()) m
     join access_organisation o on o.id = m.organisation_id
     join access_role_right r on r.role = any(m.roles) and r.organisation_kind = o.kind
     left join access_key k on k.member_id = m.id
     where r.purpose = wanted_purpose and r.fields = wanted_fields
       and (k.id is null or exists (select from access_scope_field s
                                    where s.scope = any(k.scopes) and s.fields = wanted_fields))) $$;

-- Before there is an actor: log-in, choice of membership, API key, invitation.
create function member_card(member uuid)
returns table (member_id uuid, user_id uuid, name text, roles text[], organisation_id uuid, organisation_name text,
               organisation_kind text, partnership_ids uuid[], scopes text[], area_ids uuid[])
language sql stable security definer set search_path = public, pg_temp as
$$ select m.id, m.user_id, m.name, m.roles::text[], o.id, o.name, o.kind,
          array(select organisation_partnerships(o.id)),
          (select k.scopes::text[] from access_key k where k.member_id = m.id),
          array(select a.area_id from access_member_area a where a.member_id = m.id)
   from working_member(member) m join access_organisation o on o.id = m.organisation_id $$;

create function members_of(login uuid) returns table (member_id uuid, organisation_name text, member_name text)
language sql stable security definer set search_path = public, pg_temp as
$$ select m.id, o.name, m.name from access_member m join access_organisation o on o.id = m.organisation_id
   where m.user_id = login and (m.ended_at is null or m.ended_at > now()) order by m.joined_at, m.id $$;

create function member_of_key(key_hash bytea) returns uuid
language sql stable security definer set search_path = public, pg_temp as
$$ select k.member_id from access_key k where k.hash = key_hash $$;

create function open_invitation(token bytea)
returns table (id uuid, email text, name text, organisation_name text)
language sql stable security definer set search_path = public, pg_temp as
$$ select i.id, i.email, i.name, o.name from access_invitation i join access_organisation o on o.id = i.organisation_id
   where i.token_hash = token and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now() $$;

create function accept_invitation(token bytea, login uuid, new_member uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as
$$
declare invitation access_invitation;
begin
  update access_invitation i set accepted_at = now()
    where i.token_hash = token and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()
      and exists (select from access_user u where u.id = login and lower(u.email) = lower(i.email))
    returning * into invitation;
  if invitation.id is null then return false; end if;
  insert into access_member (id, user_id, organisation_id, name, title, roles, joined_at)
    values (new_member, login, invitation.organisation_id, invitation.name, '', invitation.roles, now());
  return true;
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'working_member(uuid)', 'actor_organisation()', 'actor_kind()', 'organisation_partnerships(uuid)',
    'actor_partnerships()', 'actor_partners()', 'actor_colleagues()', 'actor_may(text, text)', 'member_card(uuid)',
    'members_of(uuid)', 'member_of_key(bytea)', 'open_invitation(bytea)', 'accept_invitation(bytea, uuid, uuid)'
  ]::regprocedure[] loop
    -- Before the owner changes: afterwards a revoke by the old owner only warns, and the public keeps the right.
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to lokalnet_app, lokalnet_place', f);
    execute format('alter function %s owner to lokalnet_definer', f);
  end loop;
end $$;
