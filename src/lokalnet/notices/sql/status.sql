-- Mail that has not gone, of all members together: how many, since when the longest overdue should have been tried, and
-- how many were tried in vain. Numbers and a time, and nobody's name.
create function notices_mail_waiting(at timestamptz, out waiting bigint, out overdue_since timestamptz, out tried bigint)
language sql stable security definer set search_path = public, pg_temp as
$$ select count(*), min(x.next_try_at) filter (where x.next_try_at <= notices_mail_waiting.at),
          count(*) filter (where x.tries > 0)
   from notices_message x where x.state in ('waiting', 'handed') $$;
-- The owner changes last: afterwards a revoke only warns, and the public keeps the right.
revoke all on function notices_mail_waiting(timestamptz) from public;
grant execute on function notices_mail_waiting(timestamptz) to lokalnet_app;
alter function notices_mail_waiting(timestamptz) owner to lokalnet_definer;
