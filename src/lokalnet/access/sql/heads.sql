-- Whom the day's head of the log is mailed to. The job has no actor, and needs no more of a member than this.
create function data_protection_addresses() returns setof text
language sql stable security definer set search_path = public, pg_temp as
$$ select distinct u.email::text from access_member m join access_user u on u.id = m.user_id
   where 'data-protection-officer' = any(m.roles) and u.is_active and (m.ended_at is null or m.ended_at > now())
   order by 1 $$;
-- The owner changes last: afterwards a revoke only warns, and the public keeps the right.
revoke all on function data_protection_addresses() from public;
grant execute on function data_protection_addresses() to lokalnet_app;
alter function data_protection_addresses() owner to lokalnet_definer;
