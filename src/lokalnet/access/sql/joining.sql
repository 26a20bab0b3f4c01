-- A double click on "accept": whose invitation was accepted in the last minutes, so that the second click can log in
-- with the password that the first one set. After that an accepted invitation is as unknown as any other token.
create function just_joined(token bytea) returns text
language sql stable security definer set search_path = public, pg_temp as
$$ select i.email::text from access_invitation i
   where i.token_hash = token and i.accepted_at > now() - interval '10 minutes' $$;
revoke all on function just_joined(bytea) from public;
grant execute on function just_joined(bytea) to lokalnet_app, lokalnet_definer;
alter function just_joined(bytea) owner to lokalnet_definer;
